"""The vectors of the real papers, kept in the data directory: making 20,000 takes some minutes.

`python -m benchmarks.embedded PAPERS` makes those that are not there yet.
"""

import gzip
import hashlib
import itertools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.frame import ROOT, NotMeasured, real_data

if TYPE_CHECKING:
    from feeds.embedders.base import Embedder

AT_ONCE = 250  # papers of a file: what a kill costs


def folder() -> Path:
    """Where they are kept. Asked before a measurement takes a data directory of its own."""
    return Path(os.environ.get("BROADSHEET_DATA") or ROOT / ".data").resolve() / "benchmarks"


def real_vectors(papers: int, kept_in: Path) -> Any:
    """The vectors of the first real papers, a row each, by the model that the site uses.

    Raises NotMeasured where there are no real papers, or nothing makes vectors.
    """
    import numpy as np  # noqa: PLC0415 (only here)

    from feeds.embedders.base import embedder  # noqa: PLC0415 (needs the settings)

    model = embedder()
    if model is None:
        raise NotMeasured("EMBEDDER is off")
    kept_in.mkdir(parents=True, exist_ok=True)
    told = itertools.islice(texts(), papers)
    made = [_chunk(list(some), model, kept_in) for some in _chunks(told)]
    model.release()
    return np.concatenate(made)


def texts() -> Iterator[str]:
    """Title and abstract of each real paper, as the site embeds them. Raises NotMeasured."""
    from feeds.embedding import text_of  # noqa: PLC0415 (needs the settings)

    with gzip.open(real_data() / "arxiv_20k.jsonl.gz", "rt") as file:
        for line in file:
            paper = json.loads(line)
            yield text_of(paper["title"], paper["abstract"])


def _chunks(told: Iterator[str]) -> Iterator[list[str]]:
    while some := list(itertools.islice(told, AT_ONCE)):
        yield some


def _chunk(told: list[str], model: "Embedder", kept_in: Path) -> Any:
    import numpy as np  # noqa: PLC0415

    name = hashlib.sha256("\0".join([model.version, *told]).encode()).hexdigest()[:24]
    path = kept_in / f"vectors-{name}.npy"
    if not path.exists():
        half = path.with_suffix(".half.npy")
        np.save(half, np.array(model.embed(told, threads=2), np.float32))
        half.replace(path)
    return np.load(path)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    kept_in = folder()
    from config import embedded  # noqa: PLC0415 (as in `benchmarks.ingesting`)

    embedded.ensure()
    import django  # noqa: PLC0415

    django.setup()
    sys.stdout.write(f"{len(real_vectors(int(sys.argv[1]), kept_in)):,} vectors\n")


if __name__ == "__main__":
    main()
