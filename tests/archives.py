"""arXiv, Crossref and a publisher, on loopback, for what readers submit."""

import json

from feeds import submitting
from feeds.asking import Asking
from tests.site import Site
from tests.sources.conftest import NOW

ABSTRACT = "We light the way through long documents and see how far a model walks."
PRINTED = "10.1000/lamps.7"


def open_archives(site: Site, settings) -> None:
    """Answers as the archives do, for one paper each."""
    settings.ARXIV_API, settings.CROSSREF_API = site.url("/api/query"), site.url("/works")
    site.gives("/api/query", atom("2604.00123", "Lanterns for Small Models"))
    site.gives("/works/10.1000%2Flamps.7", crossref())


def atom(number: str = "", title: str = "") -> bytes:
    """What arXiv's API answers: the paper, or none."""
    entry = (
        f"<entry><id>http://arxiv.org/abs/{number}v1</id><title>{title}</title>"
        f"<summary>{ABSTRACT}</summary><published>2026-04-23T10:00:00Z</published>"
        "<author><name>Ada One</name></author><category term='cs.CL'/></entry>"
    )
    head = "<id>http://arxiv.org/api/x</id><updated>2026-04-24T12:00:00Z</updated>"
    body = entry if number else ""
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{body}</feed>'.encode()


def crossref() -> bytes:
    work = {
        "DOI": PRINTED,
        "title": ["Lamps Along the Way"],
        "author": [{"given": "Ben", "family": "Two"}],
        "issued": {"date-parts": [[2026, 3, 1]]},
    }
    return json.dumps({"status": "ok", "message-type": "work", "message": work}).encode()


def page(**names: str) -> bytes:
    """A publisher's page that says of its paper what `citation_…` says."""
    said = "".join(f'<meta name="{name}" content="{value}">' for name, value in names.items())
    return f"<!doctype html><html><head>{said}</head><body>A paper</body></html>".encode()


def work(ask: Asking) -> None:
    """What a worker does with all that waits to be fetched."""
    for submission_id in submitting.unfetched(NOW):
        submitting.fetch(submission_id, NOW, ask)
