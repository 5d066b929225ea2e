"""Two PostgreSQL servers on loopback: a primary, and a replica that follows it by streaming."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config import ownership, servers
from tests.config.processes import wait_until


class Server:
    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"postgresql://broadsheet@127.0.0.1:{self.port}/broadsheet"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = servers.POSTGRES | servers.POSTGRES_SCRATCH
        settings |= {"listen_addresses": "127.0.0.1", "port": str(self.port)}
        settings |= {"unix_socket_directories": "", "hot_standby_feedback": "on"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        home = self.folder.parent
        with ownership.open_log(home / f"{self.folder.name}.log") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self.folder, *options],
                cwd="/",
                stdout=log,
                stderr=log,
                **ownership.as_owner(home),
            )
        wait_until(lambda: servers.answers(self.url))

    def stop(self) -> None:
        """At once, whoever asks it something."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)

    def signal(self, number: int) -> None:
        """To each of its processes."""
        assert self._process
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for pid in [parent, *map(int, children)]:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def ask(self, question: str, *values: Any) -> Any:
        """The first value of its answer, where it gives one."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(question.encode(), values)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None


class Pair:
    def __init__(self) -> None:
        programs = servers.programs().get("postgres")
        if programs is None:
            pytest.skip("PostgreSQL's wheel is not installed (requirements/dev.txt)")
        self._home = Path(tempfile.mkdtemp(prefix="broadsheet-pair-"))
        ownership.settle(self._home)
        ownership.open_programs(programs)
        servers.make_cluster(self._home, programs, scratch=True)
        self.primary = Server(self._home / "postgres", programs)
        self.replica = Server(self._home / "replica", programs)
        self.primary.start()
        subprocess.run(
            [
                *(programs / "pg_basebackup", "-d", self.primary.url, "-D", self.replica.folder),
                *("-R", "--checkpoint=fast", "--no-sync"),
            ],
            cwd="/",
            check=True,
            capture_output=True,
            **ownership.as_owner(self._home),
        )
        self.replica.start()

    def pause(self) -> None:
        """The replica receives what is new, and shows none of it."""
        self.follow()
        self.replica.ask("SELECT pg_wal_replay_pause()")
        wait_until(lambda: self.replica.ask("SELECT pg_get_wal_replay_pause_state()") == "paused")

    def resume(self) -> None:
        self.replica.ask("SELECT pg_wal_replay_resume()")
        self.follow()

    def follow(self) -> None:
        """Waits until the replica shows all that was written by now."""
        place = self.primary.ask("SELECT pg_current_wal_flush_lsn()::text")
        shown = f"SELECT pg_last_wal_replay_lsn() >= '{place}'::pg_lsn"
        wait_until(lambda: self.replica.ask(shown))

    def end(self) -> None:
        for server in (self.replica, self.primary):
            server.stop()
        shutil.rmtree(self._home, ignore_errors=True)
