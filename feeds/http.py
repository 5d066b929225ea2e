"""The only outbound HTTP client: bounded in every way, and never led to a private address."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

import httpcore
import stamina
from django.conf import settings

from feeds.guard import PORTS, Guard, Refused, Unreachable, allowed
from feeds.packing import TooLarge, unpack

__all__ = ["Answer", "Fetched", "Limits", "Refused", "Unreachable", "fetch", "post"]

MOST_REDIRECTS = 5
LONGEST_WAIT = 10.0  # seconds that one call waits before it tries again
LARGEST_REFUSAL = 100_000  # bytes that are read of an answer that says why not
_RESERVED = "%/:=&?~+!$,;'@()*[]"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Limits:
    """`largest` bytes of a body, packed or unpacked; `silence` seconds without a byte;
    `deadline` seconds for one try with all its redirects; `attempts` tries."""

    largest: int = 100 * 1024 * 1024
    silence: float = 20.0
    deadline: float = 120.0
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `unchanged` is a 304 to the given `etag` or `modified`; it has no content."""

    url: str
    content: bytes
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a post was answered, whatever that was; `content` is the beginning of its body, and
    `retry_after` the seconds that it asks to wait."""

    status: int
    content: bytes
    retry_after: float | None = None


Turn = Callable[[str], AbstractContextManager[None]]


def _at_once(_: str) -> AbstractContextManager[None]:
    return contextlib.nullcontext()


def fetch(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    headers: Mapping[str, str] | None = None,
    limits: Limits = Limits(),
    turn: Turn = _at_once,
    body: bytes | None = None,
) -> Fetched:
    """Gets `url`, following at most five redirects; with a `body` it posts that, and follows none.

    Only http on port 80 and https on port 443 of public addresses are reached, but for the
    places in FETCH_ALLOWED. Each address that is asked is asked inside its `turn`, and nothing
    is left open after it. Raises Refused, or Unreachable after the last try.
    """
    sent = {"User-Agent": f"Broadsheet (+{settings.SITE_URL})", "Accept-Encoding": "gzip"}
    sent |= headers or {}
    sent |= {"If-None-Match": etag} if etag else {}
    sent |= {"If-Modified-Since": modified} if modified else {}
    for attempt in stamina.retry_context(
        on=_worth_another_try, attempts=limits.attempts, wait_max=LONGEST_WAIT
    ):
        with attempt:
            return _follow(url, sent, limits, turn, body)
    raise AssertionError("the last attempt returns or raises")


def post(
    url: str, body: bytes, *, headers: Mapping[str, str], seconds: float, keep: int = 1024
) -> Answer:
    """Posts the body once and gives the answer, a redirect or a refusal too; none is followed.

    `keep` bytes of it are read. The same places are reached as by `fetch`. Raises Refused where
    the address is not to be asked, Unreachable where nobody answers within `seconds`.
    """
    address = _address(url)
    waits = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    sent = {"User-Agent": f"Broadsheet (+{settings.SITE_URL})", **headers}
    lines: list[tuple[bytes | str, bytes | str]] = list(sent.items())
    with (
        _in_words(address),
        httpcore.ConnectionPool(network_backend=Guard(time.monotonic() + seconds)) as pool,
        pool.stream(
            "POST", address, headers=lines, content=body, extensions={"timeout": waits}
        ) as response,
    ):
        given = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        kept = _beginning(response.iter_stream(), keep)
        return Answer(response.status, kept, _retry_after(given.get(b"retry-after", "")))


def _beginning(chunks: Iterable[bytes], keep: int) -> bytes:
    """The first bytes of a body, as far as they come: the status has been heard already."""
    body = bytearray()
    broken = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException)
    with contextlib.suppress(Unreachable, *broken):
        for chunk in chunks:
            body += chunk
            if len(body) >= keep:
                break
    return bytes(body[:keep])


def _worth_another_try(error: Exception) -> bool | float:
    if not isinstance(error, Unreachable):
        return False
    if error.retry_after is None:
        return True
    return error.retry_after if error.retry_after <= LONGEST_WAIT else False


def _follow(
    url: str, headers: Mapping[str, str], limits: Limits, turn: Turn, body: bytes | None
) -> Fetched:
    left = limits.deadline
    for _ in range(MOST_REDIRECTS + 1):
        address = _address(url)
        with turn(address):
            began = time.monotonic()
            answer = _ask(address, headers, limits, began + left, body)
            left -= time.monotonic() - began  # waiting for a turn does not count
        if isinstance(answer, Fetched):
            return answer
        if body is not None:
            raise Refused(f"{url[:200]} leads elsewhere; what is sent is not sent there too.")
        url = answer
    raise Refused(f"{url[:200]}: more than {MOST_REDIRECTS} redirects.")


def _address(url: str) -> str:
    """The address in ASCII, without its fragment. Raises Refused where it is not to be asked."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        raise Refused(f"{url[:200]!r} is no address.") from None
    if parts.scheme not in PORTS or not host or port is None:
        raise Refused(f"{url[:200]!r} is no address that starts with http:// or https://.")
    if parts.username or parts.password:
        raise Refused("The address holds a name or a password; that is not sent.")
    if port != PORTS[parts.scheme] and not allowed(host, port):
        raise Refused(f"{host} is named with port {port}; only 80 and 443 are open.")
    place = f"[{host}]" if ":" in host else host
    rest = quote(parts._replace(scheme="", netloc="", fragment="").geturl(), safe=_RESERVED)
    return f"{parts.scheme}://{place}:{port}{rest if rest.startswith('/') else f'/{rest}'}"


def _ask(
    url: str, headers: Mapping[str, str], limits: Limits, deadline: float, body: bytes | None
) -> Fetched | str:
    """The answer, or the address that it leads to."""
    waits = dict.fromkeys(("connect", "read", "write", "pool"), limits.silence)
    lines: list[tuple[bytes | str, bytes | str]] = list(headers.items())
    with (
        _in_words(url),
        httpcore.ConnectionPool(network_backend=Guard(deadline)) as pool,
        pool.stream(
            "GET" if body is None else "POST",
            url,
            headers=lines,
            content=body,
            extensions={"timeout": waits},
        ) as response,
    ):
        given = {name.decode().lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _REDIRECTS and "location" in given:
            return urljoin(url, given["location"])
        _check_temporary(url, response.status, given)
        unchanged = response.status == 304
        if not unchanged and not 200 <= response.status < 300:
            why = _why(url, response.iter_stream(), limits, deadline)
            raise Refused(f"{url[:200]} answers {response.status}.", response.status, why)
        packed = b"" if unchanged else _read(url, response.iter_stream(), limits, deadline)
    return Fetched(
        url,
        _unpacked(url, packed, given.get("content-encoding", ""), limits),
        given.get("content-type", ""),
        given.get("etag", ""),
        given.get("last-modified", ""),
        unchanged,
    )


@contextlib.contextmanager
def _in_words(url: str) -> Iterator[None]:
    host = urlsplit(url).hostname
    try:
        yield
    except httpcore.TimeoutException:
        raise Unreachable(f"{host} was silent for too long.") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Unreachable(f"{host} broke off: {str(error) or type(error).__name__}.") from None


def _check_temporary(url: str, status: int, headers: Mapping[str, str]) -> None:
    if status in _TEMPORARY:
        wait = _retry_after(headers.get("retry-after", ""))
        raise Unreachable(f"{urlsplit(url).hostname} answers {status} for now.", wait)


def _why(url: str, chunks: Iterable[bytes], limits: Limits, deadline: float) -> bytes:
    """The body of a refusal, unpacked; b"" where it is long, or breaks off."""
    try:
        body = _read(url, chunks, replace(limits, largest=LARGEST_REFUSAL), deadline)
        return unpack(body, LARGEST_REFUSAL)
    except (Refused, Unreachable, TooLarge, httpcore.TimeoutException):
        return b""
    except (httpcore.NetworkError, httpcore.ProtocolError):
        return b""


def _retry_after(text: str) -> float | None:
    """Seconds from now, given as such or as a date (RFC 9110, 10.2.3)."""
    if text.strip().isdecimal() and len(text) < 10:
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _read(url: str, chunks: Iterable[bytes], limits: Limits, deadline: float) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limits.largest:
            raise Refused(f"{url[:200]} is longer than {limits.largest:,} bytes.")
        if time.monotonic() > deadline:
            raise Unreachable(f"{urlsplit(url).hostname} took too long to answer.")
    return bytes(body)


def _unpacked(url: str, body: bytes, encoding: str, limits: Limits) -> bytes:
    if encoding.strip().lower() in ("", "identity"):
        return body
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        raise Refused(f"{url[:200]} is packed as {encoding[:20]!r}, which was not asked for.")
    try:
        return unpack(body, limits.largest)
    except TooLarge as error:
        raise Refused(f"{url[:200]}: {error}") from None
