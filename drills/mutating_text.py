"""What befalls text: signs that no one sees, broken characters, numbers, lines, words."""

import re
from random import Random

from drills.material import Material
from drills.mutating_bytes import piece, span

# Each as it may stand in bytes, in JSON, in XML, in HTML and in quoted-printable.
SIGNS = (
    b"\xed\xa0\x80", b"\\ud800", b"\\udfff\\ud800", b"&#xD800;", b"&#0;", b"\\u0000", b"=00",
    "\u202e".encode(), "\u2066".encode(), b"\\u202e", b"&#8238;", "\ufeff".encode(),
    "\ufffe".encode(), b"\\uffff", "\U0010ffff".encode(), "\U000e0041".encode(),
    "\u2028".encode(), "\x85".encode(), b"\x0b", b"\x0c", b"\x1b[31m", b"\x7f", b"\r",
    "e\u0301".encode(), "\u0301".encode() * 500, "\u0345\u0300".encode() * 300,
    "\u1160".encode() * 50, "\u202a".encode() * 200, "ﷺ".encode(), "İ".encode(), "ß".encode(),
    b"&lt;script&gt;", b"<script>alert(1)</script>", b"&#xFDD0;", b"&#1114112;", b"&bomb;",
    b"javascript:alert(1)", b"http://[::1", b"https://example.org:99999999/", b"=?utf-8?q?=00?=",
    b"=?x-unknown?b?AAAA?=", b"=?utf-8?b?7aCA?=", b"%00", b"\\", b"\\\\", b"$", b"$$", b"{",
    b"\\begin{",
    b"\\frac", b"\\'", b"\\u", b"\\verb|", b"^", b"~", b"''", b'"', b"]]>", b"<![CDATA[",
    b"-->", b"<!--",
)  # fmt: skip
NUMBERS = (
    b"9" * 400, b"-1", b"1e999", b"NaN", b"-Infinity", b"0x1F", b"99999999999999999999",
    b"2147483648", b"4294967296", b"0", b"1.5", b"0000", "\u0663\u0664".encode(), "²".encode(),
    "\U0001d7d8".encode(), b"1_000", b"12e3",
)  # fmt: skip
DAYS = (
    b"0000-00-00", b"9999-12-31T23:59:59-23:59", b"0001-01-01T00:00:00+23:59", b"2026-02-30",
    b"Fri, 99 Foo 99999 99:99:99 +9999", b"Mon, 1 Jan 0001 00:00:00 +2359", b"Apr 31", b"Feb 29",
    b"31 Dec 9999 23:59:59 -2359", b"2026-W17-1", b"20260424", b"-0001-01-01",
)  # fmt: skip
_NUMBER = re.compile(rb"\d+")
_DAY = re.compile(
    rb"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
    rb"|(?:\w{3}, )?\d\d? [A-Z][a-z]{2} \d{2,4}(?: [\d:]+(?: (?:GMT|[+-]\d{4}))?)?"
)
_WORD = re.compile(rb"[A-Za-z]{3,}")
_LINE_END = re.compile(rb"\r?\n")


def salted(content: bytes, chance: Random, _: Material) -> bytes:
    """Signs strewn in."""
    for _round in range(chance.choice((1, 3, 10, 30))):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(SIGNS) + content[at:]
    return content


def words_replaced_by_signs(content: bytes, chance: Random, _: Material) -> bytes:
    """Signs in the place of words: they stand inside of fields."""
    return _some(_WORD, content, chance, SIGNS)


def numbers_gone_wild(content: bytes, chance: Random, _: Material) -> bytes:
    return _some(_NUMBER, content, chance, NUMBERS)


def days_gone_wild(content: bytes, chance: Random, _: Material) -> bytes:
    return _some(_DAY, content, chance, DAYS)


def other_line_ends(content: bytes, chance: Random, _: Material) -> bytes:
    ends = (
        b"\r\n",
        b"\r",
        b"",
        b" ",
        b"\n\n",
        b"\n \n",
        "\u2028".encode(),
        b"\x0b",
        b"\n>",
        b"\n  ",
    )
    return _LINE_END.sub(lambda _: end, content) if (end := chance.choice(ends)) else content


def lines_shuffled(content: bytes, chance: Random, _: Material) -> bytes:
    lines = content.split(b"\n")
    start, end = span(b" " * len(lines), chance, most=60)
    some = lines[start:end]
    chance.shuffle(some)
    return b"\n".join(lines[:start] + some + lines[end:])


def lines_of_others(content: bytes, chance: Random, material: Material) -> bytes:
    """Whole lines of another document between these."""
    lines = content.split(b"\n")
    for line in piece(material, chance).split(b"\n"):
        lines.insert(chance.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def large_or_small(content: bytes, chance: Random, _: Material) -> bytes:
    start, end = span(content, chance)
    some = content[start:end]
    return content[:start] + chance.choice((some.upper(), some.lower(), some[::-1])) + content[end:]


def _some(found: re.Pattern[bytes], content: bytes, chance: Random, by: tuple[bytes, ...]) -> bytes:
    """Some of what is found replaced, each by something else."""
    share = chance.choice((0.002, 0.02, 0.2, 1))
    return found.sub(
        lambda match: chance.choice(by) if chance.random() < share else match[0], content, 20_000
    )


CHANGES = (
    salted, words_replaced_by_signs, numbers_gone_wild, days_gone_wild, other_line_ends,
    lines_shuffled, lines_of_others, large_or_small,
)  # fmt: skip
