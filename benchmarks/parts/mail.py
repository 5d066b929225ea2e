"""How fast workers send, beside the bare sending of ready-made bytes to the same server."""

import os

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts

MAILS = int(os.environ.get("BENCH_MAILS", "10000"))


class Mail:
    name = "mail"
    about = f"{MAILS:,} different mails from choosing their papers to a mail server on loopback"

    def measure(self) -> list[Row]:
        found = found_by("mailing", str(MAILS))
        bare = "the same server, one ready mail again and again over one connection"
        asked = "distinct questions: each edition is read once"
        return [
            Row("one worker", found["one"], found["bare"], "/s", bare),
            Row("two workers", found["two"], found["one"], "/s", "one worker"),
            Row("memory at the end", found["late"], found["early"], "MB", "after a fifth of them"),
            Row("editions read", found["read"], found["questions"], "", asked),
            Row("choosing", found["chosen"], found["one"], "/s", "one worker in all"),
        ]


parts.register(Mail())
