from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from ingest import store
from ingest.items import SetAside as Fault
from ingest.models import SetAside
from ingest.store import Counts
from papers.models import Appearance, Change, Edition, Listing, Paper, Record, Venue
from papers.record import Appearance as Place
from papers.record import Author, EditionRecord, ListingKind, PaperRecord, VenueRecord
from papers.record import Listing as Entry

pytestmark = pytest.mark.django_db

ADA = Author("Ada Writer", "Writer", "Ada")
BO = Author("Bo Reader", "Reader", "Bo")
TITLE = "A rather long title about one subject"


def preprint(number: int = 1, **changes: object) -> PaperRecord:
    made = PaperRecord(
        source="arxiv",
        source_id=f"2503.{number:05d}",
        title=f"{TITLE} {number}",
        authors=(ADA, BO),
        abstract="We write.",
        categories=("cs.CL",),
        listings=(Entry("cs.CL", date(2025, 3, 18), ListingKind.NEW, estimated=True),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def published(number: int = 1, **changes: object) -> PaperRecord:
    made = PaperRecord(
        source="acl",
        source_id=f"2025.acl-long.{number}",
        title=f"{TITLE.upper()}: {number}",
        authors=(BO, ADA),
        appearances=(Place("ACL.2025", "Long", number),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def put(*records: PaperRecord) -> Counts:
    with transaction.atomic():
        return store.store(records)


def changes() -> list[tuple[str, str]]:
    keys = dict(Paper.objects.values_list("id", "key"))
    return [(keys.get(row.paper_id, "gone"), row.kind) for row in Change.objects.order_by("id")]


def test_new_records_make_papers_listings_places_and_changes() -> None:
    assert put(preprint(1), preprint(2)) == Counts(created=2)
    assert sorted(Paper.objects.values_list("key", flat=True)) == ["2503.00001", "2503.00002"]
    assert Listing.objects.filter(category="cs.CL", day=date(2025, 3, 18), kind="new").count() == 2
    assert changes() == [("2503.00001", "I"), ("2503.00002", "I")]


def test_the_same_records_again_change_no_row() -> None:
    put(preprint(1))
    put(published(9))
    before = snapshot()
    assert put(preprint(1)) == Counts(unchanged=1)
    assert put(published(9)) == Counts(unchanged=1)
    assert snapshot() == before


def test_a_changed_record_updates_its_paper_and_logs_it() -> None:
    put(preprint(1))
    assert put(preprint(1, title="A corrected title of some length")) == Counts(updated=1)
    assert Paper.objects.get().title == "A corrected title of some length"
    assert changes() == [("2503.00001", "I"), ("2503.00001", "U")]


def test_a_change_that_readers_cannot_see_is_no_change_of_the_paper() -> None:
    put(preprint(1))
    moved = preprint(1, listings=(Entry("cs.CL", date(2025, 3, 19), ListingKind.NEW, estimated=True),))
    assert put(moved) == Counts(updated=1)
    assert Listing.objects.get().day == date(2025, 3, 19)
    assert changes() == [("2503.00001", "I")]


def test_estimated_listings_go_when_a_record_is_estimated_elsewhere() -> None:
    put(preprint(1))
    put(preprint(1, listings=(Entry("cs.LG", date(2025, 3, 19), ListingKind.CROSS, estimated=True),)))
    assert [(row.category, row.day) for row in Listing.objects.all()] == [("cs.LG", date(2025, 3, 19))]


@pytest.mark.parametrize("first", ["preprint", "published"])
def test_a_preprint_and_its_published_version_are_one_paper_in_either_order(first: str) -> None:
    pair = [preprint(1), published(1)]
    for record in pair if first == "preprint" else reversed(pair):
        assert put(record) == Counts(created=1)
    paper = Paper.objects.get()
    assert paper.key == "2503.00001"
    assert paper.abstract == "We write."
    assert paper.appearances == ["ACL.2025"]
    assert sorted(paper.records.values_list("source", "source_id")) == [
        ("acl", "2025.acl-long.1"),
        ("arxiv", "2503.00001"),
    ]
    assert Appearance.objects.get().edition.name == "ACL.2025"
    assert [kind for _, kind in changes()] == ["I", "U"]


def test_one_doi_is_one_paper_whatever_the_title() -> None:
    put(preprint(1, doi="10.18653/v1/x"))
    put(published(1, title="An entirely different title", doi="10.18653/v1/x"))
    assert Paper.objects.count() == 1


def test_a_source_may_say_which_paper_it_means() -> None:
    put(preprint(1, title="Short"))
    put(published(1, title="Other", authors=(), same_as=("arxiv:2503.00001",)))
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        published(1, authors=(Author("Cy Stranger", "Stranger", "Cy"),)),
        published(1, title="A rather long title about another subject"),
        published(1, authors=()),
    ],
)
def test_the_same_title_by_others_or_another_title_is_another_paper(other: PaperRecord) -> None:
    put(preprint(1))
    put(other)
    assert Paper.objects.count() == 2


def test_short_titles_are_no_evidence() -> None:
    put(preprint(1, title="Introduction"))
    put(published(1, title="Introduction"))
    assert Paper.objects.count() == 2


def test_two_records_of_one_source_are_two_papers() -> None:
    put(preprint(1), preprint(2, title=f"{TITLE} 1"))
    assert Paper.objects.count() == 2


def test_two_records_of_one_source_never_join_the_same_paper() -> None:
    put(preprint(1))
    put(published(1), published(2, title=f"{TITLE} 1"))
    assert Paper.objects.count() == 2
    assert Record.objects.count() == 3


def test_an_unknown_edition_is_made_from_its_name_and_described_later() -> None:
    put(published(1))
    assert Edition.objects.get().venue.name == "ACL"
    store.store_venue(VenueRecord("ACL", "Association for Computational Linguistics", ("acl",)))
    store.store_edition(EditionRecord("ACL.2025", "ACL", 2025, title="The 63rd meeting"))
    store.store_edition(EditionRecord("ACL.2025", "ACL", 2025))
    assert Edition.objects.get().title == "The 63rd meeting"
    assert Venue.objects.get().full_name == "Association for Computational Linguistics"


def test_faults_are_kept_once() -> None:
    fault = Fault("s.json", 7, "no title", "{}")
    store.set_aside("arxiv", [fault, fault])
    store.set_aside("arxiv", [fault])
    assert SetAside.objects.count() == 1


def test_a_deleted_paper_is_logged() -> None:
    put(preprint(1))
    Paper.objects.all().delete()
    assert changes() == [("gone", "I"), ("gone", "D")]


def test_hostile_texts_are_stored_as_they_are() -> None:
    title = "<script>alert(1)</script>'; DROP TABLE papers_paper; -- \\ \t%s"
    put(preprint(1, title=title, authors=(Author('"; \\N {x}', "x", ""),)))
    paper = Paper.objects.get()
    assert paper.title == title
    assert paper.authors[0]["name"] == '"; \\N {x}'


def snapshot() -> list[object]:
    return [list(model.objects.order_by("id").values()) for model in (Paper, Record, Listing, Appearance, Change)]
