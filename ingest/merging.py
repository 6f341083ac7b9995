"""Records that are brought together in one paper, and parted again. All of it is recorded, and can be undone.

The caller opens the transaction, except for `undo` and `redo`, which are whole by themselves. Whoever changes which
paper a record is of holds the lock of the stores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from django.db import connection, transaction
from django.utils import timezone

from ingest import places
from ingest.evidence import Match, Verdict
from ingest.join import find_same
from ingest.models import Apart, Merge
from papers import interest
from papers import record as plain
from papers.feeds import entries
from papers.joins import Join, brought_together
from papers.models import Appearance, Listing, Paper, Record
from papers.record import PaperRecord
from papers.work import Work, derive

WORK_COLUMNS = [field.name for field in fields(Work)]
_LOCK = 0x57013  # any constant; one for all stores


class CannotMerge(Exception):
    """A merge that cannot be undone or done again; the message is for the operator."""


def lock() -> None:
    """One at a time, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def note(records: Iterable[PaperRecord], matches: Mapping[str, Match]) -> None:
    """Records that new records came to papers that were there; before these are derived anew."""
    titles = _titles({matches[record.source_id].paper_id for record in records})
    Merge.objects.bulk_create(
        _row(record.source, record.source_id, record.title, match.paper_id, titles[match.paper_id], match.verdict)
        for record in records
        for match in [matches[record.source_id]]
    )


def merge_known(records: Sequence[PaperRecord]) -> None:
    """Brings two papers together where a record of one now says, by id or DOI, that it is of the other."""
    asked = [record for record in records if record.same_as or record.doi]
    found = find_same(asked)
    for record in asked:
        if record.source_id in found:
            _merge_paper_of(record, found[record.source_id])


def undo(merge_id: int, by: str) -> Merge:
    """The records that came leave for a paper of their own, and nothing joins them again. Raises CannotMerge."""
    with transaction.atomic():
        lock()
        merge = _merge(merge_id)
        if merge.undone:
            raise CannotMerge("it is undone already")
        moved = _records(merge.records)
        paper = moved[0].paper if moved else None
        moved = [row for row in moved if row.paper_id == moved[0].paper_id]
        stayed = [row for row in paper.records.all() if row not in moved] if paper else []
        if not paper or not stayed:
            raise CannotMerge("no other record is left in that paper")
        merge.records, merge.stayed = [str(row) for row in moved], [str(row) for row in stayed]
        merge.emptied = _part(paper, moved, stayed, merge.emptied)
        merge.undone, merge.undone_by = timezone.now(), by
        merge.save()
        Apart.objects.bulk_create(
            (Apart(one=one, other=other, by=by) for one, other in _pairs(merge)), ignore_conflicts=True
        )
        return merge


def redo(merge_id: int) -> Merge:
    """Brings together again what was parted. Raises CannotMerge."""
    with transaction.atomic():
        lock()
        merge = _merge(merge_id)
        if not merge.undone:
            raise CannotMerge("it is not undone")
        moved, stayed = _records(merge.records), _records(merge.stayed)
        if not moved or not stayed:
            raise CannotMerge("its records are not there any more")
        kept, gone = stayed[0].paper, moved[0].paper
        if kept.pk == gone.pk or _share_a_source(kept, gone):
            raise CannotMerge("the two papers are one, or have records of the same source")
        _bring_together(kept, gone)
        merge.paper, merge.emptied, merge.undone, merge.undone_by = kept.pk, gone.pk, None, ""
        merge.save()
        for one, other in _pairs(merge):
            Apart.objects.filter(one=one, other=other).delete()
        return merge


def joins_of(paper: Paper) -> list[Join]:
    """Why records stand under a paper beside its first one."""
    rows = Merge.objects.filter(paper=paper.pk, undone=None).order_by("at", "pk")
    return [Join(tuple(row.records), row.evidence, row.at.date(), row.detail) for row in rows]


def derive_paper(paper: Paper) -> bool:
    """Derives a paper from its records; True if it changed."""
    work = derive([plain.from_json(row.data) for row in paper.records.all()])
    if work.content_hash == bytes(paper.content_hash):
        return False
    for name in WORK_COLUMNS:
        setattr(paper, name, getattr(work, name))
    paper.save()
    return True


def _merge_paper_of(record: PaperRecord, match: Match) -> None:
    """The older paper is kept. Papers that two records of one source are of stay two."""
    ours = Paper.objects.get(records__source=record.source, records__source_id=record.source_id)
    theirs = Paper.objects.filter(pk=match.paper_id).first()  # None: a record of the batch has emptied it
    if theirs is None or ours.pk == theirs.pk or _share_a_source(ours, theirs):
        return
    kept, gone = sorted((ours, theirs), key=lambda paper: paper.pk)
    row = _row(record.source, record.source_id, gone.title, kept.pk, kept.title, match.verdict)
    row.records, row.emptied = [str(each) for each in gone.records.order_by("source", "source_id")], gone.pk
    row.save()
    _bring_together(kept, gone)


def _bring_together(kept: Paper, gone: Paper) -> None:
    """Old addresses go on leading to the paper: they are looked up by its records."""
    with connection.cursor() as cursor:
        for query in _MOVE:
            cursor.execute(query, {"kept": kept.pk, "gone": gone.pk})
    interest.add_up(kept.pk, gone.pk)
    entries.bring_together(kept.pk, gone.pk)
    brought_together.send(sender=None, kept=kept.pk, gone=gone.pk)
    Paper.objects.get(pk=gone.pk).delete()
    derive_paper(Paper.objects.get(pk=kept.pk))


# A place that both have is left to the paper that is kept; it comes back from the records when they part.
_MOVE = (
    "UPDATE papers_record SET paper_id = %(kept)s WHERE paper_id = %(gone)s",
    """UPDATE papers_listing place SET paper_id = %(kept)s WHERE paper_id = %(gone)s AND NOT EXISTS (
           SELECT FROM papers_listing there WHERE there.paper_id = %(kept)s
           AND there.category = place.category AND there.day = place.day)""",
    """UPDATE papers_appearance place SET paper_id = %(kept)s WHERE paper_id = %(gone)s AND NOT EXISTS (
           SELECT FROM papers_appearance there WHERE there.paper_id = %(kept)s
           AND there.edition_id = place.edition_id)""",
)


def _part(paper: Paper, moved: Sequence[Record], stayed: Sequence[Record], paper_id: int | None) -> int:
    """Gives `moved` a paper, with the id of the one they came from where there was one."""
    fresh = Paper(pk=paper_id if paper_id and not Paper.objects.filter(pk=paper_id).exists() else None)
    records = [plain.from_json(row.data) for row in moved]
    work = derive(records)
    for name in WORK_COLUMNS:
        setattr(fresh, name, getattr(work, name))
    fresh.key = f"parted from {paper.key}"  # the name may still be the paper's
    fresh.save(force_insert=True)
    ids = [row.pk for row in moved]
    for model, condition in ((Record, "pk__in"), (Listing, "record__in"), (Appearance, "record__in")):
        model.objects.filter(**{condition: ids}).update(paper=fresh)
    derive_paper(Paper.objects.get(pk=paper.pk))
    Paper.objects.filter(pk=fresh.pk).update(key=work.key)
    entries.part(paper.pk, fresh.pk, work.key, [derive([record]).key for record in records])
    _write_places_again([*moved, *stayed])
    return int(fresh.pk)


def _write_places_again(rows: Iterable[Record]) -> None:
    by_source: dict[str, list[PaperRecord]] = {}
    for row in rows:
        by_source.setdefault(row.source, []).append(plain.from_json(row.data))
    for records in by_source.values():
        places.write_places(records)


def _row(source: str, source_id: str, title: str, paper: int, paper_title: str, verdict: Verdict) -> Merge:
    return Merge(source=source, source_id=source_id, title=title, paper=paper, paper_title=paper_title,
                 records=[f"{source}:{source_id}"], evidence=verdict.kind.value, score=verdict.score,
                 detail=verdict.detail)  # fmt: skip


def _merge(merge_id: int) -> Merge:
    merge = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None:
        raise CannotMerge(f"there is no merge {merge_id}")
    return merge


def _records(names: Sequence[str]) -> list[Record]:
    """Records by SOURCE:ID, those that are there."""
    found = []
    for source, _, source_id in (name.partition(":") for name in names):
        found += Record.objects.filter(source=source, source_id=source_id).select_related("paper")
    return found


def _share_a_source(one: Paper, other: Paper) -> bool:
    return other.records.filter(source__in=one.records.values("source")).exists()


def _titles(papers: set[int]) -> dict[int, str]:
    return dict(Paper.objects.filter(pk__in=papers).values_list("id", "title")) if papers else {}


def _pairs(merge: Merge) -> list[tuple[str, str]]:
    return [(min(one, other), max(one, other)) for one in merge.records for other in merge.stayed]
