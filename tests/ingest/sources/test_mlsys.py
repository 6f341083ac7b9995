"""The proceedings of MLSys: the software of NeurIPS, and its older pages."""

from pathlib import Path

import pytest

from ingest.sources.mlsys import SOURCE, editions
from ingest.sources.source import SourceEdition
from papers.record import VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "mlsys_list.html").read_bytes(), (PAGES / "mlsys_paper.html").read_bytes()
EDITION = SourceEdition("MLSYS.2021", "mlsys:/paper_files/paper/2021")
HASH = "0123456789abcdef0123456789abcdef"
DETAIL = f"mlsys:/paper/2021/hash/{HASH}-Abstract.html"


def paper(title: str, hashed: str) -> bytes:
    anchor = f'<a title="paper title" href="/paper/2021/hash/{hashed}-Abstract.html">{title}</a>'
    return f"<html><ul><li>{anchor}</li></ul></html>".encode()


TRIED = hostile.Tried(SOURCE, EDITION, LIST, PAPER, DETAIL, write=paper, name=HASH, words=b"We serve.")
parsed, records, detail = TRIED.parsed, TRIED.records, TRIED.detail


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
    venue = parsed().items[0]
    assert isinstance(venue, VenueRecord)
    assert (venue.name, venue.full_name) == ("MLSYS", "Conference on Machine Learning and Systems")


def test_a_track_named_after_the_year_is_the_main_one() -> None:
    body = LIST.replace(b'data-track="none"', b"").replace(b"-Abstract.html", b"-Abstract-mlsys2021.html")
    first = records(body)[0]
    assert first.appearances[0].track == "Main"
    assert first.pdf_url.endswith(f"{HASH}-Paper-mlsys2021.pdf")


def test_the_page_of_a_paper_adds_its_abstract_and_no_file_of_another_host() -> None:
    record = detail()
    assert record.source_id == records()[0].source_id
    assert record.abstract == "We serve."
    assert record.pdf_url == ""
    assert record.published is None


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)
