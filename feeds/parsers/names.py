"""Authors' names as they are read: given name first."""

import re

# "Chen, Xi" and "Newton, I." are people with given names.
_SUFFIX = re.compile(r"(?:[Jj][Rr]|[Ss][Rr]|II|III|IV|VI|VII|VIII|IX)\.?")
_AND = re.compile(r",?\s+(?:and|&)\s+|\s*;\s*")
# Commas part names, except before "Jr." and inside the parentheses of affiliations.
_COMMA = re.compile(r"\s*,\s+(?!(?:jr|sr|[ivx]{2,4})\b)(?![^()]{0,300}\))", re.IGNORECASE)
_ET_AL = re.compile(r",?\s+et al\b\.?", re.IGNORECASE)
_AFFILIATION = re.compile(r"\s*\([^()]*\)")


def given_first(name: str) -> str:
    """ "Liu, Zhuang" as "Zhuang Liu", "King, Jr., Martin" as "Martin King Jr."; others as given."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 2 and not _SUFFIX.fullmatch(parts[1]):
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        return f"{parts[2]} {parts[0]} {parts[1]}"
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
        return f"{parts[1]} {parts[0]} {parts[2]}"
    return name.strip()


def people(line: str) -> list[str]:
    """The names in a line such as "A. One, B. Two (Some Place, Land), C. Three et al."."""
    bare, again = _ET_AL.sub("", line[:100_000]), ""
    while bare != again:  # parentheses within parentheses
        bare, again = _AFFILIATION.sub("", bare), bare
    named = [name.strip(" ,") for part in _AND.split(bare) for name in _COMMA.split(part)]
    return [name for name in named if name]
