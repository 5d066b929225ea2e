"""Mails whose bytes are set for many: each is the very mail that would be written for one."""

from email import message_from_bytes, policy

import pytest

from accounts.editions import choose
from accounts.emails import Press
from accounts.models import Delivery
from accounts.printed import Body, PrintedMail
from tests.accounts.conftest import NOON
from tests.factories import DAY, entry, put_in

pytestmark = pytest.mark.django_db


def printed(press: Press, order) -> PrintedMail:
    row = Delivery.objects.create(
        subscription=order, period=DAY, state=Delivery.State.CLAIMED, claimed_at=NOON
    )
    mail = press.message(row, choose([row])[row.pk])
    assert isinstance(mail, PrintedMail)
    return mail


def told(content: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    mail = message_from_bytes(content, policy=policy.default)
    headers = [(name, str(value)) for name, value in mail.items() if name != "Date"]
    parts = [str(part.get_content()) for part in mail.iter_parts()]
    plain = [(name, value.partition("boundary")[0]) for name, value in headers]
    return sorted(plain), parts


def test_what_was_set_for_many_is_the_mail_of_each(reads) -> None:
    put_in(entry("Über Bienen: 蜂"), entry("Plain", summary="own-thing-own is no mark of ours."))
    press, seen = Press(), set()
    for address in ("ada@example.org", "ben@bücher.example", "a.very.long.name@x.example.org"):
        mail = printed(press, reads(address, timezone="Europe/Paris"))
        ready = mail.ready()
        assert ready
        assert told(ready) == told(mail.message().as_bytes(linesep="\r\n"))
        assert b"own-here-own" not in ready
        seen.add(ready)
    assert len(seen) == 3


def test_an_address_that_cannot_stand_in_a_header_is_refused(reads) -> None:
    put_in(entry())
    with pytest.raises(ValueError, match="newlines"):
        printed(Press(), reads("ada@example.org\nbcc: eve@example.org")).ready()


def test_lines_that_are_too_long_are_written_for_each(reads) -> None:
    assert Body.of("word " * 400, "<p>own-here-own</p>") is None
    body = Body.of("own-here-own", "<p>" + "x" * 900 + "own-here-own</p>")
    assert body
    assert body.filled({"here": "short"})
    assert body.filled({"here": "long" * 30}) is None
    assert body.filled({"here": "ü"}) is None
