"""Sources are listed, added and changed from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from feeds.models import Source
from feeds.sources.base import sources
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
URL = "url=https://example.org/feed?a=b"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("sources", *arguments, stdout=out)
    return out.getvalue()


def test_a_source_is_added_and_listed() -> None:
    run("add", "feed", "--plugin", "rss", "--set", URL, "--name", "A feed", "--every", "30")
    source = Source.objects.get()
    assert (source.name, source.plugin, source.every) == ("A feed", "rss", 30)
    assert source.settings == {"url": "https://example.org/feed?a=b"}
    assert run() == "feed  rss           new          Nothing came yet. Due now.\n"


def test_each_kind_has_its_usual_rhythm() -> None:
    run("add", "arxiv", "--plugin", "arxiv_oai", "--set", "set=cs")
    assert Source.objects.get().every == sources.get("arxiv_oai").every


def test_a_source_that_was_filled_by_hand_can_fetch_from_now_on() -> None:
    put_in(entry(), source="daily")
    run("add", "daily", "--plugin", "hf_daily", "--set", "base=https://example.org")
    source = Source.objects.get()
    assert (source.plugin, source.digests.count()) == ("hf_daily", 1)


def test_settings_are_changed_one_by_one_and_taken_away() -> None:
    run("add", "arxiv", "--plugin", "arxiv_oai", "--set", "set=cs", "--set", "format=oai_dc")
    run("set", "arxiv", "--set", "set=math", "--set", "format=", "--off")
    source = Source.objects.get()
    assert (source.settings, source.enabled) == ({"set": "math"}, False)
    run("set", "arxiv", "--on")
    assert Source.objects.get().enabled


def test_a_stopped_source_is_started_again() -> None:
    run("add", "feed", "--plugin", "rss", "--set", URL)
    Source.objects.update(stopped_at=timezone.now(), failures=10, last_error="Stopped after 10.")
    assert "stopped" in run()
    assert "Due now." in run("start", "feed")
    assert (Source.objects.get().stopped_at, Source.objects.get().failures) == (None, 0)


def test_programs_get_the_health_record() -> None:
    run("add", "feed", "--plugin", "rss", "--set", URL)
    told = json.loads(run("--json"))
    assert (told["slug"], told["condition"], told["failures"]) == ("feed", "new", 0)
    assert {"last_success_at", "last_error", "next_run_at", "stopped_at"} <= told.keys()


def test_every_kind_is_told_with_its_settings() -> None:
    told = run("kinds")
    for plugin in sources.all():
        assert f"{plugin.name}: {plugin.label}\n" in told
    assert "  url: of an RSS or Atom feed of papers\n" in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["add", "x", "--plugin", "none"], "'none' is no kind of source. Those here are: arxiv"),
        (["add", "x", "--plugin", "rss"], "url: This field is required."),
        (["add", "x", "--plugin", "rss", "--set", "url"], "'url' is no setting like name=value."),
        (["add", "x", "--plugin", "rss", "--set", URL, "--set", "a=1"], "a: There is no such"),
        (["add", "A b", "--plugin", "rss", "--set", URL], "slug: Enter a valid"),
        (["add", "x", "--plugin", "rss", "--set", URL, "--every", "0"], "every: Ensure this"),
        (["add", "feed", "--plugin", "rss", "--set", URL], "feed is there already"),
        (["set", "nobody"], "There is no source 'nobody' that fetches."),
        (["set", "feed", "--set", "url=nowhere at all"], "url: Enter a valid URL."),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(arguments: list[str], sentence: str) -> None:
    run("add", "feed", "--plugin", "rss", "--set", URL)
    before = list(Source.objects.values())
    with pytest.raises(CommandError) as told:
        run(*arguments)
    assert str(told.value).startswith(sentence)
    assert list(Source.objects.values()) == before
