"""What beat rings for, and how often."""

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0  # seconds
FRESH = 0.92  # of the time to the next ring: a message that waited longer is let go

EVERY: dict[str, tuple[float, str]] = {
    "say-that-beat-rings": (MINUTE, "feeds.tasks.hear_beat"),
    "ring-due-subscriptions": (MINUTE, "accounts.tasks.ring"),
    "close-editions": (HOUR, "feeds.tasks.close_editions"),
    "ring-due-sources": (MINUTE, "feeds.tasks.ring_sources"),
    "ring-the-desk": (MINUTE, "feeds.tasks.ring_desk"),
    "propose-gists": (5 * MINUTE, "feeds.tasks.propose_gists"),
    "learn-tags": (HOUR, "feeds.tasks.learn_tags"),
    "rescore-what-is-due": (MINUTE, "feeds.tasks.rescore_due"),
    "forget-old-changes": (DAY, "feeds.tasks.forget_changes"),
    "learn-usual-votes": (DAY, "feeds.tasks.learn_usual_votes"),
    "sweep-sign-ins": (DAY, "accounts.tasks.sweep_sign_ins"),
    "read-returned-mail": (5 * MINUTE, "accounts.tasks.read_returned_mail"),
    "tell-the-hub": (MINUTE, "feeds.tasks.tell_hub"),
    "ring-webhooks": (MINUTE, "accounts.tasks.ring_webhooks"),
    "sweep-webhooks": (DAY, "accounts.tasks.sweep_webhooks"),
    "embed-what-waits": (MINUTE, "feeds.tasks.embed_waiting"),
    "ring-for-tastes": (MINUTE, "feeds.tasks.ring_for_tastes"),
    "look-after-the-vectors": (HOUR, "feeds.tasks.look_after_vectors"),
    "sweep-the-desk": (HOUR, "feeds.tasks.sweep_desk"),
}

SCHEDULE = {
    name: {"task": task, "schedule": every, "options": {"expires": round(every * FRESH)}}
    for name, (every, task) in EVERY.items()
}
