"""Rows that are copied in bulk hold what was given, whatever stands in it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.copying import copy_rows, next_ids, update_rows, upsert_rows
from feeds.models import Paper, Tag

pytestmark = pytest.mark.django_db

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
FIELDS = ["id", "key", "arxiv_id", "doi", "title", "abstract", "summary", "authors",
          "author_keys", "code_url", "project_url", "thumbnail_url", "organization",
          "title_text", "title_html", "abstract_html", "excerpt", "told", "created_at",
          "changed_at"]  # fmt: skip
NOW = dt.datetime(2026, 4, 24, tzinfo=dt.UTC)


def row(paper_id: int, title: str, authors: list[str], told: dict[str, object]) -> list[object]:
    words = {"id": paper_id, "key": str(paper_id), "title": title, "authors": authors}
    given = words | {"author_keys": [], "told": told, "created_at": NOW, "changed_at": NOW}
    return [given.get(name, "") for name in FIELDS]


@given(text, st.lists(text, max_size=4), st.dictionaries(text, text, max_size=3))
def test_a_row_holds_what_was_given(title: str, authors: list[str], told: dict[str, str]) -> None:
    (paper_id,) = next_ids(Paper, 1)
    copy_rows(Paper, FIELDS, [row(paper_id, title, authors, dict(told))])
    kept = Paper.objects.get(pk=paper_id)
    assert (kept.title, kept.authors, kept.told) == (title, authors, told)
    update_rows(Paper, ["id", "title", "authors"], [(paper_id, title + "!", [*authors, title])])
    kept.refresh_from_db()
    assert (kept.title, kept.authors) == (title + "!", [*authors, title])
    assert kept.told == told


def test_a_row_is_added_or_changed_by_its_key() -> None:
    def put(*rows: tuple[str, str, str, str]) -> None:
        upsert_rows(
            Tag,
            ["slug", "name", "kind", "description"],
            rows,
            key=["slug"],
            update={
                "name": "new.name",
                "description": "GREATEST(old.description, new.description)",
            },
        )

    put(("a", "A", "topic", "b"))
    put(("a", "Å", "topic", "a"), ("b", "B", "topic", ""))
    rows = Tag.objects.order_by("slug").values_list("slug", "name", "description")
    assert list(rows) == [("a", "Å", "b"), ("b", "B", "")]


def test_no_rows_are_no_trouble() -> None:
    assert next_ids(Tag, 0) == []
    copy_rows(Tag, ["slug"], [])
    update_rows(Tag, ["id", "name"], [])
    assert not Tag.objects.exists()
