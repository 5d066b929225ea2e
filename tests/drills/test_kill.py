"""An ingest that is killed with kill -9, and then run once more."""

import os
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from django.db import connection

from drills.parts.kill import Ingest, Size, disturbed, made_up
from drills.tables import differences, tables

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def environment() -> dict[str, str]:
    """That of a process which works on the tests' database."""
    path = f"/{connection.settings_dict['NAME']}"
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=path)
    return os.environ | {"DATABASE_URL": address.geturl()}


def test_an_ingest_that_was_killed_ends_as_one_that_was_not(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    ingest = Ingest(made_up(tmp_path / "dump.jsonl", 2_200), environment)
    seconds = ingest.run()
    undisturbed = tables()
    assert len(undisturbed["Paper"]) > 2_000
    assert len(undisturbed["PutAside"]) > 20
    size = Size(len(undisturbed["Paper"]), seconds)
    there = disturbed(ingest, size, kills=2, chance=Random(3))
    assert len(there) == 2
    assert there[0] < size.papers
    ingest.run()
    assert not list(differences(tables(), undisturbed))


def test_a_failed_ingest_is_told(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "nothing").write_text("nothing")
    with pytest.raises(RuntimeError, match="ended with code 1"):
        Ingest(tmp_path / "nothing", environment).run()
