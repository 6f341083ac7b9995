"""The Anthology file by file: which files there are, what they hold, and answers that are none."""

import pytest

from ingest.items import Item, SetAside, Taken
from ingest.sources.acl_remote import editions, parse
from ingest.sources.source import NotThisPage, Page, SourceEdition
from papers.record import EditionRecord, VenueRecord

EVENT = '<event id="acl-2024"><meta><title>The 62nd Meeting</title><location>Bangkok</location></meta></event>'


def xml(papers: str = '<paper id="1"><title>One</title></paper>', name: str = "2024.acl", event: str = EVENT) -> bytes:
    meta = "<booktitle>Proceedings (Volume 1: Long Papers)</booktitle><year>2024</year><venue>acl</venue>"
    volume = f'<volume id="long" type="proceedings"><meta>{meta}</meta>{papers}</volume>'
    return f'<?xml version="1.0" encoding="UTF-8"?><collection id="{name}">{volume}{event}</collection>'.encode()


def items(body: bytes, address: str = "acl:/xml/2024.acl.xml") -> tuple[Item, ...]:
    return parse(Page(SourceEdition("ACL.2024", address), address, body)).items


def addresses(year: int) -> dict[str, str]:
    return {edition.name: edition.address for edition in editions(year)}


class TestEditions:
    @pytest.mark.parametrize(
        ("name", "address"),
        [
            ("ACL.2024", "acl:/xml/2024.acl.xml"),
            ("Findings.2021", "acl:/xml/2021.findings.xml"),
            ("CoNLL.2020", "acl:/xml/2020.conll.xml"),
            ("ACL.2019", "acl:/xml/P19.xml"),
            ("EMNLP.2007", "acl:/xml/D07.xml"),
            ("WS.2000", "acl:/xml/W00.xml"),
            ("CL.2018", "acl:/xml/J18.xml"),
        ],
    )
    def test_where_they_stand(self, name: str, address: str) -> None:
        assert addresses(2024)[name] == address

    def test_none_is_named_twice(self) -> None:
        every = editions(2030)
        assert len(addresses(2030)) == len({edition.address for edition in every}) == len(every)

    def test_next_year_s_is_looked_for_without_a_new_release(self) -> None:
        assert addresses(2031)["ACL.2031"] == "acl:/xml/2031.acl.xml"
        assert "ACL.2031" not in addresses(2030)

    def test_up_to_a_year_of_the_letters(self) -> None:
        assert max(edition.year for edition in editions(2010)) == 2010


class TestParse:
    def test_venues_editions_and_papers_of_a_file(self) -> None:
        venue, edition, paper = items(xml())
        assert isinstance(venue, VenueRecord) and venue.name == "ACL"
        assert isinstance(edition, EditionRecord)
        assert (edition.name, edition.title, edition.location) == ("ACL.2024", "The 62nd Meeting", "Bangkok")
        assert isinstance(paper, Taken)
        assert (paper.record.source_id, paper.file) == ("2024.acl-long.1", "acl:/xml/2024.acl.xml")

    def test_one_bad_paper_is_set_aside_alone(self) -> None:
        found = items(xml('<paper id="1"/><paper id="2"><title>Two</title></paper>'))
        assert [type(item) for item in found] == [VenueRecord, EditionRecord, SetAside, Taken]

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"404: Not Found",
            b"<!DOCTYPE html><html><body>Sign in</body></html>",
            b"<html><body/></html>",
            xml()[:-20],
            xml().replace(b"One", b"On\xe9"),
            xml().replace(b"<collection", b'<!DOCTYPE c [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><collection', 1),
            xml().replace(b"<collection", b'<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/passwd">]><collection', 1),
            xml(name="2023.acl"),
            xml(name="../../etc/passwd"),
            b'<collection id="2024.acl"></collection>',
            xml(f'<paper id="1"><abstract>{"<b>" * 5_000}{"</b>" * 5_000}</abstract></paper>'),
        ],
    )
    def test_what_is_not_the_file(self, body: bytes) -> None:
        with pytest.raises(NotThisPage):
            items(body)

    @pytest.mark.parametrize(
        "address", ["acl:/xml/../../etc/passwd", "acl:/yaml/venues/acl.yaml", "acl:/xml/2024.A.xml"]
    )
    def test_another_address(self, address: str) -> None:
        with pytest.raises(NotThisPage):
            items(xml(), address)
