"""What no page does: run a stranger's words, ask another host, or hide what it is."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
# Mail carries its style in itself; no page shows it outside a sandbox.
PAGES = [path for path in TEMPLATES if "emails" not in path.parts]
ADDRESSES = [
    "/",
    "/date/2026-04-24?tag=diffusion&tag=-quantization",
    "/date/1999-01-01",
    "/week/2026-W17",
    "/month/2026-04?sort=top",
    "/trending",
    "/t/diffusion",
    "/?q=model",
    "/papers/2604.00123",
    "/nothing-here",
    "/?sort=best",
    "/account/login/",
]
# A mail to nobody in particular, for whoever passes a link on.
HARMLESS = ("/", "#", "https://", "http://", "mailto:?")
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title><script>alert(1)</script>",
    "$\\href{javascript:alert(1)}{x}$",
    "\\href{javascript:alert(1)}{x}",
    "$<img src=x onerror=alert(1)>$",
    "<svg/onload=alert(1)>",
    "{{ 7|add:7 }}{% debug %}",
    "<a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "$\\text{</mtext></math><script>alert(1)</script>}$",
]


@pytest.fixture
def paper(db) -> None:
    put_in(entry("A paper", id="2604.00123", summary="A diffusion model."))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_says_what_it_is(client, paper, address) -> None:
    page = read(client.get(address))
    assert page.one("html")["lang"] == "en"
    assert len(page.all("h1")) == 1
    assert page.one("h1").text
    assert page.one("title").text
    assert len(page.all("main", id="main")) == 1
    ids = [one["id"] for one in page.walk() if one.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_no_other_host(client, paper, address) -> None:
    page = read(client.get(address))
    for one in page.walk():
        foreign = [name for name in ("src", "href", "action") if "//" in one.get(name)]
        if foreign and one.get("rel") != "canonical":
            assert (one.tag, foreign) == ("a", ["href"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_forbids_what_it_does_not_use(client, paper, address) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_template_has_script_or_style_of_its_own(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\|safe\b|autoescape off", text)
    # What a block calls something (`with one=…`) is no attribute of the page.
    page = re.sub(r"{%.*?%}", "", text, flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|javascript:", text, re.IGNORECASE)
    assert not re.search(r"<[^<]*[\s\"'/]on[a-z]+\s*=", page, re.IGNORECASE)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(client, words) -> None:
    put_in(
        entry(
            f"A title {words}",
            id="2604.00123",
            summary=f"A diffusion model {words}",
            authors=[f"Ada {words}", words],
            organization={"fullname": words},
            ai_summary=words,
            ai_keywords=[words],
        )
    )
    asked = [("/", {}), ("/papers/2604.00123", {}), ("/", {"author": words}), ("/", {"q": words})]
    for address, terms in asked:
        answer = client.get(address, terms)
        assert answer.status_code == 200 or ("q" in terms and answer.status_code == 400)
        _is_harmless(read(answer))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " JaVaScRiPt:alert(1)"]
)
def test_a_link_of_a_digest_leads_to_the_web_or_nowhere(client, url) -> None:
    put_in(entry("A paper", id="2604.00123", githubRepo=url, projectPage=url))
    for address in ("/", "/papers/2604.00123"):
        _is_harmless(read(client.get(address)))


def _is_harmless(page: Element) -> None:
    for one in page.walk():
        assert not [name for name in one.attributes if name.startswith("on")]
        assert one.tag not in ("svg", "img", "iframe", "style")
        assert one.tag != "script" or one.get("src").startswith("/static/") or _is_data(one)
        for name in ("href", "src", "action", "formaction"):
            assert not one.get(name) or one[name].startswith(HARMLESS)


def _is_data(script: Element) -> bool:
    """Whether no browser runs it: it is of a type that is none of a script, and holds JSON."""
    kind, text = script.get("type"), "".join(map(str, script.children))
    return kind == "application/ld+json" and "<" not in text and bool(json.loads(text))
