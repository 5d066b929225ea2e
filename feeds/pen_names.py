"""The names under which readers comment: chosen once, no two alike, and never an address."""

import unicodedata
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from feeds.models import PenName
from feeds.tex.clean import one_line, strip_controls

LONGEST = 60
LONGEST_ABOUT = 300
# Who is called so would be taken for the site, or for an address of it.
_KEPT = frozenset("admin administrator moderator moderators staff editor editors by me".split())
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")


class NoName(ValueError):
    """The name cannot be taken; the text says why and what to do."""


def pen_name(user: int) -> str:
    """The name of a reader, "" where they have none yet."""
    return PenName.objects.filter(user=user).values_list("name", flat=True).first() or ""


def take_name(user: int, name: str) -> str:
    """Gives the reader this name, unless they have one; the name that they have.

    Raises NoName.
    """
    if known := pen_name(user):
        return known
    name = one_line(unicodedata.normalize("NFKC", strip_controls(name)))
    slug = _slug(name)
    try:
        with transaction.atomic():
            PenName.objects.create(user_id=user, name=name, slug=slug)
    except IntegrityError:
        if known := pen_name(user):  # taken at the same moment, in another window
            return known
        raise NoName(
            _("Somebody is called %(name)s here. Choose another name.") % {"name": name}
        ) from None
    return name


def write_about(user: int, text: str) -> None:
    """What the reader's own page says of them. Raises NoName where they have no page yet."""
    text = one_line(strip_controls(text))
    if len(text) > LONGEST_ABOUT:
        raise NoName(
            _("Say it in at most %(longest_about)s characters; this has %(text)s.")
            % {"longest_about": LONGEST_ABOUT, "text": len(text)}
        )
    if not PenName.objects.filter(user=user).update(about=text):
        raise NoName(_("Choose a name first: it comes with your first comment."))


def names_known(slugs: Collection[str]) -> set[str]:
    """Those of these slugs that are readers' names."""
    return set(PenName.objects.filter(slug__in=slugs).values_list("slug", flat=True))


def _slug(name: str) -> str:
    if not name:
        raise NoName(_("Choose the name that others see beside your comments."))
    if len(name) > LONGEST:
        raise NoName(_("A name has at most %(longest)s characters.") % {"longest": LONGEST})
    if "@" in name:
        raise NoName(_("A name is no mail address: everybody sees it."))
    slug = slugify(name, allow_unicode=True)
    if len(slug) < 2 or len(slug) > LONGEST or slug.isdecimal():
        raise NoName(_("A name needs two letters at least."))
    if slug in _KEPT:
        raise NoName(_("That name is kept for those who run this site. Choose another."))
    if len(_scripts(name)) > 1:
        raise NoName(_("A name is written in one alphabet, so that nobody is taken for another."))
    return slug


def _scripts(name: str) -> set[str]:
    """The alphabets in it whose letters look alike."""
    names = [unicodedata.name(sign, "") for sign in name if sign.isalpha()]
    return {script for script in _SCRIPTS if any(one.startswith(script) for one in names)}
