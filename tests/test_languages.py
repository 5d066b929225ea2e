"""Pages in the reader's language; everything for programs in English, whoever asks."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from config.formats.de import formats as german
from config.formats.en import formats as english
from feeds.rankers.base import DEFAULTS
from feeds.stored_words import in_readers_words
from feeds.web.desk.tuning import TuningForm
from tests.factories import entry, put_in
from tests.roles.table import ALLOWED, TABLE
from tests.roles.world import ADMIN, READER, World
from tests.web.document import read

FOLDER = settings.LOCALE_PATHS[0] / "de" / "LC_MESSAGES"
IN_GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


def language(answer) -> str:
    return read(answer).one("html")["lang"]


# ---- Who gets which language ----


@pytest.mark.django_db
def test_a_page_is_in_the_browsers_language(client) -> None:
    put_in(entry())
    assert language(client.get("/")) == "en"
    answer = client.get("/", headers=IN_GERMAN)
    page = read(answer)
    assert page.one("html")["lang"] == answer["Content-Language"] == "de"
    assert page.one("h1").text == "Freitag, 24. April 2026"
    assert page.texts("nav", aria_label="Ausgaben") == ["TagWocheMonatTrend"]


@pytest.mark.django_db
def test_a_language_that_is_not_here_is_english(client) -> None:
    assert language(client.get("/help", headers={"Accept-Language": "tlh"})) == "en"


@pytest.mark.django_db
def test_what_was_chosen_outlasts_what_the_browser_wishes(client) -> None:
    answer = client.post("/language", {"language": "de", "next": "/help?q=lamps"})
    assert answer["Location"] == "/help?q=lamps"
    assert language(client.get("/help", headers={"Accept-Language": "en"})) == "de"
    client.post("/language", {"language": "en", "next": "/"})
    assert language(client.get("/help", headers=IN_GERMAN)) == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["", "xx", "../de"])
def test_a_language_that_is_not_offered_cannot_be_chosen(client, chosen: str) -> None:
    answer = client.post("/language", {"language": chosen, "next": "https://example.org/"})
    assert answer["Location"] == "/"
    assert "language" not in answer.cookies


@pytest.mark.django_db
def test_the_switch_offers_the_others_by_their_own_names(client) -> None:
    switch = read(client.get("/feeds?x=1")).one("form", class_="languages")
    assert [(one.text, one["lang"]) for one in switch.all("button")] == [("Deutsch", "de")]
    assert switch.one("input", name="next")["value"] == "/feeds?x=1"
    page = read(client.get("/feeds", headers=IN_GERMAN))
    assert page.one("form", class_="languages").texts("button") == ["English"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/help", "/suggest?q=lam", "/nothing-here"])
def test_a_cache_tells_the_languages_of_a_page_apart(client, path: str) -> None:
    put_in(entry())
    for asked in ({}, IN_GERMAN):
        answer = client.get(path, headers=asked)
        varies = {one.strip() for one in answer["Vary"].split(",")}
        assert {"Accept-Language", "Cookie"} <= varies
    asked_in_english = client.get(path).content
    assert client.get(path, headers=IN_GERMAN).content != asked_in_english or "q=" in path


@pytest.mark.django_db
def test_a_page_that_fails_fails_in_the_readers_language(client) -> None:
    assert "Unter dieser Adresse gibt es nichts" in read(client.get("/no", headers=IN_GERMAN)).text
    slip = client.get("/", {"q": "sparse (attention"}, headers=IN_GERMAN)
    assert slip.status_code == 400
    assert "Diese „(“ ist nicht geschlossen." in read(slip).text


# ---- Every address ----


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield World()
            transaction.set_rollback(True)
        connection.close()


@pytest.mark.django_db
def test_every_page_is_whole_in_german_and_nothing_else_varies(world: World) -> None:
    asked = {
        world.fill(act.path): world.clients[ADMIN if rule[ADMIN] == ALLOWED else READER]
        for _, rule, acts in TABLE
        for act in acts
        if act.method == "GET"
    }
    wrong = []
    for path, client in asked.items():
        answer = client.get(path, headers=IN_GERMAN)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        is_ours = is_page and not path.startswith("/api/")
        if 400 <= answer.status_code < 500:
            continue
        if answer.status_code >= 500 or is_ours != ("Accept-Language" in answer.get("Vary", "")):
            wrong.append(f"{path}: {answer.status_code}, {answer.get('Vary')}")
        if is_ours and b"<html" in answer.content and b'<html lang="de"' not in answer.content:
            wrong.append(f"{path} is not in German")
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/papers",
        "/api/v1/papers?sort=nothing",
        "/api/v1/tags/none",
        "/feed.rss?tag=-vision&sort=top",
        "/feed.json",
        "/archive.rss",
        "/papers.md?q=lamps",
        "/papers.csv",
        "/opensearch.xml",
        "/manifest.webmanifest",
        "/suggest.json?q=lam",
    ],
)
def test_programs_are_answered_in_english_byte_for_byte(client, path: str) -> None:
    put_in(entry("On lamps"))
    told, told_in_german = client.get(path), client.get(path, headers=IN_GERMAN)
    client.cookies["language"] = "de"
    assert told.content == told_in_german.content == client.get(path).content
    assert told.get("ETag") == told_in_german.get("ETag")
    assert "Accept-Language" not in told_in_german.get("Vary", "")


@pytest.mark.django_db
def test_a_paper_as_a_file_is_the_same_in_all_languages(client) -> None:
    put_in(entry("On lamps", authors=["Ada", "Ben", "Cy", "Di"]))
    path = read(client.get("/")).all("li", class_="paper")[0].one("h2").one("a")["href"]
    told = client.get(path, headers={"Accept": "text/markdown"})
    in_german = client.get(path, headers={"Accept": "text/markdown", **IN_GERMAN})
    assert told.content == in_german.content


# ---- The translation ----

Message = tuple[str, str]


def messages() -> dict[Message, list[str]]:
    """By context and English text what the .po says, all its plurals."""
    found = {}
    for block in (FOLDER / "django.po").read_text().split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if begins := re.match(r"(msg\w+(?:\[\d\])?) ", line):
                name = begins[1]
                parts[name] = ""
            if not line.startswith("#"):
                parts[name] += ast.literal_eval(line[line.index('"') :])
        said = [text for name, text in parts.items() if name.startswith("msgstr")]
        found[parts.get("msgctxt", ""), parts["msgid"]] = said
    return found


def test_what_is_compiled_is_what_is_written() -> None:
    """`make messages` compiles it; both files are committed together."""
    with Path(FOLDER, "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    wrong = []
    for (context, english_), said in messages().items():
        key = f"{context}\x04{english_}" if context else english_
        for number, text in enumerate(said):
            found = compiled._catalog.get((key, number) if len(said) > 1 else key)
            wrong += [] if found == text else [english_]
    assert wrong == []


def test_no_sentence_is_left_out_or_guessed() -> None:
    assert [text for (_, text), said in messages().items() if not all(said)] == []
    assert "#, fuzzy" not in (FOLDER / "django.po").read_text()


def test_markup_and_what_is_filled_in_are_those_of_the_english_sentence() -> None:
    marks = re.compile(r"%\(\w+\)[sd]|<[^>]+>|\$\w+\$")
    wrong = [
        english_
        for (_, english_), said in messages().items()
        for text in said
        if english_
        and len(said) == 1
        and sorted(marks.findall(english_)) != sorted(marks.findall(text))
    ]
    assert wrong == ["Markdown, $formulas$ and @names work."]


def test_each_language_has_every_form_of_dates() -> None:
    names = {name for name in vars(english) if name.isupper()}
    assert names == {name for name in vars(german) if name.isupper()}


# ---- What the site itself wrote down ----


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("Pinned by the curators.", "Von den Kuratoren angeheftet."),
        ("From 24 April: this day brought few papers.", "Vom 24. April: Dieser Tag brachte"),
        ("put there by a curator", "von einem Kurator vergeben"),
        ("put there by Ada", "vergeben von Ada"),
        ("the title says “lamps”", "der Titel sagt „lamps“"),
        ("Our first choice.", "Our first choice."),
    ],
)
def test_what_is_kept_in_english_is_said_in_german(stored: str, said: str) -> None:
    assert in_readers_words(stored) == stored
    with translation.override("de"):
        assert in_readers_words(stored).startswith(said)


@pytest.mark.parametrize(("language", "typed"), [("de", "1,5"), ("de", "1.5"), ("en", "1.5")])
def test_a_number_is_read_as_its_language_writes_it(language: str, typed: str) -> None:
    with translation.override(language):
        form = TuningForm({"hot_hours": typed}, now=DEFAULTS)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["hot_hours"] == 1.5
