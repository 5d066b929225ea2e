"""What a query finds, in which order, page by page."""

from datetime import date

import pytest
from django.utils import timezone

from feeds.models import Paper
from feeds.query import QueryError, parse
from feeds.reading import facets, paper, papers_in
from tests.factories import entry, put_in, put_in_many

pytestmark = pytest.mark.django_db


def titles(text: str) -> list[str]:
    return [one.title for one in papers_in(parse(text)).papers]


def test_an_empty_instance_answers_with_an_empty_page() -> None:
    page = papers_in(parse(""))
    assert (page.papers, page.cursor, page.previous, page.next) == ((), "", None, None)


def test_nothing_asked_is_the_latest_edition() -> None:
    put_in(entry("Old"), day=date(2026, 4, 20))
    put_in(entry("New"), day=date(2026, 4, 22))
    page = papers_in(parse(""))
    assert [one.title for one in page.papers] == ["New"]
    assert (page.query.date, page.previous, page.next) == (
        date(2026, 4, 22),
        date(2026, 4, 20),
        None,
    )


def test_neighbours_are_the_periods_that_have_papers() -> None:
    for day in (3, 14, 25):
        put_in(entry(), day=date(2026, 4, day))
    page = papers_in(parse("date=2026-W16"))
    assert (page.previous, page.next) == (date(2026, 3, 30), date(2026, 4, 20))


def test_a_week_and_a_month_hold_their_days() -> None:
    put_in(entry("Monday"), day=date(2026, 4, 20))
    put_in(entry("Sunday"), day=date(2026, 4, 26))
    put_in(entry("May"), day=date(2026, 5, 1))
    assert set(titles("date=2026-W17")) == {"Monday", "Sunday"}
    assert set(titles("date=2026-04")) == {"Monday", "Sunday"}
    assert titles("date=2026-05-01") == ["May"]


def test_tags_include_and_exclude() -> None:
    put_in(
        entry("Both", summary="A diffusion model for medical imaging."),
        entry("One", summary="A diffusion model for pictures."),
        entry("None", summary="A recipe."),
    )
    assert set(titles("tag=diffusion")) == {"Both", "One"}
    assert "Both" not in titles("tag=diffusion&tag=-medical-imaging")
    assert "One" in titles("tag=diffusion&tag=-medical-imaging")


def test_an_author_is_found_without_case_and_accents() -> None:
    put_in(entry("Hers", authors=["Zoë Müller-Lüdenscheidt"]), entry("His", authors=["Zo Muller"]))
    assert titles("author=zoe+muller+ludenscheidt") == ["Hers"]


def test_words_are_found_in_title_and_abstract() -> None:
    put_in(
        entry("Sparse attention", summary="It is cheap."),
        entry("Cheap models", summary="Their attention is sparse."),
        entry("Something else", summary="Of no interest."),
    )
    assert set(titles("q=sparse+attention")) == {"Sparse attention", "Cheap models"}
    assert titles('q="sparse+attention"&period=all') == ["Sparse attention"]


def test_code_and_source_filter() -> None:
    put_in(entry("With", githubRepo="https://github.com/example/code"), entry("Without"))
    put_in(entry("Elsewhere"), source="elsewhere")
    assert titles("has=code") == ["With"]
    assert titles("source=elsewhere") == ["Elsewhere"]


def test_orders_differ() -> None:
    put_in(entry("Old and loved", upvotes=400), day=date(2026, 4, 20))
    put_in(entry("New", upvotes=50), entry("Newer", upvotes=60), day=date(2026, 4, 24))
    assert titles("period=all&sort=top") == ["Old and loved", "Newer", "New"]
    assert titles("period=all&sort=hot") == ["Newer", "New", "Old and loved"]
    assert titles("period=all&sort=new") == ["New", "Newer", "Old and loved"]


@pytest.mark.parametrize("sort", ["hot", "new", "top"])
def test_pages_walk_through_all_papers_once(sort: str) -> None:
    put_in_many(25, upvotes=3)
    put_in_many(8)
    query = parse(f"period=all&sort={sort}")
    keys, ranks, cursor = [], [], ""
    while True:
        page = papers_in(query, cursor=cursor, limit=10)
        keys += [one.key for one in page.papers]
        ranks += [one.rank for one in page.papers]
        cursor = page.cursor
        if not cursor:
            break
    assert len(keys) == len(set(keys)) == 33
    assert ranks == list(range(1, 34))
    assert keys == [one.key for one in papers_in(query, limit=100).papers]


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "!!", "WzEsMiwzXQ==x", "é", "bnVsbA", "W251bGwsMSwxXQ"]
)
def test_a_cursor_that_is_none_is_named(cursor: str) -> None:
    with pytest.raises(QueryError) as error:
        papers_in(parse(""), cursor=cursor)
    assert error.value.field == "cursor"


def test_a_dropped_paper_is_not_read() -> None:
    put_in(entry("Stays"), entry("Goes", id="2604.00009"))
    Paper.objects.filter(arxiv_id="2604.00009").update(dropped_at=timezone.now())
    assert titles("") == ["Stays"]
    assert paper("2604.00009") is None


def test_a_score_is_explained_by_parts_that_sum_to_it() -> None:
    put_in(entry(upvotes=12))
    for sort in ("hot", "new", "top"):
        one = papers_in(parse(f"sort={sort}")).papers[0]
        stored = getattr(Paper.objects.get().stats, sort)
        assert sum(part.value for part in one.score.parts) == pytest.approx(stored, abs=1e-9)


def test_facets_count_the_topics_of_the_list() -> None:
    put_in(
        entry(summary="A diffusion model."),
        entry(summary="A diffusion model, with quantization."),
        entry(summary="A recipe."),
    )
    counts = {facet.tag.slug: facet.count for facet in facets(parse(""))}
    assert counts["diffusion"] == 2
    assert counts["quantization"] == 1


def test_the_byline_is_the_digests() -> None:
    put_in(entry())
    assert papers_in(parse("")).byline == ""


@pytest.mark.parametrize("text", ["", "period=all", "tag=diffusion&q=model", "date=2026-W17"])
def test_the_number_of_queries_does_not_grow_with_the_page(text: str, django_user_model) -> None:
    reader = django_user_model.objects.create_user("reader@example.org")
    put_in_many(60, summary="A diffusion model, with quantization.")

    def count(limit: int) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            page = papers_in(parse(text), viewer=reader.id, limit=limit)
        assert len(page.papers) == limit
        return len(captured)

    assert count(2) == count(50) <= 10
