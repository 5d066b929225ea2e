"""A database is copied, and comes back whole or not at all."""

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config import dumps
from config.dumps import Failed, Programs, programs
from feeds.models import Paper
from feeds.voting import vote
from tests.copies import copied
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("restore", sys.argv[1])
call_command("export", sys.argv[2], "--with-secrets")
"""


@pytest.fixture
def state(tmp_path: Path) -> Callable[[], bytes]:
    def exporting() -> bytes:
        path = tmp_path / "state"
        path.unlink(missing_ok=True)
        call_command("export", f"{path}", "--with-secrets", stderr=StringIO())
        return path.read_bytes()

    return exporting


def command(*words: str) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def test_a_backup_comes_back_into_an_empty_database(tmp_path: Path, state) -> None:
    put_in(entry("Sparse attention", upvotes=4), entry())
    vote(Paper.objects.first().pk, somebody())
    before = state()
    file = tmp_path / "backup"
    assert f"{file}: " in command("backup", f"{file}")
    assert file.stat().st_mode & 0o777 == 0o600
    with copied(empty=True) as database:
        told = subprocess.run(
            [sys.executable, "-c", ELSEWHERE, file, tmp_path / "elsewhere"],
            env=os.environ | {"DATABASE_URL": database},
            capture_output=True,
            check=False,
        )
    assert told.returncode == 0, told.stderr.decode()
    assert (tmp_path / "elsewhere").read_bytes() == before


def test_what_is_there_stays_unless_it_is_to_be_replaced_by_all_of_it(
    tmp_path: Path, state, settings
) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "secret_key").write_text(settings.SECRET_KEY)
    put_in(*(entry() for _ in range(100)))
    first, file = state(), tmp_path / "backup"
    command("backup", f"{file}")
    put_in(entry("A later paper"))
    second = state()
    with pytest.raises(CommandError, match=r"not empty: it holds rows of \w+\. --replace"):
        command("restore", f"{file}")

    content, middle = file.read_bytes(), file.stat().st_size // 2
    changed = bytes(byte ^ 1 for byte in content[middle : middle + 64])
    spoiled = [content[:middle], content[:middle] + changed + content[middle + 64 :], b"PGDMP"]
    for bad in (*spoiled, b"no backup at all"):
        (tmp_path / "bad").write_bytes(bad)
        with pytest.raises(CommandError, match=r"Nothing was restored|cannot be restored"):
            command("restore", f"{tmp_path / 'bad'}", "--replace")
    assert state() == second

    key = tmp_path / "backup.secret_key"
    assert (key.read_text(), key.stat().st_mode & 0o777) == (settings.SECRET_KEY, 0o600)
    key.write_text("of-another-machine")
    told = command("restore", f"{file}", "--replace")
    assert "is restored" in told
    assert "Start every process anew" in told
    assert (tmp_path / "secret_key").read_text() == "of-another-machine"
    assert state() == first
    # It is a database to go on with: the index's triggers and the numbers of new rows too.
    put_in(entry("Another later paper"))
    assert Paper.objects.count() == 101


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("another")
    with pytest.raises(CommandError, match="is there already"):
        command("backup", f"{tmp_path / 'backup'}")
    assert (tmp_path / "backup").read_text() == "another"


def test_programs_of_another_version_are_told_of(tmp_path: Path) -> None:
    server = dumps.server_major()
    older, same, newer = (Programs(tmp_path, server + step) for step in (-1, 0, 1))
    assert programs([newer, older, same]) == same
    assert programs([newer, older], to_read=True) == newer
    for found, known in (([older, newer], f"{server - 1} in "), ([], "Found: none")):
        with pytest.raises(Failed, match=known) as told:
            programs(found)
        assert f"PostgreSQL {server}" in str(told.value)
        assert f"postgresql-client-{server}" in str(told.value)
