"""The proceedings of MLSys: the software of NeurIPS, and its older pages."""

from pathlib import Path

import pytest

from ingest.items import Taken
from ingest.sources.mlsys import SOURCE, editions, parse, parse_detail
from ingest.sources.source import NotThisPage, Page, SourceEdition
from papers.record import PaperRecord, VenueRecord

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "mlsys_list.html").read_bytes(), (PAGES / "mlsys_paper.html").read_bytes()
EDITION = SourceEdition("MLSYS.2021", "mlsys:/paper_files/paper/2021")
HASH = "0123456789abcdef0123456789abcdef"
DETAIL = f"mlsys:/paper/2021/hash/{HASH}-Abstract.html"


def records(body: bytes = LIST) -> list[PaperRecord]:
    parsed = parse(Page(EDITION, EDITION.address, body))
    return [item.record for item in parsed.items if isinstance(item, Taken)]


def test_there_is_an_edition_each_year() -> None:
    assert editions(2019)[1] == SourceEdition("MLSYS.2019", "mlsys:/paper_files/paper/2019")
    assert SOURCE.editions(2017) == ()


def test_papers_are_of_the_source_and_on_its_host() -> None:
    first, second = records()
    assert (first.source, first.source_id, first.title) == ("mlsys", f"{HASH}@2021", "Serving, Quickly")
    assert [author.name for author in first.authors] == ["Ada Writer", "Bo Li"]
    assert first.pdf_url == f"https://proceedings.mlsys.org/paper/2021/file/{HASH}-Paper.pdf"
    assert first.landing_url == f"https://proceedings.mlsys.org/paper/2021/hash/{HASH}-Abstract.html"
    assert [record.appearances[0].edition for record in (first, second)] == ["MLSYS.2021", "MLSYS.2021"]


def test_the_venue_is_described() -> None:
    venue = parse(Page(EDITION, EDITION.address, LIST)).items[0]
    assert isinstance(venue, VenueRecord)
    assert (venue.name, venue.full_name) == ("MLSYS", "Conference on Machine Learning and Systems")


def test_a_track_named_after_the_year_is_the_main_one() -> None:
    body = LIST.replace(b'data-track="none"', b"").replace(b"-Abstract.html", b"-Abstract-mlsys2021.html")
    first = records(body)[0]
    assert first.appearances[0].track == "Main"
    assert first.pdf_url.endswith(f"{HASH}-Paper-mlsys2021.pdf")


def test_the_page_of_a_paper_adds_its_abstract_and_no_file_of_another_host() -> None:
    (item,) = parse_detail(Page(EDITION, DETAIL, PAPER)).items
    assert isinstance(item, Taken)
    assert item.record.source_id == records()[0].source_id
    assert item.record.abstract == "We serve."
    assert item.record.pdf_url == ""
    assert item.record.published is None


@pytest.mark.parametrize("body", [b"", LIST[:-20], b"<html><h1>Error</h1></html>", LIST.replace(b"Serving", b"\xff")])
def test_answers_that_are_not_the_list_are_refused(body: bytes) -> None:
    with pytest.raises(NotThisPage):
        records(body)
