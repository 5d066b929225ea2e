"""`python -m benchmarks.serving_front SECONDS PAPERS`: how fast web processes answer readers.

Prints what it found as JSON. The database, the broker and the web processes are its own, and so
are the processes that ask.
"""

import itertools
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread

from benchmarks.crowd import crowd
from benchmarks.serving import BARE, COLD, KEEPING, KNOWING, Speeds, by_turns, read, site
from drills import database

# Of the papers on the front page, by their place in it.
VOTED, SAVED, READ = (0, 3, 7), (3, 9), (0, 1, 2, 3, 4)
READER = "reader@example.org"
VOTES = 20  # a second, where others vote meanwhile


def main() -> None:
    seconds, count = float(sys.argv[1]), int(sys.argv[2])
    database.begin()
    crowd(count)
    with tempfile.TemporaryDirectory() as folder:
        found = _front(Path(folder), seconds)
    told: dict[str, object] = {name: asdict(one) for name, one in found.items()}
    told["queries"] = {"rate": _queries(), "p95": 0}
    print(json.dumps(told))


def _front(folder: Path, seconds: float) -> Speeds:
    with ExitStack() as sites:

        def serve(name: str, **environment: str) -> str:
            return sites.enter_context(site(folder, name, **environment))

        kept = serve("kept", **KEEPING)
        page, etag = read(f"{kept}/")
        (folder / "page").write_bytes(page)
        body = {"BENCH_BODY": str(folder / "page")}
        plain = serve("plain", application="benchmarks.plain:application", **body)
        bare, cold = serve("bare", **BARE), serve("cold", **COLD)
        standing = serve("standing", **KNOWING, **KEEPING)
        reader = {"Cookie": _cookies()}
        asked = {f"bare {name}": (f"{bare}/{name}", {}) for name in ("small", "row")}
        asked |= {"plain": (f"{plain}/", {}), "kept": (f"{kept}/", {})}
        asked |= {"304": (f"{kept}/", {"If-None-Match": etag})}
        asked |= {"uncached": (f"{standing}/", {}), "signed in": (f"{kept}/", reader)}
        asked |= {"cold": (f"{cold}/", {}), "cold, signed in": (f"{cold}/", reader)}
        found = by_turns(asked, seconds)
        busy = {"row": (f"{bare}/row", {}), "signed in": (f"{kept}/", reader)}
        busy |= {"kept": (f"{kept}/", {})}
        with _others_vote():
            found |= {f"busy {name}": one for name, one in by_turns(busy, seconds).items()}
        return found


def _cookies() -> str:
    """The cookies of a reader who is signed in, and said something of papers on the page."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (needs the settings)
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from feeds import collecting, marking, voting  # noqa: PLC0415

    reader, shown, now = get_user_model().objects.create_user(READER), _shown(), timezone.now()
    for place in VOTED:
        voting.vote(shown[place], reader.pk)
    for place in SAVED:
        collecting.save(shown[place], reader.pk)
    for place in READ:
        marking.mark_read(shown[place], reader.pk, now)
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    client.get("/")  # which brings the token of forms
    return "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())


def _shown() -> list[int]:
    """The papers of the front page, by id."""
    from feeds import reading  # noqa: PLC0415
    from feeds.query import FeedQuery  # noqa: PLC0415

    return [paper.id for paper in reading.papers_in(FeedQuery()).papers]


@contextmanager
def _others_vote() -> Iterator[None]:
    """Others vote for papers of the page, so often a second, for as long as the block lasts."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from feeds import voting  # noqa: PLC0415

    voter, shown, over = (
        get_user_model().objects.create_user("other@example.org"),
        _shown(),
        Event(),
    )

    def vote() -> None:
        for paper in itertools.cycle(shown[10:20]):
            voting.vote(paper, voter.pk)
            if over.wait(0.5 / VOTES):
                break
            voting.unvote(paper, voter.pk)
            if over.wait(0.5 / VOTES):
                break
        connection.close()

    thread = Thread(target=vote)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _queries() -> int:
    """How often the page of one who is signed in asks the database, where nothing changed."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(email=READER))
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    return len(asked)


if __name__ == "__main__":
    main()
