"""Every role over every address and method of the site: docs/roles.md as a test."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.roles.looks import AT, BARE, ON_THE_WAY
from tests.roles.pages import pages, templates
from tests.roles.table import (
    ALLOWED,
    EVERYBODY,
    NOT_BY_ROLE,
    SIGN_IN,
    SIGNED_IN,
    TABLE,
    Act,
    Rule,
)
from tests.roles.world import (
    ADMIN,
    CURATOR,
    MODERATOR,
    ROLES,
    STAFF,
    STRANGER,
    UNCONFIRMED,
    World,
)

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# What is counted for all readers of one address together.
COUNTED = ("subscribe", "account_signup", "account_request_login_code")
ROWS = [
    pytest.param(act, rule, id=f"{words}: {act}") for words, rule, acts in TABLE for act in acts
]
# What writes where nothing of ours changes: sessions, and the counters of signing in.
_BESIDE = ('"django_session"', '"account_emailconfirmation"')


def walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """The name (or else the pattern) of each address, and its pattern."""
    for one in patterns:
        text = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, text)
        elif isinstance(one, URLPattern):
            nameless = text if "(?" not in text else one.callback.__name__
            yield one.name or (text if nameless == "view" else nameless), text


ALL = list(walk(get_resolver().url_patterns))
ROUTES = {name for name, text in ALL if not text.startswith("admin/")}
ADMIN_PAGES = sorted({text for _, text in ALL if text.startswith("admin/")})


def _is_theirs(route: str) -> bool:
    """Whether django-allauth answers, which takes every method; or nothing of ours."""
    return route in NOT_BY_ROLE or route.startswith(("account_", "mfa_", "^account/", "api/v1/<"))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; nothing of it outlives the module."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield World()
            transaction.set_rollback(True)
        connection.close()


class Asked:
    """What a request was answered, and whether it wrote anything."""

    def __init__(self, client: Client, act: Act, world: World) -> None:
        self.wrote: list[str] = []
        if act.route in COUNTED:
            cache.clear()
        with connection.execute_wrapper(self._listen), transaction.atomic():
            self.answer = _word(_ask(client, act, world))
            transaction.set_rollback(True)

    def _listen(self, execute: Any, sql: str, *rest: Any) -> Any:
        writes = sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
        if writes and not any(table in sql for table in _BESIDE):
            self.wrote.append(sql)
        return execute(sql, *rest)


def _ask(client: Client, act: Act, world: World) -> Any:
    sent = {
        name: world.fill(value) if isinstance(value, str) else value
        for name, value in act.sent.items()
    }
    path = world.fill(act.path)
    session = client.cookies.copy()
    try:
        if act.method == "GET":
            return client.get(path, headers=act.headers)
        send = getattr(client, act.method.lower())
        if act.as_json:
            return send(path, json.dumps(sent), content_type="application/json")
        return send(path, sent, headers=act.headers)
    finally:
        client.cookies = session


def _word(answer: Any) -> str:
    status = answer.status_code
    leads = answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")
    if status == 401 or leads.partition("?")[0] == "/account/login/":
        return SIGN_IN
    return ALLOWED if status < 400 else f"{status}"


def _asked_as(rule: Rule) -> tuple[str, ...]:
    """Where a rule tells no roles apart, those who may least and most stand for all."""
    alike = rule is EVERYBODY or rule is SIGNED_IN
    return (STRANGER, UNCONFIRMED, ADMIN) if alike else ROLES


def differences(act: Act, rule: Rule, world: World) -> dict[str, str]:
    """By role what was answered, where the table expects something else; and who wrote where
    they may not."""
    wrong = {}
    for role in _asked_as(rule):
        asked = Asked(world.clients[role], act, world)
        if asked.answer != rule[role]:
            wrong[role] = f"{asked.answer}, not {rule[role]}"
        elif asked.answer != ALLOWED and asked.wrote:
            wrong[role] = f"{asked.answer}, but {asked.wrote[0][:90]}"
    return wrong


@pytest.mark.parametrize(("act", "rule"), ROWS)
def test_each_role_gets_the_answer_of_the_table(act: Act, rule: Rule, world: World) -> None:
    assert differences(act, rule, world) == {}


def test_every_address_has_a_row() -> None:
    """A new one is put into tests/roles/table.py, under the rule that it follows."""
    told = {act.route for _, _, acts in TABLE for act in acts} | NOT_BY_ROLE
    assert sorted(ROUTES - told) == []


def test_every_row_is_about_the_address_that_it_names(world: World) -> None:
    for _, _, acts in TABLE:
        for act in acts:
            path = world.fill(act.path).partition("?")[0]
            found = resolve(path)
            known = (found.url_name, found.route, found.func.__name__)
            assert act.route in known, f"{act} is {found.url_name}"


@pytest.mark.parametrize("route", [one for one in sorted(ROUTES) if not _is_theirs(one)])
def test_a_method_without_a_row_is_none(route: str, world: World) -> None:
    """Not even an admin does by another method what no row tells."""
    rows = [act for _, _, acts in TABLE for act in acts if act.route == route]
    told, path = {act.method for act in rows}, rows[0].path
    asked = {
        method: Asked(world.clients[ADMIN], Act(method, route, path), world)
        for method in METHODS
        if method not in told and (path.startswith("/api/") or method in ("GET", "POST"))
    }
    wrong = {method: one.answer for method, one in asked.items() if one.answer != "405"}
    assert wrong == {}


@pytest.mark.parametrize("role", [STRANGER, CURATOR, MODERATOR, STAFF])
def test_the_admins_tables_are_for_admins(role: str, world: World) -> None:
    pages = [f"/{page}" for page in ADMIN_PAGES if page.count("/") == 3 and "<" not in page]
    tables = [page for page in pages if "(?" not in page and not page.startswith("/admin/pass")]
    assert "/admin/accounts/user/" in tables
    answers = {page: world.clients[role].get(page) for page in tables}
    let_in = [page for page, answer in answers.items() if answer.status_code == 200]
    assert let_in == []


def test_the_table_can_fail(world: World) -> None:
    act = next(act for _, _, acts in TABLE for act in acts if act.route == "desk-people")
    assert differences(act, dict(EVERYBODY), world).keys() == set(ROLES) - {ADMIN}


def test_every_page_is_looked_at(world: World) -> None:
    """A new one that no address of the table shows is put into tests/roles/looks.py."""
    shown = {one.template for one in pages(world)} | {template for _, template in AT.values()}
    assert sorted(templates() - shown - set(BARE) - set(ON_THE_WAY)) == []


def test_what_is_looked_at_on_the_way_is_so() -> None:
    files = (Path(__file__).parent / "e2e").glob("test_*.py")
    looks = "".join(file.read_text() for file in files)
    assert [name for name in ON_THE_WAY.values() if f'faults(page, "{name}")' not in looks] == []
