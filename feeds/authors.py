"""Authors' names: how they are compared, and how a line of them reads."""

import re
import unicodedata

_NO_LETTERS = re.compile(r"[\W_]+")
_SPACED = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))


def author_key(name: str) -> str:
    """The name as it is compared: no case, no accents, no punctuation."""
    if name.isascii():  # as most are; the same in a third of the time
        return " ".join(name.translate(_SPACED).split()).lower()
    bare = unicodedata.normalize("NFKD", name)
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _NO_LETTERS.sub(" ", letters.casefold()).strip()
