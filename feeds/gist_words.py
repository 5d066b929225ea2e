"""What curators write on what a paper contributes, and what a model proposes.

A curator's word goes before all others, and outlives every digest. A model's proposal stands only
where no digest gives a gist, and says that it is one, until a curator accepts it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feeds.gist import LONGEST
from feeds.models import GistWord, Paper
from feeds.tex.clean import strip_controls
from feeds.writing import lock_papers

By = GistWord.By


class NoGist(ValueError):
    """That can be no gist; the text says what to do."""


@transaction.atomic
def write_gist(
    paper_id: int, text: str, *, who: str, made_by: int | None, now: datetime
) -> int | None:
    """The curators' gist of the paper from now on; "" leaves it to the digests and the abstract.

    `who` is the curator as readers may know them. The id of the word that stood before, None
    where none did. Raises NoGist.
    """
    text = gist_of(text)
    lock_papers()
    before = standing_word(paper_id)
    GistWord.objects.create(
        paper_id=paper_id,
        text=text,
        by=By.CURATORS,
        name=who[:100],
        made_by_id=made_by,
        made_at=now,
    )
    settle_gist(paper_id)
    return before.pk if before else None


@transaction.atomic
def propose_gist(paper_id: int, text: str, *, model: str, now: datetime) -> bool:
    """Keeps a model's proposal, unless curators wrote a gist. Raises NoGist for none."""
    text = gist_of(text)
    if not text:
        raise NoGist(_("It is empty."))
    lock_papers()
    if GistWord.objects.filter(paper=paper_id, by=By.CURATORS, undone_at=None).exists():
        return False
    GistWord.objects.create(
        paper_id=paper_id, text=text, by=By.MODEL, name=model[:100], made_at=now
    )
    settle_gist(paper_id)
    return True


@transaction.atomic
def take_back(paper_id: int, now: datetime, *, to: int | None = None) -> None:
    """Takes back the curators' words on the paper that came after the word `to`; all, for None."""
    lock_papers()
    words = GistWord.objects.filter(paper=paper_id, by=By.CURATORS, undone_at=None)
    words.filter(pk__gt=to or 0).update(undone_at=now)
    settle_gist(paper_id)


def standing_word(paper_id: int) -> GistWord | None:
    """The word that holds of the paper, if there is one."""
    words = GistWord.objects.filter(paper=paper_id, undone_at=None)
    return words.order_by("-id").first()


def gist_of(text: str) -> str:
    """The text in one line. Raises NoGist where it is too long."""
    gist = " ".join(strip_controls(text).split())
    if len(gist) > LONGEST:
        raise NoGist(
            _("A gist has at most %(longest)s characters; this has %(gist)s. Shorten it.")
            % {"longest": LONGEST, "gist": len(gist)}
        )
    return gist


def settle_gist(paper_id: int) -> None:
    """Writes into the paper's row what holds by now. The caller holds `lock_papers`."""
    word = standing_word(paper_id)
    text, by = (word.text, word.by) if word and word.text else ("", "")
    now = timezone.now()
    Paper.objects.filter(pk=paper_id).update(gist=text, gist_by=by, changed_at=now)
