"""Roles from the command line: how the first admin comes to be."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import RoleAct, User
from tests.people import somebody

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("role", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_admin_needs_no_password_and_no_account() -> None:
    said = run("give", "admin", "Ada@Example.org")
    ada = User.objects.get()
    assert (ada.email, ada.is_superuser, ada.is_staff) == ("ada@example.org", True, True)
    assert not ada.has_usable_password()
    assert "ada@example.org: admin" in said
    assert run() == "ada@example.org: admin\n"
    assert RoleAct.objects.get().by_command


def test_a_role_is_given_to_who_is_here_and_taken() -> None:
    address = User.objects.get(pk=somebody()).email
    assert run("give", "moderator", address) == f"{address}: moderator\n"
    assert run("take", "moderator", address) == f"{address}: no role\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["give", "moderator", "nobody@example.org"], "Nobody has signed in"),
        (["take", "admin", "nobody@example.org"], "Nobody has signed in"),
        (["give", "admin", "nobody"], "no mail address"),
        (["give", "admin"], "Say which role and whose"),
        (["give", "king", "ada@example.org"], "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_told(arguments, why) -> None:
    with pytest.raises(CommandError, match=why):
        run(*arguments)
    assert not User.objects.exists()
    assert not RoleAct.objects.exists()


def test_the_last_admin_stays_one() -> None:
    run("give", "admin", "ada@example.org")
    with pytest.raises(CommandError, match="the last admin"):
        run("take", "admin", "ada@example.org")
