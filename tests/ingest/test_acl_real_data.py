"""The whole of a real Anthology: every paper is taken, and the ids computed are those the Anthology uses."""

import os
from collections import Counter
from pathlib import Path

import pytest

from ingest.items import Item, SetAside, Taken
from ingest.sources import acl
from papers.record import EditionRecord, PaperRecord, VenueRecord

DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
ARCHIVE = DATA / "papers" / "acl-anthology-2024-08.tar.xz"
PAPERS, ABSTRACTS = 95_336, 52_012
SITE = "https://aclanthology.org/"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.slow,
    pytest.mark.skipif(not ARCHIVE.exists(), reason="the real papers are not beside the checkout"),
]


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return [item for _, file_items in acl.read(ARCHIVE) for item in file_items]


@pytest.fixture(scope="module")
def records(items: list[Item]) -> dict[str, PaperRecord]:
    return {item.record.source_id: item.record for item in items if isinstance(item, Taken)}


def test_every_paper_is_taken(items: list[Item], records: dict[str, PaperRecord]) -> None:
    assert [item for item in items if isinstance(item, SetAside)] == []
    assert len(records) == sum(isinstance(item, Taken) for item in items) == PAPERS
    assert sum(bool(record.abstract) for record in records.values()) == ABSTRACTS


def test_the_ids_are_those_of_the_files(records: dict[str, PaperRecord]) -> None:
    inside = [record for record in records.values() if record.pdf_url.startswith(SITE)]
    other = {record.source_id: record.pdf_url for record in inside if record.pdf_url != f"{SITE}{record.source_id}.pdf"}
    print(f"{len(inside) - len(other)} of {len(inside)} ids are confirmed by their file; the rest:", other)
    assert len(other) <= len(inside) / 1_000


def test_every_appearance_names_an_edition_and_every_edition_a_venue(
    items: list[Item], records: dict[str, PaperRecord]
) -> None:
    venues = {item.name for item in items if isinstance(item, VenueRecord)}
    editions = {item.name: item for item in items if isinstance(item, EditionRecord)}
    appearances = [at for record in records.values() for at in record.appearances]
    assert {at.edition for at in appearances} <= set(editions)
    assert {edition.venue for edition in editions.values()} == venues
    assert len({venue.lower() for venue in venues}) == len(venues)
    assert all(record.appearances for record in records.values())


def test_an_edition_is_told_the_same_way_everywhere(items: list[Item]) -> None:
    told = {item for item in items if isinstance(item, EditionRecord)}
    assert len(told) == len({edition.name for edition in told})


def test_positions_are_unique_within_an_edition_and_track_of_a_file(records: dict[str, PaperRecord]) -> None:
    places = Counter(
        (record.source_id.split("-")[0], at.edition, at.position)
        for record in records.values()
        for at in record.appearances
    )
    assert max(places.values()) == 1


def test_known_papers_stand_where_readers_look_for_them(records: dict[str, PaperRecord]) -> None:
    assert [at.edition for at in records["N19-1423"].appearances] == ["NAACL.2019"]
    assert {(at.edition, at.track) for at in records["2021.findings-acl.1"].appearances} == {
        ("ACL.2021", "Findings"),
        ("IJCNLP.2021", "Findings"),
    }
    assert records["2022.coling-1.306"].withdrawn == "Retracted: Retracted by the COLING 2022 PC chairs. (2024-05-21)"
