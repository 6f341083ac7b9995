"""The envelope of OAI-PMH: pages, tokens, refusals, and answers that are none."""

from datetime import UTC, date, datetime

import pytest

from ingest.items import MAX_RAW
from ingest.sources.oai_pmh import MAX_DEPTH, OaiError, OaiPage, OaiRecord, TokenExpired, parse
from ingest.sources.source import NotThisPage

DAY = "2024-05-02"


def answer(content: str, verb: str = "ListRecords", at: str = "2024-05-03T10:00:00Z", before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f'<responseDate>{at}</responseDate><request verb="{verb}">http://host.example/oai</request>{content}</OAI-PMH>'
    ).encode()


def listed(*records: str, token: str = "", verb: str = "ListRecords") -> bytes:
    return answer(f"<{verb}>{''.join(records)}{token}</{verb}>", verb)


def header(identifier: str = "oai:host:1", stamp: str = DAY, inside: str = "", attributes: str = "") -> str:
    return f"<header{attributes}><identifier>{identifier}</identifier><datestamp>{stamp}</datestamp>{inside}</header>"


def record(metadata: str = "<paper>One</paper>", **rest: str) -> str:
    return f"<record>{header(**rest)}<metadata>{metadata}</metadata></record>"


def only(body: bytes, *, lenient: bool = False) -> OaiRecord:
    page = parse(body, lenient=lenient)
    assert page.faults == ()
    (found,) = page.records
    return found


def reasons(page: OaiPage) -> list[str]:
    return [fault.reason for fault in page.faults]


class TestPages:
    def test_a_record_with_its_header(self) -> None:
        found = only(listed(record(inside="<setSpec>cs</setSpec><setSpec>math:math:CO</setSpec>")))
        assert (found.identifier, found.datestamp, found.sets) == (
            "oai:host:1",
            date(2024, 5, 2),
            ("cs", "math:math:CO"),
        )
        assert found.metadata is not None
        assert (found.metadata.tag.rpartition("}")[2], found.metadata.text, found.deleted) == ("paper", "One", False)

    def test_a_datestamp_may_have_a_time(self) -> None:
        assert only(listed(record(stamp="2024-05-02T23:59:59Z"))).datestamp == date(2024, 5, 2)

    def test_the_answer_s_own_time_is_in_utc(self) -> None:
        page = parse(answer("<ListRecords/>", at="2024-05-03T01:30:00+02:00"))
        assert page.response_date == datetime(2024, 5, 2, 23, 30, tzinfo=UTC)

    def test_a_deleted_record_has_no_metadata_even_if_some_is_sent(self) -> None:
        found = only(listed(record(attributes=' status="deleted"')))
        assert (found.deleted, found.metadata) == (True, None)

    def test_a_record_without_metadata_is_left_to_who_reads_it(self) -> None:
        assert only(listed(f"<record>{header()}</record>")).metadata is None

    def test_headers_alone_are_records_too(self) -> None:
        page = parse(
            listed(header("oai:h:1"), header("oai:h:2", attributes=' status="deleted"'), verb="ListIdentifiers")
        )
        assert [(found.identifier, found.deleted) for found in page.records] == [("oai:h:1", False), ("oai:h:2", True)]
        assert page.verb == "ListIdentifiers"

    def test_a_token_with_what_the_host_says_of_the_list(self) -> None:
        token = '<resumptionToken cursor="100" completeListSize="58011"> 72|1001\n</resumptionToken>'
        page = parse(listed(record(), token=token))
        assert (page.token, page.complete_size, page.cursor) == ("72|1001", 58011, 100)

    def test_an_empty_token_ends_the_list(self) -> None:
        page = parse(listed(record(), token='<resumptionToken completeListSize="2" cursor="1"/>'))
        assert (page.token, page.complete_size) == ("", 2)

    @pytest.mark.parametrize("size", ["-1", "many", "9" * 5_000, "１２", ""])
    def test_an_absurd_size_is_none(self, size: str) -> None:
        page = parse(listed(token=f'<resumptionToken completeListSize="{size}">t</resumptionToken>'))
        assert (page.complete_size, page.token) == (None, "t")

    def test_identify_tells_the_first_day(self) -> None:
        inside = "<Identify><earliestDatestamp>2005-09-16T00:00:00Z</earliestDatestamp></Identify>"
        assert parse(answer(inside, "Identify")).earliest == date(2005, 9, 16)

    def test_a_byte_order_mark_is_no_harm(self) -> None:
        assert only(b"\xef\xbb\xbf" + listed(record())).identifier == "oai:host:1"


class TestFaults:
    @pytest.mark.parametrize(
        ("broken", "reason"),
        [
            ("<record><metadata><x/></metadata></record>", "record without a header"),
            ("<record><header><datestamp>2024-05-02</datestamp></header></record>", "without a usable identifier"),
            (record(identifier="two words"), "without a usable identifier"),
            (record(identifier="x" * 501), "without a usable identifier"),
            (record(stamp="yesterday"), "without a usable datestamp: 'yesterday'"),
            (record(stamp="2024-13-01"), "without a usable datestamp"),
            (record(stamp="20240502"), "without a usable datestamp"),
        ],
    )
    def test_a_record_without_a_usable_header_is_set_aside_and_the_others_go_on(self, broken: str, reason: str) -> None:
        page = parse(listed(record(identifier="oai:h:1"), broken, record(identifier="oai:h:2")))
        assert [found.identifier for found in page.records] == ["oai:h:1", "oai:h:2"]
        (fault,) = page.faults
        assert reason in fault.reason
        assert fault.raw and len(fault.raw) <= MAX_RAW

    def test_a_fault_is_filed_under_its_identifier(self) -> None:
        page = parse(listed(record(identifier="oai:h:7", stamp="never")))
        assert [fault.file for fault in page.faults] == ["oai:h:7"]


class TestRefusals:
    def test_a_refusal_is_an_exception_with_its_code(self) -> None:
        with pytest.raises(OaiError) as caught:
            parse(answer('<error code="badArgument">Illegal argument\n  from</error>'))
        assert (caught.value.code, caught.value.text) == ("badArgument", "Illegal argument from")
        assert not isinstance(caught.value, TokenExpired)

    def test_an_expired_token_is_one_of_its_own(self) -> None:
        with pytest.raises(TokenExpired) as caught:
            parse(answer('<error code="badArgument"/><error code="badResumptionToken">gone</error>'))
        assert caught.value.text == "gone"

    def test_nothing_to_list_is_an_empty_page(self) -> None:
        page = parse(answer('<error code="noRecordsMatch">None</error>'))
        assert page == OaiPage("ListRecords", datetime(2024, 5, 3, 10, tzinfo=UTC))

    def test_nothing_to_list_beside_a_graver_error_is_not_empty(self) -> None:
        with pytest.raises(OaiError, match="badVerb"):
            parse(answer('<error code="noRecordsMatch"/><error code="badVerb"/>'))


def nested(depth: int) -> str:
    return "<b>" * depth + "</b>" * depth


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


class TestNotThisPage:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"   \n",
            b"broken xml",
            b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>",
            b"<html><body><p>Down for maintenance</p></body></html>",
            b'<?xml version="1.0"?><rss><channel/></rss>',
            b"<OAI-PMH><responseDate>2024-05-03T10:00:00Z</responseDate><ListRecords/></OAI-PMH>",
            listed(record())[:-30],
            answer(""),
            answer("<ListRecords/>", at="soon"),
            answer("<ListRecords/>", at=""),
            answer("<ListRecords/>", at="0001-01-01T00:00:00+23:00"),
            answer(f"<ListRecords>{record('&c;')}</ListRecords>", before=BOMB),
            answer(f"<ListRecords>{record('&a;')}</ListRecords>", before=OUTSIDE),
            answer("<ListRecords/>", before='<!DOCTYPE x SYSTEM "http://host.example/x.dtd">'),
            listed(record("&undeclared;")),
            listed(record(nested(MAX_DEPTH))),
            listed(record(nested(100_000))),
            listed(record()).decode().encode("utf-16"),
            listed(record("Erdős")).replace("ő".encode(), b"\xf5"),
            listed(record("\x01")),
        ],
    )
    def test_what_is_no_answer(self, body: bytes) -> None:
        with pytest.raises(NotThisPage):
            parse(body)

    def test_as_deep_as_real_records_come_is_no_harm(self) -> None:
        assert only(listed(record(nested(20)))).identifier == "oai:host:1"

    def test_a_long_list_is_not_a_deep_one(self) -> None:
        assert len(parse(listed(*(record(identifier=f"oai:h:{number}") for number in range(200)))).records) == 200

    def test_an_encoding_that_the_declaration_claims_is_not_believed(self) -> None:
        body = listed(record("<paper>Erdős</paper>")).replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"')
        found = only(body)
        assert found.metadata is not None and found.metadata.text == "Erdős"


class TestLenient:
    @pytest.mark.parametrize("byte", [b"\xf5", b"\xff\xfe", b"\x80", b"\x0b", b"\x00"])
    def test_the_record_that_holds_a_wrong_byte_is_set_aside_and_the_others_go_on(self, byte: bytes) -> None:
        body = listed(record(identifier="oai:h:1"), record("<x>Erd?s</x>", identifier="oai:h:2"), record())
        page = parse(body.replace(b"Erd?s", b"Erd" + byte + b"s"), lenient=True)
        assert [found.identifier for found in page.records] == ["oai:h:1", "oai:host:1"]
        assert reasons(page) == ["bytes that are not UTF-8, or characters that XML forbids"]
        assert page.faults[0].file == "oai:h:2" and "Erd\ufffds" in page.faults[0].raw

    def test_a_wrong_byte_in_an_attribute_or_a_header_counts_too(self) -> None:
        body = listed(record('<x a="?"/>', identifier="oai:h:1"), record(identifier="oai:h:?"), record())
        page = parse(body.replace(b'?"/>', b'\xf5"/>').replace(b"oai:h:?", b"oai:h:\xf5"), lenient=True)
        assert len(page.faults) == 2 and len(page.records) == 1

    def test_replaced_characters_that_the_host_itself_sends_are_no_fault(self) -> None:
        found = only(listed(record("<x>Erd\ufffds \ufdd0</x>")), lenient=True)
        assert found.metadata is not None and found.metadata.text == "Erd\ufffds \ufffd"

    def test_a_token_with_a_wrong_byte_is_not_used(self) -> None:
        body = listed(record(), token="<resumptionToken>a?b</resumptionToken>").replace(b"a?b", b"a\xf5b")
        with pytest.raises(NotThisPage):
            parse(body, lenient=True)

    def test_what_is_no_answer_stays_none(self) -> None:
        with pytest.raises(NotThisPage):
            parse(b"<html>\xff</html>", lenient=True)
        with pytest.raises(NotThisPage):
            parse(answer("<ListRecords/>", before=BOMB), lenient=True)
