"""Keeps the usage of phrases and every paper's keywords right by following the change log.

Changes become jobs; texts are counted; then keywords are chosen by the counts. What was counted of a paper is kept
beside the counters, so each text counts once, whatever stops in between and in whatever order papers come. Keywords
chosen while few texts were counted are chosen again whenever the number of texts has doubled."""

import json
import time
from collections.abc import Callable

from django.db import connection, transaction

from papers import changes
from papers.changes import Watermark
from papers.models import Paper
from search.indexing import follow, usage
from search.indexing.usage import Slots
from search.keywords import Usage, choose, counted_numbers, read, with_given
from search.models import CountedText, Follower, KeywordJob, PhraseCorpus, PhraseCounts
from search.phrases import key, number

VERSION = 1  # of the rules in search.phrases: under another number everything is counted anew
COUNT_CHUNK = 20_000  # texts of a transaction, which rewrites most blocks of counters
CHOOSE_CHUNK = 1_000
_NAME = "keywords"


def follow_keywords(until: float = float("inf"), on_progress: Callable[[int], object] = lambda papers: None) -> int:
    """Counts and chooses what waits, or stops soon after the monotonic clock reads `until`. Returns for how many papers
    it chose keywords."""
    enqueue()
    while time.monotonic() < until and count():
        pass
    reader = usage.Reader()
    total = 0
    while time.monotonic() < until and (chosen := choose_some(reader)):
        total += chosen
        on_progress(chosen)
    return total


def start_over() -> None:
    """Forgets what was counted and makes jobs for all papers. Their keywords stay until others are chosen."""
    with transaction.atomic():
        _lock()
        _start_over(follow._now())


def enqueue() -> int:
    """Turns changes into jobs. Jobs and watermark are one transaction. Returns how many changed papers it read."""
    total = 0
    while True:
        with transaction.atomic():
            _lock()
            mark = _mark()
            if mark is None:
                _start_over(follow._now())
                continue
            paper_ids, mark = changes.after(mark, COUNT_CHUNK)
            if not paper_ids:
                return total
            _add_jobs(paper_ids)
            _set_mark(mark)
        total += len(paper_ids)


def count() -> int:
    """Counts the texts of the next jobs, and takes back what was counted of them before. Returns how many jobs."""
    with transaction.atomic():
        _lock()
        waiting = KeywordJob.objects.filter(is_counted=False).order_by("paper_id")
        paper_ids = list(waiting.values_list("paper_id", flat=True)[:COUNT_CHUNK])
        if paper_ids:
            corpus = PhraseCorpus.objects.get(version=VERSION)
            corpus.texts += _recount(paper_ids)
            KeywordJob.objects.filter(paper_id__in=paper_ids).update(is_counted=True)
            if corpus.texts >= 2 * corpus.texts_at_choice:
                _choose_all_again()
                corpus.texts_at_choice = corpus.texts
            corpus.save()
        return len(paper_ids)


def choose_some(reader: usage.Reader) -> int:
    """Chooses the keywords of the next counted papers, the newest first. Jobs out and keywords in are one transaction.
    Returns how many jobs."""
    with transaction.atomic():
        paper_ids = _take_jobs()
        if paper_ids:
            columns = ("id", "title", "abstract", "keywords")
            _write(_chosen(list(Paper.objects.filter(id__in=paper_ids).values_list(*columns)), reader))
        return len(paper_ids)


def watermark() -> Watermark:
    """How far the log was read."""
    return _mark() or Watermark()


def _lock() -> None:
    """One process at a time reads the log and counts. Not a lock of a row: that would give the transaction a number,
    and every follower stops before the oldest number that is still open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search_keywords'))")


def _mark() -> Watermark | None:
    """None where there is nothing to go on from: nothing was counted, or by other rules, or from another log."""
    row = Follower.objects.filter(name=_NAME).first()
    if row is None or not PhraseCorpus.objects.filter(version=VERSION).exists():
        return None
    found = Watermark(row.transaction, row.change_id)
    return None if changes.is_from_another_server(found) else found


def _set_mark(mark: Watermark) -> None:
    Follower.objects.update_or_create(name=_NAME, defaults={"transaction": mark.transaction, "change_id": mark.id})


def _start_over(mark: Watermark) -> None:
    for model in (PhraseCorpus, PhraseCounts, CountedText, KeywordJob):
        model.objects.all().delete()
    PhraseCorpus.objects.create(version=VERSION)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_keywordjob (paper_id, is_counted) SELECT id, false FROM papers_paper")
    _set_mark(mark)


def _add_jobs(paper_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_keywordjob (paper_id, is_counted) SELECT unnest(%s::bigint[]), false
            ON CONFLICT (paper_id) DO UPDATE SET is_counted = false
            """,
            [paper_ids],
        )


def _recount(paper_ids: list[int]) -> int:
    """Makes the counters hold these papers' present texts. Returns how many texts more are counted than before."""
    before = {row.paper_id: row for row in CountedText.objects.filter(paper_id__in=paper_ids)}
    rows = Paper.objects.filter(id__in=paper_ids).values_list("id", "title", "abstract", "text_hash")
    present, fresh = set[int](), dict[int, tuple[bytes, Slots]]()
    for paper_id, title, abstract, text_hash in rows.iterator(chunk_size=2_000):
        present.add(paper_id)
        if paper_id not in before or bytes(before[paper_id].text_hash) != bytes(text_hash):
            fresh[paper_id] = bytes(text_hash), usage.slots_of(counted_numbers(title, abstract))
    stale = [row for paper_id, row in before.items() if paper_id not in present or paper_id in fresh]
    usage.add([slots for _, slots in fresh.values()], [usage.unpack_slots(bytes(row.slots)) for row in stale])
    CountedText.objects.filter(paper_id__in=[row.paper_id for row in stale]).delete()
    CountedText.objects.bulk_create(
        CountedText(paper_id=paper_id, text_hash=text_hash, slots=usage.pack_slots(slots))
        for paper_id, (text_hash, slots) in fresh.items()
    )
    return len(fresh) - len(stale)


def _choose_all_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_keywordjob (paper_id, is_counted) SELECT paper_id, true FROM search_countedtext
            ON CONFLICT (paper_id) DO NOTHING
            """
        )


def _take_jobs() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM search_keywordjob WHERE paper_id IN (
                SELECT paper_id FROM search_keywordjob WHERE is_counted
                ORDER BY paper_id DESC LIMIT %s FOR UPDATE SKIP LOCKED
            ) RETURNING paper_id
            """,
            [CHOOSE_CHUNK],
        )
        return [row[0] for row in cursor.fetchall()]


def _chosen(papers: list[tuple[int, str, str, list[str]]], reader: usage.Reader) -> dict[int, list[str]]:
    """Keywords by paper id."""
    found = {paper_id: read(title, abstract) for paper_id, title, abstract, _ in papers}
    counted = reader.texts_with({each.number for reading in found.values() for each in reading.phrases.values()})
    known = Usage(PhraseCorpus.objects.get(version=VERSION).texts, counted)
    return {paper_id: with_given(given, choose(found[paper_id], known)) for paper_id, _, _, given in papers}


def _write(keywords: dict[int, list[str]]) -> None:
    """A paper that is deleted meanwhile is left out; a row that says the same already stays."""
    rows = [
        {"id": paper_id, "phrases": phrases, "numbers": [number(key(each)) for each in phrases]}
        for paper_id, phrases in keywords.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_paperkeywords AS kept (paper_id, phrases, numbers)
            SELECT id, phrases, numbers
            FROM jsonb_to_recordset(%s::jsonb) AS made (id bigint, phrases text[], numbers int[])
            JOIN papers_paper USING (id)
            ON CONFLICT (paper_id) DO UPDATE SET phrases = EXCLUDED.phrases, numbers = EXCLUDED.numbers
            WHERE (kept.phrases, kept.numbers) IS DISTINCT FROM (EXCLUDED.phrases, EXCLUDED.numbers)
            """,
            [json.dumps(rows)],
        )
