"""Answers of arXiv's API."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.sources import arxiv_api
from ingest.sources.source import NotThisPage
from papers.record import Version
from tests.ingest.harvest.test_on_demand import answer

TODAY = date(2026, 4, 12)
DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or Path(__file__).parents[3].parent / "shared" / "data")
RECORDED = DATA.parent / "wire" / "arxiv_atom_api"


def test_a_paper_has_all_numbers_of_versions_and_the_days_of_the_first_and_the_last() -> None:
    (record,) = arxiv_api.parse(answer(("2104.12255", 3)), TODAY).records
    first, last = datetime(2021, 4, 20, 16, 7, 14, tzinfo=UTC), datetime(2021, 4, 22, 16, 7, 14, tzinfo=UTC)
    assert record.versions == (Version(1, first), Version(2), Version(3, last))
    assert (record.submitted, record.updated) == (first, last)
    assert record.categories == ("cs.CR",)
    assert record.abstract == "What it says."


def test_a_paper_of_one_version_was_never_updated() -> None:
    (record,) = arxiv_api.parse(answer(("hep-th/9901001", 1)), TODAY).records
    assert (record.source_id, record.updated) == ("hep-th/9901001", None)


def test_an_unknown_id_is_an_answer_without_papers() -> None:
    assert arxiv_api.parse(answer(), TODAY).records == ()


def test_an_entry_without_id_or_dates_is_told_not_passed_over() -> None:
    body = answer(("2104.12255", 1), ("2104.12256", 1)).replace(b"<id>http://arxiv.org/abs/2104.12255v1</id>", b"")
    found = arxiv_api.parse(body, TODAY)
    assert [record.source_id for record in found.records] == ["2104.12256"]
    assert [fault.reason for fault in found.faults] == ["1 entries without id or dates"]


@pytest.mark.parametrize("named", ["../../etc/passwd", "10.1145/3580305.3599", "2104.1225599"])
def test_ids_that_are_none_are_set_aside(named: str) -> None:
    body = answer(("2104.12255", 1)).replace(b"abs/2104.12255v1</id>", f"abs/{named}</id>".encode())
    found = arxiv_api.parse(body, TODAY)
    assert found.records == ()
    assert "not an arXiv id" in found.faults[0].reason


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>rate exceeded</html>", answer(("2104.12255", 1))[:-30], b"\xff" + answer(),
        b'<!DOCTYPE x [<!ENTITY a "a">]>' + answer().split(b"?>", 1)[1],
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + answer().split(b"?>", 1)[1],
    ],
    ids=["nothing", "HTML", "cut", "not UTF-8", "entities", "external entity"],
)  # fmt: skip
def test_what_is_no_answer_is_told_apart(body: bytes) -> None:
    with pytest.raises(NotThisPage):
        arxiv_api.parse(body, TODAY)


@pytest.mark.real_data
@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded answers are not beside the checkout")
def test_the_11_recorded_search_pages_hold_215_papers_and_no_fault() -> None:
    pages = sorted(RECORDED.glob("q_*.atom.xml"))
    found = [arxiv_api.parse(page.read_bytes(), TODAY) for page in pages]
    assert len(pages) == 11
    assert sum(len(each.records) for each in found) == 215
    assert not any(each.faults for each in found)
