"""How well the rankers tell which papers the next day's votes go to."""

from benchmarks.frame import NotMeasured, Row, parts, real_data, timed
from feeds.replay.orders import baselines
from feeds.replay.walk import Walk, walk_folder

LONGEST = 120  # seconds, on one core


class Replay:
    name = "replay"
    about = "nDCG@20 of each noon's ranking by the next day's votes (last third of the noons)"

    def measure(self) -> list[Row]:
        with timed() as walking:
            try:
                walked = walk_folder(real_data())
            except (OSError, ValueError) as problem:
                raise NotMeasured(str(problem)) from problem
            seconds = walking()
        return [
            *(_row(walked, "rising", name) for name in baselines()),
            _row(walked, "hot", "Hacker News"),
            _row(walked, "scaled", "hot"),
            Row("the whole walk", seconds, LONGEST, "s", "the aim"),
        ]


def _row(walked: Walk, order: str, other: str) -> Row:
    ours, theirs = walked.figures(order)["judged"], walked.figures(other)["judged"]
    chance = walked.compare(order, other).chance
    return Row(order, ours, theirs, note=f"{other}, p = {chance:.4f}")


parts.register(Replay())
