"""A file that is not a whole export is refused with its line, and nothing of it is kept."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from feeds.instance.exporting import key_mark
from feeds.models import Source, Tag
from tests.instance.conftest import taken_in

pytestmark = pytest.mark.django_db

HEADER = {"format": 1, "version": "0.1.0", "raw": True, "secrets": False}
DAY = "2026-04-24T01:02:03.456789Z"


def source(number: int, **fields: Any) -> dict[str, Any]:
    row = {"id": number, "slug": f"s{number}", "name": "Ünïcode", "created_at": DAY}
    return {"source": row | fields}


def whole(*rows: dict[str, Any], header: dict[str, Any] | None = None) -> list[bytes]:
    """The lines of an export of these rows, as another program may write it."""
    first = {"broadsheet": HEADER | {"key": key_mark()} | (header or {})}
    made = [json.dumps(line).encode() + b"\n" for line in (first, *rows)]
    counts: dict[str, int] = {}
    for row in rows:
        counts[next(iter(row))] = counts.get(next(iter(row)), 0) + 1
    digest = hashlib.sha256(b"".join(made)).hexdigest()
    return [*made, json.dumps({"end": {"rows": counts, "sha256": digest}}).encode() + b"\n"]


@pytest.fixture
def refuses(tmp_path: Path) -> Callable[..., str]:
    def refusing(content: bytes, *options: str) -> str:
        path = tmp_path / "file.jsonl"
        path.write_bytes(content)
        with pytest.raises(CommandError) as refused:
            taken_in(path, *options)
        assert not Source.objects.exists()
        assert not Tag.objects.exists()
        return str(refused.value)

    return refusing


def tag(**fields: Any) -> dict[str, Any]:
    return {"tag": {"id": 1, "slug": "a", "name": "A", "description": ""} | fields}


GOOD = [source(1), source(2), source(3)]


def test_a_file_that_another_program_wrote_goes_in(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"".join(whole(*GOOD)))
    assert "3 rows" in taken_in(tmp_path / "file")
    assert Source.objects.get(pk=3).created_at.microsecond == 456789
    assert Source.objects.create(slug="next", name="Next").pk == 4


def test_a_file_that_was_cut_is_refused_wherever_that_was(refuses) -> None:
    content = b"".join(whole(*GOOD))
    for cut in range(0, len(content) - 1, 37):
        told = refuses(content[:cut])
        assert told.startswith("Line ")
        assert told.endswith("Nothing was kept.")
    lines_of = content.splitlines(keepends=True)
    assert refuses(b"".join(lines_of[:-1])).startswith("Line 5: the file was cut")


def test_a_changed_byte_is_found(refuses) -> None:
    content = b"".join(whole(*GOOD))
    changed = content.replace(b'"s2"', b'"t2"')
    assert refuses(changed) == (
        "Line 5: the checksum is another: a byte before this line was changed. Nothing was kept."
    )
    assert refuses(changed, "--check").startswith("Line 5: the checksum")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([source(1), {"sauce": {"id": 2}}], "Line 3: no kind is called 'sauce'"),
        ([source(1), source(1)], "Line 3: source 1 stands here a second time"),
        ([source(2), source(1)], "Line 3: source 1 comes after 2; their keys rise"),
        ([source(1), source(2, slug="s1")], "Line 3: source: Key (slug)=(s1) already exists"),
        (
            [source(1), tag(), source(2)],
            "Line 4: the rows of source do not stand together",
        ),
        ([source(1, nmae="X")], "Line 2: source has no 'nmae'"),
        ([{"source": {"id": 1, "slug": "s"}}], "Line 2: source lacks 'name'"),
        ([source(1, name=7)], "Line 2: 'name' of source is no text"),
        ([source(1, name="x" * 101)], "Line 2: 'name' of source has 101 letters, 100 at most"),
        ([source(1, name="\0")], "Line 2: 'name' of source holds a zero byte"),
        ([source(1, name=None)], "Line 2: 'name' of source is no text"),
        ([source(1, created_at="2026-04-24")], "Line 2: 'created_at' of source is no time"),
        ([source(1, enabled=1)], "Line 2: 'enabled' of source is no true or false"),
        ([source(True)], "Line 2: 'id' of source is no integer"),
        ([source(1), source(2, every=2**40)], "Line 3: source: "),
        ([source(1, state={"a": "\0"})], "Line 2: source: "),
        ([{"source": [1]}], "Line 2: source is no object"),
        ([source(1) | {"tag": {}}], "Line 2: a line is an object with one kind"),
        ([tag(merged_into=7)], "tag: Key (merged_into_id)=(7) is not present in table"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_line(refuses, rows, told: str) -> None:
    assert refuses(b"".join(whole(*rows))).startswith(told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Line 1: the file was cut"),
        (b"\x00\xff\xfe" * 1000, "Line 1: this is not JSON"),
        (b"id,name\n1,x\n", "Line 1: this is not JSON"),
        (b"[]\n", "Line 1: a line is an object with one kind"),
        (b'{"paper": {}}\n', "Line 1: this is no export of Broadsheet"),
        (b'{"broadsheet": 1}\n', "Line 1: this is no export of Broadsheet"),
        (
            gzip.compress(b"".join(whole(*GOOD)), mtime=0)[:-30],
            "Line 5: the packed file is damaged",
        ),
        (b"".join(whole(header={"format": 0})), "Line 1: the format 0 is older than this version"),
        (b"".join(whole(header={"format": 9})), "Line 1: the format 9 is not this version"),
        (b"".join(whole(*GOOD)) + b"more", "Line 6: something follows the closing line"),
        (b"".join(whole(*GOOD)[:2] + whole(*GOOD)[-1:]), "Line 3: the closing line counts other"),
    ],
)
def test_what_is_no_whole_export_is_refused(refuses, content: bytes, told: str) -> None:
    assert refuses(content).startswith(told)
