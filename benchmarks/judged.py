"""Collections with judged relevance: documents, questions, and which answers which how well."""

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from benchmarks.frame import NotMeasured

DEPTH = 10
# What the site's grammar takes for its own: quotation marks, parentheses, fields, -without.
_SIGNS = re.compile(r"[\"“”„():]|(?<!\S)[-+]+")
_OPERATORS = re.compile(r"\b(AND|OR|NOT)\b")


@dataclass(frozen=True)
class Document:
    title: str
    abstract: str


@dataclass(frozen=True)
class Collection:
    """`grades` tells of each question how relevant which documents are; others are not at all."""

    name: str
    documents: Mapping[str, Document]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]

    def asked(self) -> Iterator[tuple[str, str]]:
        """The questions to which a document is relevant: their id and words, without the signs
        that the site's grammar would take for its own.
        """
        for name, text in self.queries.items():
            if any(grade > 0 for grade in self.grades.get(name, {}).values()):
                plain = _OPERATORS.sub(lambda found: found[0].lower(), _SIGNS.sub(" ", text))
                yield name, " ".join(plain.split())


def ndcg(grades: Mapping[str, int], found: list[str]) -> float:
    """nDCG@10 with the grade as the gain."""
    ideal = sorted(grades.values(), reverse=True)
    best = _discounted(ideal)
    return _discounted([grades.get(name, 0) for name in found]) / best if best else 0.0


def _discounted(gains: list[int]) -> float:
    return sum(gain / log2(place) for place, gain in enumerate(gains[:DEPTH], start=2))


def given(documents: Path, queries: Path, grades: Path) -> Collection:
    """A collection of three files: {"id", "title", "abstract"} and {"id", "query"} as JSON lines,
    and `query document grade` a line with tabs or spaces between. Raises NotMeasured.
    """
    told = {_text(one, "id"): one for one in _json_lines(documents, "id")}
    return Collection(
        documents.stem,
        {name: Document(_text(one, "title"), _text(one, "abstract")) for name, one in told.items()},
        {_text(one, "id"): _text(one, "query") for one in _json_lines(queries, "id", "query")},
        _grades(grades),
    )


def _text(line: Mapping[str, Any], name: str) -> str:
    value = line.get(name)
    return "" if value is None else " ".join(str(value).split())


def _json_lines(path: Path, *needed: str) -> Iterator[dict[str, Any]]:
    for number, line in _lines(path):
        try:
            told = json.loads(line)
        except ValueError as fault:
            raise NotMeasured(f"{path}, line {number}: {fault}") from None
        if not isinstance(told, dict) or not all(name in told for name in needed):
            raise NotMeasured(f"{path}, line {number}: not an object with {' and '.join(needed)}")
        yield told


def _grades(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in _lines(path):
        try:
            query, document, grade = line.split()
            found[query][document] = int(float(grade))
        except ValueError:
            if number == 1:  # a line of headings
                continue
            raise NotMeasured(f"{path}, line {number}: not `query document grade`") from None
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as fault:
        raise NotMeasured(f"{path} cannot be read: {fault}") from None


def cacm(folder: Path) -> Collection:
    return _smart("CACM", folder / "cacm", "cacm.all", "query.text", "qrels.text")


def cisi(folder: Path) -> Collection:
    return _smart("CISI", folder / "cisi", "CISI.ALL", "CISI.QRY", "CISI.REL")


def _smart(name: str, folder: Path, documents: str, queries: str, grades: str) -> Collection:
    """A collection in the SMART system's form: records of .I with fields .T, .W and others."""
    if not folder.is_dir():
        raise NotMeasured(f"there is no {folder}")
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / grades).read_text().splitlines():
        query, document = map(int, line.split()[:2])
        judged[f"{query}"][f"{document}"] = 1
    return Collection(
        name,
        {one: Document(told["T"], told["W"]) for one, told in _records(folder / documents)},
        {one: told["W"] for one, told in _records(folder / queries)},
        judged,
    )


def _records(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for record in re.split(r"^\.I\s+", path.read_text("latin-1"), flags=re.MULTILINE)[1:]:
        number, _, rest = record.partition("\n")
        fields: dict[str, str] = defaultdict(str)
        parts = re.split(r"^\.([A-Z])\s*$", rest, flags=re.MULTILINE)
        for field, text in zip(parts[1::2], parts[2::2], strict=True):
            fields[field] += " ".join(text.split())
        yield number.strip(), fields


def known_items(folder: Path, most: int = 500) -> Collection:
    """The papers of the daily digests, and some of their one-sentence summaries as questions to
    which that paper alone is relevant.
    """
    documents, gists = {}, {}
    for path in sorted((folder / "hf_daily").glob("*.json.gz")):
        for item in json.loads(gzip.decompress(path.read_bytes())):
            told = item["paper"]
            documents[told["id"]] = Document(_text(told, "title"), _text(told, "summary"))
            if told.get("ai_summary"):
                gists[told["id"]] = _text(told, "ai_summary")
    if not gists:
        raise NotMeasured(f"{folder} has no daily digests")
    chosen = random.Random(0).sample(sorted(gists), min(most, len(gists)))
    return Collection(
        "known items",
        documents,
        {name: gists[name] for name in chosen},
        {name: {name: 1} for name in chosen},
    )
