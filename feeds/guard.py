"""Connections to public addresses alone, that end at their deadline.

This stands on httpcore, not on httpx, because what has to be guarded is the connection: the address
that a name resolves to is checked and then connected to, so that a second look-up cannot differ.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore
from django.conf import settings

PORTS = {"http": 80, "https": 443}


class Refused(Exception):
    """What was asked for is not to be had, and asking again will not help; a sentence.

    `status` and `content` are those of the answer that said so, if one did.
    """

    def __init__(self, sentence: str, status: int = 0, content: bytes = b"") -> None:
        super().__init__(sentence)
        self.status = status
        self.content = content


class Unreachable(Exception):
    """Nobody answered, or the answer was to come back later; a sentence.

    `retry_after` are the seconds that the other side asked for, if it did.
    """

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


def reachable(host: str, port: int) -> str:
    """The address to connect to for `host`. Raises Refused where it is not a public one."""
    addresses = _addresses(host, port)
    if not allowed(host, port) and not all(map(_is_public, addresses)):
        raise Refused(f"{host} leads to an address that is not public; it was not asked.")
    return addresses[0]


class Guard(httpcore.NetworkBackend):
    """Connects to public addresses alone, whatever a name resolves to, until the deadline."""

    def __init__(self, deadline: float) -> None:
        self._backend = httpcore.SyncBackend()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = reachable(host, port)
        stream = self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
        return _Timed(stream, host, self._deadline)


class _Timed(httpcore.NetworkStream):
    """A connection that ends at its deadline, however slowly bytes drip in."""

    def __init__(self, stream: httpcore.NetworkStream, host: str, deadline: float) -> None:
        self._stream = stream
        self._host = host
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if time.monotonic() > self._deadline:
            raise Unreachable(f"{self._host} took too long to answer.")
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return _Timed(inner, self._host, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def allowed(host: str, port: int) -> bool:
    """Whether the place may be asked though it is private, or at another port."""
    return f"{host}:{port}" in settings.FETCH_ALLOWED


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"There is no address for {host}.") from None
    return [str(entry[4][0]) for entry in found]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)
