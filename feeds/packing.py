"""Documents as they are kept: gzipped, and never unpacked beyond a bound."""

import gzip
import zlib

LARGEST = 1024 * 1024 * 1024
_MAGIC = b"\x1f\x8b"


class TooLarge(ValueError):
    """A packed document that would unpack to more than is read."""


def pack(content: bytes) -> bytes:
    """The same bytes for the same content, whenever they are packed."""
    return gzip.compress(content, mtime=0)


def unpack(content: bytes, largest: int = LARGEST) -> bytes:
    """The document; one that is not gzipped, or broken, comes back as it is.

    Raises TooLarge where it would be more than `largest` bytes.
    """
    if not content.startswith(_MAGIC):
        return content
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(content, largest)
    except zlib.error:
        return content
    if reader.unconsumed_tail:
        raise TooLarge(f"The document unpacks to more than {largest:,} bytes.")
    return plain
