"""All that is known of one address's mail, for admins who are asked about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Delivery, Feedback, Subscription, Suppression, User
from accounts.orders import Order, in_words

MOST = 100


@dataclass(frozen=True, slots=True)
class History:
    """`stops` are all that ever kept mail away, the latest first; `standing` the one that does."""

    email: str
    has_account: bool
    orders: Sequence[Order]
    deliveries: Sequence[Delivery]
    feedback: Sequence[Feedback]
    stops: Sequence[Suppression]
    standing: Suppression | None
    read_at: datetime

    @property
    def is_empty(self) -> bool:
        return not (self.has_account or self.orders or self.feedback or self.stops)


def history(email: str, now: datetime) -> History:
    """What is known of the address; the last MOST rows of each kind."""
    email = email.strip().lower()
    orders = list(Subscription.objects.of([email]))
    deliveries = Delivery.objects.filter(subscription__in=orders).order_by("-period", "-id")
    feedback = Feedback.objects.filter(email=email).order_by("-id")
    stops = Suppression.objects.of([email]).select_related("lifted_by").order_by("-id")
    kept = list(stops[:MOST])
    return History(
        email=email,
        has_account=User.objects.filter(email=email).exists(),
        orders=in_words(orders),
        deliveries=list(deliveries[:MOST]),
        feedback=list(feedback[:MOST]),
        stops=kept,
        standing=next((one for one in kept if not one.lifted_at), None),
        read_at=now,
    )
