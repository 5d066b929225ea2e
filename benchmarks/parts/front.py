"""How fast the front page is, beside views that do one thing."""

from benchmarks.frame import Row, parts
from benchmarks.serving_apart import speeds


class Front:
    name = "front"
    about = "requests a second of the front page, by four clients of two web processes"

    def measure(self) -> list[Row]:
        found = speeds("front")

        def row(what: str, name: str, beside: str, note: str) -> Row:
            slowest = f"{note}; p95 {found[name]['p95']:.1f} ms"
            return Row(what, found[name]["rate"], found[beside]["rate"], "/s", slowest)

        one = "a bare view that reads one row"
        return [
            row("again and again, nobody in particular", "kept", "plain", "its bytes, no Django"),
            row("the same, 304", "304", "bare small", "a bare view that says ok"),
            row("signed in", "signed in", "bare row", one),
            row("no answer kept", "cold", "bare row", one),
        ]


parts.register(Front())
