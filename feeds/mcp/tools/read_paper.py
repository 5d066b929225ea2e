"""One paper, with all that its page says."""

from feeds.mcp.caller import Caller
from feeds.mcp.naming import PAPER, paper_named
from feeds.mcp.shapes import PAPER as SHAPE
from feeds.mcp.shapes import paper_json
from feeds.mcp.texts import paper_text
from feeds.mcp.tools.base import Given, Told, Tool, tools
from feeds.provenance import provenance
from feeds.records import PaperView


class ReadPaper(Tool):
    """Reads a paper."""

    name = "read_paper"
    title = "Read a paper"
    description = (
        "One paper: abstract, gist, authors, links, each tag with who put it there and why, its "
        "score in every order part by part, which digests listed it and told what, its versions, "
        "what readers say."
    )
    arguments = {"paper": PAPER}
    required = ("paper",)
    returns = SHAPE

    def call(self, given: Given, caller: Caller) -> Told:
        return read(paper_named(given, caller), caller)


def read(paper: PaperView, caller: Caller) -> Told:
    told = provenance(paper.id)
    return Told(paper_text(paper, told, caller.viewer), paper_json(paper, told))


tools.register(ReadPaper())
