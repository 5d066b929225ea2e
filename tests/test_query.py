from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.grammar import printed
from feeds.query import HAS, LONGEST_TERM, PERIODS, SORTS, FeedQuery, QueryError, parse, parse_pairs
from tests.grammar.trees import trees

slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
words = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
asked = trees.map(printed).filter(lambda text: len(text) <= LONGEST_TERM)
some = st.lists(slugs, max_size=3, unique=True).map(tuple)


@st.composite
def queries(draw: st.DrawFn) -> FeedQuery:
    period = draw(st.sampled_from(PERIODS))
    day = draw(st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)))
    query = FeedQuery(
        tags=draw(some),
        without_tags=draw(some),
        authors=tuple(draw(st.lists(words, max_size=2, unique=True))),
        words=draw(st.just("") | asked),
        sources=draw(some),
        has=draw(st.sampled_from([(), HAS])),
        sort=draw(st.sampled_from(SORTS)),
    )
    return query.on(period, None if period == "all" else day)


@given(queries())
def test_a_printed_query_reads_back_as_itself(query: FeedQuery) -> None:
    assert parse(str(query)) == query


@given(st.text(max_size=200))
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    try:
        parse(text)
    except QueryError as error:
        assert error.field
        assert str(error)


@given(st.lists(st.tuples(st.sampled_from(["tag", "q", "date", "period"]), st.text(max_size=30))))
def test_any_terms_are_a_query_or_a_query_error(pairs: list[tuple[str, str]]) -> None:
    try:
        parse_pairs(pairs)
    except QueryError as error:
        assert error.field in ("tag", "q", "date", "period")


def test_nothing_asked_is_the_latest_edition() -> None:
    assert parse("") == FeedQuery(period="day", date=None)


@pytest.mark.parametrize("text", ["tag=diffusion", "q=sparse", "author=Kaiming+He"])
def test_a_particular_question_without_a_period_looks_at_all_papers(text: str) -> None:
    assert parse(text).period == "all"


@pytest.mark.parametrize("text", ["tag=-medical", "has=code", "sort=new", "source=upload"])
def test_an_edition_can_be_filtered_without_leaving_it(text: str) -> None:
    assert parse(text).period == "day"


def test_the_whole_grammar_at_once() -> None:
    text = (
        "?tag=diffusion&tag=-medical&author=Kaiming+He&q=sparse+attention"
        "&period=week&date=2026-11-25&sort=top&has=code&source=arxiv"
    )
    assert parse(text) == FeedQuery(
        tags=("diffusion",),
        without_tags=("medical",),
        authors=("Kaiming He",),
        words="sparse attention",
        sources=("arxiv",),
        has=("code",),
        period="week",
        date=date(2026, 11, 23),
        sort="top",
    )


@pytest.mark.parametrize(
    ("text", "period", "first", "last"),
    [
        ("2026-04-24", "day", date(2026, 4, 24), date(2026, 4, 24)),
        ("2026-W17", "week", date(2026, 4, 20), date(2026, 4, 26)),
        ("2026-04", "month", date(2026, 4, 1), date(2026, 4, 30)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", "month", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_date_names_its_period(text: str, period: str, first: date, last: date) -> None:
    query = parse(f"date={text}")
    assert (query.period, query.date, query.last_day) == (period, first, last)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("tag=%3Cscript%3E", "tag"),
        ("sort=best", "sort"),
        ("period=year", "period"),
        ("has=beauty", "has"),
        ("date=24+April", "date"),
        ("date=2026-02-30", "date"),
        ("date=2026-W60", "date"),
        ("date=0001-01-01", "date"),
        ("period=all&date=24+April", "date"),
        ("q=a%00b", "q"),
        ("q=%22a", "q"),
        ("q=" + "x" * 2501, "q"),
        ("&".join(f"tag=t{n}" for n in range(21)), "tag"),
        ("source=Our+Blog%21", "source"),
    ],
)
def test_a_wrong_term_is_named(text: str, field: str) -> None:
    with pytest.raises(QueryError) as error:
        parse(text)
    assert error.value.field == field


@pytest.mark.parametrize(
    ("text", "position"),
    [("q=sparse++(attention", 7), ("q=a%00b", 1), ("q=" + "x" * 2501, 2500), ("q=a&q=OR", 4)],
)
def test_a_slip_in_the_words_is_pointed_at(text: str, position: int) -> None:
    with pytest.raises(QueryError) as error:
        parse(text)
    assert error.value.position == position
    assert error.value.expected


def test_foreign_parameters_are_left_alone() -> None:
    assert parse("cursor=abc&limit=5&utm_source=x") == FeedQuery()


def test_all_time_has_no_date() -> None:
    assert parse("period=all&date=2026-04-24") == parse("period=all")
