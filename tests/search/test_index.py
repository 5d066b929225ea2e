"""The index of words is built whole or not at all, and follows the papers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from feeds.models import Paper
from feeds.query import tree_of
from feeds.search import bm25, copies, indexing
from feeds.search.checking import differences
from tests.config.processes import ROOT, wait_until
from tests.factories import entry, put_in
from tests.search.indexed import build, data_dir, follow
from tests.vectors.test_embedding import address

__all__ = ["data_dir"]


def found(text: str) -> set[str]:
    searcher = copies.searcher()
    assert searcher is not None
    ids = bm25.matching(searcher, tree_of(text), 100).papers
    return set(Paper.objects.filter(pk__in=ids).values_list("title_text", flat=True))


@pytest.fixture
def index(db, data_dir: Path) -> Path:
    put_in(entry("Sparse attention"), entry("Dense graphs"))
    build()
    return data_dir / "index"


@pytest.fixture
def committed(transactional_db, data_dir: Path) -> None:
    """The same where each act is a transaction of its own: a follower sees no other changes."""
    put_in(entry("Sparse attention"), entry("Dense graphs"))
    build()


def test_it_takes_in_what_changed(committed) -> None:
    put_in(entry("Sparse networks"))
    Paper.objects.filter(title="Dense graphs").update(title="Dense trees", title_text="Dense trees")
    Paper.objects.filter(title="Sparse attention").update(dropped_at=timezone.now())
    assert found("sparse") == {"Sparse attention"}
    follow().catch_up()
    assert found("sparse") == {"Sparse networks"}
    assert found("trees") == {"Dense trees"}
    assert found("graphs") == set()


def test_a_kill_before_the_commit_loses_nothing(committed) -> None:
    put_in(entry("Sparse networks"))
    killed = follow()
    for _, document in indexing.documents(list(Paper.objects.values_list("pk", flat=True))):
        killed.writer.add_json(document)
    del killed
    assert found("sparse") == {"Sparse attention"}
    follow().catch_up()
    assert found("sparse") == {"Sparse attention", "Sparse networks"}
    assert differences().none


def test_a_half_built_one_is_never_read_and_goes_with_the_next(db, data_dir) -> None:
    put_in(entry("Sparse attention"))
    half = data_dir / "index" / f"{copies.PREFIX}dead"
    half.mkdir(parents=True)
    (half / "meta.json").write_text("{")
    assert copies.searcher() is None
    build()
    assert found("sparse") == {"Sparse attention"}
    assert not half.exists()


def test_the_one_before_is_read_while_another_is_built(index) -> None:
    put_in(entry("Sparse networks"))
    seen = []
    with indexing.alone():
        indexing.build(lambda _: seen.append(found("sparse")))
    assert seen == [{"Sparse attention"}]
    assert found("sparse") == {"Sparse attention", "Sparse networks"}


def test_one_of_another_format_is_none(index) -> None:
    other = index / "format-0-old"
    copies.current().rename(other)
    (index / "current").unlink()
    (index / "current").symlink_to(other.name)
    assert copies.searcher() is None


@pytest.mark.parametrize("name", ["meta.json", "all of it"])
def test_one_that_is_spoiled_or_gone_is_none_and_is_built_anew(index, name: str) -> None:
    assert found("sparse")
    if name == "meta.json":
        (copies.current() / name).write_text("junk")
    else:
        index.rename(index.with_name("gone"))
    assert copies.searcher() is None
    assert indexing.follower() is None
    build()
    assert found("sparse") == {"Sparse attention"}


def test_one_process_writes(index) -> None:
    with indexing.alone(), pytest.raises(indexing.Taken), indexing.alone():
        pass
    with indexing.alone() as holds:
        assert holds()
        (index / "lock").unlink()
        assert not holds()


def comes(text: str, title: str) -> None:
    wait_until(lambda: copies.searcher() is not None and title in found(text))


def follows() -> subprocess.Popen[bytes]:
    here = {"DATABASE_URL": address(), "BROADSHEET_DATA": str(settings.DATA_DIR)}
    command = [sys.executable, "manage.py", "index", "--follow"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | here)


def test_a_process_follows_is_killed_and_goes_on_and_builds_anew_what_was_removed(
    transactional_db, data_dir: Path
) -> None:
    put_in(entry("Sparse attention"))
    with follows() as process:
        comes("attention", "Sparse attention")
        put_in(entry("Dense graphs"))
        comes("graphs", "Dense graphs")
        process.kill()
    put_in(entry("Third"))
    with follows() as process:
        comes("third", "Third")
        (data_dir / "index").rename(data_dir / "gone")
        comes("graphs", "Dense graphs")
        process.terminate()
    assert process.returncode == 0


def test_the_command_builds_catches_up_and_compares(transactional_db, data_dir, capsys) -> None:
    put_in(entry("Sparse attention"))
    with pytest.raises(CommandError, match="no index"):
        call_command("index", "--check")
    call_command("index")
    assert "built" in capsys.readouterr().out
    put_in(entry("Dense graphs"))
    call_command("index")
    assert found("graphs") == {"Dense graphs"}
    call_command("index", "--check")
    assert "2 papers compared" in capsys.readouterr().out


def test_the_command_says_which_paper_differs(index, capsys) -> None:
    first, second = Paper.objects.order_by("id")
    with connection.cursor() as cursor:  # as if the database had noted nothing
        cursor.execute("ALTER TABLE feeds_paper DISABLE TRIGGER USER")
    Paper.objects.filter(pk=first.pk).update(title="Quite other words")
    Paper.objects.filter(pk=second.pk).update(dropped_at=timezone.now())
    put_in(entry("Third", id="2604.77777"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM feeds_paperchange")
        cursor.execute("ALTER TABLE feeds_paper ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="differs"):
        call_command("index", "--check", "--json")
    told = json.loads(capsys.readouterr().out)
    third = Paper.objects.get(key="2604.77777").pk
    assert told == {"papers": 2, "behind": 0, "missing": [third], "too_many": [second.pk],
                    "other_words": [first.pk]}  # fmt: skip
    with pytest.raises(CommandError):
        call_command("index", "--check")
    assert "missing: 1 (2604.77777)" in capsys.readouterr().out
    call_command("index", "--rebuild")
    call_command("index", "--check")
