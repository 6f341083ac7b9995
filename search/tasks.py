"""Celery tasks of search. They only wake the work up: what there is to do stands in PostgreSQL, so a lost or doubled
message changes nothing."""

import time

from celery import shared_task

from search.indexing import follow, keywords, titles, vectors

LONGEST = 60.0  # seconds; key sentences that a reader asked for wait behind it
SLICE = 10.0  # seconds of a long backlog of keywords, between which the other indexes follow


@shared_task(name="search.follow", ignore_result=True, expires=60)
def follow_changes() -> int:
    """Brings the BM25 index, the trie of titles and keywords up to date and turns changes into jobs for the encoder."""
    enqueued = follow.enqueue_vectors()
    written = follow.follow_lexical()
    if enqueued:
        embed_papers.delay()
    titles.follow_titles()
    keywords.follow_keywords(until=time.monotonic() + SLICE)
    return written


@shared_task(name="search.embed", ignore_result=True, expires=60)
def embed_papers() -> int:
    """Embeds what waits, for a few minutes at most: a task must stay far below the broker's visibility timeout,
    however long the backlog, and beat sends the next one."""
    until = time.monotonic() + LONGEST
    return sum(vectors.embed_all(row, encoder, until) for row, encoder in vectors.targets())
