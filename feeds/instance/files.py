"""The file of an export: packed where its name ends in .gz, `-` for standard output and input."""

import gzip
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

STANDARD = "-"
_MAGIC = b"\x1f\x8b"
_LEVEL = 6


@contextmanager
def written(name: str) -> Iterator[IO[bytes]]:
    """A file to write to, which appears under its name when the block has ended well.

    Nobody but its owner may read it. Raises OSError, where it is there already too.
    """
    if name == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    part = path.with_name(f"{path.name}.part")
    try:
        with _private(part) as file:
            if path.suffix == ".gz":
                with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(name: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A file to read, unpacked, and the same as it lies there. Raises OSError."""
    if name == STANDARD:
        raw = sys.stdin.buffer
        yield _unpacked(raw), raw
        return
    with io.BufferedReader(io.FileIO(name)) as raw:
        yield _unpacked(raw), raw


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _unpacked(raw: IO[bytes]) -> IO[bytes]:
    if cast("io.BufferedReader", raw).peek(2).startswith(_MAGIC):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    return raw
