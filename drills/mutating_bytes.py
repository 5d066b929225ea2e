"""What befalls bytes, whatever they say: cuts, splices, noise, encodings, packing."""

import codecs
import gzip
import io
from random import Random

from drills.material import Material

MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
)
ENCODINGS = (
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-7", "latin-1", "cp1252"),
    *("shift_jis", "gb18030", "koi8-r", "cp037", "iso2022_jp"),
)
# A mailed file of this size unpacks to 256 MB.
BOMB = 256 << 20


def span(content: bytes, chance: Random, most: int = 5_000) -> tuple[int, int]:
    """The start and the end of some piece of the content."""
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.randint(0, most))


def piece(material: Material, chance: Random) -> bytes:
    """Some bytes of some document."""
    other = material.choose(chance).content
    start, end = span(other, chance)
    return other[start:end]


def truncated(content: bytes, chance: Random, _: Material) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def beheaded(content: bytes, chance: Random, _: Material) -> bytes:
    return content[chance.randrange(len(content) + 1) :]


def spliced(content: bytes, chance: Random, material: Material) -> bytes:
    """A piece replaced by a piece of another document."""
    start, end = span(content, chance)
    return content[:start] + piece(material, chance) + content[end:]


def joined(content: bytes, chance: Random, material: Material) -> bytes:
    """Two documents in one."""
    return content + chance.choice((b"", b"\n", b"\n\n")) + material.choose(chance).content


def repeated(content: bytes, chance: Random, _: Material) -> bytes:
    start, end = span(content, chance, most=300)
    times = chance.choice((2, 3, 10, 100, 1_000))
    return content[:start] + content[start:end] * times + content[end:]


def dropped(content: bytes, chance: Random, _: Material) -> bytes:
    start, end = span(content, chance)
    return content[:start] + content[end:]


def noisy(content: bytes, chance: Random, _: Material) -> bytes:
    """Some bytes are others."""
    wild = bytearray(content)
    for _round in range(chance.choice((1, 5, 50, 500))):
        if wild:
            wild[chance.randrange(len(wild))] = chance.randrange(256)
    return bytes(wild)


def nulled(content: bytes, chance: Random, _: Material) -> bytes:
    wild = content
    for _round in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(wild) + 1)
        wild = wild[:at] + b"\0" * chance.choice((1, 2, 100)) + wild[at:]
    return wild


def marked(content: bytes, chance: Random, _: Material) -> bytes:
    """A byte order mark in front, the right one or any."""
    return chance.choice(MARKS) * chance.choice((1, 1, 2)) + content


def encoded(content: bytes, chance: Random, _: Material) -> bytes:
    """In another encoding, what the document declares left as it was."""
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(ENCODINGS), chance.choice(("replace", "ignore")))


def encoded_twice(content: bytes, _chance: Random, _: Material) -> bytes:
    return content.decode("latin-1").encode()


def lengthened(content: bytes, chance: Random, material: Material) -> bytes:
    """A line of up to 10 MB, of one sign or of a piece again and again."""
    size = int(10 ** chance.uniform(3, 6 if chance.random() < 0.9 else 7))
    signs = b" \t(<[{\\\"'&$%^_`~*#-=:;,.|/@a9A\xe9\xf0\n"
    unit = chance.choice((bytes([chance.choice(signs)]), piece(material, chance)[:40] or b"."))
    at = chance.randrange(len(content) + 1)
    return content[:at] + unit * (size // len(unit)) + content[at:]


def packed(content: bytes, _chance: Random, _: Material) -> bytes:
    return gzip.compress(content, 1, mtime=0)


def packed_and_broken(content: bytes, chance: Random, material: Material) -> bytes:
    whole = gzip.compress(content, 1, mtime=0)
    return chance.choice((truncated, noisy, dropped, spliced))(whole, chance, material)


def packed_many_times(content: bytes, chance: Random, _: Material) -> bytes:
    for _round in range(chance.choice((2, 5, 50))):
        content = gzip.compress(content, 1, mtime=0)
    return content


def packed_in_members(content: bytes, chance: Random, _: Material) -> bytes:
    """Several members, with or without something after the last."""
    middle = chance.randrange(len(content) + 1)
    members = gzip.compress(content[:middle], 1, mtime=0) + gzip.compress(
        content[middle:], 1, mtime=0
    )
    return members + chance.choice((b"", b"\0" * 512, b"\x1f", b"\x1f\x8b", b"more"))


def bomb(_content: bytes, _chance: Random, _: Material) -> bytes:
    """Little that unpacks to very much."""
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1, mtime=0) as writer:
        for _round in range(BOMB >> 20):
            writer.write(bytes(1 << 20))
    return file.getvalue()


CHANGES = (
    truncated, beheaded, spliced, joined, repeated, dropped, noisy, nulled, marked, encoded,
    encoded_twice, lengthened,
)  # fmt: skip
PACKED = (packed, packed_and_broken, packed_many_times, packed_in_members, bomb)
