"""What comes back is read, in whatever shape, and believed only where it holds our mark."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.marks import DELIVERY, ORDER, Mark, found_in, message_id, sender
from accounts.returned.reports import read
from accounts.returned.verdicts import verdict
from tests.accounts.returned import notices

MARK = Mark(DELIVERY, 7)


@pytest.fixture(autouse=True)
def bounces(settings) -> None:
    settings.BOUNCE_ADDRESS = "bounces@papers.example.org"


@pytest.mark.parametrize(
    "shape",
    ["rfc3464", "gmail", "exchange", "qmail", "exim", "returned_to_sender_address"],
)
def test_an_address_that_is_not_there_is_told_in_every_shape(shape: str) -> None:
    report = read(getattr(notices, shape)())
    assert report is not None
    assert (report.kind, report.mark) == ("hard", MARK)
    assert report.detail


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        ("5.2.2", "552 5.2.2 the mailbox is over its quota", "soft"),
        ("4.4.7", "451 4.4.7 delivery time expired", "soft"),
        ("5.7.1", "550 5.7.1 looks like spam", "blocked"),
        ("5.0.0", "554 5.7.26 fails DMARC", "blocked"),
        ("5.0.0", "550 5.1.1 nobody of that name", "hard"),
        ("5.5.0", "550 Requested action not taken: mailbox unavailable", "hard"),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", "hard"),
        ("5.0.0", "something went wrong", "soft"),
    ],
)
def test_what_the_server_said_decides_what_it_means(status, words, kind) -> None:
    report = read(notices.rfc3464(status, words))
    assert report is not None
    assert report.kind == kind


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_did_not_fail_is_no_report(action: str) -> None:
    assert read(notices.rfc3464(action=action)) is None


@pytest.mark.parametrize("kind", ["abuse", "fraud"])
def test_a_complaint_is_known_though_the_address_is_blotted_out(kind: str) -> None:
    report = read(notices.complaint(kind))
    assert report is not None
    assert (report.kind, report.mark) == ("complaint", MARK)


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
def test_a_report_that_complains_of_nothing_is_none(kind: str) -> None:
    assert read(notices.complaint(kind)) is None


def test_an_answer_from_a_holiday_is_no_failure() -> None:
    assert read(notices.out_of_office()) is None


def test_nobody_can_report_for_another_without_the_mail() -> None:
    forged = message_id(MARK).replace("<", "<0")[:-20] + ".8@papers.example.org>"
    assert read(notices.rfc3464(head=f"Message-ID: {forged}\r\n")) is None
    assert read(notices.rfc3464(head="Message-ID: <1@example.org>\r\n")) is None


def test_a_mark_is_found_in_both_its_forms_and_in_capitals() -> None:
    for mark in (MARK, Mark(ORDER, 7)):
        for text in (message_id(mark), sender(mark), sender(mark).upper()):
            assert found_in(f"see {text} there") == mark
    assert found_in(sender(MARK).replace("+d7", "+s7")) is None


def test_a_letter_has_a_name_of_its_own_each_time() -> None:
    assert message_id(Mark(ORDER, 7)) != message_id(Mark(ORDER, 7))
    assert message_id(MARK) == message_id(MARK)


SHAPES = [notices.rfc3464, notices.gmail, notices.exchange, notices.complaint, notices.exim]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SHAPES), st.data())
def test_garbage_is_read_without_a_stumble(shape, data) -> None:
    content = bytearray(shape())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        what = data.draw(st.binary(max_size=12))
        content[place : place + data.draw(st.integers(0, 200))] = what
    report = read(bytes(content))
    assert report is None or report.mark == MARK


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_at_all_are_no_report_of_ours(content: bytes) -> None:
    assert read(content) is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(max_size=12), st.booleans())
def test_any_words_of_a_server_have_a_meaning(words, status, at_address) -> None:
    assert verdict(status, words, at_address=at_address) in ("hard", "soft", "blocked")
