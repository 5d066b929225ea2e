"""Whatever a site answers, a source goes on, or says in a sentence why it does not."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.http import Fetched, Refused, Unreachable
from feeds.sources.base import checked, sources
from tests.factories import digest, entry
from tests.parsers.xml_samples import ARXIV_ATOM, ARXIV_ERROR
from tests.sources.conftest import NOW
from tests.sources.test_arxiv_oai import error, page

ANSWERS = [
    page(1, 2, token="3"),
    page(1),
    error("badResumptionToken"),
    ARXIV_ATOM,
    ARXIV_ERROR,
    digest(entry(), entry()),
    b"",
]
KINDS: dict[str, dict[str, Any]] = {
    "arxiv_oai": {},
    "arxiv_api": {"categories": "cs.CL"},
    "hf_daily": {"base": "https://example.org"},
    "rss": {"url": "https://example.org/feed"},
}


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """A good answer, cut, with noise in it, or with a piece of another."""
    whole = draw(st.sampled_from(ANSWERS))
    start = draw(st.integers(0, len(whole)))
    end = draw(st.integers(start, len(whole)))
    other = draw(st.sampled_from(ANSWERS))
    inside = draw(st.binary(max_size=20) | st.just(other) | st.just(b"\x00") | st.just(b""))
    return whole[:start] + inside + whole[end:]


@pytest.mark.parametrize("kind", KINDS)
@given(given=st.lists(answers(), min_size=1, max_size=4))
def test_no_answer_brings_a_source_down(kind: str, given: list[bytes]) -> None:
    left = iter([*given, *given])

    def ask(url: str, **_: object) -> Fetched:
        content = next(left, None)
        if content is None:
            raise Unreachable("That was all.")
        return Fetched(url, content)

    plugin, state = sources.get(kind), {}
    settings = checked(plugin, KINDS[kind])
    for run in range(2):
        try:
            for document in plugin.fetch(settings, state, NOW + timedelta(days=run), ask):
                state = json.loads(json.dumps(document.state))
        except (Refused, Unreachable) as told:
            assert str(told)
