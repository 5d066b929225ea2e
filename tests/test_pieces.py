"""Which of some papers are among those that a question means."""

from feeds.models import Paper
from feeds.pieces import Pieces
from tests.factories import entry, put_in


def test_the_papers_of_any_piece_come_with_their_scores(db) -> None:
    put_in(entry("One"), entry("Two"), entry("Three"))
    one, two, three = Paper.objects.order_by("id").values_list("pk", flat=True)
    found = Pieces(
        [Paper.objects.filter(title="One"), Paper.objects.filter(title__in=["One", "Three"])]
    )
    assert found.scores([one, two], "hot").keys() == {one}
    assert found.scores([three, two, one], "hot").keys() == {one, three}
    assert found.scores([three], "new")[three] == Paper.objects.get(pk=three).stats.new


def test_what_can_hold_no_paper_holds_none(db) -> None:
    put_in(entry("One"))
    ids = list(Paper.objects.values_list("pk", flat=True))
    assert Pieces([Paper.objects.none()]).scores(ids, "hot") == {}
    assert Pieces().scores(ids, "hot") == {}
    every = Pieces([Paper.objects.none(), Paper.objects.all()])
    assert every.scores(ids, "hot").keys() == set(ids)
    assert every.scores([], "hot") == {}
