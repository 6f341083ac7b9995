"""Merges are recorded, can be undone and done again, and leave nothing behind."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from ingest import merging, places, store
from ingest.merging import CannotMerge
from ingest.models import Apart, Merge
from ingest.store import Counts
from papers import finding
from papers.identifiers import ArxivId
from papers.models import Appearance, Change, Listing, Paper, Record
from papers.record import Appearance as Place
from papers.record import Author, ListingKind, PaperRecord
from papers.record import Listing as Entry

pytestmark = pytest.mark.django_db

ADA = Author("Ada Writer", "Writer", "Ada")
BO = Author("Bo Reader", "Reader", "Bo")
TITLE = "A rather long title about one subject"


def preprint(number: int = 1, **changes: object) -> PaperRecord:
    made = PaperRecord(
        source="arxiv",
        source_id=f"1803.{number:05d}",
        title=TITLE,
        authors=(ADA, BO),
        abstract="We write.",
        categories=("cs.CL",),
        submitted=datetime(2018, 3, 17, tzinfo=UTC),
        listings=(Entry("cs.CL", date(2018, 3, 18), ListingKind.NEW, estimated=True),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def published(number: int = 1, **changes: object) -> PaperRecord:
    made = PaperRecord(
        source="acl",
        source_id=f"P18-{number:04d}",
        title=TITLE,
        authors=(ADA, BO),
        published=date(2018, 7, 1),
        appearances=(Place("ACL.2018", "Long", number),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def put(*records: PaperRecord) -> Counts:
    with transaction.atomic():
        return store.store(records)


def content() -> list[object]:
    """All that readers see, by natural keys: numbers that a sequence gives are left out."""
    papers = dict(Paper.objects.values_list("id", "key"))
    return [
        sorted(
            tuple(sorted((name, repr(value)) for name, value in row.items() if name != "id"))
            for row in Paper.objects.values()
        ),
        sorted((str(row), papers[row.paper_id], bytes(row.record_hash)) for row in Record.objects.all()),
        sorted(
            (papers[row.paper_id], str(row.record), row.category, str(row.day), row.kind, row.estimated)
            for row in Listing.objects.select_related("record")
        ),
        sorted(
            (papers[row.paper_id], str(row.record), row.edition.name, row.track, row.position)
            for row in Appearance.objects.select_related("record", "edition")
        ),
    ]


def logged(since: int) -> list[tuple[int, str]]:
    return list(Change.objects.filter(id__gt=since).order_by("id").values_list("paper_id", "kind"))


def last_change() -> int:
    return Change.objects.order_by("-id").values_list("id", flat=True).first() or 0


@pytest.mark.parametrize(
    ("record", "evidence"),
    [
        (preprint(title="Short", same_as=("acl:P18-0001",)), "id"),
        (preprint(title="Entirely different", doi="10.18653/v1/x"), "doi"),
        (preprint(), "title"),
        (preprint(title=f"A new name: {TITLE}"), "near-title"),
    ],
)
def test_a_merge_is_recorded_with_its_evidence(record: PaperRecord, evidence: str) -> None:
    put(published(doi="10.18653/v1/x"))
    put(record)
    merge, paper = Merge.objects.get(), Paper.objects.get()
    assert (merge.source, merge.source_id, merge.records) == ("arxiv", "1803.00001", ["arxiv:1803.00001"])
    assert (merge.evidence, merge.paper, merge.undone) == (evidence, paper.pk, None)
    assert (merge.title, merge.paper_title) == (record.title, TITLE)
    assert 0 < merge.score <= 1


def test_a_record_that_is_there_may_have_named_the_new_one() -> None:
    put(published(title="Other", authors=(), same_as=("arxiv:1803.00001", "arxiv:1803.00009")))
    put(preprint(), preprint(2, title="A second title of some length"))
    assert {str(row) for row in Paper.objects.get(key="1803.00001").records.all()} == {
        "acl:P18-0001",
        "arxiv:1803.00001",
    }
    assert Paper.objects.count() == 2


def test_the_better_evidence_of_a_batch_has_the_paper() -> None:
    put(published())
    put(preprint(1, title=f"A new name: {TITLE}"), preprint(2))
    assert {str(row) for row in Paper.objects.get(key="1803.00002").records.all()} == {
        "acl:P18-0001",
        "arxiv:1803.00002",
    }


def test_nothing_is_merged_where_nothing_says_so() -> None:
    put(preprint(1), preprint(2, title="Another title of some length"))
    put(published(3, title="A third title of some length"))
    assert (Paper.objects.count(), Merge.objects.count()) == (3, 0)


@pytest.mark.parametrize("first", ["preprint", "published"])
def test_undone_the_papers_are_as_if_they_had_never_met_and_redone_as_if_never_parted(first: str) -> None:
    pair = [preprint(), published()]
    ours, theirs = pair if first == "preprint" else pair[::-1]
    kept_apart = Apart.objects.create(one="acl:P18-0001", other="arxiv:1803.00001")
    put(ours)
    put(theirs)
    apart = content()
    kept_apart.delete()
    Paper.objects.all().delete()
    put(ours)
    put(theirs)
    merge, together = Merge.objects.get(), content()
    before = last_change()
    merging.undo(merge.pk, by="ada")
    assert content() == apart
    assert [kind for _, kind in logged(before)] == ["I", "U"]
    merging.redo(merge.pk)
    assert content() == together
    merging.undo(merge.pk, by="ada")
    assert content() == apart


def test_what_was_parted_is_not_joined_again() -> None:
    put(published())
    put(preprint())
    merge = merging.undo(Merge.objects.get().pk, by="ada")
    assert (merge.undone_by, merge.stayed) == ("ada", ["acl:P18-0001"])
    assert str(Apart.objects.get()) == "acl:P18-0001 is not arxiv:1803.00001"
    put(preprint(comments="Corrected", doi="10.1/x"))
    put(published(doi="10.1/x", same_as=("arxiv:1803.00001",)))
    assert Paper.objects.count() == 2
    Paper.objects.get(key="1803.00001").delete()
    put(preprint())
    assert Paper.objects.count() == 2


def test_redone_it_may_be_joined_again() -> None:
    put(published())
    put(preprint())
    merge = Merge.objects.get()
    merging.undo(merge.pk, by="ada")
    again = merging.redo(merge.pk)
    assert (again.undone, again.undone_by, Apart.objects.count(), Paper.objects.count()) == (None, "", 0, 1)


def test_a_merge_is_undone_once_and_redone_only_then() -> None:
    put(published())
    put(preprint())
    merge = Merge.objects.get()
    with pytest.raises(CannotMerge, match="not undone"):
        merging.redo(merge.pk)
    merging.undo(merge.pk, by="ada")
    with pytest.raises(CannotMerge, match="undone already"):
        merging.undo(merge.pk, by="ada")
    with pytest.raises(CannotMerge, match="no merge 0"):
        merging.undo(0, by="ada")


def test_what_has_gone_meanwhile_is_said_and_changes_nothing() -> None:
    put(published())
    put(preprint())
    merge = Merge.objects.get()
    Record.objects.get(source="acl").delete()
    with pytest.raises(CannotMerge, match="no other record"):
        merging.undo(merge.pk, by="ada")
    Paper.objects.all().delete()
    with pytest.raises(CannotMerge, match="no other record"):
        merging.undo(merge.pk, by="ada")


@pytest.mark.parametrize("by", ["same_as", "doi"])
def test_a_record_that_comes_to_say_so_brings_two_papers_together(by: str) -> None:
    put(published(title="Other words for it", doi="10.1/x"))
    put(preprint(listings=(Entry("cs.CL", date(2018, 3, 18), ListingKind.NEW),)))
    older, newer = Paper.objects.get(key="P18-0001@ACL"), Paper.objects.get(key="1803.00001")
    apart, before = content(), last_change()
    told: dict[str, object] = {"same_as": ("acl:P18-0001",)} if by == "same_as" else {"doi": "10.1/x"}
    put(preprint(listings=(Entry("cs.CL", date(2018, 3, 18), ListingKind.NEW),), **told))
    paper = Paper.objects.get()
    assert (paper.pk, paper.key, paper.appearances) == (older.pk, "1803.00001", ["ACL.2018"])
    assert Listing.objects.get().paper_id == Appearance.objects.get().paper_id == older.pk
    assert logged(before)[-2:] == [(newer.pk, "D"), (older.pk, "U")]
    merge = Merge.objects.get()
    assert (merge.emptied, merge.records) == (newer.pk, ["arxiv:1803.00001"])

    merging.undo(merge.pk, by="ada")
    assert set(Paper.objects.values_list("id", "key")) == {(older.pk, "P18-0001@ACL"), (newer.pk, "1803.00001")}
    assert content()[2:] == apart[2:]


def test_old_addresses_lead_to_the_paper() -> None:
    put(published(title="Other words for it"))
    put(preprint())
    put(preprint(same_as=("acl:P18-0001",)))
    paper = Paper.objects.get()
    assert finding.by_venue_key("P18-0001@ACL") == finding.by_arxiv_id(ArxivId("1803.00001")) == paper
    assert TITLE in Client().get("/venue/P18-0001@ACL", follow=True).content.decode()


def test_papers_that_two_records_of_one_source_are_of_stay_two() -> None:
    put(preprint(1), preprint(2, title="Another title of some length"))
    put(published(1), published(2, title="Another title of some length"))
    assert Paper.objects.count() == 2
    put(preprint(1, same_as=("acl:P18-0002",)))
    assert Paper.objects.count() == 2


def test_a_place_that_both_have_is_kept_once_and_comes_back() -> None:
    put(published(title="Other words for it"))
    elsewhere = PaperRecord(
        "openreview", "abc", "Quite different words", (ADA, BO), appearances=(Place("ACL.2018", "Oral"),)
    )
    put(elsewhere)
    assert Appearance.objects.count() == 2
    put(replace(elsewhere, same_as=("acl:P18-0001",)))
    assert [(row.track, str(row.record)) for row in Appearance.objects.all()] == [("Long", "acl:P18-0001")]
    merging.undo(Merge.objects.get().pk, by="ada")
    assert sorted((row.track, row.paper.key) for row in Appearance.objects.all()) == [
        ("Long", "P18-0001@ACL"),
        ("Oral", "abc@OpenReview"),
    ]


def test_a_killed_undo_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    put(published())
    put(preprint())
    before, merge = content(), Merge.objects.get()

    def killed(records: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(places, "write_places", killed)
    with pytest.raises(KeyboardInterrupt):
        merging.undo(merge.pk, by="ada")
    assert content() == before
    assert (Merge.objects.get().undone, Apart.objects.count()) == (None, 0)


def test_candidates_are_found_by_two_authors_however_many_papers_the_first_has() -> None:
    names = [Author(f"Cy {chr(97 + number % 26)}") for number in range(60)]
    put(*(published(n, title=f"Something else number {n}", authors=(ADA, names[n])) for n in range(1, 60)))
    put(published(99))
    with connection.execute_wrapper(_counting(asked := [])):
        put(preprint(title=f"A new name: {TITLE}"))
    assert Merge.objects.get().paper_title == TITLE
    assert len(asked) < 25


def _counting(asked: list[str]) -> Any:
    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    return count


def test_the_command_lists_undoes_and_redoes(capsys: pytest.CaptureFixture[str]) -> None:
    put(published())
    put(preprint())
    merge = Merge.objects.get()
    call_command("merges")
    assert "1 merges, 0 undone" in capsys.readouterr().out
    call_command("merges", "undo", str(merge.pk))
    assert "undone" in capsys.readouterr().out
    assert Paper.objects.count() == 2
    call_command("merges", "redo", str(merge.pk))
    assert Paper.objects.count() == 1
    with pytest.raises(CommandError, match=f"merge {merge.pk}: it is not undone"):
        call_command("merges", "redo", str(merge.pk))


def test_an_operator_sees_both_titles_and_undoes_and_redoes(admin_client: Client) -> None:
    put(published(title=TITLE.upper()))
    put(preprint())
    merge = Merge.objects.get()
    page = admin_client.get("/admin/ingest/merge/?q=1803.00001").content.decode()
    assert TITLE in page
    assert TITLE.upper() in page
    assert admin_client.get("/admin/ingest/merge/?evidence__exact=doi").content.decode().count(TITLE) == 0
    for action, papers in (("undo", 2), ("undo", 2), ("redo", 1)):
        answer = admin_client.post(
            "/admin/ingest/merge/", {"action": action, "_selected_action": [merge.pk]}, follow=True
        )
        assert answer.status_code == 200
        assert Paper.objects.count() == papers
    assert admin_client.get(f"/admin/ingest/merge/{merge.pk}/change/").status_code == 200
