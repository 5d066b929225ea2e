"""The documents that are mutated: real ones where they are, and a sample of every format."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from drills.frame import ROOT, real_data

SAMPLES = ROOT / "drills" / "samples"
KINDS = ("hf_daily", "arxiv_api", "arxiv_oai", "arxiv_rss", "arxiv_mailing", "other")
_LONG = 20_000  # bytes; of longer documents mostly a part is taken, so that rounds are many
_HEAD = 2_000  # bytes in which a document says what it is


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Material:
    """Documents by kind: each kind is chosen as often as any other."""

    kinds: tuple[tuple[Document, ...], ...]

    def choose(self, chance: Random) -> Document:
        """A document, whole or a part that begins as it does."""
        chosen = chance.choice(chance.choice(self.kinds))
        if len(chosen.content) > _LONG and chance.random() < 0.9:
            return Document(f"part of {chosen.name}", _part(chosen.content, chance))
        return chosen


def gather() -> Material:
    """The samples, each a kind of its own, and the kinds of real digests."""
    kinds: list[tuple[Document, ...]] = [
        (_read(path, SAMPLES),) for path in sorted(SAMPLES.iterdir())
    ]
    if folder := real_data():
        real = [sorted((folder / kind).rglob("*.*")) for kind in KINDS]
        real.append(sorted(folder.glob("seed-digest.txt")))
        # As often as the samples together.
        each = max(1, len(kinds) // len(real))
        for paths in filter(None, real):
            kinds += [tuple(_read(path, folder) for path in paths)] * each
    return Material(tuple(kinds))


def _read(path: Path, folder: Path) -> Document:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return Document(str(path.relative_to(folder)), content)


def _part(content: bytes, chance: Random) -> bytes:
    """Some entries of a JSON list, or else the head and some lines from further on."""
    if content.startswith(b"["):
        entries = json.loads(content)
        chosen = chance.sample(entries, min(len(entries), chance.randint(1, 8)))
        return json.dumps(chosen, ensure_ascii=chance.random() < 0.5).encode()
    start = content.find(b"\n", chance.randrange(_HEAD, len(content))) + 1
    return content[:_HEAD] + content[start : start + _LONG - _HEAD]
