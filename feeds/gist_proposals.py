"""Gists that a model proposes, where GIST_ENDPOINT names one: for papers to which no digest gives
any. What it says is shown as a proposal until a curator accepts it.

The endpoint answers as OpenAI's chat completions do; many servers at home do so too.
"""

import json
import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, OuterRef

from feeds.gist import shortened
from feeds.gist_words import By, NoGist, propose_gist
from feeds.http import Limits, Refused, Unreachable, fetch
from feeds.models import GistWord, Paper
from feeds.sentences import sentences

AT_ONCE = 10  # papers of one run
AMONG = timedelta(days=7)  # since a digest first named them
_LIMITS = Limits(largest=1_000_000, silence=60.0, deadline=90.0, attempts=1)
_CLOSED, _BUSY = "gists:closed", "gists:busy"
_REST = 600  # seconds that a server is left alone which does not answer
_LONGEST_ABSTRACT = 6000
_TASK = (
    "You write for a newspaper of research. Say in one plain sentence of at most 30 words what the "
    "paper contributes. Use only what its abstract says. Do not begin with “This paper” or “We”. "
    "Answer with the sentence alone."
)


def propose_some(now: datetime) -> int:
    """Asks for gists of the papers of late that have none, best first; how many were kept.

    Nothing happens where no endpoint is named, or somebody is at it.
    """
    if not settings.GIST_ENDPOINT or cache.get(_CLOSED):
        return 0
    if not cache.add(_BUSY, 1, AT_ONCE * int(_LIMITS.deadline)):
        return 0
    try:
        return sum(_propose(paper, now) for paper in _wanting(now))
    except Unreachable as error:
        cache.set(_CLOSED, 1, int(error.retry_after or _REST))
        return 0
    finally:
        cache.delete(_BUSY)


def _wanting(now: datetime) -> list[Paper]:
    asked = GistWord.objects.filter(paper=OuterRef("pk"), by=By.MODEL)
    papers = Paper.objects.visible().filter(
        summary="", gist_by="", stats__listed_at__gte=now - AMONG
    )
    papers = papers.exclude(abstract="").filter(~Exists(asked))
    return list(papers.only("title_text", "abstract").ranked("hot")[:AT_ONCE])


def _propose(paper: Paper, now: datetime) -> bool:
    """Whether a proposal was kept. What fails for this paper alone is not asked again.

    Raises Unreachable.
    """
    try:
        text = _gist_in(_answer(paper))
        return propose_gist(paper.pk, text, model=settings.GIST_MODEL, now=now)
    except (Refused, NoGist):
        GistWord.objects.create(
            paper=paper, by=By.MODEL, name=settings.GIST_MODEL, made_at=now, undone_at=now
        )
        return False


def _answer(paper: Paper) -> bytes:
    words = f"{paper.title_text}\n\n{paper.abstract[:_LONGEST_ABSTRACT]}"
    body = {
        "model": settings.GIST_MODEL,
        "messages": [{"role": "system", "content": _TASK}, {"role": "user", "content": words}],
        "temperature": 0,
        "max_tokens": 120,
    }
    headers = {"Content-Type": "application/json"}
    if settings.GIST_KEY:
        headers["Authorization"] = f"Bearer {settings.GIST_KEY}"
    address = f"{settings.GIST_ENDPOINT}/chat/completions"
    return fetch(address, headers=headers, body=json.dumps(body).encode(), limits=_LIMITS).content


def _gist_in(answer: bytes) -> str:
    """The first sentence of what the model says. Raises NoGist."""
    try:
        told: Any = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NoGist("The answer is no chat completion.") from None
    line = " ".join(told.split()) if isinstance(told, str) else ""
    found = sentences(re.sub(r"^[\"“']+|[\"”']+$", "", line))
    return shortened(found[0]) if found else ""
