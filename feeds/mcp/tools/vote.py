"""A vote for a paper."""

from django.utils import timezone

from feeds import voting
from feeds.mcp.caller import Caller
from feeds.mcp.naming import PAPER, paper_named
from feeds.mcp.shapes import TEXT, WHOLE, YES_OR_NO, an_object
from feeds.mcp.tools.base import Failed, Given, Told, Tool, tools


class Vote(Tool):
    """Votes by the rules that hold in the browser."""

    name = "vote"
    title = "Vote for a paper"
    description = "Your vote for a paper; again changes nothing. With take_back it is taken back."
    needs = "write"
    arguments = {"paper": PAPER, "take_back": {"type": "boolean", "default": False}}
    required = ("paper",)
    returns = an_object(paper=TEXT, votes=WHOLE, voted=YES_OR_NO, held=YES_OR_NO)

    def call(self, given: Given, caller: Caller) -> Told:
        if caller.account is None:
            raise Failed("Nobody is known to vote.")
        paper, person = paper_named(given, caller), caller.account.pk
        if given.flag("take_back"):
            votes, voted = voting.unvote(paper.id, person), False
        else:
            votes, voted = _cast(paper.id, voting.Voter.of(caller.account)), True
        held = voted and voting.is_held(paper.id, person)
        said = "Your vote is kept and will count within a day." if held else f"Votes: {votes}."
        data = {"paper": paper.key, "votes": votes, "voted": voted, "held": held}
        return Told(said, data)


def _cast(paper: int, voter: voting.Voter) -> int:
    try:
        return voting.cast(paper, voter, timezone.now())
    except voting.Refused as refused:
        raise Failed(str(refused)) from None


tools.register(Vote())
