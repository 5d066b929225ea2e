"""`make run`: says where it is, keeps its parts, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from config.keeper import commands
from tests.accounts.smtp import free_port
from tests.config.processes import (
    PATIENCE,
    ROOT,
    clean_environment,
    kill,
    processes_with,
    python,
    wait_until,
)

LONGEST_END = 10.0  # seconds
LONGEST_SILENCE = 180.0


class Running:
    """`make run` on a free port, in a group of its own, as a terminal starts it."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.make = subprocess.Popen(
            ["make", "run", "-o", ".venv/installed-run", f"IN_VENV={sys.executable}"],
            cwd=ROOT,
            env=clean_environment(PORT=str(self.port), BROADSHEET_DATA=str(data)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def says(self, words: str) -> str:
        """The first line from now on that has these words."""
        end = threading.Timer(LONGEST_SILENCE, self.make.kill)
        end.start()
        try:
            for line in self.make.stdout:
                if words in line:
                    return line
        finally:
            end.cancel()
        raise AssertionError(f"it ended without saying {words!r}")

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def left(self) -> list[int]:
        """Every process that works with this data."""
        folders = [str(self.data), str(self.data.resolve())]
        return [pid for pid in everybody() if any(name in about(pid) for name in folders)]

    def supervisor(self) -> int:
        parents = {pid for pid in processes_with("config.run") if parent(pid) == self.make.pid}
        return parents.pop()

    def part(self, name: str) -> int:
        boss = self.supervisor()
        return next(pid for pid in processes_with(name) if parent(pid) == boss)


def everybody() -> list[int]:
    return [pid for pid, _ in commands() if pid != os.getpid()]


def about(pid: int) -> str:
    """What a process was started with: its words and its environment."""
    texts = []
    for name in ("cmdline", "environ"):
        try:
            texts.append(Path(f"/proc/{pid}/{name}").read_bytes().decode(errors="replace"))
        except OSError:
            continue  # it has ended
    return "\0".join(texts)


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "data"


@pytest.fixture
def start(data: Path) -> Iterator[Callable[[], Running]]:
    started: list[Running] = []

    def run() -> Running:
        started.append(Running(data))
        return started[-1]

    yield run
    for running in started:
        for pid in running.left():
            os.kill(pid, signal.SIGTERM)
        wait_until(lambda: not running.left())  # noqa: B023 - called at once
        running.make.wait()
        running.make.stdout.close()


def interrupt(running: Running) -> None:
    os.killpg(running.make.pid, signal.SIGINT)


def ask_make(running: Running) -> None:
    running.make.terminate()


def kill_make(running: Running) -> None:
    running.make.kill()


def kill_supervisor(running: Running) -> None:
    kill(running.supervisor())


def test_a_first_start_says_where_and_has_something_to_read(start: Callable[[], Running]) -> None:
    running = start()
    line = running.says("Read at")
    assert f"http://127.0.0.1:{running.port} " in line
    assert f"http://127.0.0.1:{running.port}/outbox/" in line
    assert running.get("/readyz")[0] == 200
    assert re.search(r'"arxiv_id": ?"\d', running.get("/api/v1/papers")[1])
    assert running.get("/outbox/")[0] == 200
    before = running.part("celery\0--quiet\0-A\0config\0worker")
    kill(before)
    assert "worker ended (SIGKILL) and starts again in 1 s" in running.says("ended")
    wait_until(lambda: any(parent(pid) == running.supervisor() for pid in workers() - {before}))
    interrupt(running)
    wait_until(lambda: not running.left(), LONGEST_END)
    assert not list(ROOT.glob("celerybeat*"))


def workers() -> set[int]:
    return set(processes_with("celery\0--quiet\0-A\0config\0worker"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a parent's death")
@pytest.mark.parametrize("end", [ask_make, kill_make, kill_supervisor])
def test_a_later_start_finds_the_data_and_leaves_nothing_however_it_ends(
    start: Callable[[], Running], end: Callable[[Running], None]
) -> None:
    began = time.monotonic()
    running = start()
    running.says("Read at")
    assert time.monotonic() - began < PATIENCE
    assert running.get("/api/v1/papers?limit=1")[0] == 200
    end(running)
    wait_until(lambda: not running.left(), LONGEST_END)


def refused(**variables: str) -> str:
    process = python("-m", "config.run", environment=clean_environment(**variables))
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert len(said.splitlines()) == 1, said
    return said


def test_a_port_in_use_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(PORT=port, BROADSHEET_DATA=str(tmp_path / "data"))
    assert said.startswith(f"broadsheet: Port {port} cannot be used (Address already in use)")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "٨٠٠٠", "80 80"])
def test_a_port_that_is_none_is_refused_in_a_sentence(tmp_path: Path, port: str) -> None:
    said = refused(PORT=port, BROADSHEET_DATA=str(tmp_path / "data"))
    assert said.startswith(f"broadsheet: PORT is {port!r}; it takes a number from 1 to 65535")


def test_data_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused(PORT=str(free_port()), BROADSHEET_DATA=str(tmp_path / "file" / "data"))
    assert said.startswith("broadsheet: The data directory ")


def test_a_wrong_setting_is_refused_with_its_name(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    said = refused(PORT=str(free_port()), BROADSHEET_DATA=data, SITE_URL="papers.example.org")
    assert said.startswith("broadsheet: SITE_URL is wrong; it takes http://… or https://…")
