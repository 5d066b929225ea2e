"""Answers leave compressed, by brotli or gzip, as the client can read them.

Each carries a random number of bytes that mean nothing, so that the length of a page does not tell
whether a guess at a secret in it was right (BREACH).
"""

import secrets
from collections.abc import Callable, Iterator
from typing import cast

import brotli
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_sequence, compress_string

SMALLEST = 200  # bytes; less is not worth it
MOST_PADDING = 100  # bytes
# At this quality pages become smaller than by gzip, in about the same time.
QUALITY = 4
_TEXTS = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}


class Compressed:
    """Middleware. Leaves alone what is small, encoded already, or streamed and no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._get_response(request)
        if "Content-Encoding" in answer:
            return answer
        if isinstance(answer, StreamingHttpResponse):
            return _streamed(request, answer)
        if not isinstance(answer, HttpResponse) or len(answer.content) < SMALLEST:
            return answer
        patch_vary_headers(answer, ("Accept-Encoding",))
        coding = coding_for(request)
        if coding:
            _encode(answer, coding)
        return answer


def _streamed(request: HttpRequest, answer: StreamingHttpResponse) -> StreamingHttpResponse:
    """A file of the site where nothing compressed it before: styles and scripts, by gzip."""
    kind = answer.get("Content-Type", "").partition(";")[0]
    if answer.is_async or answer.status_code != 200 or kind not in _TEXTS:
        return answer
    patch_vary_headers(answer, ("Accept-Encoding",))
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        content = cast("Iterator[bytes]", answer.streaming_content)
        answer.streaming_content = compress_sequence(content)
        answer["Content-Encoding"] = "gzip"
        del answer["Content-Length"]
    return answer


def coding_for(request: HttpRequest) -> str:
    """The best coding that the client reads: "br", "gzip", or "" for none."""
    wanted = request.headers.get("Accept-Encoding", "")
    read = {
        name.strip().lower()
        for name, _, weight in (part.partition(";") for part in wanted.split(","))
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    }
    return next((coding for coding in _CODINGS if coding in read), "")


def _encode(answer: HttpResponse, coding: str) -> None:
    shorter = _CODINGS[coding](answer.content)
    if len(shorter) >= len(answer.content):
        return
    answer.content = shorter
    answer["Content-Length"] = str(len(shorter))
    answer["Content-Encoding"] = coding
    # The same words in other bytes: a strong ETag would promise the same bytes.
    if (etag := answer.get("ETag", "")) and etag.startswith('"'):
        answer["ETag"] = f"W/{etag}"


def _brotli(content: bytes) -> bytes:
    made = brotli.Compressor(mode=brotli.MODE_TEXT, quality=QUALITY)
    start = made.process(b"") + made.flush()  # ends with a whole byte
    padding = _metadata(1 + secrets.randbelow(MOST_PADDING))
    return b"".join([start, padding, made.process(content), made.finish()])


def _metadata(length: int) -> bytes:
    """A block of so many bytes (256 at most) that readers skip: RFC 7932, section 9.2."""
    size = length - 1
    return bytes([0b01_0110 | (size & 0b11) << 6, size >> 2]) + b"a" * length


def _gzip(content: bytes) -> bytes:
    return compress_string(content, max_random_bytes=MOST_PADDING)


_CODINGS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
