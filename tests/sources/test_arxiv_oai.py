"""Harvests page by page over any number of runs, and begins again where it has to."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from feeds.health import MOST_FAILURES
from feeds.models import Paper, Source
from feeds.sources.base import WrongSettings, checked, sources
from tests.site import Site
from tests.sources.conftest import NOW, Run, minutes

OAI = "/oai"
Answers = Callable[[dict[str, str]], bytes]


def page(*numbers: int, token: str = "", inside: str = "") -> bytes:
    records = "".join(
        f"<record><header><identifier>oai:arXiv.org:2604.{number:05}</identifier>"
        "<datestamp>2026-04-23</datestamp></header><metadata>"
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2604.{number:05}</id>'
        f"<created>2026-04-22</created><title>Paper {number}</title>"
        "<authors><author><keyname>Author</keyname><forenames>Ada</forenames></author></authors>"
        f"<categories>cs.CL</categories><abstract>What {number} is.</abstract></arXiv>"
        "</metadata></record>"
        for number in numbers
    )
    return _answer(
        f"<ListRecords>{records}{inside}<resumptionToken>{token}</resumptionToken></ListRecords>"
    )


def error(code: str, message: str = "So it is.") -> bytes:
    return _answer(f'<error code="{code}">{message}</error>')


def _answer(inner: str) -> bytes:
    return (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2026-04-24T12:00:00Z</responseDate>{inner}</OAI-PMH>"
    ).encode()


@pytest.fixture
def gives(site: Site) -> Callable[[Answers], None]:
    """The repository's answers, by what it is asked."""

    def giving(answers: Answers) -> None:
        site.answers[OAI] = lambda request: site.gives_now(request, answers(_terms(request.path)))

    return giving


def _terms(path: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}


def tokens(site: Site) -> list[str]:
    return [_terms(path).get("resumptionToken", "") for path, _ in site.asked]


@pytest.fixture
def source(makes, site: Site) -> Source:
    return makes("arxiv_oai", base=site.url(OAI), set="cs", since="2026-04-20")


def titles() -> set[int]:
    return {int(name[6:]) for name in Paper.objects.values_list("title_text", flat=True)}


def three(asked: dict[str, str]) -> bytes:
    """Three pages of two papers."""
    number = int(asked.get("resumptionToken", "0"))
    return page(2 * number, 2 * number + 1, token=str(number + 1) if number < 2 else "")


def test_a_harvest_goes_from_its_first_day_to_the_end(
    source: Source, runs: Run, site: Site, gives
) -> None:
    gives(three)
    outcome = runs(source)
    assert (outcome.error, outcome.documents, titles()) == ("", 3, set(range(6)))
    assert _terms(site.asked[0][0]) == {
        "verb": "ListRecords",
        "metadataPrefix": "arXiv",
        "from": "2026-04-20",
        "set": "cs",
    }
    assert _terms(site.asked[1][0]) == {"verb": "ListRecords", "resumptionToken": "1"}


def test_there_is_a_pause_before_each_further_request(source, runs: Run, gives, slept) -> None:
    gives(three)
    runs(source)
    assert len(slept) == 2


def test_the_next_harvest_begins_a_day_before_this_one(
    source: Source, runs: Run, site: Site, gives
) -> None:
    gives(three)
    runs(source)
    runs(source, NOW + minutes(24 * 60))
    assert _terms(site.asked[3][0])["from"] == "2026-04-23"


def test_a_harvest_that_broke_off_goes_on_with_its_token(
    source: Source, runs: Run, site: Site, gives
) -> None:
    gives(three)
    good = site.answers[OAI]

    def breaks(request) -> None:
        good(request) if len(site.asked) != 2 else site.gives_now(
            request, b"", 503, Retry_After="600"
        )

    site.answers[OAI] = breaks
    assert "answers 503" in runs(source).error
    assert minutes(10) <= source.next_run_at - NOW < minutes(11)
    assert source.failures == 1
    cache.clear()  # ten minutes have passed
    runs(source, NOW + minutes(11))
    assert tokens(site) == ["", "1", "1", "2"]
    assert (titles(), source.failures) == (set(range(6)), 0)


def test_a_token_that_expired_makes_it_start_again_from_its_day(
    source: Source, runs: Run, site: Site, gives
) -> None:
    state = {"of": f"{site.url(OAI)} cs arXiv 2026-04-20", "since": "2026-04-21"}
    state |= {"began": "2026-04-23", "token": "old", "mark": "old", "reach": 1, "steps": 0}
    Source.objects.update(state=state)
    gives(lambda asked: error("badResumptionToken") if "old" in asked.values() else three(asked))
    outcome = runs(source)
    assert (outcome.error, titles()) == ("", set(range(6)))
    assert tokens(site) == ["old", "", "1", "2"]
    assert _terms(site.asked[1][0])["from"] == "2026-04-21"
    assert source.state["since"] == "2026-04-22"  # a day before it began, not before today


def test_tokens_that_always_expire_stop_it_in_the_end(
    source: Source, runs: Run, site: Site, gives
) -> None:
    gives(lambda asked: error("badResumptionToken") if "resumptionToken" in asked else three(asked))
    now = NOW
    for _ in range(MOST_FAILURES):
        assert not source.stopped_at
        runs(source, now, asked=False)
        now = source.next_run_at or now
    assert source.stopped_at
    assert "badResumptionToken" in source.last_error


@pytest.mark.parametrize("circle", [1, 2, 5])
def test_tokens_that_go_in_a_circle_end_it(
    source: Source, runs: Run, site: Site, gives, circle: int
) -> None:
    def answers(asked: dict[str, str]) -> bytes:
        number = int(asked.get("resumptionToken", "0"))
        return page(number, token=str(number % circle + 1))

    gives(answers)
    assert "do not come to an end" in runs(source).error
    assert titles() == set(range(circle + 1))
    assert len(site.asked) < 6 * circle + 6
    assert source.failures == 1
    runs(source, NOW + minutes(60))
    assert source.failures == 2


def test_no_records_are_no_failure(source: Source, runs: Run, gives) -> None:
    gives(lambda _: error("noRecordsMatch"))
    outcome = runs(source)
    assert (outcome.error, outcome.documents) == ("", 0)
    assert source.state["since"] == "2026-04-23"


def test_a_page_without_records_is_passed(source: Source, runs: Run, gives) -> None:
    gives(lambda asked: page(7) if "resumptionToken" in asked else page(token="1"))
    assert runs(source).error == ""
    assert titles() == {7}


def test_deleted_records_are_put_aside_and_the_rest_goes_in(
    source: Source, runs: Run, gives
) -> None:
    deleted = '<record><header status="deleted"><identifier>oai:x:1</identifier></header></record>'
    gives(lambda asked: page(7) if "resumptionToken" in asked else page(token="1", inside=deleted))
    outcome = runs(source)
    assert (outcome.error, outcome.new, outcome.rejected) == ("", 1, 1)


@pytest.mark.parametrize("status", [200, 404, 422])
def test_an_error_of_the_repository_is_told(
    source: Source, runs: Run, site: Site, status: int
) -> None:
    site.gives(OAI, error("cannotDisseminateFormat", "No such format."), status)
    assert "cannotDisseminateFormat: No such format." in runs(source).error


def test_an_expired_token_is_understood_with_a_status_of_its_own_too(
    source: Source, runs: Run, site: Site, gives
) -> None:
    gives(three)
    good = site.answers[OAI]

    def expires_once(request) -> None:
        good(request) if len(site.asked) != 2 else site.gives_now(
            request, error("badResumptionToken"), 422
        )

    site.answers[OAI] = expires_once
    assert runs(source).error == ""
    assert tokens(site) == ["", "1", "", "1", "2"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"body": page(1, 2)[:-30]}, "not whole"),
        ({"body": b"<html></html>"}, "no OAI-PMH repository"),
        ({"body": b"not even this"}, "no OAI-PMH repository"),
        ({"body": page(1), "Content_Length": "99999"}, "broke off"),
        ({"body": b"", "status": 503, "Retry_After": "Fri, 24 Apr 2099 13:00:00 GMT"}, "503"),
        ({"status": 301, "Location": "http://169.254.169.254/oai"}, "not public"),
        ({"body": b'<!DOCTYPE a [<!ENTITY b "c">]><OAI-PMH>&b;</OAI-PMH>'}, "no OAI-PMH"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    source: Source, runs: Run, site: Site, answer, sentence: str
) -> None:
    site.gives(OAI, **answer)
    assert sentence in runs(source).error
    assert (source.state, titles()) == ({}, set())


def test_another_set_is_harvested_from_its_first_day(
    source: Source, runs: Run, site: Site, gives
) -> None:
    gives(three)
    runs(source)
    source.settings |= {"set": "math"}
    source.save()
    site.asked.clear()
    runs(source)
    assert _terms(site.asked[0][0])["from"] == "2026-04-20"


def test_a_recorded_list_goes_in(source: Source, runs: Run, gives, real_data) -> None:
    content = (real_data / "arxiv_oai" / "arxiv-physics-hep-ex.xml").read_bytes()
    gives(lambda _: content)
    outcome = runs(source)
    assert (outcome.error, outcome.rejected) == ("", 0)
    assert outcome.new == content.count(b"<record>") == 3


@pytest.mark.parametrize("wrong", ["cs math", "cs&verb=Identify", "é"])
def test_only_names_of_sets_are_asked_for(wrong: str) -> None:
    with pytest.raises(WrongSettings, match="is no set"):
        checked(sources.get("arxiv_oai"), {"set": wrong})
