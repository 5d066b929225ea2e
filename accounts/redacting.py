"""Words of other servers without the addresses in them, for logs, pages and mails to others; and
lines of a log without the secrets that an address may hold."""

import logging
import re

# Secrets, and before each what may stay: by what a key begins with one knows which it was, and a
# signed link is good for nothing without its signature.
_SECRETS = re.compile(
    r"\b(bs[fk]_[A-Za-z0-9_-]{8})[A-Za-z0-9_-]+"
    r"|([.:])[A-Za-z0-9_-]{30,}"  # 43, but links are copied with less and more
    r"|\b((?:Bearer|Basic|Token) )[A-Za-z0-9._~+/=:-]{8,}"
    r"|(://)[^\s/@]*:[^\s/@]*(?=@)",
    re.IGNORECASE,
)


def without_addresses(words: str, longest: int = 200) -> str:
    """On one line; each word that holds an address becomes "…"."""
    return " ".join("…" if "@" in word else word for word in words.split())[:longest]


def without_keys(words: str) -> str:
    """The same words; of each key its first characters alone, of a signed link no signature, and
    no password of an address or a header.
    """
    return _SECRETS.sub(lambda hit: f"{next(filter(None, hit.groups()))}…", words)


class KeysLeftOut(logging.Filter):
    """No log gets a key, a signed link or a password: not by what is said, nor by an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (clean := without_keys(said)) != said:
            record.msg, record.args = clean, None
        if record.exc_info:
            record.exc_text = without_keys(_traces.formatException(record.exc_info))
        return True


_traces = logging.Formatter()
