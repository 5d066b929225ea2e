"""How fast the API answers, beside a bare view that sends JSON which PostgreSQL made itself."""

from benchmarks.frame import Row, parts
from benchmarks.serving_apart import speeds

BARE = "a bare view, the same server and middleware: the same list as JSON of PostgreSQL's"


class Api:
    name = "api"
    about = "requests a second of the API, by four clients of two web processes"

    def measure(self) -> list[Row]:
        found = speeds("serving")
        bare, listed = found["bare list"], found["cold list"]

        def row(what: str, name: str, beside: str, note: str) -> Row:
            slowest = f"{note}; p95 {found[name]['p95']:.1f} ms"
            return Row(what, found[name]["rate"], found[beside]["rate"], "/s", slowest)

        return [
            row("50 papers, nothing kept", "cold list", "bare list", BARE),
            row("50 papers, themselves known", "known list", "bare list", "that view"),
            row("the latest edition", "cold edition", "bare list", "that view"),
            row("one paper", "cold paper", "bare row", "a bare view that reads one row"),
            row("RSS of 50", "cold rss", "bare list", "that view of 50"),
            row("50 as Hugging Face has them", "cold hf", "bare list", "that view of 50"),
            row("50 papers, kept", "list", "bare list", "that view of 50"),
            row("one paper, kept", "paper", "bare row", "a bare view that reads one row"),
            row("RSS of 50, kept", "rss", "bare list", "that view of 50"),
            row("50 as Hugging Face has them, kept", "hf", "bare list", "that view of 50"),
            row("50 papers, 304", "304", "cold list", "the list, nothing kept"),
            Row("what the clients can", found["bare row"]["rate"], bare["rate"], "/s",
                f"one row, beside the bare list; its p95 {bare['p95']:.1f} ms, "
                f"ours {listed['p95']:.1f} ms"),
        ]  # fmt: skip


parts.register(Api())
