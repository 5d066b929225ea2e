"""Roles are given and taken by admins, with a record; there is always one admin left."""

from importlib import import_module
from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from accounts import roles
from accounts.models import RoleAct, User
from feeds.moderating import may_moderate
from tests.people import NOW, somebody

ROLES = ["moderator", "curator", "admin"]


def an_admin(name: str = "") -> int:
    return somebody(name, is_staff=True, is_superuser=True)


@pytest.fixture
def admin(db) -> int:
    return an_admin("Adminah")


def signed_in(person: int) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(pk=person))
    return browser


def columns(person: int) -> tuple[bool, bool, bool]:
    account = User.objects.get(pk=person)
    return account.is_moderator, account.is_staff, account.is_superuser


def test_a_moderator_is_no_curator_and_a_curator_no_moderator(admin) -> None:
    mo, cu = somebody(), somebody()
    roles.give("moderator", mo, by=admin, now=NOW)
    roles.give("curator", cu, by=admin, now=NOW)
    assert (columns(mo), may_moderate(mo)) == ((True, False, False), True)
    assert (columns(cu), may_moderate(cu)) == ((False, True, False), False)
    assert may_moderate(admin)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_was_taken_is_gone_and_both_acts_are_kept(admin, role) -> None:
    ada = somebody()
    for act in (roles.give, roles.give, roles.take, roles.take):  # a double press says nothing new
        act(role, ada, by=admin, now=NOW)
    assert columns(ada) == (False, role == "admin", False)  # an admin stays curator of the site
    kept = RoleAct.objects.order_by("id").values_list("person", "what", "given", "made_by")
    assert list(kept) == [(ada, role, True, admin), (ada, role, False, admin)]


@pytest.mark.parametrize("fields", [{}, {"is_staff": True}, {"is_moderator": True}])
def test_only_admins_give_roles(admin, fields) -> None:
    other = somebody(**fields)
    with pytest.raises(roles.NotAllowed):
        roles.give("admin", other, by=other, now=NOW)
    with pytest.raises(roles.NotAllowed):
        roles.close(admin, by=other, now=NOW)
    assert not RoleAct.objects.exists()


@pytest.mark.parametrize("by_command", [True, False])
def test_the_last_admin_stays_one(admin, by_command) -> None:
    by = None if by_command else admin
    second = an_admin()
    roles.close(second, by=admin, now=NOW)  # a closed account is none to rely on
    for act in (lambda: roles.take("admin", admin, by=by, now=NOW), lambda: roles.close(
        admin, by=by, now=NOW
    )):  # fmt: skip
        with pytest.raises(roles.CannotChange):
            act()
    assert User.objects.get(pk=admin).is_superuser
    roles.reopen(second, by=admin, now=NOW)
    roles.take("admin", admin, by=by, now=NOW)
    assert not User.objects.get(pk=admin).is_superuser


@pytest.mark.django_db(transaction=True)
def test_two_admins_cannot_take_the_role_from_each_other_at_once() -> None:
    one, two = an_admin(), an_admin()
    gate = Barrier(2)

    def take(by: int, of: int) -> None:
        gate.wait(10)
        try:
            roles.take("admin", of, by=by, now=NOW)
        except roles.CannotChange:
            pass
        finally:
            connection.close()

    threads = [Thread(target=take, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.filter(is_superuser=True).count() == 1


def test_a_closed_account_is_signed_out_at_once_and_can_come_back(admin) -> None:
    ada = somebody("Ada")
    browser = signed_in(ada)
    assert browser.get("/collections").status_code == 200
    roles.close(ada, by=admin, now=NOW)
    assert browser.get("/collections").status_code == 302
    assert Client().get("/people/ada").status_code == 404
    roles.reopen(ada, by=admin, now=NOW)
    assert Client().get("/people/ada").status_code == 200


def test_an_account_that_is_deleted_leaves_its_record(admin) -> None:
    ada = somebody()
    roles.give("moderator", ada, by=admin, now=NOW)
    User.objects.filter(pk=ada).delete()
    page = signed_in(admin).get("/desk/people").content.decode()
    assert "an account that is gone became a moderator" in page


def test_who_was_staff_before_there_were_moderators_goes_on_moderating(admin) -> None:
    staff, reader = somebody(is_staff=True), somebody()
    import_module("accounts.migrations.0003_roles").staff_goes_on_moderating(apps, None)
    assert [columns(person)[0] for person in (staff, reader)] == [True, False]
