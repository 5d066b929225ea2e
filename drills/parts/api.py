"""Requests that the API's own description allows, and such as it forbids: none may surprise."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date

from drills import database
from drills.frame import ROOT, Asked, NotRun, Row, drills
from drills.served import served

EXAMPLES = 100  # of each operation
PAPERS = 30
MINUTES = 45.0
OPTIONS = (
    "--checks all --max-examples {examples} --seed {seed} --continue-on-failure --no-color"
    " --request-timeout 30 --warnings off"
)
CONFIG = ROOT / "drills" / "schemathesis.toml"
LOGS = ROOT / ".schemathesis"


class Api:
    name = "api"
    about = f"schemathesis with all its checks, {EXAMPLES} examples an operation"
    minutes = MINUTES

    def run(self, asked: Asked) -> Iterator[Row]:
        program = shutil.which("st", path=ROOT / ".venv-fuzz" / "bin")
        if program is None:
            raise NotRun("schemathesis is not installed; make fuzz does that")
        database.begin()
        _put_in()
        options = OPTIONS.format(examples=asked.count or EXAMPLES, seed=asked.seed).split()
        options += ["--header", f"Authorization:Bearer {_key()}"]
        LOGS.mkdir(exist_ok=True)
        with served(LOGS / "web.txt") as site, tempfile.TemporaryDirectory() as folder:
            held = _try(
                [program, "--config-file", str(CONFIG), "run", f"{site}/api/v1/schema", *options],
                folder,
            )
        told, errors = (LOGS / "api.txt").read_text(), _errors()
        yield Row("operations", _figure(r"Tested: (\d+)", told))
        yield Row("requests", _figure(r"(\d+) generated", told))
        where = "" if held else f"{LOGS.relative_to(ROOT)}/api.txt"
        yield Row("what surprised it", "nothing" if held else "something", held, where)
        where = f"{LOGS.relative_to(ROOT)}/web.txt" if errors else ""
        yield Row("failures of the site", f"{errors}", not errors, where)


def _try(command: list[str], folder: str) -> bool:
    """Whether schemathesis found nothing; what it said is kept."""
    with (LOGS / "api.txt").open("wb") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    return done.returncode == 0


def _errors() -> int:
    """How many lines of the site's log tell of a failure of its own."""
    return len(re.findall(r"^\S+ \S+ ERROR ", (LOGS / "web.txt").read_text(), re.MULTILINE))


def _figure(pattern: str, told: str) -> str:
    found = re.search(pattern, told)
    return found[1] if found else "none"


def _put_in() -> None:
    from feeds.ingest import ingest, source_named  # needs the settings

    entries = [
        {
            "paper": {
                "id": f"2604.{10_000 + number}",
                "title": f"A diffusion model of subject {number}",
                "summary": f"We look closely at subject {number} and say what we saw.",
                "authors": [{"name": f"Ada Author{number}"}, {"name": "Ben Writer"}],
                "publishedAt": "2026-04-23T10:00:00.000Z",
                "upvotes": number,
            }
        }
        for number in range(PAPERS)
    ]
    ingest(json.dumps(entries).encode(), source_named("daily"), day=date(2026, 4, 24))


def _key() -> str:
    """A key that may do everything, of a curator who goes by a name."""
    from allauth.account.models import EmailAddress  # needs the settings
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from accounts import keys
    from feeds.pen_names import take_name

    curator = get_user_model().objects.create_user("curator@example.org", is_staff=True)
    EmailAddress.objects.create(user=curator, email=curator.email, verified=True, primary=True)
    take_name(curator.pk, "Ada Curator")
    return keys.make(curator.pk, "drill", ("read", "write", "curate"), timezone.now())


drills.register(Api())
