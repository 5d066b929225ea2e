"""A client that asks one thing again and again over kept connections, from processes of its own."""

import multiprocessing
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

CLIENTS = 4
WARMING = 0.3  # seconds that do not count
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Speed:
    """Requests a second, the 95th percentile of their times in milliseconds, and what came."""

    rate: float
    p95: float
    status: int
    length: int


def speed(address: str, seconds: float, headers: Mapping[str, str] | None = None) -> Speed:
    """How fast the address answers `CLIENTS` clients that wait for nothing else.

    Raises ValueError where two answers have different statuses.
    """
    request = _request(address, headers or {})
    place = urlsplit(address)
    context = multiprocessing.get_context("fork")
    with context.Pool(CLIENTS) as pool:
        work = [(place.hostname, place.port, request, seconds)] * CLIENTS
        found = pool.starmap(_ask, work)
    times = sorted(took for asked, _, _ in found for took in asked)
    statuses = {status for _, status, _ in found}
    if len(statuses) != 1:
        raise ValueError(f"{address} answered {sorted(statuses)}")
    return Speed(
        rate=len(times) / seconds,
        p95=times[int(0.95 * len(times))] * 1000,
        status=statuses.pop(),
        length=found[0][2],
    )


def _request(address: str, headers: Mapping[str, str]) -> bytes:
    place = urlsplit(address)
    path = f"{place.path or '/'}{'?' + place.query if place.query else ''}"
    told = {"Host": place.netloc, "Accept": "*/*", **headers}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def _ask(host: str, port: int, request: bytes, seconds: float) -> tuple[list[float], int, int]:
    """The times of the answers, and the status and length of the last."""
    times: list[float] = []
    with socket.create_connection((host, port), timeout=60) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.perf_counter()
        status = length = 0
        while (begun := time.perf_counter()) < start + WARMING + seconds or not times:
            line.sendall(request)
            status, length = _answer(line)
            if begun >= start + WARMING:
                times.append(time.perf_counter() - begun)
    return times, status, length


def _answer(line: socket.socket) -> tuple[int, int]:
    """Reads one answer to its end: its status, and the length of its body."""
    got = line.recv(_CHUNK)
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(line)
    head = got[:end].lower()
    status = int(head[9:12])
    if status in (204, 304):
        return status, 0
    at = head.index(b"content-length:") + 15
    length = int(head[at : at + 20].split(b"\r\n", 1)[0])
    left = length - (len(got) - end - 4)
    while left > 0:
        left -= len(_more(line))
    return status, length


def _more(line: socket.socket) -> bytes:
    got = line.recv(_CHUNK)
    if not got:
        raise ConnectionError("the server closed the connection in the middle of an answer")
    return got
