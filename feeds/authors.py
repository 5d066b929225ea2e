"""Authors' names: how they are compared, and how a line of them reads."""

import re
import unicodedata

_NO_LETTERS = re.compile(r"[\W_]+")


def author_key(name: str) -> str:
    """The name as it is compared: no case, no accents, no punctuation."""
    bare = unicodedata.normalize("NFKD", name)
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _NO_LETTERS.sub(" ", letters.casefold()).strip()
