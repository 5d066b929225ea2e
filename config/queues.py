"""Which queue a task waits in: what takes minutes must not stand before what takes none.

A worker hears all of them, unless it is told some: `celery --app config worker --queues mail`.
"""

from kombu import Queue

DEFAULT = "celery"  # bells and what is short
TASKS = {
    "ingest": (
        "feeds.tasks.run_source",
        "feeds.tasks.run_source_now",
        "feeds.tasks.read_digest",
        "feeds.tasks.count_proposal",
        "feeds.tasks.fetch_submission",
        "feeds.tasks.retry_problems",
        "feeds.tasks.tag_again",
        "feeds.tasks.split_on",
        "feeds.tasks.propose_gists",
        "feeds.tasks.learn_tags",
        "feeds.tasks.learn_usual_votes",
    ),
    "mail": (
        "accounts.tasks.send",
        "accounts.tasks.take_order",
        "accounts.tasks.send_confirmation",
        "accounts.tasks.send_data_letter",
        "accounts.tasks.read_returned_mail",
        "accounts.tasks.tell_admins",
        "accounts.tasks.send_to_webhook",
    ),
    "index": (
        "feeds.tasks.embed_waiting",
        "feeds.tasks.look_after_vectors",
        "feeds.tasks.learn_taste",
    ),
}

QUEUES = [Queue(name) for name in (DEFAULT, *TASKS)]
ROUTES = {task: {"queue": queue} for queue, tasks in TASKS.items() for task in tasks}
