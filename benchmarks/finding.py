"""`python -m benchmarks.finding NAME…`: how well the site's own search answers judged questions.

For each collection it prints a line of JSON: nDCG@10 of each question as the HTTP API answers it,
with and without vectors, and by the vectors alone. Database and web processes are its own.
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from benchmarks.frame import real_data
from benchmarks.judged import DEPTH, Collection, Document, cacm, cisi, given, known_items, ndcg
from drills import database
from drills.served import served

_MONTH = 20_000  # papers a month that arXiv's ids have room for
Ranking = Mapping[str, list[str]]  # by question, the first documents


def main() -> None:
    for collection in _collections(sys.argv[1:]):
        print(json.dumps(measured(collection)), flush=True)


def _collections(names: list[str]) -> Iterator[Collection]:
    if names[:1] == ["--given"]:
        yield given(*map(Path, names[1:4]))
        return
    makers = {"cacm": cacm, "cisi": cisi}
    for name in names:
        folder = real_data()
        yield known_items(folder) if name == "known" else makers[name](folder / "retrieval")


def measured(collection: Collection) -> dict[str, Any]:
    database.begin()
    keys = _fill(collection)
    asked = dict(collection.asked())
    names = {key: name for name, key in keys.items()}
    log = Path(tempfile.mkdtemp(dir=database.home())) / "web.log"
    with served(log) as site:
        both = _answers(site, asked, names)
    with served(log, EMBEDDER="off") as site:
        words = _answers(site, asked, names)
    found = {"both": both, "words": words, "meaning": _by_meaning(asked, names)}
    return {
        "name": collection.name,
        "documents": len(collection.documents),
        "ndcg": {
            way: [ndcg(collection.grades[one], ranking[one]) for one in asked]
            for way, ranking in found.items()
        },
        "found": {
            way: [_is_there(collection.grades[one], ranking[one]) for one in asked]
            for way, ranking in found.items()
        },
    }


def _is_there(grades: Mapping[str, int], found: list[str]) -> bool:
    return any(grades.get(name, 0) > 0 for name in found)


def _fill(collection: Collection) -> dict[str, str]:
    """Takes the documents in as papers, embeds and indexes them; each one's key by its name."""
    from django.core.management import call_command  # noqa: PLC0415 (needs the settings)

    from feeds.ingest import ingest, source_named  # noqa: PLC0415

    keys = {name: _key(place) for place, name in enumerate(collection.documents)}
    lines = (_line(keys[name], told) for name, told in collection.documents.items())
    ingest("\n".join(lines).encode(), source_named("judged"), day=date(2025, 1, 1))
    call_command("embed", verbosity=0, json=True, stdout=sys.stderr)
    call_command("index", rebuild=True, verbosity=0, stdout=sys.stderr)
    return keys


def _key(place: int) -> str:
    month, number = divmod(place, _MONTH)
    return f"{15 + month // 12:02}{1 + month % 12:02}.{number:05}"


def _line(key: str, document: Document) -> str:
    """The document as a line of an arXiv dump. One without a title has its text's beginning."""
    told = {
        "id": key,
        "title": document.title or document.abstract[:100] or key,
        "authors": "",
        "categories": "cs.IR",
        "abstract": document.abstract,
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "update_date": "2025-01-01",
    }
    return json.dumps(told)


def _answers(site: str, asked: Mapping[str, str], names: Mapping[str, str]) -> Ranking:
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    found = {}
    for one, words in asked.items():
        path = f"/api/v1/papers?q={quote(words)}&sort=relevance&limit={DEPTH}&fields=key"
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} was answered by {answer.status}: {body[:200]!r}")
        found[one] = [names[paper["key"]] for paper in json.loads(body)["papers"]]
    connection.close()
    return found


def _by_meaning(asked: Mapping[str, str], names: Mapping[str, str]) -> Ranking:
    """The nearest vectors alone, all of them looked at."""
    import numpy as np  # noqa: PLC0415 (only here)

    from feeds.embedders.base import embedder  # noqa: PLC0415
    from feeds.models import PaperVector  # noqa: PLC0415

    model = embedder()
    if model is None:
        raise SystemExit("EMBEDDER is off; there is nothing to compare.")
    rows = list(PaperVector.objects.values_list("paper__key", "vector"))
    vectors = np.array([list(vector) for _, vector in rows])
    near = np.array(model.embed(list(asked.values()), threads=2)) @ vectors.T
    model.release()
    first = (-near).argsort(axis=1, kind="stable")[:, :DEPTH]
    return {one: [names[rows[at][0]] for at in row] for one, row in zip(asked, first, strict=True)}


if __name__ == "__main__":
    main()
