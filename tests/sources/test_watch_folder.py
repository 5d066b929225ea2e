"""What comes into a folder is read once, whatever its date, and nothing there is touched."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.models import Digest, Source
from feeds.sources.base import WrongSettings, checked, sources
from tests.factories import digest, entry
from tests.sources.conftest import Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def watched(makes, folder: Path) -> Source:
    return makes("watch_folder", folder=str(folder))


def later() -> datetime:
    """A moment at which all that was written until now has settled."""
    return datetime.now(UTC) + timedelta(seconds=11)


def test_each_file_is_read_once_and_left_as_it_was(
    watched: Source, folder: Path, runs: Run
) -> None:
    content = digest(entry())
    (folder / "a.json").write_bytes(content)
    (folder / "b.json").write_bytes(digest(entry(), entry()))
    outcome = runs(watched, later())
    assert (outcome.documents, outcome.new, outcome.troubles) == (2, 3, [])
    assert runs(watched, later()).documents == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.json", "b.json"]
    assert (folder / "a.json").read_bytes() == content


def test_a_file_that_was_moved_in_with_an_old_date_is_new(
    watched: Source, folder: Path, runs: Run, tmp_path_factory
) -> None:
    (folder / "new.json").write_bytes(digest(entry()))
    runs(watched, later())
    old = tmp_path_factory.mktemp("elsewhere") / "old.json"
    old.write_bytes(digest(entry()))
    os.utime(old, (0, 0))
    old.rename(folder / "old.json")
    assert runs(watched, later()).new == 1


def test_a_file_that_is_still_being_written_is_left_for_later(
    watched: Source, folder: Path, runs: Run
) -> None:
    (folder / "a.json").write_bytes(digest(entry()))
    assert runs(watched, datetime.now(UTC)).documents == 0
    assert runs(watched, later()).documents == 1


@pytest.mark.parametrize("name", [".hidden.json", "a.json.part", "a.tmp", "a.json~"])
def test_what_is_hidden_or_unfinished_is_no_file_yet(
    watched: Source, folder: Path, runs: Run, name: str
) -> None:
    (folder / name).write_bytes(digest(entry()))
    assert runs(watched, later()).documents == 0
    (folder / name).rename(folder / "whole.json")
    assert runs(watched, later()).documents == 1


def test_links_folders_and_empty_files_are_passed_by(
    watched: Source, folder: Path, runs: Run, tmp_path_factory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.json"
    secret.write_bytes(digest(entry()))
    (folder / "link.json").symlink_to(secret)
    (folder / "inner").mkdir()
    (folder / "empty.json").touch()
    outcome = runs(watched, later())
    assert (outcome.documents, outcome.troubles, outcome.error) == (0, [], "")


def test_the_pattern_chooses_by_name(makes, folder: Path, runs: Run) -> None:
    (folder / "a.json").write_bytes(digest(entry()))
    (folder / "a.txt").write_bytes(digest(entry()))
    assert runs(makes("watch_folder", folder=str(folder), pattern="*.json"), later()).documents == 1


def test_a_file_that_is_no_digest_is_told_of_once_and_is_no_failure(
    watched: Source, folder: Path, runs: Run
) -> None:
    (folder / "a.txt").write_bytes(b"Milk, bread, butter")
    (folder / "b.json").write_bytes(digest(entry()))
    outcome = runs(watched, later())
    assert (outcome.documents, outcome.error, watched.failures) == (1, "", 0)
    assert "a.txt: This is no digest" in watched.last_error
    assert watched.last_success_at
    assert runs(watched, later()).troubles == []


def test_a_file_that_changed_is_read_again(watched: Source, folder: Path, runs: Run) -> None:
    (folder / "a.json").write_bytes(b"half of")
    runs(watched, later())
    (folder / "a.json").write_bytes(digest(entry()))
    assert runs(watched, later()).new == 1


def test_a_run_that_is_cut_goes_on_at_the_next_file(
    watched: Source, folder: Path, runs: Run
) -> None:
    for name in "abc":
        (folder / f"{name}.json").write_bytes(digest(entry()))
    runs(watched, later(), longest=timedelta(0))
    assert Digest.objects.count() == 1
    assert runs(watched, later()).documents == 2


def test_a_folder_that_is_gone_is_a_failure(makes, runs: Run) -> None:
    assert "is no folder on this machine" in runs(makes("watch_folder", folder="/no/such")).error


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"folder": "papers"}, "starts with /"),
        ({"folder": "/a\0b"}, "Null characters"),
        ({"folder": "/a", "pattern": "../*"}, "without /"),
    ],
)
def test_wrong_settings_are_told(settings, sentence: str) -> None:
    with pytest.raises(WrongSettings, match=sentence):
        checked(sources.get("watch_folder"), settings)
