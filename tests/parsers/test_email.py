"""Mail with papers in it, as it stands in a mailbox."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage, MIMEPart

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parse, parsers
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

TODAY = date(2026, 4, 25)
DAY = date(2026, 4, 24)
LIST = "Dear all,\n\n- [Tanks of Light](https://arxiv.org/abs/2404.01234)\n\nYours\n"
MAILING = """\\\\
arXiv:2404.01234
Date: Thu, 23 Apr 2026 16:40:59 GMT   (876kb,D)

Title: Tanks of light in the long
  run
Authors: Ada Author, Ben Writer
Categories: cs.AI
\\\\
  We fill tanks.
\\\\ ( https://arxiv.org/abs/2404.01234 ,  876kb)
"""
BIB = "@article{a, title={Tanks in a Bibliography}, author={Author, Ada}, year={2024}}\n"
SCHOLAR = """<html><body><!--[if mso]><table><tr><td><![endif]--><div style="width:100%">
<h3 style="font-size:18px"></h3>
<h3 style="margin:0"><span style="font-size:11px">[PDF]</span>
 <a href="https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2404.01234&amp;sa=X"
 class="gse_alrt_title" style="color:#1a0dab">Tanks of <b>light</b> in the
 long run</a></h3>
<div style="color:#006621">A Author, B Writer, C King…&nbsp;- arXiv preprint arXiv:2404.01234,
 2024</div>
<div class="gse_alrt_sni">We fill tanks with <br>light, and look&nbsp;…</div>
<div style="width:auto"><table><tr><td><a href="https://scholar.google.com/citations?x"><img
 alt="Save"></a></td></tr></table></div><br>
<h3><a href="SCHOLAR?url=https://p.example/doi/abs/10.1021/tanks.5c05752&amp;hl=en">Second tanks
</a></h3>
<div style="color:#006621">D Four&nbsp;- Journal of Tanks and …, 2025 - Example Press</div>
<div class="gse_alrt_sni">Second snippet</div>
<h3><a href="SCHOLAR?url=https://tanks.example/third.html&amp;hl=en">Third tanks</a></h3>
<div style="color:#006621">E Five</div>
<p>This message was sent by Google Scholar because you're following tanks.</p>
<a href="https://scholar.google.com/scholar_alerts?view_op=list">List alerts</a>
</div></body></html>""".replace("SCHOLAR", "https://scholar.google.com/scholar_url")
NEWSLETTER = """<head><title>Weekly</title><style>a {}</style></head><body><table><tr><td>
<h1>Tank weekly</h1><p>Hello!</p>
<table><tr><td><a href="LIGHT"><img src="x"></a></td>
<td><h2><a href="LIGHT">Tanks of Light</a></h2>
<p><i>Ada Author, Ben Writer</i></p><p>A word. <a href="https://github.com/a/b">code</a></p>
<p><a href="LIGHT">Read more</a></p></td></tr></table>
<p><a href="https://openreview.net/forum?id=tanks">Tanks of Tin</a></p><p>Cy King and Di Lee</p>
<ul><li><b>Tanks of Air</b>: <a href="https://doi.org/10.1234/tank.8">paper</a></li></ul>
<p><a href="https://news.example/unsubscribe">Unsubscribe</a></p></td></tr></table></body>""".replace(
    "LIGHT", "https://news.example/c?u=https%3A%2F%2Farxiv.org%2Fabs%2F2404.00001"
)


def mail(*, subject: str = "Tanks", when: str = "Fri, 24 Apr 2026 00:43:00 +0000") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Tank Digest <digest@tanks.example>"
    message["To"] = "reader@example.org"
    message["Subject"] = subject
    message["Date"] = when
    return message


def text_mail(text: str = LIST, **said: str) -> EmailMessage:
    message = mail(**said)
    message.set_content(text)
    return message


def html_mail(html: str) -> EmailMessage:
    message = mail()
    message.set_content(html, subtype="html")
    return message


def digest(message: EmailMessage | bytes | str) -> ParsedDigest:
    if isinstance(message, EmailMessage):
        message = message.as_bytes()
    content = message.encode() if isinstance(message, str) else message
    found = parse(RawDigest(content, TODAY))
    assert found.parser == "email"
    return found


def read(message: EmailMessage | bytes | str) -> list[PaperRecord | Problem]:
    return list(digest(message).entries)


def titles(message: EmailMessage | bytes | str) -> list[str]:
    return [one.title for one in read(message) if isinstance(one, PaperRecord)]


def test_an_alert_of_google_scholar_is_read_article_by_article() -> None:
    found = digest(html_mail(SCHOLAR))
    assert found.date == DAY
    assert list(found.entries) == [
        PaperRecord(
            title="Tanks of light in the long run",
            summary="We fill tanks with light, and look …",
            authors=("A Author", "B Writer", "C King"),
            arxiv_id="2404.01234",
            published_at=datetime(2024, 1, 1, tzinfo=UTC),
        ),
        PaperRecord(
            title="Second tanks",
            summary="Second snippet",
            authors=("D Four",),
            doi="10.1021/tanks.5c05752",
            published_at=datetime(2025, 1, 1, tzinfo=UTC),
        ),
        PaperRecord(
            title="Third tanks",
            authors=("E Five",),
            project_url="https://tanks.example/third.html",
        ),
    ]


def test_an_alert_is_known_behind_the_links_of_a_mail_server() -> None:
    safe = "https://eu.safelinks.protection.outlook.com/?url=https%3A%2F%2Fscholar.google.com%2F"
    html = SCHOLAR.replace("https://scholar.google.com/", safe).replace(
        "?url=https://", "%3Furl%3Dhttps://"
    )
    assert titles(html_mail(html))[1:] == ["Second tanks", "Third tanks"]
    assert [one.summary for one in read(html_mail(html)) if isinstance(one, PaperRecord)][1:] == [
        "Second snippet",
        "",
    ]


def test_a_newsletter_is_a_list_of_links() -> None:
    light, tin, air = read(html_mail(NEWSLETTER))
    assert light == PaperRecord(
        title="Tanks of Light",
        authors=("Ada Author", "Ben Writer"),
        arxiv_id="2404.00001",
        code_url="https://github.com/a/b",
    )
    assert tin == PaperRecord(
        title="Tanks of Tin",
        authors=("Cy King", "Di Lee"),
        project_url="https://openreview.net/forum?id=tanks",
    )
    assert air == PaperRecord(title="Tanks of Air", doi="10.1234/tank.8")


def test_a_mailing_of_arxiv_is_read_by_its_parser() -> None:
    (paper,) = read(text_mail(MAILING))
    assert isinstance(paper, PaperRecord)
    assert paper.title == "Tanks of light in the long run"
    assert paper.abstract == "We fill tanks."


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda text: f"FYI\n\n---------- Forwarded message ---------\n{text}",
        lambda text: f"FYI\n\nBegin forwarded message:\n\n> {text}".replace("\n", "\n> "),
        lambda text: f"-----Original Message-----\n{text}",
    ],
)
def test_mail_that_is_passed_on_in_the_text_counts_by_its_own_day(
    wrapped: Callable[[str], str],
) -> None:
    inner = f"From: arXiv <a@b.example>\nDate: Thu, Apr 23, 2026 at 9:43 AM\nTo: x\n\n{MAILING}"
    found = digest(text_mail(wrapped(inner)))
    assert found.date == date(2026, 4, 23)
    assert [one.title for one in found.entries if isinstance(one, PaperRecord)] == [
        "Tanks of light in the long run"
    ]


def test_html_that_is_passed_on_counts_by_its_own_day() -> None:
    head = """<div>FYI</div><div class="gmail_quote"><div>---------- Forwarded message ---------<br>
    From: <b>Scholar</b> &lt;a@b.example&gt;<br>Date: Thu, Apr 23, 2026 at 9:43\u202fAM<br>To: x<br>
    </div>"""
    found = digest(html_mail(head + SCHOLAR + "</div>"))
    assert found.date == date(2026, 4, 23)
    assert len(list(found.entries)) == 3


def test_mail_that_is_attached_counts_by_its_own_day() -> None:
    outer = text_mail("See below.")
    outer.add_attachment(text_mail(when="Mon, 20 Apr 2026 23:30:00 -0700"))
    found = digest(outer)
    assert found.date == date(2026, 4, 21)
    assert [one.title for one in found.entries if isinstance(one, PaperRecord)] == [
        "Tanks of Light"
    ]


def test_a_digest_of_mails_is_all_of_them() -> None:
    inner = b"\n".join(
        b"--x\n\n"
        + text_mail(f"- [Tanks {n} of Light](https://arxiv.org/abs/2404.0000{n})").as_bytes()
        for n in (1, 2)
    )
    outer = b'From: a@b.example\nSubject: x\nContent-Type: multipart/digest; boundary="x"\n\n'
    assert titles(outer + inner + b"\n--x--\n") == ["Tanks 1 of Light", "Tanks 2 of Light"]


def test_attached_references_are_read_by_the_parser_that_takes_them() -> None:
    message = text_mail("Two files.")
    message.add_attachment(
        BIB.encode(), maintype="application", subtype="octet-stream", filename="a.bib"
    )
    message.add_attachment("TY  - JOUR\nTI  - Tanks in RIS\nER  -\n", filename="b.ris")
    message.add_attachment(
        b"%PDF-1.4 \x00\xff", maintype="application", subtype="pdf", filename="c.pdf"
    )
    assert titles(message) == ["Tanks in a Bibliography", "Tanks in RIS"]


def test_an_attached_file_that_cannot_be_read_is_a_problem_with_its_name() -> None:
    message = text_mail()
    message.add_attachment("not bibtex", filename="tänke.bib")
    _, problem = read(message)
    assert problem == Problem("part 2, tänke.bib", "no parser takes this file")


def test_a_problem_says_in_which_part_it_stands() -> None:
    message = mail()
    message.set_content(MAILING + MAILING.replace("Tanks of light in the long\n  run", ""))
    message.add_attachment("x", filename="x.csv")
    assert read(message)[1] == Problem("part 1, entry 2, line 13", "it has no title")


def test_of_alternatives_the_one_with_most_papers_counts() -> None:
    message = text_mail("In plain text there is nothing. https://example.org")
    message.add_alternative(NEWSLETTER, subtype="html")
    assert titles(message) == ["Tanks of Light", "Tanks of Tin", "Tanks of Air"]
    message = text_mail(MAILING)
    message.add_alternative("<p>See https://example.org</p>", subtype="html")
    assert titles(message) == ["Tanks of light in the long run"]


def test_html_that_shows_plain_text_is_read_as_such() -> None:
    html = MAILING.replace("<", "&lt;").replace("\n", "<br>\n").replace("\n  ", "\n&nbsp; ")
    assert titles(html_mail(f"<div>{html}</div>")) == ["Tanks of light in the long run"]
    assert titles(html_mail(f"<pre>{MAILING}</pre>")) == ["Tanks of light in the long run"]


UMLAUT = "- [Tänks of Light](https://arxiv.org/abs/2404.01234)\n"


@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64", "8bit", "x-what", ""])
@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("utf-8", "cp1252"),
        ("x-unknown", "utf-8"),
        ("punycode", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_any_encoding_is_undone(encoding: str, charset: str, codec: str) -> None:
    part = MIMEPart()
    cte = encoding if encoding in ("quoted-printable", "base64") else "8bit"
    part.set_content(UMLAUT.encode(codec), "text", "plain", cte=cte)
    body = part.as_bytes().partition(b"\n\n")[2]
    content_type = f"text/plain; charset={charset}" if charset else "text/plain"
    head = f"From: a@b.example\nSubject: x\nContent-Type: {content_type}\n"
    if encoding:
        head += f"Content-Transfer-Encoding: {encoding.upper()} \n"
    assert titles(head.encode() + b"\n" + body) == ["Tänks of Light"]


def test_headers_may_be_encoded_folded_or_broken() -> None:
    head = (
        "From: =?utf-8?q?T=C3=A4nk?= <a@b.example>\nSubject: =?x-what?z?a?=\n =?utf-8?b?@?=\n"
        "Date: Fri, 24 Apr 2026\n\t00:43:00 +0000\nContent-Type: ;;=\n\n"
    )
    found = digest(head + UMLAUT)
    assert found.date == DAY
    assert list(found.entries)


@pytest.mark.parametrize(
    "when", ["", "yesterday", "Fri, 24 Apr 2099 00:43:00 +0000", "1 Jan 1901 00:00"]
)
def test_a_day_that_cannot_be_is_none(when: str) -> None:
    head = f"From: a@b.example\nDate: {when}\nSubject: x\n\n"
    assert digest(head + LIST).date is None


def test_an_mbox_is_all_its_messages_each_on_its_day() -> None:
    days = ["Thu, 23 Apr 2026 10:00:00 +0000", "Fri, 24 Apr 2026 10:00:00 +0000"]
    box = b"".join(
        b"From a@b.example Fri Apr 24 10:00:00 2026\n" + text_mail(when=day).as_bytes() + b"\n"
        for day in days
    )
    found = digest(box)
    assert found.date == DAY
    assert [one.listed_at for one in found.entries if isinstance(one, PaperRecord)] == [
        datetime(2026, 4, 23, tzinfo=UTC),
        datetime(2026, 4, 24, tzinfo=UTC),
    ]
    given_day = parse(RawDigest(box, TODAY, date(2026, 1, 1)))
    assert given_day.date == date(2026, 1, 1)
    assert all(one.listed_at is None for one in given_day.entries if isinstance(one, PaperRecord))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (LIST, "headers of a mail"),
        ("Subject: x\nDate: y\n\n" + LIST, "headers of a mail"),
        ("From: x\nNote: y\n\n" + LIST, "headers of a mail"),
        (text_mail("Lunch is at noon.").as_bytes(), "names no paper"),
        (b"From: x\nSubject: y\n", "names no paper"),
    ],
)
def test_what_is_no_mail_with_papers_is_declined(content: str | bytes, reason: str) -> None:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(Declined, match=reason):
        parsers.get("email").parse(RawDigest(data, TODAY))


def everything() -> bytes:
    message = text_mail(MAILING)
    message.add_alternative(SCHOLAR, subtype="html")
    message.add_attachment(BIB.encode(), maintype="text", subtype="x-bibtex", filename="ä.bib")
    message.add_attachment(text_mail())
    return message.as_bytes()


EVERYTHING = everything()


@given(st.integers(0, len(EVERYTHING)), st.integers(0, 500), st.binary(max_size=30))
def test_no_damage_raises_anything_but_declined(start: int, length: int, splice: bytes) -> None:
    damaged = EVERYTHING[:start] + splice + EVERYTHING[start + length :]
    try:
        found = parsers.get("email").parse(RawDigest(damaged, TODAY))
    except Declined as declined:
        assert str(declined)
    else:
        assert any(isinstance(one, PaperRecord) for one in found.entries)


_HEADERS = [
    *'\n\0\r ;"%',
    *("Content-Type: ", "multipart/mixed; ", "message/rfc822", "boundary=x", "boundary*0*=''"),
    *("charset=", "utf-7", "\n\n", "--x\n", "--x--\n", "From: a@b\n", "=?utf-8?q?"),
    *("Content-Transfer-Encoding: base64\n", "Content-Disposition: attachment; filename*=", LIST),
]


@given(st.lists(st.sampled_from(_HEADERS)))
def test_any_heap_of_headers_is_read(lines: list[str]) -> None:
    content = ("From: a@b.example\nSubject: x\n" + "".join(lines)).encode()
    try:
        found = parsers.get("email").parse(RawDigest(content, TODAY))
    except Declined:
        return
    assert any(isinstance(one, PaperRecord) for one in found.entries)


HEAD = "From: a@b.example\nSubject: x\n"
MIXED = "Content-Type: multipart/mixed; boundary=x\n\n"


def nested(depth: int) -> str:
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )
    return HEAD + parts + "\n" + LIST


@pytest.mark.parametrize(
    "hostile",
    [
        HEAD + "Content-Type: text/plain; " + ";" * 500_000 + '"\n\n' + LIST,
        HEAD + 'Content-Type: multipart/mixed; boundary="' + "x" * 500_000 + '"\n\n' + LIST,
        HEAD + "To: a\n" * 10_000 + "\n" + LIST,
        HEAD + "X: " + "=?utf-8?q?a?= " * 10_000 + "\n\n" + LIST,
        HEAD + MIXED + f"--x\n\n{LIST}" + "--x\n\n" * 50_000,
        (HEAD + "Content-Type: message/rfc822\n\n") * 15 + HEAD + "\n" + LIST,
        HEAD + "\n" + "> " * 100_000 + "\n" + LIST,
        HEAD + "\n" + LIST + "From: a\nTo: b\n\n" * 10_000,
        HEAD + "\n" + LIST + "-- Forwarded message --\n" * 20_000,
        HEAD + "\n" + "x" * 1_000_000 + "\n\n" + LIST,
        nested(15),
    ],
)  # fmt: skip
def test_mail_without_end_takes_no_time_without_end(hostile: str) -> None:
    assert "Tanks of Light" in titles(hostile)


def test_what_is_nested_too_deeply_or_in_too_many_parts_is_a_problem() -> None:
    with pytest.raises(Declined, match="names no paper"):
        parsers.get("email").parse(RawDigest(nested(5_000).encode(), TODAY))
    parts = f"--x\n\n{LIST}" * 1_500
    found = read(HEAD + MIXED + parts)
    assert found[-1] == Problem("part 1000", "the mail has more than 1,000 parts")
