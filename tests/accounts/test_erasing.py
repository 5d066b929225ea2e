"""A deleted account leaves nothing of its person, and papers count without them."""

import pytest
from django.utils import timezone

from accounts.erasing import erase
from accounts.models import Subscription, User
from accounts.roles import CannotChange
from feeds import collecting, commenting, reading, voting
from feeds.models import Collection, Comment, Paper, PaperStats, Vote
from tests.factories import entry, put_in
from tests.people import NOW, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers() -> list[int]:
    put_in(entry(id="2604.00001", upvotes=5), entry(id="2604.00002"), entry(id="2604.00003"))
    return list(Paper.objects.order_by("key").values_list("pk", flat=True))


def votes() -> list[tuple[int, float]]:
    rows = PaperStats.objects.order_by("paper__key").values_list("votes", "top")
    return [(count, round(score, 6)) for count, score in rows]


def test_papers_count_and_stand_as_if_the_person_had_never_voted(papers) -> None:
    other, ada = somebody(), somebody("Ada")
    voting.vote(papers[0], other)
    before = votes()
    for paper in papers[:2]:
        voting.vote(paper, ada)
    voting.vote(papers[2], ada, held_until=NOW)  # which does not count yet
    assert votes() != before
    erase(ada, timezone.now())
    assert votes() == before
    assert list(Vote.objects.values_list("user", flat=True)) == [other]


def test_what_was_said_stays_without_a_name(papers) -> None:
    ada = somebody("Ada")
    made = commenting.say(papers[0], "It is short.", by=ada, now=NOW)
    collecting.save(papers[0], ada)
    erase(ada, timezone.now())
    comment = Comment.objects.get(pk=made)
    assert (comment.user_id, comment.text) == (None, "It is short.")
    assert not Collection.objects.exists()
    shown = reading.paper("2604.00001")
    assert shown
    assert shown.comments == 1


def test_its_mail_ends(reads) -> None:
    order, other = reads(), reads("other@example.org")
    ada = User.objects.create_user(order.email).pk
    erase(ada, timezone.now())
    erase(ada, timezone.now())  # a second press
    assert list(Subscription.objects.filter(ended_at__isnull=True)) == [other]


def test_an_admin_is_not_deleted() -> None:
    admin = somebody(is_superuser=True)
    with pytest.raises(CannotChange):
        erase(admin, timezone.now())
    assert User.objects.filter(pk=admin).exists()


def test_the_admins_tables_delete_in_the_same_way(admin_client, papers) -> None:
    people = [somebody() for _ in range(3)]
    for person in people:
        voting.vote(papers[0], person)
        collecting.save(papers[0], person)  # of a table that is only read there
    page = "/admin/accounts/user/"
    assert admin_client.post(f"{page}{people[0]}/delete/", {"post": "yes"}).status_code == 302
    admin = User.objects.get(is_superuser=True).pk
    chosen = {"action": "delete_selected", "post": "yes", "_selected_action": [*people, admin]}
    assert admin_client.post(page, chosen).status_code == 403
    assert votes()[0][0] == 2
    admin_client.post(page, chosen | {"_selected_action": people})
    assert [person.pk for person in User.objects.all()] == [admin]
    assert votes()[0][0] == 0


def test_roles_are_only_read_there(admin_client) -> None:
    ada = User.objects.get(pk=somebody())
    given = {"email": ada.email, "name": "Ada", "is_superuser": "on", "is_moderator": "on"}
    admin_client.post(f"/admin/accounts/user/{ada.pk}/change/", given)
    ada.refresh_from_db()
    assert (ada.name, ada.is_superuser, ada.is_moderator) == ("Ada", False, False)
