"""Writing XML: every text and attribute is escaped here, and nowhere else."""

import re
from xml.sax.saxutils import escape, quoteattr

HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'

# What no XML 1.0 document can hold, not even escaped (section 2.2, Char).
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, text: str = "", **attributes: str) -> str:
    """An element that holds plain text; no text makes an empty one."""
    begun = start(name, **attributes)
    return f"{begun}{escape(fit(text))}</{name}>" if text else f"{begun[:-1]}/>"


def start(name: str, **attributes: str) -> str:
    """The tag that begins an element."""
    said = "".join(f" {key}={quoteattr(fit(val))}" for key, val in attributes.items())
    return f"<{name}{said}>"


def lines(*parts: str) -> str:
    """The parts that are not empty, a line each."""
    return "".join(f"{part}\n" for part in parts if part)


def fit(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NO_CHARACTER.sub("", text)
