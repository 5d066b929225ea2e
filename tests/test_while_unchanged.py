"""What is kept while the database stays as it is goes with the first change of it."""

from django.db import transaction

from feeds.models import Tag
from feeds.unchanged import one_moment, unchanged
from feeds.while_unchanged import WhileUnchanged


def tags() -> list[str]:
    return list(Tag.objects.order_by("slug").values_list("slug", flat=True))


def test_it_is_made_once_and_again_after_a_change(transactional_db) -> None:
    kept = WhileUnchanged[list[str]]()
    first = kept.get("tags", tags)
    assert kept.get("tags", tags) is first
    Tag.objects.create(slug="agents", name="Agents")
    assert kept.get("tags", tags) == [*first, "agents"]


def test_within_a_transaction_nothing_is_kept(transactional_db) -> None:
    kept = WhileUnchanged[list[str]]()
    before = kept.get("tags", tags)
    with transaction.atomic():
        Tag.objects.create(slug="agents", name="Agents")
        assert "agents" in kept.get("tags", tags)
        transaction.set_rollback(True)
    assert kept.get("tags", tags) == before


def test_no_more_is_kept_than_there_is_room_for(transactional_db) -> None:
    kept = WhileUnchanged[object](most=2)
    first = kept.get(1, object)
    assert kept.get(1, object) is first
    kept.get(2, object)
    kept.get(3, object)
    assert kept.get(1, object) is not first


def test_one_question_is_answered_at_one_moment(transactional_db) -> None:
    with one_moment():
        then = unchanged.now()
        Tag.objects.create(slug="agents", name="Agents")
        assert unchanged.now() == then
    assert unchanged.now() != then
