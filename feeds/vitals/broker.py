from datetime import datetime

from celery import current_app
from django.conf import settings
from django.utils.translation import gettext_lazy, gettext_noop

from config.broker import broker
from feeds.vitals.base import WELL, Found, Number, vitals

_WAITING = gettext_noop("Messages that wait in a queue")
_TAKEN = gettext_noop("Messages that a worker took and has not done with")


class Broker:
    name = "broker"
    label = gettext_lazy("Broker")
    needed = True

    def look(self, _now: datetime) -> Found:
        queues = sorted(current_app.amqp.queues)
        prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
        with broker() as client:
            asked = client.pipeline(transaction=False)
            for queue in queues:
                asked.llen(f"{prefix}{queue}")
            *lengths, taken = asked.hlen(f"{prefix}unacked").execute()
        waiting = [
            Number("queue_messages", _WAITING, length, {"queue": queue})
            for queue, length in zip(queues, lengths, strict=True)
        ]
        return Found(WELL, (*waiting, Number("queue_taken_messages", _TAKEN, taken)))


vitals.register(Broker())
