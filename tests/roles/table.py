"""Who may do what: every address and method of the site, grouped by the rule that it follows.

A new address needs a row here, or tests/test_roles.py fails. `{…}` are names of
tests/roles/world.py.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from tests.roles.world import (
    ADMIN,
    CURATOR,
    MEMBER,
    MODERATOR,
    OTHER_CURATOR,
    READER,
    ROLES,
    STAFF,
    STRANGER,
    UNCONFIRMED,
)

ALLOWED = "allowed"
SIGN_IN = "sign in"  # the sign-in page, or a 401
NOT_THERE = "404"
FORBIDDEN = "403"
REFUSED = "409"

Rule = dict[str, str]


def only(*roles: str, stranger: str = SIGN_IN, others: str = NOT_THERE) -> Rule:
    rule = dict.fromkeys(ROLES, others) | {STRANGER: stranger}
    return rule | dict.fromkeys(roles, ALLOWED)


EVERYBODY = only(*ROLES)
SIGNED_IN = only(*(role for role in ROLES if role != STRANGER))
CONFIRMED = SIGNED_IN | {UNCONFIRMED: REFUSED}
# Of something that others know of, and of something that they do not.
ITS_WRITER = only(READER, others=FORBIDDEN)
ITS_OWNER = only(READER)
ITS_OWNER_AND_NOBODY_KNOWS = only(READER, stranger=NOT_THERE)
THE_FEEDS_READERS = only(MEMBER, CURATOR, stranger=NOT_THERE)
THE_FEEDS_CURATORS = only(CURATOR, STAFF, ADMIN)
ANY_FEEDS_CURATORS = only(CURATOR, OTHER_CURATOR, STAFF, ADMIN)
THE_SITES_CURATORS = only(STAFF, ADMIN)
MODERATORS = only(MODERATOR, ADMIN)
WHO_IS_AT_THE_DESK = only(MODERATOR, STAFF, ADMIN)
ADMINS = only(ADMIN)
NOBODY = dict.fromkeys(ROLES, NOT_THERE)
# Passwords: there are none, so their pages lead to where a code is asked for.
THERE_ARE_NO_PASSWORDS = dict.fromkeys(ROLES, SIGN_IN)


@dataclass(frozen=True, slots=True)
class Act:
    """A request. `route` is the name of the address, or its pattern where it has none."""

    method: str
    route: str
    path: str
    sent: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    as_json: bool = False

    def __str__(self) -> str:
        words = " ".join(f"{name}={str(value)[:20]}" for name, value in self.sent.items())
        return f"{self.method} {self.path} {words}".strip()


def get(route: str, path: str) -> Act:
    return Act("GET", route, path)


def post(route: str, path: str, **sent: Any) -> Act:
    return Act("POST", route, path, sent)


def both(route: str, path: str, **sent: Any) -> list[Act]:
    """Looking at it, and doing it."""
    return [get(route, path), post(route, path, **sent)]


def api(method: str, route: str, path: str, **sent: Any) -> Act:
    return Act(method, route, f"/api/v1/{path}", sent, as_json=True)


def part(act: Act) -> Act:
    """The same, asked for by a script that shows the answer in the page."""
    return replace(act, headers={"HX-Request": "true"})


_PAPER, _COMMENT, _DESK = "/papers/{paper}", "/comments/{mine}", "/desk/feeds/{feed}"
_SETTINGS = {"name": "Secret", "slug": "secret", "most": 9, "minimum": 0, "visibility": "private"}
# Nothing is sent there: it is looked at alone.
_HOOK = {
    "name": "A program", "url": "https://93.184.215.14/", "kinds": "paper.added",
    "shape": "standard",
}  # fmt: skip
_LINE = {"id": "2604.88888", "title": "On lamps", "abstract": "They light up."}
_FEEDS, _FILES = ("feed.rss", "feed.atom", "feed.json"), ("bib", "csl.json", "csv", "md", "ris")
_KEYED = "in={private}&key={key}"
_NO_PASSWORDS = r"^account/(?:password/.*|reauthenticate/)$"

TABLE: list[tuple[str, Rule, list[Act]]] = [
    (
        "what is read",
        EVERYBODY,
        [
            get("papers", "/"),
            get("papers", "/?feed={open}"),
            get("day", "/date/{day}"),
            get("week", "/week/2026-W17"),
            get("month", "/month/2026-04"),
            get("trending", "/trending"),
            get("feeds", "/feeds"),
            get("feed", "/f/{open}"),
            get("feed-edition", "/f/{open}/{day}"),
            get("topic", "/t/{tag}"),
            get("paper", _PAPER),
            get("comments", f"{_PAPER}/comments"),
            get("comment", _COMMENT),
            get("said-by", "/comments/by/{else}"),
            get("moderation", "/moderation"),
            get("person", "/people/{else}"),
            get("collection", "/c/{public}"),
            get("without_slash", "/feeds/"),
            get("feed.rss", "/feed.rss"),
            get("feed.atom", "/feed.atom"),
            get("feed.json", "/feed.json?in={public}"),
            get("opml", "/opml"),
            get("one", "/papers/{paper}.bib"),
            *(get(f"papers.{name}", f"/papers.{name}") for name in ("bib", "csl.json", "csv")),
            *(get(f"papers.{name}", f"/papers.{name}") for name in ("md", "ris")),
            api("GET", "api-papers", "papers"),
            api("GET", "api-paper", "papers/{paper}"),
            api("GET", "api-comments", "papers/{paper}/comments"),
            api("GET", "api-comment", "comments/{mine}"),
            api("GET", "api-tags", "tags"),
            api("GET", "api-tag", "tags/{tag}"),
            api("GET", "api-feeds", "feeds"),
            api("GET", "api-feed", "feeds/{open}"),
            api("GET", "api-facets", "facets"),
            api("GET", "api-schema", "schema"),
            api("GET", "api-docs", "docs"),
            api("GET", "api-docs-script", "docs.js"),
            get("hf-daily-papers", "/api/daily_papers"),
            get("hf-papers", "/api/papers"),
            get("hf-search", "/api/papers/search?q=paper"),
            get("hf-paper", "/api/papers/{paper}"),
            api("GET", "api-similar", "papers/{paper}/similar"),
            api("GET", "api-related", "papers/{paper}/related"),
            api("GET", "api-batch", "papers/batch?ids={paper}"),
            api("GET", "api-editions", "feeds/{open}/editions"),
            api("GET", "api-edition", "feeds/{open}/editions/{day}"),
            api("GET", "api-collection", "collections/{public}"),
            api("GET", "api-entries", "collections/{public}/papers"),
            get("paper-card", "/papers/{paper}/card.png"),
            get("card", "/card.png"),
            get("map", "/map"),
            get("trends", "/trends"),
            get("archive", "/archive"),
            get("archive-rss", "/archive.rss"),
            get("archive-atom", "/archive.atom"),
            get("archive-json", "/archive.json"),
            get("feed-archive", "/f/{open}/archive"),
            get("feed-archive-rss", "/f/{open}/archive.rss"),
            get("feed-archive-atom", "/f/{open}/archive.atom"),
            get("feed-archive-json", "/f/{open}/archive.json"),
            get("calendar", "/calendar"),
            get("calendar-month", "/calendar/2026-04"),
            post("show", "/show", cards="compact"),
            post("language", "/language", language="de", next="/feeds"),
            get("help", "/help"),
            get("suggest", "/suggest?q=lam"),
            get("suggest-json", "/suggest.json?q=lam"),
            get("opensearch", "/opensearch.xml"),
            get("manifest", "/manifest.webmanifest"),
            get("service-worker", "/sw.js"),
            get("offline", "/offline"),
            Act(
                "POST", "mcp", "/mcp", {"jsonrpc": "2.0", "id": "1", "method": "ping"}, as_json=True
            ),
            get("llms", "/llms.txt"),
            get("livez", "/livez"),
            get("readyz", "/readyz"),
        ],
    ),
    (
        "mail, by the link that is in it",
        EVERYBODY,
        [
            *both("subscribe", "/subscribe", email="new@example.org", cadence="daily", hour="8"),
            *both("confirm", "/subscriptions/confirm/{confirm}"),
            *both("manage", "/subscriptions/{manage}", action="end_all"),
            *both("end", "/subscriptions/end/{end}"),
            get("delivered", "/mail/{delivered}"),
            *both("act", "/mail/act/{act}/{paper}", act="save"),
            *both("data-by-letter", "/subscriptions/data/{data}", action="export"),
        ],
    ),
    (
        "a private list, by the key of one who may read it",
        EVERYBODY,
        [
            get("mine-outline", "/mine/lists.opml?key={key}"),
            *(get(f"mine-{name}", f"/mine/{name}?{_KEYED}") for name in _FEEDS),
            *(get(f"mine.{end}", f"/mine/papers.{end}?{_KEYED}") for end in _FILES),
        ],
    ),
    (
        "a private list, by a key that opens nothing",
        NOBODY,
        [get("mine-feed.rss", "/mine/feed.rss?in={public}&key=bsf_none")],
    ),
    (
        "what nobody may know of",
        NOBODY,
        [
            get("feed", "/f/nothing"),
            get("collection", "/c/nothing"),
            get("styleguide", "/styleguide/"),
            get("metrics", "/metrics"),
            get("security-txt", "/.well-known/security.txt"),
            api("GET", r"api/v1/<any:rest>", "nothing"),
        ],
    ),
    (
        "what is private, at outputs that have no session",
        NOBODY,
        [
            get("feed-archive-rss", "/f/{feed}/archive.rss"),
            get("feed-archive-atom", "/f/{feed}/archive.atom"),
            get("feed-archive-json", "/f/{feed}/archive.json"),
            get("feed.rss", "/feed.rss?feed={feed}"),
            get("feed.atom", "/feed.atom?feed={feed}"),
            get("feed.json", "/feed.json?in={private}"),
        ],
    ),
    (
        "a private feed",
        THE_FEEDS_READERS,
        [
            get("papers", "/?feed={feed}"),
            get("feed", "/f/{feed}"),
            get("feed-edition", "/f/{feed}/{day}"),
            get("papers.bib", "/papers.bib?feed={feed}"),
            get("hf-daily-papers", "/api/daily_papers?feed={feed}"),
            get("feed-archive", "/f/{feed}/archive"),
            api("GET", "api-papers", "papers?feed={feed}"),
            api("GET", "api-facets", "facets?feed={feed}"),
            api("GET", "api-feed", "feeds/{feed}"),
            api("GET", "api-editions", "feeds/{feed}/editions"),
            api("GET", "api-edition", "feeds/{feed}/editions/{day}"),
        ],
    ),
    (
        "a private collection",
        ITS_OWNER_AND_NOBODY_KNOWS,
        [
            get("collection", "/c/{private}"),
            get("papers", "/?in={private}"),
            get("papers.csv", "/papers.csv?in={private}"),
            api("GET", "api-papers", "papers?in={private}"),
            api("GET", "api-collection", "collections/{private}"),
            api("GET", "api-entries", "collections/{private}/papers"),
            post("collection", "/c/{private}", action="change", name="X", visibility="public"),
            post("collection", "/c/{public}", action="delete", sure="1"),
        ],
    ),
    (
        "a collection of one's own, by the API",
        ITS_OWNER,
        [
            api("PATCH", "api-collection", "collections/{private}", name="X"),
            api("PATCH", "api-collection", "collections/{public}", visibility="private"),
            api("DELETE", "api-collection", "collections/{public}"),
            api("PUT", "api-entry", "collections/{private}/papers/{paper}", note="Good."),
            api("DELETE", "api-entry", "collections/{public}/papers/{paper}"),
        ],
    ),
    (
        "what a reader has",
        SIGNED_IN,
        [
            api("GET", "api-me", "me"),
            api("GET", "api-collections", "collections"),
            api("POST", "api-collections", "collections", name="New"),
            api("PUT", "api-mark", "papers/{paper}/marks/saved"),
            api("DELETE", "api-mark", "papers/{paper}/marks/hidden"),
            api("GET", "api-hidden", "hidden"),
            api("GET", "api-following", "following"),
            api("GET", "api-for-you", "me/for-you"),
            api("PATCH", "api-for-you", "me/for-you", on=True),
            api("DELETE", "api-for-you", "me/for-you"),
            api("GET", "api-papers", "papers?sort=for_you"),
            api("PUT", "api-mark", "papers/{paper}/marks/less"),
            api("POST", "api-following", "following", query="tag=lamps"),
            api("DELETE", "api-following", "following?query=tag%3Dlamps"),
            api("PUT", "api-hidden-tag", "tags/{tag}/hidden"),
            api("DELETE", "api-hidden-tag", "tags/{tag}/hidden"),
            api("GET", "api-claims", "claims"),
            api("GET", "api-subscriptions", "subscriptions"),
            api("GET", "api-webhooks", "webhooks"),
            api("POST", "api-webhooks", "webhooks", **_HOOK, events=["paper.added"]),
            api("POST", "api-claim", "papers/{by_two}/claim", author="Ben Writer"),
            *both("collections", "/collections", name="New"),
            get("hidden", "/hidden"),
            get("own-week", "/week"),
            get("following", "/following"),
            *both("learned", "/for-you/learned", action="off"),
            get("for-you", "/for-you"),
            *both("subscriptions", "/subscriptions", action="end_all"),
            *both("submit", "/submit", paper="2604.55555"),
            *both("keep", f"{_PAPER}/keep", name="New"),
            *both("keys", "/account/keys", name="A program", scopes="read", days="30"),
            post("revoke-key", "/account/keys/1/revoke"),
            *both("sign-ins", "/account/sessions/", end="others"),
            get("mfa_index", "/account/2fa/"),
            *both("mfa_activate_totp", "/account/2fa/totp/activate/", code="000000"),
            *both("feed-reader", "/account/feed-reader", action="make", name="My reader"),
            get("own-outline", "/account/feed-reader/lists.opml"),
            get("webhooks", "/account/webhooks"),
            post("webhooks", "/account/webhooks", **_HOOK),
            post("save", f"{_PAPER}/save"),
            part(post("save", f"{_PAPER}/save")),
            post("mark", f"{_PAPER}/mark", mark="hide"),
            get("claim", f"{_PAPER}/claim"),
            post("claim", "/papers/{by_two}/claim", action="claim", author="Ben Writer"),
            post("said-by", "/comments/by/{else}", action="mute"),
            *both("comment-report", "/comments/{theirs}/report", why="Rude."),
            get("comment-answer", "/comments/{theirs}/answer"),
            post("following", "/following", follow="tag=lamps"),
            api("GET", "api-submissions", "submissions"),
            api("POST", "api-submissions", "submissions", paper="2604.55555"),
            api("POST", "api-report", "comments/{theirs}/report", why="Rude."),
            api("POST", "api-comments", "papers/{paper}/comments", text="A word."),
        ],
    ),
    (
        "all that is kept about a confirmed address",
        SIGNED_IN | {UNCONFIRMED: NOT_THERE},
        both("data", "/subscriptions/data", action="export"),
    ),
    (
        "what is said, whose words are not lost where nobody has signed in",
        SIGNED_IN | {STRANGER: FORBIDDEN},
        [
            post("comments", f"{_PAPER}/comments", text="A word."),
            post("comment-answer", "/comments/{theirs}/answer", text="A word."),
        ],
    ),
    (
        "votes, which need a confirmed address",
        CONFIRMED,
        [
            part(post("vote", f"{_PAPER}/vote")),
        ],
    ),
    (
        "votes by the API",
        CONFIRMED | {UNCONFIRMED: FORBIDDEN},
        [api("PUT", "api-vote", "papers/{paper}/vote")],
    ),
    ("a vote that was given", SIGNED_IN, [api("DELETE", "api-vote", "papers/{paper}/vote")]),
    (
        "a comment: others are told that it is not theirs",
        ITS_WRITER,
        [
            post("comment-delete", f"{_COMMENT}/delete"),
            api("PATCH", "api-comment", "comments/{mine}", text="Other words."),
            api("DELETE", "api-comment", "comments/{mine}"),
        ],
    ),
    (
        "other words for it, which are not lost where nobody has signed in",
        ITS_WRITER | {STRANGER: FORBIDDEN},
        [post("comment-edit", f"{_COMMENT}/edit", text="Other words.")],
    ),
    (
        "a form for a comment: others are led back to it",
        SIGNED_IN,
        [get("comment-edit", f"{_COMMENT}/edit"), get("comment-delete", f"{_COMMENT}/delete")],
    ),
    (
        "a comment that is held",
        only(READER, MODERATOR, ADMIN, stranger=NOT_THERE),
        [api("GET", "api-comment", "comments/{held}")],
    ),
    (
        "what a reader gave",
        ITS_OWNER,
        [
            api("DELETE", "api-claim", "papers/{paper}/claim"),
            *both("submission", "/submit/{submission_mine}", action="withdraw"),
            get("submission-state", "/submit/{submission_mine}/state"),
        ],
    ),
    (
        "one's own page",
        ITS_OWNER_AND_NOBODY_KNOWS,
        [post("person", "/people/{reader}", about="Engines.")],
    ),
    (
        "the desk of a feed",
        THE_FEEDS_CURATORS,
        [
            get("desk-feed", _DESK),
            *both("desk-feed-settings", f"{_DESK}/settings", **_SETTINGS),
            post("desk-feed-members", f"{_DESK}/members", address="{address}", role="curator"),
            post("desk-feed-members", f"{_DESK}/members", remove="{seat}"),
            *both("desk-feed-delete", f"{_DESK}/delete", name="Secret"),
            *both("desk-edition", f"{_DESK}/{{day}}", place="{id}"),
            post("desk-edition", f"{_DESK}/{{day}}", drop="{id}"),
            post("desk-edition", f"{_DESK}/{{day}}", pin="{id}"),
            post("desk-edition", f"{_DESK}/{{day}}", tag="{id}", name="Lights"),
            post("desk-edition", f"{_DESK}/{{day}}", note="1", text="A word."),
            post("desk-edition", f"{_DESK}/{{day}}", publish="1"),
            get("desk-edition", f"{_DESK}/2026-W17"),
            post("desk-edition", "/desk/feeds/{open}/{day}", place="{id}"),
            get("desk-feed-settings", "/desk/feeds/{open}/settings"),
            *both("desk-feed-order", f"{_DESK}/order", action="reset"),
            *both("desk-feed-submissions", f"{_DESK}/submissions", accept="{waits}"),
        ],
    ),
    ("the feeds that one curates", ANY_FEEDS_CURATORS, [get("desk-feeds", "/desk/feeds")]),
    (
        "the tags and the gist of a paper, which are not one feed's",
        ANY_FEEDS_CURATORS,
        [
            post("desk-paper-gist", "/desk/papers/{paper}/gist", gist="In short."),
            post("desk-paper-tag", "/desk/papers/{paper}/tags", give="Lights"),
            post("desk-paper-tag", "/desk/papers/{paper}/tags", deny="{tag}"),
            api("POST", "api-paper-tags", "papers/{paper}/tags", name="Lights"),
            api("DELETE", "api-paper-tag", "papers/{paper}/tags/{tag}"),
        ],
    ),
    (
        "the desk of the site",
        THE_SITES_CURATORS,
        [
            *both("desk-add", "/desk/add", source="daily", text="https://arxiv.org/abs/2604.77777"),
            *both("desk-proposal", "/desk/add/{proposal}", action="put-in"),
            post("desk-proposal", "/desk/add/{proposal}", action="discard"),
            get("desk-counted", "/desk/add/{proposal}/counted"),
            get("desk-digests", "/desk/digests"),
            api("GET", "api-digests", "digests"),
            api("POST", "api-digests", "digests?source=daily", **_LINE),
            api("GET", "api-digest", "digests/{digest}"),
            *both("desk-digest", "/desk/digests/{digest}"),
            get("desk-reading", "/desk/digests/{digest}/reading"),
            get("desk-document", "/desk/digests/{digest}/document"),
            *both("desk-problems", "/desk/problems"),
            get("desk-sources", "/desk/sources"),
            post("desk-source", "/desk/sources/{source}", action="off"),
            *both("desk-new-feed", "/desk/feeds/new", **_SETTINGS | {"slug": "lamps"}),
            get("desk-tags", "/desk/tags"),
            *both("desk-tag", "/desk/tags/{tag}", name="Lamps", kind="task"),
            post("desk-tag-undo", "/desk/tags/{tag}/undo"),
            post("desk-tag-merge", "/desk/tags/{tag}/merge", into="lights"),
            post("desk-tag-part", "/desk/tags/{tag}/part"),
            *both("desk-tag-split", "/desk/tags/{tag}/split", action="more"),
            post("desk-tag-unsplit", "/desk/tags/{tag}/split/undo"),
            get("desk-mail", "/desk/mail"),
            post("desk-mail-pause", "/desk/mail/pause", channel="email"),
            post("desk-mail-resume", "/desk/mail/resume", channel="email"),
            get("desk-mail-send", "/desk/mail/sends/{day}-daily"),
            get("desk-mail-progress", "/desk/mail/sends/{day}-daily/progress"),
            post("desk-mail-resend", "/desk/mail/sends/{day}-daily/again"),
            get("desk-mail-preview", "/desk/mail/preview?day={day}"),
            get("desk-mail-html", "/desk/mail/preview/html?day={day}"),
            post("desk-mail-test", "/desk/mail/preview/test", day="{day}", cadence="daily", most=9),
            get("desk-votes", "/desk/votes"),
            post("desk-void", "/desk/votes/void", votes="{vote}", why="Bought."),
            post("desk-restore-votes", "/desk/votes/{voiding}/restore", why="Not bought."),
            get("desk-join", "/desk/join?kept={paper}"),
            post("desk-join", "/desk/join", kept="{paper}", other="{other}", why="One."),
            get("desk-part", "/desk/part?paper={paper}"),
            get("desk-joins", "/desk/joins"),
            post("desk-undo", "/desk/joins/{joining}/undo"),
            get("desk-submissions", "/desk/submissions"),
            post("desk-submission", "/desk/submissions/{waits}", action="decline", reason="No."),
        ],
    ),
    (
        "a word on a tag that cannot be taken back any more",
        ANY_FEEDS_CURATORS | dict.fromkeys((CURATOR, OTHER_CURATOR, STAFF, ADMIN), REFUSED),
        [api("POST", "api-undo-tag", "papers/{paper}/undo-tag", undo="none")],
    ),
    (
        "a parting that cannot be",
        THE_SITES_CURATORS | {STAFF: REFUSED, ADMIN: REFUSED},
        [post("desk-part", "/desk/part", paper="{paper}", leaves="{digest}", why="Two.")],
    ),
    (
        "what moderators look after",
        MODERATORS,
        [
            get("desk-reports", "/desk/reports"),
            *both("desk-report", "/desk/reports/{mine}", act="remove", why="Rude."),
        ],
    ),
    (
        "what curators of the site and moderators share",
        WHO_IS_AT_THE_DESK,
        [
            get("desk", "/desk"),
            get("desk-claims", "/desk/claims"),
            post("desk-claim", "/desk/claims/{claim}", action="accept"),
            post("desk-claim", "/desk/claims/{claim}", action="decline", reason="Who?"),
        ],
    ),
    (
        "an outline without a file",
        SIGNED_IN | dict.fromkeys(set(ROLES) - {STRANGER}, "400"),
        [post("take-outline", "/account/feed-reader/take")],
    ),
    ("another's webhook", only(), both("webhook", "/account/webhooks/{webhook}", action="test")),
    (
        "another's webhook, by the API",
        only(),
        [
            api("GET", "api-webhook", "webhooks/{webhook}"),
            api("PATCH", "api-webhook", "webhooks/{webhook}", name="X"),
            api("DELETE", "api-webhook", "webhooks/{webhook}"),
            api("POST", "api-webhook-secret", "webhooks/{webhook}/secret"),
            api("POST", "api-webhook-test", "webhooks/{webhook}/test"),
            api("GET", "api-webhook-events", "webhooks/{webhook}/events"),
            api("GET", "api-webhook-event", "webhooks/{webhook}/events/msg_1"),
            api("POST", "api-webhook-again", "webhooks/{webhook}/events/msg_1/again"),
        ],
    ),
    (
        "another's subscription, by the API",
        only(),
        [
            api("GET", "api-subscription", "subscriptions/{order}"),
            api("PATCH", "api-subscription", "subscriptions/{order}", most=1),
            api("POST", "api-end-subscription", "subscriptions/{order}/end"),
            api("GET", "api-preview", "subscriptions/{order}/preview"),
            api("GET", "api-deliveries", "subscriptions/{order}/deliveries"),
        ],
    ),
    (
        "papers ordered by the API",
        CONFIRMED,
        [api("POST", "api-subscriptions", "subscriptions", query="", cadence="weekly")],
    ),
    (
        "accounts and roles",
        ADMINS,
        [
            get("desk-people", "/desk/people"),
            get("desk-health", "/desk/health"),
            *both("desk-mail-address", "/desk/mail/address", email="x@example.org"),
            post("desk-person", "/desk/people/{person}", give="moderator"),
            post("desk-person", "/desk/people/{person}", give="admin"),
            post("desk-person", "/desk/people/{person}", close="1"),
        ],
    ),
    (
        "signing in and out",
        EVERYBODY,
        [
            get("account_login", "/account/login/"),
            *both("account_signup", "/account/signup/", email="new@example.org"),
            get("account_inactive", "/account/inactive/"),
            *both("account_request_login_code", "/account/login/code/", email="n@example.org"),
            *both("account_logout", "/account/logout/"),
        ],
    ),
    (
        "a second factor that is not set up",
        SIGNED_IN | dict.fromkeys(set(ROLES) - {STRANGER}, NOT_THERE),
        [
            *both("mfa_deactivate_totp", "/account/2fa/totp/deactivate/"),
            get("mfa_view_recovery_codes", "/account/2fa/recovery-codes/"),
            get("mfa_download_recovery_codes", "/account/2fa/recovery-codes/download/"),
        ],
    ),
    (
        "recovery codes for a second factor that is not set up: told why there are none",
        SIGNED_IN,
        both("mfa_generate_recovery_codes", "/account/2fa/recovery-codes/generate/"),
    ),
    ("one's own addresses", SIGNED_IN, [get("account_email", "/account/email/")]),
    ("passwords", THERE_ARE_NO_PASSWORDS, [get(_NO_PASSWORDS, "/account/password/reset/")]),
]

# The pages of django-allauth whose answer depends on what was asked for before, not on roles;
# those for passwords stand behind the row above. And what only some settings show.
NOT_BY_ROLE = {
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "usersessions_list",  # stands behind "sign-ins", at the same address
    "outbox",
    "outbox_mail",
    "outbox_html",
}
