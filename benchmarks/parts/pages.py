"""What a reader waits for: the front page of a real day, in a browser on a slow processor."""

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts, real_data


class Pages:
    name = "pages"
    about = "the front page of 50 real papers in Chromium, its processor slowed down four times"

    def measure(self) -> list[Row]:
        real_data()
        found = found_by("paging")
        return [
            Row("first load, everything", found["first"] / 1000, 130, "kB", "the most it may be"),
            Row("scripts of it", found["scripts"] / 1000, 30, "kB", "the most it may be"),
            Row("second load", found["second"] / 1000, 25, "kB", "the most it may be"),
            Row("layout shift", found["shift"], 0.01, "", "the most it may be"),
            Row("largest paint", found["largest"], 400, "ms", "the most it may be"),
            Row("largest paint", found["largest"], found["bare"], "ms", "the page as a bare file"),
            Row("a vote, from press to screen", found["exchange"], 100, "ms", "the most it may be"),
        ]


parts.register(Pages())
