"""Which edition, and which of its papers, each delivery brings: chosen once, then kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from accounts import languages
from accounts.models import Delivery, Subscription
from accounts.pages import Pages, readers
from feeds import reading
from feeds.query import FeedQuery, NotThere, QueryError
from feeds.reading import Page
from feeds.records import PaperView
from feeds.selection import Candidate
from feeds.selection import choose as choose_for_breadth
from feeds.standing import Spell, spells, standing

_LOCKS = 0x6D61696C  # the space of our advisory locks: "mail"
_SPARE = 5  # papers that are read at first beside those that are wanted


@dataclass(frozen=True, slots=True)
class Edition:
    """What one delivery brings: the question with its edition's date, and papers of its answer.

    `what` says in words what the subscription asks for. `more` tells that the edition has
    papers beside these. `byline` is the digest's or the feed's, `note` its curators' word to the
    readers, with its corrections.
    """

    query: FeedQuery
    what: str
    papers: tuple[PaperView, ...]
    more: bool
    byline: str
    note: str = ""


def choose(rows: list[Delivery]) -> dict[int, Edition]:
    """The edition of each delivery, by its id.

    What is chosen is written into the rows. One without anything new becomes skipped, with
    the reason, and is left out. Each distinct question is asked once, however many ask it.
    """
    pages = Pages(readers([row.subscription for row in rows]), first=_as_many_as_most_take(rows))
    with transaction.atomic():
        lock_people({row.subscription.email for row in rows})
        rows = _still_claimed(rows)
        _follow_joinings([row for row in rows if row.asked])
        _choose_new([row for row in rows if not row.asked], pages)
        editions = {row.id: _edition(row, pages) for row in rows if row.asked}
        for row in rows:
            if row.state == Delivery.State.CLAIMED and row.papers and not editions[row.id].papers:
                _skip(row, "None of its papers is shown any more.")
        Delivery.objects.write_chosen(rows)
    return {row.id: editions[row.id] for row in rows if row.state == Delivery.State.CLAIMED}


def _choose_new(rows: list[Delivery], pages: Pages) -> None:
    for row in rows:
        _ask(row, pages)
    asking = [row for row in rows if row.asked]
    had = _editions_had(asking)
    seen = _had(asking, pages)
    for row in asking:
        person = seen[row.subscription.email]
        if (row.subscription_id, row.asked) in had:
            _nothing(row, "Nothing new: this edition was sent before.")
            continue
        papers = _new(row, pages.few(row), person)
        row.papers = pick(papers, row.subscription)
        person.update(row.papers)
        if not row.papers:
            _nothing(row, "Nothing new: all of its papers were sent before.")


def _had(rows: list[Delivery], pages: Pages) -> dict[str, set[int]]:
    """What each person has of their lists; where the first papers of one do not do, the list is
    read on, so that they are all in `few`.
    """
    emails = Counter(row.subscription.email for row in rows)
    first = {paper.id for row in rows for paper in pages.few(row).papers}
    seen = papers_had(set(emails), first)
    lacking = [
        row
        for row in rows
        if pages.few(row).cursor
        and (
            row.subscription.breadth
            or emails[row.subscription.email] > 1
            or len(_new(row, pages.few(row), seen[row.subscription.email])) < row.subscription.most
        )
    ]
    rest = {paper.id for row in lacking for paper in pages.of(row).papers} - first
    if rest:
        for email, papers in papers_had({row.subscription.email for row in lacking}, rest).items():
            seen[email].update(papers)
    return seen


def _new(row: Delivery, page: Page, had: set[int]) -> list[PaperView]:
    every = not row.subscription.skip_seen
    return [paper for paper in page.papers if every or paper.id not in had]


def _as_many_as_most_take(rows: list[Delivery]) -> int:
    """How many papers of a list do for nearly all of these, though some came before."""
    most = max((row.subscription.most for row in rows), default=0)
    return min(most + _SPARE, reading.MOST)


def pick(papers: list[PaperView], order: Subscription) -> list[int]:
    """As many papers as were ordered, in their order: the first, or those that cover most."""
    if not order.breadth or len(papers) <= order.most:
        return [paper.id for paper in papers[: order.most]]
    slugs = {tag.slug: number for number, tag in enumerate(t for p in papers for t in p.tags)}
    candidates = [
        Candidate(
            paper.id,
            paper.score.value,
            {slugs[tag.slug]: tag.confidence for tag in paper.tags},
        )
        for paper in papers
    ]
    chosen = set(choose_for_breadth(candidates, order.most))
    return [paper.id for paper in papers if paper.id in chosen]


def _nothing(row: Delivery, reason: str) -> None:
    """A mail without papers, where its reader wants to be told that there are none."""
    if row.subscription.skip_empty:
        _skip(row, reason)


def _ask(row: Delivery, pages: Pages) -> None:
    order = row.subscription
    try:
        query = pages.latest(order, row.period)
    except NotThere as error:  # its feed was deleted, or is closed to this person
        _skip(row, str(error))
        return
    except QueryError as error:
        row.state, row.error = Delivery.State.PARKED, f"Its query cannot be read: {error}"
        return
    if query.date:
        row.asked, row.edition = str(query), query.date
    else:
        _skip(row, "No papers were ever listed for it.")


def _edition(row: Delivery, pages: Pages) -> Edition:
    papers, page = pages.papers(row), pages.few(row)
    more = bool(page.cursor) or len(papers) < len(page.papers)
    with languages.speaking(row.subscription.language):
        said = "\n".join(page.said)
    return Edition(page.query, pages.what(row.subscription), papers, more, page.byline, said)


def lock_people(people: Iterable[str]) -> None:
    """Two batches choose for the same person one after the other, so no paper comes twice."""
    emails = sorted(people)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_advisory_xact_lock(%s, hashtext(email))) "
            "FROM (SELECT email FROM unnest(%s::text[]) AS email ORDER BY hashtext(email)) AS p",
            [_LOCKS, emails],
        )


def _still_claimed(rows: list[Delivery]) -> list[Delivery]:
    """Those that nobody else has claimed since; now nobody can, until they are written."""
    held = Delivery.objects.filter(
        pk__in=[row.pk for row in rows],
        state=Delivery.State.CLAIMED,
        claimed_at__in={row.claimed_at for row in rows},
    )
    ours = set(held.select_for_update().values_list("pk", flat=True))
    return [row for row in rows if row.pk in ours]


def _editions_had(rows: list[Delivery]) -> set[tuple[int, str]]:
    sent = Delivery.objects.filter(
        subscription__in={row.subscription_id for row in rows},
        asked__in={row.asked for row in rows},
        state__in=(Delivery.State.SENT, Delivery.State.CLAIMED),
    )
    return set(sent.values_list("subscription_id", "asked"))


def _follow_joinings(rows: list[Delivery]) -> None:
    """A paper that was joined to another since it was chosen comes as that one, if it is new."""
    stands = standing({paper for row in rows for paper in row.papers})
    moved = [row for row in rows if any(stands[paper] != paper for paper in row.papers)]
    if not moved:
        return
    candidates = {stands[paper] for row in moved for paper in row.papers}
    seen = papers_had({row.subscription.email for row in moved}, candidates, but=moved)
    for row in moved:
        person = seen[row.subscription.email] - set(row.papers)
        papers = dict.fromkeys(stands[paper] for paper in row.papers)
        if row.subscription.skip_seen:
            papers = {paper: None for paper in papers if paper not in person}
        row.papers = list(papers)
        seen[row.subscription.email].update(papers)


def papers_had(
    emails: set[str], candidates: set[int], but: Iterable[Delivery] = ()
) -> dict[str, set[int]]:
    """Which of these papers each person has, or is about to get by a delivery not in `but`.

    What came as another paper, to which this one is or was joined, counts too.
    """
    had: dict[str, set[int]] = defaultdict(set)
    shown = spells(candidates)
    names = candidates | {spell.paper_id for others in shown.values() for spell in others}
    found = Delivery.objects.holding_papers().filter(
        subscription__email__in=emails, papers__overlap=list(names)
    )
    found = found.exclude(pk__in=[row.pk for row in but])
    for email, papers, sent_at in found.values_list("subscription__email", "papers", "sent_at"):
        had[email].update(papers)
        had[email].update(
            paper for paper, others in shown.items() if _came(set(papers), sent_at, others)
        )
    return had


def _came(papers: set[int], sent_at: datetime | None, others: Iterable[Spell]) -> bool:
    """Whether a delivery of these papers brought what was shown as one of `others` then."""
    return any(
        other.paper_id in papers and (other.covers(sent_at) if sent_at else other.until is None)
        for other in others
    )


def _skip(row: Delivery, reason: str) -> None:
    row.state, row.error = Delivery.State.SKIPPED, reason
