"""Authors' names, which are kept as they are read, taken apart into given and family names."""

import re
from dataclasses import dataclass

_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_PARTICLE = re.compile(
    r"(?:a[bf]|al|bin|da|das|de|del|della|den|der|des|di|do|dos|du|el|la|le|los|ten|ter|van|von|y"
    r"|zu|zur|’t|'t)"
)
_BODY = re.compile(
    r".*(?:\b(?:Team|Collaboration|Group|Consortium|Project|Institute|University|Labs?|Laboratory"
    r"|Initiative|Network|Association|Committee|Community|Foundation|Society|Inc|Ltd)\.?$"
    r"|[,;&]|\sand\s|\set\sal\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """A name in its parts; a body, or a name of one word, has a `family` alone."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def family_first(self) -> str:
        """ "Berg, Ada van der" is how no index has it: "van der Berg, Ada", "King, Ada, Jr."."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix)))


def person(name: str) -> Person:
    """The parts of a name that is written given name first.

    The family name is the last word, with the small words before it ("van der Berg"): what
    has two family names is not told from what has two given ones.
    """
    words = name.split()
    if len(words) < 2 or _BODY.match(name):
        return Person(" ".join(words))
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and _PARTICLE.fullmatch(words[start - 1]):
        start -= 1
    return Person(" ".join(words[start:]), " ".join(words[:start]), suffix)
