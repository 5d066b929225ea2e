"""The admin's table of sources: settings with errors in place, health in words, “run now”."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feeds import source_admin, tasks
from feeds.models import Source
from feeds.sources.base import sources

PLACE = "/admin/feeds/source/"
FEED = {"name": "A feed", "slug": "feed", "every": "30", "enabled": "on"}


@pytest.fixture
def rang(monkeypatch) -> list[int]:
    told: list[int] = []
    monkeypatch.setattr(tasks.run_source, "delay", told.append)
    return told


def test_one_chooses_what_is_to_be_fetched_first(admin_client) -> None:
    page = admin_client.get(f"{PLACE}add/").text
    for plugin in sources.all():
        assert plugin.label in page
        assert f'href="?plugin={plugin.name}"' in page


@pytest.mark.parametrize("plugin", sources.all(), ids=lambda plugin: plugin.name)
def test_each_kind_has_a_form_with_its_settings(admin_client, plugin) -> None:
    page = admin_client.get(f"{PLACE}add/?plugin={plugin.name}").text
    for name, field in plugin.form().fields.items():
        assert f'name="setting_{name}"' in page
        assert field.help_text in page
    assert ('name="every"' in page) == bool(plugin.every)


def test_a_source_is_added_with_its_settings(admin_client) -> None:
    given = FEED | {"setting_url": "https://example.org/feed"}
    assert admin_client.post(f"{PLACE}add/?plugin=rss", given).status_code == 302
    source = Source.objects.get()
    assert (source.plugin, source.every) == ("rss", 30)
    assert source.settings == {"url": "https://example.org/feed"}
    assert source.next_run_at is None


@pytest.mark.parametrize(
    ("plugin", "given", "sentence"),
    [
        ("rss", {}, "This field is required."),
        ("rss", {"setting_url": "nowhere at all"}, "Enter a valid URL."),
        ("arxiv_api", {"setting_categories": "computers!"}, "is no category like cs.CL."),
        ("mailbox", {"setting_host": "a.org", "setting_user": "a", "setting_password": "x"},
         "never the password itself"),
    ],
)  # fmt: skip
def test_an_error_stands_at_its_field(admin_client, plugin: str, given, sentence: str) -> None:
    page = admin_client.post(f"{PLACE}add/?plugin={plugin}", FEED | given)
    assert page.status_code == 200
    assert page.text.count(sentence.replace("'", "&#x27;")) == 1
    assert Source.objects.count() == 0


def test_settings_are_changed_and_tried_at_once(admin_client, makes) -> None:
    later = timezone.now() + timedelta(hours=1)
    source = makes("rss", slug="feed", url="https://example.org/old")
    Source.objects.update(state={"etag": "1"}, next_run_at=later)
    page = f"{PLACE}{source.pk}/change/"
    assert 'value="https://example.org/old"' in admin_client.get(page).text
    admin_client.post(page, FEED | {"setting_url": "https://example.org/new"})
    source.refresh_from_db()
    assert source.settings == {"url": "https://example.org/new"}
    assert (source.state, source.next_run_at) == ({"etag": "1"}, None)


def test_what_is_put_in_by_hand_has_a_name_only(admin_client, makes) -> None:
    source = makes("", slug="by-hand")
    page = f"{PLACE}{source.pk}/change/"
    assert "setting_" not in admin_client.get(page).text
    assert admin_client.post(page, {"name": "Mine", "slug": "mine"}).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.plugin) == ("Mine", "")


def test_a_source_whose_plugin_is_gone_can_still_be_looked_at(admin_client, makes) -> None:
    source = makes("gone", slug="gone")
    assert admin_client.get(f"{PLACE}{source.pk}/change/").status_code == 200
    assert "gone (gone)" in admin_client.get(PLACE).text


def test_the_list_tells_how_each_fares(admin_client, makes) -> None:
    now = timezone.now()
    Source.objects.filter(pk=makes("rss", slug="well").pk).update(
        last_success_at=now - timedelta(minutes=5), next_run_at=now + timedelta(minutes=55.5)
    )
    Source.objects.filter(pk=makes("rss", slug="failing").pk).update(
        failures=3, last_error="It answers 503.", last_error_at=now
    )
    Source.objects.filter(pk=makes("rss", slug="over").pk).update(
        stopped_at=now, last_error="Stopped after 10 failures in a row."
    )
    makes("", slug="by-hand")
    page = admin_client.get(PLACE).text
    assert "Went well 5 minutes ago. Next in 55 minutes." in page
    assert "It answers 503. (3 failures in a row)" in page
    assert "Stopped after 10 failures in a row." in page
    assert "Digests are put in by hand." in page


def test_run_now_starts_what_is_chosen_again(
    admin_client, makes, rang, django_capture_on_commit_callbacks
) -> None:
    stopped, by_hand = makes("rss", slug="stopped"), makes("", slug="by-hand")
    Source.objects.filter(pk=stopped.pk).update(stopped_at=timezone.now(), failures=10)
    with django_capture_on_commit_callbacks(execute=True):
        page = admin_client.post(
            PLACE,
            {"action": "run_now", "_selected_action": [stopped.pk, by_hand.pk]},
            follow=True,
        )
    assert "1 start now. 1 fetch nothing, or are switched off." in page.text
    stopped.refresh_from_db()
    assert (stopped.stopped_at, stopped.failures) == (None, 0)
    assert stopped.pk in rang


def test_what_a_run_writes_meanwhile_is_not_overwritten(admin_client, makes, monkeypatch) -> None:
    source = makes("rss", slug="feed", url="https://example.org/old")
    now = timezone.now()
    form = source_admin.form_of

    def meanwhile(plugin):
        Source.objects.update(state={"etag": "2"}, claimed_at=now)
        return form(plugin)

    monkeypatch.setattr(source_admin, "form_of", meanwhile)
    changed = FEED | {"setting_url": "https://example.org/new"}
    admin_client.post(f"{PLACE}{source.pk}/change/", changed)
    source.refresh_from_db()
    assert (source.state, source.claimed_at) == ({"etag": "2"}, now)
    assert source.settings == {"url": "https://example.org/new"}
