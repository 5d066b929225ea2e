"""Sources are run from the command line: named ones in any case, or those that are due."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from feeds.models import Paper, Source
from tests.factories import digest, entry
from tests.site import Site

pytestmark = pytest.mark.django_db


def fetch(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("fetch", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def feed(site: Site) -> Source:
    site.gives("/feed", digest(entry(), entry()))
    url = {"url": site.url("/feed")}
    return Source.objects.create(slug="feed", name="Feed", plugin="rss", settings=url)


def test_a_named_source_is_run_and_told_of(feed: Source) -> None:
    out, _ = fetch("feed")
    assert out == "feed: 1 document; 2 new, 0 updated, 0 unchanged, 0 put aside\n"
    assert Paper.objects.count() == 2


def test_programs_get_an_object_a_source(feed: Source) -> None:
    told = json.loads(fetch("feed", "--json")[0])
    assert (told["source"], told["documents"], told["new"], told["error"]) == ("feed", 1, 2, "")


def test_only_what_is_due_is_run(feed: Source) -> None:
    fetch("--due")
    assert fetch("--due") == ("", "")
    assert Source.objects.get().last_success_at


def test_a_stopped_source_starts_again(feed: Source) -> None:
    Source.objects.update(stopped_at=timezone.now(), failures=10)
    assert fetch("--due") == ("", "")
    fetch("feed")
    feed.refresh_from_db()
    assert (feed.stopped_at, feed.failures) == (None, 0)


def test_a_failure_is_a_sentence_and_an_exit_code(feed: Source, site: Site) -> None:
    site.gives("/feed", status=404)
    err = StringIO()
    with pytest.raises(CommandError, match="1 of 1 failed"):
        call_command("fetch", "feed", stdout=StringIO(), stderr=err)
    assert err.getvalue().startswith("feed: http://127.0.0.1")
    assert "answers 404." in err.getvalue()


def test_one_failure_does_not_keep_the_others_from_running(feed: Source, site: Site) -> None:
    site.gives("/gone", status=410)
    gone = {"url": site.url("/gone")}
    Source.objects.create(slug="gone", name="Gone", plugin="rss", settings=gone)
    with pytest.raises(CommandError, match="1 of 2 failed"):
        fetch("gone", "feed")
    assert Paper.objects.count() == 2


def test_what_somebody_else_is_running_is_left_to_them(feed: Source) -> None:
    Source.objects.update(claimed_at=timezone.now())
    err = StringIO()
    with pytest.raises(CommandError, match="1 of 1 failed"):
        call_command("fetch", "feed", stdout=StringIO(), stderr=err)
    assert "free again 15 minutes after" in err.getvalue()
    assert Paper.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name the sources to run, or ask for --due. Those here are: feed."),
        (["nobody"], "There is no source 'nobody'. Those here are: feed."),
        (["by-hand"], "by-hand fetches nothing: digests are put in by hand."),
        (["alerts"], "alerts fetches nothing: documents are sent to it."),
    ],
)
def test_what_cannot_be_run_is_said(feed: Source, arguments: list[str], sentence: str) -> None:
    Source.objects.create(slug="by-hand", name="By hand")
    if arguments == ["alerts"]:
        Source.objects.create(slug="alerts", name="Alerts", plugin="inbound_mail")
    with pytest.raises(CommandError) as told:
        fetch(*arguments)
    assert str(told.value) == sentence
