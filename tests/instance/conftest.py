from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from tests.instance import busy
from tests.people import NOW


@pytest.fixture
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lived(transactional_db, clock) -> None:
    """A database with rows of every kind."""
    busy.live()


@pytest.fixture
def exported(tmp_path: Path) -> Callable[..., Path]:
    def exporting(name: str, *options: str) -> Path:
        call_command("export", f"{tmp_path / name}", *options, stderr=StringIO())
        return tmp_path / name

    return exporting


def taken_in(path: Path | str, *options: str) -> str:
    said = StringIO()
    call_command("import", f"{path}", *options, stdout=said)
    return said.getvalue()


def emptied(**_: Any) -> None:
    call_command("flush", interactive=False, verbosity=0)
