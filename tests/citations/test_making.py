from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from papers.citations.cited import CitedDate, Kind, Publication
from papers.citations.making import cited

BLANK: dict[str, Any] = {
    "key": "2503.00001", "title": "T", "abstract": "A", "abstract_kind": "author", "authors": [], "editors": [],
    "categories": ["cs.CL"], "keywords": [], "doi": "", "journal_ref": "", "report_no": "", "licence": "",
    "language": "", "landing_url": "https://arxiv.org/abs/2503.00001", "pdf_url": "", "withdrawn": "",
    "submitted": datetime(2025, 3, 17, 18, tzinfo=UTC), "announced": None, "published": None,
}  # fmt: skip


def paper(**fields: Any) -> SimpleNamespace:
    return SimpleNamespace(**(BLANK | fields))


def test_a_preprint_is_dated_by_its_submission() -> None:
    found = cited(paper())
    assert (found.kind, found.date, found.publisher) == (Kind.PREPRINT, CitedDate(2025, 3, 17), "arXiv")
    assert (found.arxiv_id, found.url) == ("2503.00001", "https://arxiv.org/abs/2503.00001")


def test_a_preprint_that_was_accepted_is_cited_from_the_venue_and_keeps_its_id() -> None:
    place = Publication(
        "ACL.2025", "Long", "63rd Annual Meeting", "ACL conference",
        "Proceedings of the 63rd Annual Meeting, pages 11–23", "https://aclanthology.org/x/",
    )  # fmt: skip
    found = cited(paper(published=date(2025, 7, 1)), [place])
    assert (found.kind, found.container) == (Kind.CONFERENCE, "Proceedings of the 63rd Annual Meeting")
    assert (found.venue, found.track, found.pages) == ("ACL 2025", "Long", "11–23")
    assert (found.date, found.publisher) == (CitedDate(2025, 7, 1), "")
    assert (found.arxiv_id, found.url) == ("2503.00001", "https://aclanthology.org/x/")


def test_the_venue_s_year_counts_before_days_of_other_years() -> None:
    assert cited(paper(published=date(2024, 12, 1)), [Publication("ACL.2025")]).date == CitedDate(2025)
    assert cited(paper(published=date(2025, 1, 1)), [Publication("ACL.2025")]).date == CitedDate(2025)


@pytest.mark.parametrize(
    ("place", "container"),
    [
        (Publication("ICML.2031", reference="ICML 2031, pages 1–2", title="The 48th ICML"), "The 48th ICML"),
        (Publication("ICLR.2024", venue="Conference on X"), "Conference on X (ICLR 2024)"),
        (Publication("ICLR.2024"), "ICLR 2024"),
        (Publication("odd"), "odd"),
    ],
)
def test_proceedings_are_called_what_is_known_of_them(place: Publication, container: str) -> None:
    found = cited(paper(), [place])
    assert (found.kind, found.container) == (Kind.CONFERENCE, container)


@pytest.mark.parametrize(
    ("place", "container"),
    [
        (Publication("CL.2019", reference="Computational Linguistics 45(2), 1–40"), "Computational Linguistics"),
        (Publication("JAIR.2019", venue="Journal of AI Research"), "Journal of AI Research"),
    ],
)
def test_journals_are_journals_though_they_have_editions(place: Publication, container: str) -> None:
    found = cited(paper(), [place])
    assert (found.kind, found.container, found.date) == (Kind.JOURNAL, container, CitedDate(2019))


def test_proceedings_with_volumes_are_no_journals() -> None:
    place = Publication("AAAI.2023", reference="Proceedings of the AAAI Conference on AI 37(1), 3–11")
    found = cited(paper(), [place])
    assert (found.kind, found.volume, found.pages) == (Kind.CONFERENCE, "37", "3–11")
    series = cited(paper(), [Publication("COLT.2023", reference="Proceedings of COLT, PMLR 195:1–2")])
    assert (series.series, series.volume) == ("Proceedings of Machine Learning Research", "195")


@pytest.mark.parametrize("line", ["Translating and the Computer 27", "Theoretical Issues 3, pages 1–4"])
def test_a_number_in_the_name_of_proceedings_makes_no_journal(line: str) -> None:
    assert cited(paper(), [Publication("TC.2005", reference=line)]).kind is Kind.CONFERENCE


def test_of_several_places_a_workshop_counts_last() -> None:
    places = [Publication("NeurIPS.2018", "Workshop"), Publication("CVPR.2019", "Oral"), Publication("TPAMI.2020")]
    assert cited(paper(), places).venue == "CVPR 2019"


def test_the_authors_own_line_counts_where_no_source_tells_a_venue() -> None:
    journal = cited(paper(journal_ref="Phys. Rev. Lett. 119, 161101 (2017)"))
    assert (journal.kind, journal.volume, journal.date) == (Kind.JOURNAL, "119", CitedDate(2017))
    assert cited(paper(journal_ref="In Proceedings of CVPR, 2019")).kind is Kind.CONFERENCE
    both = cited(paper(journal_ref="Phys. Rev. Lett. 119, 161101 (2017)"), [Publication("ACL.2025")])
    assert (both.kind, both.volume) == (Kind.CONFERENCE, "")


def test_a_year_alone_stays_a_year() -> None:
    found = cited(paper(key="P19-1@ACL", submitted=None, published=date(2019, 1, 1)))
    assert (found.date, found.arxiv_id, found.publisher) == (CitedDate(2019), "", "")
    assert cited(paper(submitted=None)).date is None


def test_our_own_summary_is_nobody_s_abstract() -> None:
    assert cited(paper(abstract_kind="summary")).abstract == ""


def test_only_addresses_of_the_web_come_through() -> None:
    found = cited(paper(landing_url="javascript:x", pdf_url="data:x", licence="javascript:x"), page="http://here/1")
    assert (found.url, found.pdf_url, found.licence) == ("http://here/1", "", "")
