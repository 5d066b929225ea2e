"""Celery tasks: a message is a doorbell, the row in PostgreSQL is the truth."""

from celery import shared_task
from django.utils import timezone

from feeds import (
    changes,
    closing,
    embedding,
    fetching,
    gist_proposals,
    holding,
    rescoring,
    retagging,
    splitting,
    submitting,
    usual,
    vector_index,
    websub,
)
from feeds.desk import counting, digests, proposing, readings
from feeds.embedders.base import embedder
from feeds.for_you import learning
from feeds.vitals import beat

# A message that waited this long is of no use: the next ring made another.
RING_AGAIN = 55
# Runs end by themselves long before; this is for what hangs in spite of all limits.
LONGEST = 3600
# Seconds of each ring that papers are embedded for: a worker has other things to do.
EMBED_FOR = 40.0


@shared_task
def ring_sources() -> None:
    """Finds the sources that are due and rings for each; beat calls it each minute."""
    for source_id in fetching.due(timezone.now()):
        run_source.apply_async((source_id,), expires=RING_AGAIN)


@shared_task(soft_time_limit=LONGEST)
def run_source(source_id: int) -> None:
    """Runs the source, unless it is not due any more or someone runs it."""
    fetching.run(source_id, timezone.now())


@shared_task
def run_source_now(source_id: int) -> None:
    """Runs the source, due or not, for a person who asked; unless someone runs it."""
    fetching.run(source_id, timezone.now(), asked=True)


@shared_task
def ring_desk() -> None:
    """Rings for the readings, countings, submissions and split tags that nobody is at; beat calls
    it each minute.
    """
    now = timezone.now()
    for run_id in readings.waiting(now):
        read_digest.apply_async((run_id,), expires=RING_AGAIN)
    for proposal_id in counting.uncounted(now):
        count_proposal.apply_async((proposal_id,), expires=RING_AGAIN)
    for submission_id in submitting.unfetched(now):
        fetch_submission.apply_async((submission_id,), expires=RING_AGAIN)
    for split_id in splitting.unmoved(now):
        split_on.apply_async((split_id,), expires=RING_AGAIN)


@shared_task
def read_digest(run_id: int) -> None:
    """Does the reading, unless it is done or someone is at it."""
    readings.perform(run_id, timezone.now())


@shared_task
def count_proposal(proposal_id: int) -> None:
    """Counts the entries of a proposed document."""
    counting.count(proposal_id)


@shared_task
def fetch_submission(submission_id: int) -> None:
    """Fetches a paper that a reader submitted, unless it is there or someone is at it."""
    submitting.fetch(submission_id, timezone.now())


@shared_task
def retry_problems(source: str, parser: str) -> None:
    """Asks for a reading of each digest of the filter that has entries put aside."""
    readings.ask_for_all(digests.Filter(source, parser), read_digest.delay)


@shared_task
def sweep_desk() -> None:
    """Lets go of proposals that are too old, and of what nobody holds; beat calls it hourly."""
    proposing.sweep(timezone.now())


@shared_task
def close_editions() -> None:
    """Closes the feeds' editions whose period is over; beat calls it hourly."""
    closing.close_ended(timezone.now())


@shared_task
def tag_again(slug: str) -> None:
    """Tags the papers anew that carry this tag."""
    retagging.retag_named(slug)


@shared_task
def split_on(split_id: int) -> None:
    """Moves the papers of a split tag that still wait for it."""
    splitting.move_on(split_id, timezone.now())


@shared_task(soft_time_limit=LONGEST)
def propose_gists() -> None:
    """Asks a model for gists, where one is named; beat calls it every five minutes."""
    gist_proposals.propose_some(timezone.now())


@shared_task(soft_time_limit=LONGEST)
def learn_tags() -> None:
    """Tags the papers of late by what curators said since; beat calls it hourly."""
    retagging.learn(timezone.now())


@shared_task(soft_time_limit=LONGEST)
def rescore_due() -> None:
    """Counts the votes that were held until now, and writes the scores that time has made stale;
    beat calls it each minute.
    """
    holding.count_held(timezone.now())
    rescoring.write_due(timezone.now())


@shared_task(soft_time_limit=LONGEST)
def learn_usual_votes() -> None:
    """Counts what is usual for each tag; beat calls it daily."""
    usual.learn_usual_votes(timezone.now())


@shared_task
def embed_waiting() -> None:
    """Makes the vectors that papers wait for; beat calls it each minute, an ingest at its end."""
    if model := embedder():
        made = embedding.embed_waiting(model, seconds=EMBED_FOR)
        if made:
            model.release()


@shared_task(soft_time_limit=LONGEST)
def look_after_vectors() -> None:
    """Finds papers that nobody told of, and builds the index once it pays; beat calls it hourly."""
    if model := embedder():
        embedding.want_missing(model.version)
        vector_index.build_index()


@shared_task
def learn_taste(person_id: int) -> None:
    """Learns what the reader likes, unless nothing waits for it."""
    learning.learn(person_id, timezone.now())


@shared_task
def ring_for_tastes() -> None:
    """Rings for the readers whose bell was lost, and gets ready for the others; beat calls it each
    minute.
    """
    learning.get_ready()
    for person_id in learning.waiting(timezone.now()):
        learn_taste.apply_async((person_id,), expires=RING_AGAIN)


@shared_task
def forget_changes() -> None:
    """Lets go of what changed long ago; beat calls it daily."""
    changes.forget()


@shared_task
def hear_beat() -> None:
    """Notes that beat rings; beat calls it each minute."""
    beat.hear(timezone.now())


@shared_task
def tell_hub() -> None:
    """Tells the hub of editions that came out, where the settings name one; beat calls it each
    minute then."""
    websub.tell_hub(timezone.now())
