"""Words of other servers without the addresses in them, for logs, pages and mails to others; and
lines of a log without the secrets that an address may hold."""

import logging
import re

# A key of the API or of a feed reader: what it begins with says which one it was.
_KEY = re.compile(r"\b(bs[fk]_[A-Za-z0-9_-]{8})[A-Za-z0-9_-]+")


def without_addresses(words: str, longest: int = 200) -> str:
    """On one line; each word that holds an address becomes "…"."""
    return " ".join("…" if "@" in word else word for word in words.split())[:longest]


def without_keys(words: str) -> str:
    """The same words; of each key its first characters alone."""
    return _KEY.sub(r"\1…", words)


class KeysLeftOut(logging.Filter):
    """Of a key that somebody's address holds, no log gets more than its first characters."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if _KEY.search(said):
            record.msg, record.args = without_keys(said), None
        return True
