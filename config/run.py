"""`make run`: the services, web, worker and beat on this machine, until it is told to stop."""

import os
import signal
import socket
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NoReturn

from config import embedded
from config.parts import PATIENCE, Part, end_with, parts, spawn

TICK = 1.0  # seconds between two looks at the children
PAUSE = 0.2  # the same until the site answers
READY = 60.0  # seconds until it should
LONGEST_PORT = 65535
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Refused(Exception):
    """It cannot start; the message is one sentence that says what to do."""


def say(sentence: str) -> None:
    sys.stderr.write(f"broadsheet: {sentence}\n")


def free_port() -> int:
    """The port that PORT names. Raises Refused where it is none, or in use."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= LONGEST_PORT):
        raise Refused(f"PORT is {text!r}; it takes a number from 1 to {LONGEST_PORT}.")
    try:
        socket.create_server(("127.0.0.1", int(text))).close()
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise Refused(f"Port {text} cannot be used ({why}); PORT=8001 takes another.") from None
    return int(text)


def logs_folder() -> Path:
    """The folder of the children's logs. Raises Refused where it cannot be written."""
    folder = embedded.data_folder() / "logs"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "start.log").write_text("")
    except OSError as error:
        raise Refused(embedded.not_writable(folder.parent, error)) from None
    return folder


def prepare(log: Path) -> None:
    """Brings the tables up to date and loads the sample into an empty instance. Raises Refused."""
    # Checks are for who changes the code: they take a tenth of a first start.
    commands = ["migrate --no-input --verbosity=0 --skip-checks", "sample --skip-checks"]
    if not os.environ.get("BROADSHEET_EMBEDDED"):
        commands.append("collectstatic --no-input --verbosity=0")
    for command in commands:
        process = spawn(["manage.py", *command.split()], log)
        try:
            failed = process.wait()
        finally:
            process.kill()
        if failed:
            reason = (log.read_text().strip().splitlines() or ["no reason given"])[-1]
            raise Refused(f"{reason.removeprefix('broadsheet: ')} (manage.py {command}; {log})")


def answers(port: int) -> bool:
    """Whether the site is ready. A redirect or an unknown host name is an answer too."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome() -> str:
    site = os.environ["SITE_URL"]
    to_files = os.environ.get("BROADSHEET_EMBEDDED") and not os.environ.get("EMAIL_URL")
    mail = f" Mail is not sent: {site}/outbox/ shows it." if to_files else ""
    return f"Read at {site} (Ctrl-C stops it).{mail}"


def watch(children: list[Part], port: int) -> NoReturn:
    """Says where the site is once it answers, and starts again what ends."""
    late = time.monotonic() + READY
    told = False
    while True:
        for child in children:
            if sentence := child.tend():
                say(sentence)
        embedded.look_after()
        if not told and answers(port):
            say(welcome())
            told = True
        elif not told and time.monotonic() > late:
            say(f"The site does not answer yet; the logs are in {children[0].log.parent}.")
            late += READY
        time.sleep(TICK if told else PAUSE)


def run() -> NoReturn:
    """Ends by a signal's SystemExit. Raises Refused, embedded.Unavailable."""
    port = free_port()
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    logs = logs_folder()
    children: list[Part] = []
    try:
        embedded.ensure()
        prepare(logs / "start.log")
        children += parts(logs, port)
        watch(children, port)
    finally:
        for child in children:
            child.ask_to_end()
        deadline = time.monotonic() + PATIENCE
        for child in children:
            child.end(deadline)
        embedded.leave()


def stop(_number: int, _frame: object) -> NoReturn:
    for each in STOPPING:  # a second signal shall not cut the ending short
        signal.signal(each, signal.SIG_IGN)
    say("Stopping.")
    raise SystemExit(0)


def main() -> None:
    for each in STOPPING:
        signal.signal(each, stop)
    if "MAKELEVEL" in os.environ:
        end_with(os.getppid())  # make, which may be killed without a word to us
    try:
        run()
    except (Refused, embedded.Unavailable) as problem:
        sys.exit(f"broadsheet: {problem}")


if __name__ == "__main__":
    main()
