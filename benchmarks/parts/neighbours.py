"""How many of the nearest vectors the index finds, and how soon what is near is served."""

import os

from benchmarks.apart import found_by
from benchmarks.embedded import folder
from benchmarks.frame import Row, parts

SECONDS = "2"
LEAST = 0.95
HYBRID = "a search by words and meaning, the slower of two"


class Neighbours:
    name = "neighbours"
    about = "nearest vectors, similar papers, for you by 500 votes (NEAR_PAPERS=20000)"

    def measure(self) -> list[Row]:
        papers = os.environ.get("NEAR_PAPERS", "20000")
        found = found_by("near", papers, SECONDS, str(folder()))
        hybrid = max(found["hybrid middling"], found["hybrid rare"])
        least = "the least that is good enough"
        return [
            Row("recall@50 of the index, real vectors", found["recall 50"], LEAST, note=least),
            Row("recall@100 of the index", found["recall 100"], LEAST, note=least),
            Row("nearest 100 by the index", found["indexed"], found["exact"], "ms", "exactly"),
            Row("building the index", found["building"], unit="vectors/s"),
            Row("papers like another one each time, p50", found["similar"], hybrid, "ms", HYBRID),
            Row("for you, p50", found["for you"], hybrid, "ms", HYBRID),
            Row(
                "for you, the first time after a vote", found["after a vote"], hybrid, "ms", HYBRID
            ),
            Row("learning from 500 votes", found["learning"], unit="ms"),
        ]


parts.register(Neighbours())
