"""What befalls the shape of a document: nesting, types, keys, elements, declarations."""

import json
import re
from copy import deepcopy
from random import Random
from typing import Any

from drills.material import Material
from drills.mutating_bytes import ENCODINGS

DEPTHS = (30, 101, 990, 5_000, 100_000)
# What opens, what may stand in the middle, what closes.
NESTS = (
    (b"[", b"", b"]"), (b'{"a":', b"1", b"}"), (b'{"data":', b"[]", b"}"),
    (b'[{"paper":', b"{}", b"}]"),
    (b"<a>", b"", b"</a>"), (b"<entry>", b"", b"</entry>"), (b"<p><b>", b"x", b"</b></p>"),
    (b"<title>", b"x", b"</title>"), (b"<record>", b"", b""), (b"{", b"x", b"}"), (b"{", b"", b""),
    (b"(", b"", b")"), (b"((", b"", b""), (b"[", b"x", b"](http://e.org/)"), (b"**", b"x", b"**"),
    (b"\\emph{", b"x", b"}"), (b"$\\frac{", b"x", b"}{y}$"), (b"\\begin{a}", b"", b"\\end{a}"),
    (b"x^{", b"", b"}"), (b"$", b"x", b"$"), (b"> ", b"x", b"\n"), (b"  - ", b"x\n", b""),
    (b'"', b"", b'"'),
    (b"(a, ", b"", b")"), (b"<!--", b"", b"-->"), (b"<![CDATA[", b"", b"]]>"), (b"&amp;", b"", b""),
    (b"'[", b"", b"]'"), (b"\\\\\narXiv:2604.01001\n", b"", b""), (b"\n@a{b, c = {", b"", b"}}"),
    (b"TY  - JOUR\n", b"", b"ER  - \n"), (b"=?utf-8?q?=3D?= ", b"", b""), (b"\n| a ", b"|", b""),
)  # fmt: skip
PART = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n'  # each inside the one before
TYPES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e300, 10**30, "", " ", "x", "\0", "\ud800", "\u202e",
    [], [[]], [None], {}, {"a": 1}, [{}], ["x", 1, None], {"name": []}, {"text": {}},
    "[", "{'a': 1}", "[1, 2", "[" * 25,
    "2604.01001", "10.1234/x", "https://example.org/", "x" * 300_000, list(range(2_000)),
)  # fmt: skip
DOCTYPES: tuple[bytes, ...] = (
    b'<!DOCTYPE a [<!ENTITY bomb "aaaaaaaaaa"><!ENTITY bombs "&bomb;&bomb;&bomb;&bomb;">]>',
    b'<!DOCTYPE a [<!ENTITY bomb SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    b"<!DOCTYPE html>",
    b'<?xml-stylesheet href="a"?>',
)
_DECLARED = re.compile(rb"""((?:encoding|charset)=["']?)[\w-]+""", re.IGNORECASE)
_ELEMENT = re.compile(rb"<(/?)([\w:]+)([^<>]*)>")
_TYPED = 50


def nested(content: bytes, chance: Random, _: Material) -> bytes:
    """Deep brackets, elements or TeX somewhere, closed or not."""
    opening, middle, closing = chance.choice(NESTS)
    depth = chance.choice(DEPTHS)
    nest = opening * depth + middle + closing * chance.choice((depth, depth, depth - 1, 0))
    at = chance.randrange(len(content) + 1)
    return content[:at] + nest + content[at:]


def wrapped(content: bytes, chance: Random, _: Material) -> bytes:
    """The whole document deep inside."""
    opening, _middle, closing = chance.choice(NESTS)
    depth = chance.choice(DEPTHS)
    return opening * depth + content + closing * depth


def mailed(content: bytes, chance: Random, _: Material) -> bytes:
    """As the innermost part of a mail of many parts."""
    depth = chance.choice((1, 3, 30, 300, 3_000))
    head = b"From: a@example.org\r\nSubject: papers\r\nMIME-Version: 1.0\r\n"
    parts = b"".join(PART % (level, level) for level in range(depth))
    kind = chance.choice(
        (b"text/plain", b"text/html; charset=utf-16", b"message/rfc822", b"text/x; charset=\0")
    )
    coding = chance.choice((b"base64", b"quoted-printable", b"x-uuencode", b"7bit"))
    leaf = b"Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n" % (kind, coding)
    return head + parts + leaf + content


def declared_otherwise(content: bytes, chance: Random, _: Material) -> bytes:
    """Another character set is declared than is used."""
    other = chance.choice((*ENCODINGS, "x-unknown", "ascii", "ucs-4", "idna", "rot13", "", "hex"))
    if not content.lstrip().startswith(b"<?xml"):
        return _DECLARED.sub(rb"\g<1>" + other.encode(), content)
    return b'<?xml version="1.0" encoding="%s"?>' % other.encode() + content.partition(b"?>")[2]


def with_doctype(content: bytes, chance: Random, _: Material) -> bytes:
    head, mark, rest = content.partition(b"?>")
    doctype = chance.choice(DOCTYPES)
    return head + mark + doctype + rest if mark else doctype + head


def elements_renamed(content: bytes, chance: Random, _: Material) -> bytes:
    """Elements with the names of others, without an end, twice, or gone."""
    names = sorted({found[2] for found in _ELEMENT.finditer(content)})
    share = chance.choice((0.002, 0.02, 0.2))

    def other(found: re.Match[bytes]) -> bytes:
        if chance.random() > share:
            return found[0]
        named = b"<" + found[1] + chance.choice(names) + found[3] + b">"
        return chance.choice((named, b"", found[0] * 2, b"<" + found[2] + b"/>", named + b"\n"))

    return _ELEMENT.sub(other, content)


def types_changed(content: bytes, chance: Random, _: Material) -> bytes:
    """Values of JSON in the place of others of another type, keys in the place of other keys."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return content
    for _round in range(chance.choice((1, 3, 10, _TYPED))):
        document = _changed(document, chance)
    if chance.random() < 0.1:
        return str(document).encode("utf-8", "surrogatepass")
    return json.dumps(document, ensure_ascii=True).encode()


def _changed(document: Any, chance: Random) -> Any:
    """The document with one value changed, some way down; in place where it can be."""
    above: Any = None
    place: Any = None
    value = document
    while isinstance(value, list | dict) and value and (above is None or chance.random() < 0.85):
        above, place = (
            value,
            chance.choice(list(value) if isinstance(value, dict) else range(len(value))),
        )
        value = above[place]
    if above is None:
        return deepcopy(chance.choice(TYPES))
    if isinstance(above, dict) and chance.random() < 0.2:
        above[chance.choice(list(above))] = value
    elif chance.random() < 0.1:
        above[place] = json.dumps(value) if chance.random() < 0.5 else str(value)
    else:
        above[place] = deepcopy(chance.choice(TYPES))
    return document


CHANGES = (
    nested, wrapped, mailed, declared_otherwise, with_doctype, elements_renamed, types_changed,
    types_changed,
)  # fmt: skip
