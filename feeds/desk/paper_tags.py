"""What a curator says of one paper's tags, in words that can be taken back for a while."""

from typing import TypedDict

from django.utils.translation import gettext as _

from feeds.models import FeedMember, Tag
from feeds.tag_decisions import CURATOR, Before, deny_tag, give_tag, restore, stands

MOST_KNOWN = 1000


class Word(TypedDict):
    """A yes (`carried`) or a no to a tag, as JSON; `before` is how the paper stood to it."""

    name: str
    carried: bool
    before: Before


class Overtaken(ValueError):
    """Someone said otherwise since; the text says so."""


def curates(user_id: int) -> bool:
    """Whether the person is a curator of any feed."""
    rows = FeedMember.objects.filter(user=user_id, role=FeedMember.Role.CURATOR)
    return rows.exists()


def known_names() -> list[str]:
    """What a curator may choose from, by name: all but arXiv's categories, which records tell."""
    rows = Tag.objects.shown().exclude(kind=Tag.Kind.CATEGORY).order_by("name")
    return list(rows.values_list("name", flat=True)[:MOST_KNOWN])


def give(paper_id: int, name: str, *, who: str) -> tuple[str, Word | None]:
    """Gives the paper a tag: what came of it in a sentence, and the word; None where it was so.

    Raises NoTag.
    """
    before = give_tag(paper_id, name, who=who)
    tag = Tag.objects.get(slug=before["tag"])
    carried = before["carried"]
    if carried and carried[0] == CURATOR and not before["denied"]:
        return _("A curator gave it “%(name)s” already.") % {"name": tag.name}, None
    said = _("It is tagged “%(name)s” now.") % {"name": tag.name}
    if tag.hidden:
        said += " " + _("That tag is hidden, so readers do not see it.")
    return said, Word(name=tag.name, carried=True, before=before)


def deny(paper_id: int, slug: str, *, by: int) -> tuple[str, Word | None]:
    """Takes a tag off the paper for good; as `give`."""
    before = deny_tag(paper_id, slug, by=by)
    name = Tag.objects.get(slug=before["tag"]).name
    if before["denied"] and not before["carried"]:
        return _("A curator said already that it is not “%(name)s”.") % {"name": name}, None
    said = _("It is not “%(name)s” from now on, whatever digests and taggers say.")
    return said % {"name": name}, Word(name=name, carried=False, before=before)


def take_back(word: Word) -> str:
    """What was, is again; in a sentence. Raises Overtaken."""
    if not stands(word["before"], carried=word["carried"]):
        raise Overtaken(
            _("Someone said otherwise of “%(word)s” since. Look at it again.")
            % {"word": word["name"]}
        )
    restore(word["before"])
    return _("As to “%(name)s”, all is as it was.") % {"name": word["name"]}
