"""What a million papers and a thousand readers take; docs/scaling.md reckons with it."""

import os

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts

PAPERS = int(os.environ.get("COST_PAPERS", "20000"))
READERS = int(os.environ.get("COST_READERS", "1000"))
GIGA = 1e9


class Cost:
    name = "cost"
    about = f"room and work, from {PAPERS:,} papers and {READERS:,} readers"

    def measure(self) -> list[Row]:
        found = found_by("costing", str(PAPERS), str(READERS))
        paper, reader = 1_000_000 / PAPERS / GIGA, 1_000 / READERS / GIGA
        text, votes = found["text"] * paper, found["votes"] * reader
        work = found["pages"]
        return [
            Row("a million papers, rows and their indexes", found["rows"] * paper, text, "GB",
                "titles and abstracts alone"),
            Row("their vectors", found["vectors"] * paper, text, "GB", "same"),
            Row("their index of words", found["index"] * paper, text, "GB", "same"),
            Row("a thousand readers, a hundred votes each", votes, None, "GB"),
            Row("their accounts and orders", found["accounts"] * reader, votes, "GB", "the votes"),
            Row("a year of their daily mail", found["deliveries"] * reader, votes, "GB", "same"),
            Row("processor for an answer that is kept", work["kept"] * 1000, None, "ms"),
            *(Row(f"processor for a {what} that is not", work[name] * 1000, work["kept"] * 1000,
                  "ms", "a kept answer")
              for what, name in (("front page", "page"), ("list of the API", "list"),
                                 ("search", "search"))),
            Row("processor for a mail", found["mail"] * 1000, work["kept"] * 1000, "ms",
                "a kept answer"),
        ]  # fmt: skip


parts.register(Cost())
