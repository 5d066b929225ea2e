"""Values that an export wrote down as text: JSON, or the text of a Python dict or list."""

import ast
import json
import re
from typing import Any

LONGEST = 1_000_000
DEEPEST = 30
_PLAIN = re.compile(r"""[^\[\]{}()'"]+""")


def opened(value: Any) -> Any:
    """The dict or list that the text `value` writes down; any other value as it is.

    Nothing in the text is evaluated but literals, and no text that is long or nested deeply is
    tried.
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return value
    text = value.strip()
    if (text[:1], text[-1:]) not in (("{", "}"), ("[", "]")) or _depth(text) > DEEPEST:
        return value
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
        if isinstance(found, dict | list):
            return found
    return value


def _depth(text: str) -> int:
    """How many brackets are open at most, those in quoted words counted too."""
    depth = deepest = 0
    for sign in _PLAIN.sub("", text):
        if sign in "[{(":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]})":
            depth = max(0, depth - 1)
    return deepest
