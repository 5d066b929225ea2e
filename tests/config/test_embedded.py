"""The services that start themselves: shared, kept, and gone with their last user."""

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from tests.config.processes import clean_environment, kill, processes_with, python, wait_until

# Uses the services until its standard input ends; says where they are.
USER = """
import json, os, sys
from config import embedded
try:
    embedded.ensure(scratch=sys.argv[1] == "scratch")
except embedded.Unavailable as problem:
    sys.exit(f"unavailable: {problem}")
print(json.dumps({name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}))
sys.stdout.flush()
sys.stdin.read()
"""


class User:
    """A process that uses the services of a data directory."""

    def __init__(self, data: Path, kind: str = "scratch", **variables: str) -> None:
        environment = clean_environment(BROADSHEET_DATA=str(data), **variables)
        self.process = python("-c", USER, kind, environment=environment)

    def said(self) -> dict[str, str]:
        line = self.process.stdout.readline()
        assert line.startswith("{"), line + self.process.stdout.read()
        return json.loads(line)

    def leave(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)
        assert self.process.returncode == 0

    def die(self) -> None:
        self.process.kill()
        self.process.wait(30)
        self.process.stdin.close()
        self.process.stdout.close()


def servers(data: Path) -> list[int]:
    """Every process that keeps or serves this data directory."""
    name = json.loads((data / "servers" / "servers.json").read_text())[0]["marker"]
    return processes_with(f"{data}/servers") + processes_with(name)


def keepers(data: Path) -> list[int]:
    return [pid for pid in processes_with("keeper.py") if pid in processes_with(f"{data}/servers")]


def postmasters(data: Path) -> list[int]:
    return processes_with(f"-D\0{data}/servers/postgres\0")


def write_and_read(where: dict[str, str]) -> None:
    with psycopg.connect(where["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
        assert connection.execute("SELECT DISTINCT word FROM kept").fetchall() == [("here",)]
    with redis.Redis.from_url(where["REDIS_URL"]) as client:
        client.set("kept", "here")
        assert client.get("kept") == b"here"


def answers(where: dict[str, str]) -> bool:
    try:
        write_and_read(where)
    except (psycopg.Error, redis.RedisError):
        return False
    return True


Use = Callable[..., User]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def use(data: Path) -> Iterator[Use]:
    """Starts a user; whatever a test started is gone after it."""
    users: list[User] = []

    def start(*arguments: str, folder: Path = data, **variables: str) -> User:
        users.append(User(folder, *arguments, **variables))
        return users[-1]

    yield start
    for user in users:
        user.die()
    if (data / "servers" / "servers.json").exists():
        wait_until(lambda: not servers(data))


def test_two_processes_share_the_services_and_the_last_stops_them(use: Use, data: Path) -> None:
    first = use()
    where = first.said()
    write_and_read(where)
    second = use()
    assert second.said() == where
    first.leave()
    write_and_read(where)
    second.leave()
    assert servers(data) == []


def test_processes_that_start_together_start_one_of_each(use: Use, data: Path) -> None:
    users = [use() for _ in range(4)]
    assert len({json.dumps(user.said()) for user in users}) == 1
    assert len(keepers(data)) == 1
    for user in users:
        user.process.stdin.close()
    wait_until(lambda: not servers(data))


def test_what_was_written_is_there_at_the_next_start(use: Use, data: Path) -> None:
    first = use()
    where = first.said()
    write_and_read(where)
    first.leave()
    second = use()
    assert second.said() == where
    with psycopg.connect(where["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("here",)]
    second.leave()


def test_a_user_that_is_killed_leaves_nothing_behind(use: Use, data: Path) -> None:
    user = use()
    user.said()
    assert servers(data)
    user.die()
    wait_until(lambda: not servers(data))


def test_a_postgresql_that_is_killed_is_started_again(use: Use, data: Path) -> None:
    user = use()
    where = user.said()
    killed = postmasters(data)
    kill(*killed)
    wait_until(lambda: postmasters(data) != killed and answers(where))
    user.leave()


def test_a_start_right_after_the_kill_of_postgresql_gets_one_that_answers(
    use: Use, data: Path
) -> None:
    user = use()
    user.said()
    kill(*postmasters(data))
    late = use()
    write_and_read(late.said())
    user.leave()
    late.leave()


def test_a_keeper_that_is_killed_is_replaced_by_the_next_user(use: Use, data: Path) -> None:
    first = use()
    where = first.said()
    killed = keepers(data)
    kill(*killed)
    assert answers(where)
    second = use()
    assert second.said() == where
    assert len(keepers(data)) == 1
    assert keepers(data) != killed
    write_and_read(where)
    adopted = postmasters(data)
    kill(*adopted)
    wait_until(lambda: postmasters(data) != adopted and answers(where))


def test_the_last_user_ends_what_a_killed_keeper_left(use: Use, data: Path) -> None:
    user = use()
    where = user.said()
    kill(*keepers(data))
    assert answers(where)
    user.leave()
    assert servers(data) == []


def test_everything_killed_at_once_recovers_at_the_next_start(use: Use, data: Path) -> None:
    first = use("durable")
    where = first.said()
    write_and_read(where)
    kill(*keepers(data), *servers(data))
    first.die()
    second = use()
    assert second.said() == where
    with psycopg.connect(where["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("here",)]
    second.leave()


def test_a_port_that_was_taken_meanwhile_is_left_for_another(use: Use, data: Path) -> None:
    first = use()
    where = first.said()
    first.leave()
    port = int(where["REDIS_URL"].rsplit(":", 1)[1].split("/")[0])
    with socket.create_server(("127.0.0.1", port)):
        second = use()
        write_and_read(second.said())
        second.leave()


def test_only_what_is_not_named_is_started(use: Use, data: Path) -> None:
    user = use(DATABASE_URL="postgresql://db.example.org/papers")
    assert user.said()["DATABASE_URL"] == "postgresql://db.example.org/papers"
    assert not (data / "servers" / "postgres").exists()
    later = use()
    write_and_read(later.said())
    user.leave()
    later.leave()


@pytest.mark.parametrize("suffix", ["", "_FILE"])
def test_where_both_are_named_the_module_is_not_even_imported(data: Path, suffix: str) -> None:
    named = {f"DATABASE_URL{suffix}": "postgresql://x/y", f"REDIS_URL{suffix}": "redis://x"}
    code = """
import sys
sys.argv = ["manage.py"]
import manage
try:
    manage.main()
finally:
    print("config.embedded" in sys.modules)
"""
    environment = clean_environment(BROADSHEET_DATA=str(data), **named)
    process = python("-c", code, environment=environment)
    said, _ = process.communicate(timeout=60)
    assert said.splitlines()[-1] == "False"
    assert not data.exists()


def test_a_data_directory_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    environment = clean_environment(BROADSHEET_DATA=str(tmp_path / "file" / "data"))
    process = python("manage.py", "check", environment=environment)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith("broadsheet: The data directory ")
    assert "BROADSHEET_DATA names another" in said
    assert len(said.splitlines()) == 1


def test_data_that_postgresql_cannot_read_is_refused_in_a_sentence(use: Use, data: Path) -> None:
    (data / "servers" / "postgres").mkdir(parents=True)
    (data / "servers" / "postgres" / "PG_VERSION").write_text("9.6\n")
    user = use()
    said, _ = user.process.communicate("", timeout=60)
    assert said.startswith("unavailable: PostgreSQL does not start")
    assert len(said.splitlines()) == 1


def test_the_secret_key_is_made_once_and_private(use: Use, data: Path) -> None:
    first = use()
    key = first.said()["SECRET_KEY"]
    first.leave()
    second = use()
    assert second.said()["SECRET_KEY"] == key
    second.leave()
    assert len(key) >= 50
    assert (data / "secret_key").stat().st_mode & 0o077 == 0


def test_a_deep_data_directory_works_too(use: Use, tmp_path: Path) -> None:
    deep = tmp_path / ("a folder with a long name, " * 4) / "data"
    user = use(folder=deep)
    write_and_read(user.said())
    user.leave()
    assert servers(deep) == []


def test_a_forked_child_that_ends_does_not_end_its_parents_use(data: Path) -> None:
    code = USER.replace("sys.stdin.read()", "os.fork() or sys.exit()\nos.wait()\nsys.stdin.read()")
    environment = clean_environment(BROADSHEET_DATA=str(data))
    process = python("-c", code, "scratch", environment=environment)
    where = json.loads(process.stdout.readline())
    write_and_read(where)
    process.communicate("", timeout=30)
    assert servers(data) == []
