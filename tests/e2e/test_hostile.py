"""A hundred hostile texts through every field that a stranger fills never run on any page."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from feeds import collecting, commenting, placing
from feeds.acts import Desk
from feeds.collecting import Words
from feeds.gist_words import write_gist
from feeds.models import Feed, FeedMember, Paper, Submission, Tag
from feeds.named import feed_view
from feeds.tag_decisions import give_tag
from tests.e2e.conftest import NewPage
from tests.factories import DAY, entry, put_in
from tests.payloads import PAYLOADS
from tests.people import somebody

pytestmark = pytest.mark.django_db(transaction=True)

# What a page would have to hold for a text to run, and what wakes a handler that waits for one.
RUNNING = """() => [...document.querySelectorAll('*')].filter(one =>
    [...one.attributes].some(({name, value}) => name.startsWith('on') || name.startsWith('hx-on')
        || /^\\s*(javascript|vbscript|data:text)/i.test(value.replace(/[\\t\\n]/g, '')) &&
           ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(name))
    || ['IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(one.tagName)
    || one.tagName === 'SCRIPT' && !one.src && !/json/.test(one.type)
).map(one => one.outerHTML.slice(0, 200))"""
WAKE = """() => {
    document.querySelectorAll('details').forEach(one => one.open = true);
    for (const one of document.querySelectorAll('*'))
        for (const name of ['mouseover', 'focus', 'load', 'error', 'toggle'])
            one.dispatchEvent(new Event(name));
}"""


@pytest.fixture
def curator(transactional_db: None) -> int:
    """A curator who made what curators make out of hostile words."""
    put_in(*(_entry(number, text) for number, text in enumerate(PAYLOADS)))
    curator = somebody("Countess", is_staff=True, is_superuser=True)
    _say_all()
    _keep_all(curator)
    _curate_all(curator)
    return curator


def _entry(number: int, text: str) -> dict[str, object]:
    return entry(
        f"{number} {text}",
        id=f"2604.{number:05}",
        summary=f"A diffusion model. {text}",
        authors=[f"Ada {text}", text],
        organization={"fullname": text, "name": text},
        ai_summary=f"We show {text}",
        ai_keywords=[text[:60]],
        projectPage=text,
        githubRepo=text,
        submittedOnDailyBy={"fullname": text, "name": text},
        upvotes=len(PAYLOADS) - number,
    )


def _say_all() -> None:
    paper = Paper.objects.get(key="2604.00000").pk
    for text in PAYLOADS:
        commenting.say(paper, text, by=somebody(), now=timezone.now())


def _keep_all(curator: int) -> None:
    papers = list(Paper.objects.order_by("key").values_list("pk", flat=True))
    slug = collecting.make(Words("Bees <b>", "<svg onload=alert(1)>", "public"), curator)
    for paper, text in zip(papers, PAYLOADS, strict=True):
        collecting.add(slug, paper, curator)
        collecting.write_note(slug, paper, text[:300], curator)
    for number, text in enumerate(PAYLOADS):
        Submission.objects.create(
            given=f"2605.{number:05}",
            name=f"arxiv:2605.{number:05}",
            made_at=timezone.now(),
            arxiv_id=f"2605.{number:05}",
            made_by_id=curator,
            title=text,
            abstract=text,
            authors=[text],
            why=text[:200],
            state="waiting",
            asked_at=timezone.now(),
        )


def _curate_all(curator: int) -> None:
    papers = list(Paper.objects.order_by("key").values_list("pk", flat=True))
    for paper, text in zip(papers, PAYLOADS, strict=True):
        slug = f"hostile-{paper}"
        tag = Tag.objects.create(slug=slug, name=text[:100], kind="curated", description=text[:300])
        give_tag(paper, tag.name, who=f"Ada {text}"[:100])
        write_gist(paper, text[:300], who=f"Ada {text}", made_by=curator, now=timezone.now())
    words = " ".join(PAYLOADS[5:40])
    feed = Feed.objects.create(
        slug="hostile", name=PAYLOADS[6][:100], description=words, byline=PAYLOADS[7][:100]
    )
    FeedMember.objects.create(feed=feed, user_id=curator, role="curator")
    desk = Desk(feed_view(feed), DAY, curator)
    placing.place(desk, papers[:20], timezone.now())
    placing.write_note(desk, "\n\n".join(PAYLOADS[-30:])[:1000], timezone.now())


PAGES = [
    "/",
    "/?q=diffusion&period=all",
    "/?tag=diffusion&tag=-quantization&author=Ada",
    "/papers/2604.00000",
    "/papers/2604.00001",
    "/papers/2604.00071",
    "/papers/2604.00082",
    "/feeds",
    "/f/hostile",
    "/c/bees-b",
    "/people/countess",
    "/collections",
    "/moderation",
    "/desk",
    "/desk/tags",
    "/desk/submissions",
    "/desk/digests",
    "/desk/feeds",
    f"/desk/feeds/hostile/{date.isoformat(DAY)}",
]


def test_a_hundred_hostile_texts_in_every_field_never_run(
    new_page: NewPage, site: str, curator: int
) -> None:
    page = _signed_in(new_page(), site, curator)
    assert len(PAYLOADS) == 100
    seen = 0
    for address in PAGES:
        answer = page.goto(address)
        assert answer, address
        assert answer.status < 500, address
        page.evaluate(WAKE)
        assert page.evaluate(RUNNING) == [], address
        seen += page.content().count("alert(1)")
    assert seen > 20 * len(PAYLOADS)


def _signed_in(page: Page, site: str, who: int) -> Page:
    from django.contrib.auth import get_user_model

    client = Client()
    client.force_login(get_user_model().objects.get(pk=who))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return page
