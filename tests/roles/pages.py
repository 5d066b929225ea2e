"""Every page that the site shows, found by asking each address of tests/roles/table.py for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from tests.roles.table import ALLOWED, TABLE, Act, Rule
from tests.roles.world import ADMIN, CURATOR, READER, STRANGER, World

# Of those who have signed in, who has the most to do with a page comes first.
SIGNED_IN = (READER, CURATOR, ADMIN)
_PARTS = ("base.html", "sheet.html", "desk.html", "base_confirm_code.html")
_NO_PAGES = ("emails", "admin", "allauth")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as somebody sees it, who has signed in or is a stranger."""

    route: str
    path: str
    role: str
    template: str

    @property
    def name(self) -> str:
        return f"page-{self.route}{'' if self.role == STRANGER else '-signed-in'}"


def pages(world: World) -> Iterator[Shown]:
    """Each address that answers with a page, once for a stranger and once for who signed in."""
    seen = set()
    for _, rule, acts in TABLE:
        for act in acts:
            if act.method == "GET" and not act.headers and act.route not in seen:
                shown = list(_of(act, rule, world))
                seen |= {one.route for one in shown}
                yield from shown


def _of(act: Act, rule: Rule, world: World) -> Iterator[Shown]:
    signed_in = next((role for role in SIGNED_IN if rule[role] == ALLOWED), None)
    roles = [role for role in (STRANGER, signed_in) if role and rule[role] == ALLOWED]
    path = world.fill(act.path)
    answers = {role: page_at(world.clients[role], path) for role in roles}
    for role, template in answers.items():
        if template:
            yield Shown(act.route, path, role, template)


def page_at(client: Client, path: str) -> str:
    """The template of the page that is answered; empty where it is a part of one, or none."""
    answer = client.get(path)
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    names = [one.name or "" for one in answer.templates]
    whole = next((name for name in names if not name.startswith("emails/")), "")
    return "" if "/_" in whole else whole


def templates() -> set[str]:
    """All that a page can be made of as a whole."""
    folder = settings.BASE_DIR / "templates"
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        if not path.name.startswith("_")
        and path.name not in _PARTS
        and path.relative_to(folder).parts[0] not in _NO_PAGES
    }
