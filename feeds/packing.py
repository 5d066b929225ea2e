"""Documents as they come and are kept: files, gzip, and never unpacked beyond a bound."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from feeds.records import Content

LARGEST = 1024 * 1024 * 1024
STEP = 1 << 20  # bytes that are read at once of a document of any length
_IN_MEMORY = 16 * STEP  # what unpacks to more goes through a temporary file
_LEVEL = 5  # a fifth larger than the smallest, in a third of the time
_MAGIC = b"\x1f\x8b"


class TooLarge(ValueError):
    """A packed document that would unpack to more than is read."""


class FileContent:
    """An open binary file as Content; it has to stay open as long as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._size = file.seek(0, 2)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, step = part.indices(self._size)
        if step != 1:
            raise ValueError("A document is read forwards, every byte of it.")
        self._file.seek(start)
        return self._file.read(max(0, stop - start))


def steps(content: Content) -> Iterator[bytes]:
    """The document in pieces of `STEP` bytes."""
    for start in range(0, len(content), STEP):
        yield content[start : start + STEP]


def pack(content: bytes) -> bytes:
    """The same bytes for the same content, whenever they are packed."""
    return gzip.compress(content, _LEVEL, mtime=0)


def unpack(content: bytes, largest: int = LARGEST) -> bytes:
    """The document; one that is not gzipped, or broken, comes back as it is.

    Raises TooLarge where it would be more than `largest` bytes.
    """
    with unpacked(content, largest) as plain:
        return plain[:]


@contextmanager
def unpacked(content: Content, largest: int = LARGEST) -> Iterator[Content]:
    """The document as `unpack` gives it, of any length, for as long as the context is open.

    Raises TooLarge where it would be more than `largest` bytes.
    """
    if content[: len(_MAGIC)] != _MAGIC:
        yield content
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        try:
            for piece in _plain(content, largest):
                file.write(piece)
        except zlib.error:
            yield content
        else:
            yield FileContent(file)


def _plain(content: Content, largest: int) -> Iterator[bytes]:
    """The pieces of a gzipped document, which may have several members. Raises zlib.error."""
    left = largest
    reader = zlib.decompressobj(wbits=31)
    for packed in steps(content):
        rest = packed
        while rest:
            if reader.eof:
                reader = zlib.decompressobj(wbits=31)
            piece = reader.decompress(rest, STEP)
            left -= len(piece)
            if left < 0:
                raise TooLarge(f"The document unpacks to more than {largest:,} bytes.")
            yield piece
            rest = reader.unconsumed_tail or reader.unused_data
            if reader.eof and not rest.startswith(_MAGIC[: len(rest)]):
                return  # padding after the last member
    if left == largest and not reader.eof:
        raise zlib.error("it ends before its first byte")
