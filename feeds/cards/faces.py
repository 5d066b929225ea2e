"""The faces that cards are set in, and which of them has a letter."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont, Layout

_FOLDER = Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"
# Weights that the files have; what is beyond goes to the nearest.
_OURS = {
    "serif": ("newsreader", "newsreader-ext"),
    "sans": ("schibsted-grotesk", "schibsted-grotesk-ext"),
}
_MORE = (
    "newsreader-vi",
    "noto-serif-ext",
    "noto-serif-small",
    "noto-serif-greek",
    "noto-serif-cyrillic",
    "noto-sans-math",
)
_ONE_WEIGHT = ("noto-sans-math",)
# Other scripts take megabytes: a card has them where the machine has one of these faces.
_THEIRS = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSerifHebrew-Regular.ttf",
    "NotoSerifDevanagari-Regular.ttf",
    "DejaVuSans.ttf",
)
_NOTHING = "\U0010fffe"  # a code point that no face has


@lru_cache(maxsize=512)
def face(name: str, size: int, weight: int) -> FreeTypeFont | None:
    """The face of that name; one of the machine's may be missing."""
    if "." in name:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            return None
    font = ImageFont.truetype(str(_FOLDER / f"{name}.woff2"), size)
    if name not in _ONE_WEIGHT:
        font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=16_384)
def face_of(sign: str, kind: str) -> str:
    """The first face of that kind ("serif" or "sans") that has the sign; "" where none has."""
    usual, *_ = _OURS[kind]
    if sign.isspace() or unicodedata.category(sign) in ("Mn", "Cf"):
        return usual
    names = (*_OURS[kind], *_MORE, *_THEIRS)
    return next((name for name in names if _has(name, sign)), "")


def is_covered(text: str, kind: str = "serif") -> bool:
    """Whether no sign of the text would be an empty box."""
    return all(face_of(sign, kind) for sign in text)


def _has(name: str, sign: str) -> bool:
    found = _plain(name)
    return found is not None and _drawn(found, sign) != _drawn(found, _NOTHING)


@lru_cache(maxsize=32)
def _plain(name: str) -> FreeTypeFont | None:
    known = face(name, 24, 400)
    return known and known.font_variant(layout_engine=Layout.BASIC)


def _drawn(font: FreeTypeFont, sign: str) -> tuple[object, bytes]:
    mask = font.getmask(sign)
    return mask.size, bytes(mask)
