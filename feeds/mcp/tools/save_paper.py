"""A paper put into a collection."""

from feeds import collecting
from feeds.mcp.caller import Caller
from feeds.mcp.naming import PAPER, paper_named
from feeds.mcp.shapes import MAYBE_TEXT, TEXT, YES_OR_NO, an_object
from feeds.mcp.tools.base import Failed, Given, Told, Tool, tools


class SavePaper(Tool):
    """Saves a paper, or puts it into a collection of the caller's."""

    name = "save_paper"
    title = "Save a paper"
    description = (
        "Puts a paper into what you saved, or into one of your collections; again changes nothing. "
        "With take_out it is taken out."
    )
    needs = "write"
    arguments = {
        "paper": PAPER,
        "collection": {
            "type": "string",
            "description": "A slug, see list_collections; without one what you saved.",
        },
        "note": {"type": "string", "description": "Goes with it in the collection."},
        "take_out": {"type": "boolean", "default": False},
    }
    required = ("paper",)
    returns = an_object(paper=TEXT, collection=MAYBE_TEXT, holds=YES_OR_NO)

    def call(self, given: Given, caller: Caller) -> Told:
        if caller.viewer is None:
            raise Failed("Nobody is known to save it.")
        paper, slug, out = paper_named(given, caller), given.text("collection", ""), False
        try:
            if out := given.flag("take_out"):
                _take_out(slug, paper.id, caller.viewer)
            else:
                _put_in(slug, paper.id, given.text("note", ""), caller.viewer)
        except collecting.CannotCollect as refused:
            raise Failed(str(refused)) from None
        data = {"paper": paper.key, "collection": slug or None, "holds": not out}
        return Told("It is taken out." if out else "It is saved.", data)


def _put_in(slug: str, paper: int, note: str, by: int) -> None:
    if note and not slug:
        raise Failed("A note goes with a paper in a collection: name one, see list_collections.")
    if not slug:
        collecting.save(paper, by)
        return
    collecting.add(slug, paper, by)
    if note:
        collecting.write_note(slug, paper, note, by)


def _take_out(slug: str, paper: int, by: int) -> None:
    if slug:
        collecting.remove(slug, paper, by)
    else:
        collecting.unsave(paper, by)


tools.register(SavePaper())
