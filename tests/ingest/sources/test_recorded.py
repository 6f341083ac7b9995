"""Answers that the sources really gave: every one of them is read, and nothing of them is lost."""

import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.items import SetAside, Taken
from ingest.sources import acl_remote, arxiv_oai, oai_journals, oai_pmh, pmlr, pmlr_folder
from ingest.sources.oai_journals import Journal
from ingest.sources.oai_pmh import Deleted, OaiError, TokenExpired
from ingest.sources.source import NotThisPage, Page
from papers.record import Author, EditionRecord, PaperRecord, VenueRecord

DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or Path(__file__).parents[3].parent / "shared" / "data")
WIRE = DATA.parent / "wire"
TODAY = date(2026, 11, 1)
TEST_HOST = Journal("test", "A test host", "test", VenueRecord("TEST"), "test.example.com")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not WIRE.is_dir(), reason="the recorded answers are not beside the checkout"),
]


def recorded(folder: str, name: str) -> bytes:
    return (WIRE / folder / name).read_bytes()


def kinds(items: Sequence[object]) -> dict[str, int]:
    return dict(Counter(type(item).__name__ for item in items))


def papers(items: Sequence[object]) -> list[PaperRecord]:
    return [item.record for item in items if isinstance(item, Taken)]


class TestArxivOai:
    def test_arxiv_oai_list_of_6_records_gives_6_papers_and_the_next_token(self) -> None:
        items, page = arxiv_oai.parse(recorded("arxiv_oai", "ListRecordsResponse.xml"), TODAY)
        assert kinds(items) == {"Taken": 6}
        assert (page.token, page.complete_size, page.cursor) == ("726959|1001", 58_011, 0)
        assert page.response_date == datetime(2015, 1, 6, 20, 49, 59, tzinfo=UTC)
        found = {record.source_id: record for record in papers(items)}
        assert [len(record.versions) for record in found.values()] == [1, 4, 3, 2, 1, 1]
        assert [author.name for author in found["0704.0471"].authors] == [
            "D.V. Shetty",
            "S.J. Yennello",
            "G.A. Souliotis",
        ]
        assert found["0704.0471"].doi == "10.1103/physrevc.76.024606"
        assert found["0704.0716"].subjects == ("05A15", "05A16")
        assert all(record.abstract and record.submitted and record.listings for record in found.values())

    def test_arxiv_oai_single_record_gives_1_paper_and_no_token(self) -> None:
        items, page = arxiv_oai.parse(recorded("arxiv_oai", "GetRecordResponse.xml"), TODAY)
        assert (kinds(items), page.token, page.verb) == ({"Taken": 1}, "", "GetRecord")
        assert papers(items)[0].source_id == "1302.2146"

    def test_arxiv_oai_list_in_the_arxiv_format_gives_1_paper(self) -> None:
        items, page = arxiv_oai.parse(recorded("arxiv_oai", "ListRecords_arXiv_prefix_2013_from_invenio.xml"), TODAY)
        (record,) = papers(items)
        assert (record.source_id, record.submitted) == ("0801.3931", datetime(2008, 1, 25, tzinfo=UTC))
        assert record.authors == (Author("T. Manos", "Manos", "T."), Author("E. Athanassoula", "Athanassoula", "E."))
        assert page.records[0].sets == ("physics:astro-ph",)

    @pytest.mark.parametrize("code", ["BadArgument", "BadVerb", "IdDoesNotExist"])
    def test_arxiv_oai_3_of_5_error_answers_are_refusals(self, code: str) -> None:
        with pytest.raises(OaiError) as caught:
            oai_pmh.parse(recorded("arxiv_oai", f"ErrorResponse{code}.xml"))
        assert caught.value.code == code[0].lower() + code[1:] and caught.value.text

    def test_arxiv_oai_1_of_5_error_answers_is_an_expired_token(self) -> None:
        with pytest.raises(TokenExpired, match="illegal for this repository"):
            oai_pmh.parse(recorded("arxiv_oai", "ErrorResponseBadResumptionToken.xml"))

    def test_arxiv_oai_1_of_5_error_answers_is_an_empty_page(self) -> None:
        page = oai_pmh.parse(recorded("arxiv_oai", "ErrorResponseNoRecordsMatch.xml"))
        assert (page.records, page.token, page.faults) == ((), "", ())

    def test_arxiv_oai_8_answers_are_all_there_are_and_2_schemas_are_none(self) -> None:
        files = sorted(file.name for file in (WIRE / "arxiv_oai").iterdir())
        assert len([name for name in files if name.endswith(".xml")]) == 8
        for name in ("OAI-PMH.xsd", "arXivRaw.xsd"):
            with pytest.raises(NotThisPage):
                oai_pmh.parse(recorded("arxiv_oai", name))


class TestGenericOai:
    """A host that is no arXiv and whose records are Dublin Core."""

    def read(self, name: str) -> tuple[list[object], oai_pmh.OaiPage]:
        page = oai_pmh.parse(recorded("arxiv_oai_generic", name))
        return [oai_journals.read(record, TEST_HOST) for record in page.records], page

    @pytest.mark.parametrize(
        ("name", "token"),
        [
            ("ListRecords", "ListRecords2.xml"),
            ("ListRecords2", "ListRecords3.xml"),
            ("ListRecords3", "ListRecords4.xml"),
        ],
    )
    def test_generic_oai_3_lists_of_2_records_give_1_deletion_1_paper_and_the_next_token(
        self, name: str, token: str
    ) -> None:
        items, page = self.read(f"{name}.xml")
        assert items[0] == Deleted("1585310")
        assert kinds(items) == {"Deleted": 1, "Taken": 1}
        assert (page.token, page.complete_size, page.cursor, page.faults) == (token, 8, 0, ())
        (record,) = papers(items)
        assert (record.source_id, record.title, len(record.authors)) == ("1585322", "Sample Title", 4)
        assert record.landing_url == "http://test.example.com/publication/1585322"
        assert record.appearances[0].edition == "TEST.2010"
        assert record.abstract.startswith("Lorem ipsum") and record.language == ""

    def test_generic_oai_last_list_of_2_records_gives_1_fault_1_paper_and_no_token(self) -> None:
        items, page = self.read("ListRecords4.xml")
        assert (kinds(items), page.token) == ({"Taken": 1}, "")
        assert [fault.reason for fault in page.faults] == ["header without a usable identifier"]

    def test_generic_oai_2_single_records_give_2_papers(self) -> None:
        for name, author in (("GetRecord.xml", "John Doe"), ("GetRecord_utf8test.xml", "某人")):
            items, _ = self.read(name)
            (record,) = papers(items)
            assert (record.source_id, record.authors[0].name) == ("1996652", author)

    def test_generic_oai_is_not_taken_for_arxiv(self) -> None:
        items, _ = arxiv_oai.parse(recorded("arxiv_oai_generic", "ListRecords.xml"), TODAY)
        assert kinds(items) == {"SetAside": 2}

    def test_generic_oai_2_lists_of_2_identifiers_each(self) -> None:
        for name, token in (("ListIdentifiers.xml", "ListIdentifiers2.xml"), ("ListIdentifiers2.xml", "")):
            page = oai_pmh.parse(recorded("arxiv_oai_generic", name))
            assert [record.deleted for record in page.records] == [False, True]
            assert (page.token, page.records[0].datestamp) == (token, date(2011, 7, 18))

    def test_generic_oai_3_answers_without_records(self) -> None:
        read = {name: oai_pmh.parse(recorded("arxiv_oai_generic", f"{name}.xml")) for name in
                ("Identify", "ListSets", "ListMetadataFormats")}  # fmt: skip
        assert [page.verb for page in read.values()] == list(read)
        assert all(page.records == page.faults == () for page in read.values())
        assert read["Identify"].earliest == date(1970, 1, 1)

    def test_generic_oai_broken_answer_is_none(self) -> None:
        for lenient in (False, True):
            with pytest.raises(NotThisPage):
                oai_pmh.parse(recorded("arxiv_oai_generic", "ListRecordsBroken.xml"), lenient=lenient)

    @pytest.mark.parametrize(
        "code", ["badArgument", "cannotDisseminateFormat", "idDoesNotExist", "noSetHierarchy", "undefinedError"]
    )
    def test_generic_oai_5_of_7_error_answers_are_refusals(self, code: str) -> None:
        with pytest.raises(OaiError) as caught:
            oai_pmh.parse(recorded("arxiv_oai_generic", f"{code}.xml"))
        assert caught.value.code == code and not isinstance(caught.value, TokenExpired)

    def test_generic_oai_2_of_7_error_answers_are_an_expired_token_and_an_empty_page(self) -> None:
        with pytest.raises(TokenExpired):
            oai_pmh.parse(recorded("arxiv_oai_generic", "badResumptionToken.xml"))
        page = oai_pmh.parse(recorded("arxiv_oai_generic", "noRecordsMatch.xml"))
        assert (page.verb, page.records) == ("ListIdentifiers", ())


class TestPmlr:
    @pytest.mark.parametrize(
        ("volume", "edition", "place"),
        [("v195", "COLT.2023", "Bangalore, India"), ("v201", "ALT.2023", "Singapore"),
         ("v237", "ALT.2024", "La Jolla, California, USA")],
    )  # fmt: skip
    def test_pmlr_3_volumes_of_12_posts_give_36_papers_in_their_editions(
        self, volume: str, edition: str, place: str
    ) -> None:
        (_, settings), *posts = pmlr_folder.read(WIRE / "pmlr" / volume)
        told = [item for item in settings if isinstance(item, EditionRecord)]
        assert [(it.name, it.location) for it in told] == [(edition, place)]
        found = papers([item for _, items in posts for item in items])
        assert len(posts) == len(found) == len({record.source_id for record in found}) == 12
        assert {at.edition for record in found for at in record.appearances} == {edition}
        assert len({at.position for record in found for at in record.appearances}) == 12
        assert all(record.source_id.endswith(f"@{volume}") and record.authors for record in found)
        assert all(record.abstract and record.pdf_url and record.published for record in found)

    def test_pmlr_12_posts_over_http_are_the_same_papers_as_from_disk(self) -> None:
        edition = next(edition for edition in pmlr.editions(2023) if edition.name == "COLT.2023")
        from_disk = dict(pmlr_folder.read(WIRE / "pmlr" / "v195"))
        for file in sorted((WIRE / "pmlr" / "v195" / "_posts").iterdir()):
            page = Page(edition, f"pmlr:/v195/gh-pages/_posts/{file.name}", file.read_bytes())
            assert papers(pmlr.parse_detail(page).items) == papers(from_disk[f"_posts/{file.name}"])

    def test_pmlr_12_of_12_posts_of_colt_stand_in_its_track(self) -> None:
        found = papers([item for _, items in pmlr_folder.read(WIRE / "pmlr" / "v195") for item in items])
        assert Counter(at.track for record in found for at in record.appearances) == {"Original Papers": 12}

    def test_pmlr_3_settings_agree_with_the_table(self) -> None:
        known = {edition.address: edition for edition in pmlr.editions(2026)}
        for volume in (195, 201, 237):
            edition = known[pmlr.index_address(volume)]
            body = recorded(f"pmlr/v{volume}", "_config.yml")
            items = pmlr.parse_detail(Page(edition, f"pmlr:/v{volume}/gh-pages/_config.yml", body)).items
            assert kinds(items) == {"VenueRecord": 1, "EditionRecord": 1}


class TestAcl:
    @pytest.mark.parametrize(
        ("file", "name", "count", "editions", "in_its_own"),
        [
            ("P19", "ACL.2019", 763, 1, 763),
            ("W18", "WS.2018", 1_247, 51, 42),
            ("J18", "CL.2018", 35, 1, 35),
            ("2024.eacl", "EACL.2024", 281, 1, 281),
        ],
    )
    def test_acl_4_files_give_763_and_1247_and_35_and_281_papers(
        self, file: str, name: str, count: int, editions: int, in_its_own: int
    ) -> None:
        edition = next(it for it in acl_remote.editions(2024) if it.address == f"acl:/xml/{file}.xml")
        assert edition.name == name
        items = acl_remote.parse(Page(edition, edition.address, recorded("acl_xml", f"{file}.xml"))).items
        assert not [item for item in items if isinstance(item, SetAside)]
        found = papers(items)
        assert len(found) == len({record.source_id for record in found}) == count
        told = {item.name for item in items if isinstance(item, EditionRecord)}
        assert len(told) == editions
        assert {at.edition for record in found for at in record.appearances} == told
        assert sum(name in {at.edition for at in record.appearances} for record in found) == in_its_own

    def test_acl_schema_is_no_file_of_papers(self) -> None:
        edition = acl_remote.editions(2024)[0]
        with pytest.raises(NotThisPage):
            acl_remote.parse(Page(edition, edition.address, recorded("acl_xml", "schema.rnc")))
