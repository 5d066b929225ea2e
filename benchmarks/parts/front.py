"""How fast the front page is, beside views that do one thing."""

from benchmarks.frame import Row, parts
from benchmarks.serving_apart import speeds

ROW = "a bare view that reads one row"
BUSY = f"{ROW}, while others vote 20 times a second"
QUERIES = 6  # no more of them


class Front:
    name = "front"
    about = "requests a second of the front page, by four clients of two web processes"

    def measure(self) -> list[Row]:
        found = speeds("serving_front")

        def row(what: str, name: str, beside: str, note: str) -> Row:
            slowest = f"{note}; p95 {found[name]['p95']:.1f} ms"
            return Row(what, found[name]["rate"], found[beside]["rate"], "/s", slowest)

        return [
            row("again and again, nobody in particular", "kept", "plain", "its bytes, no Django"),
            row("the same, 304", "304", "bare small", "a bare view that says ok"),
            row("signed in, with votes, saves and reads", "signed in", "bare row", ROW),
            Row("its questions", found["queries"]["rate"], QUERIES, "", "what it may ask at most"),
            row("no answer kept", "uncached", "bare row", ROW),
            row("a vote every 50 ms, signed in", "busy signed in", "busy row", BUSY),
            row("a vote every 50 ms, nobody in particular", "busy kept", "busy row", BUSY),
            row("nothing kept at all", "cold", "bare row", ROW),
            row("nothing kept at all, signed in", "cold, signed in", "bare row", ROW),
        ]


parts.register(Front())
