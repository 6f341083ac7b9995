from dataclasses import replace

from ingest.sources.proceedings_lines import Line
from ingest.sources.proceedings_ris import ris_rows
from papers.citations.cited import CitedDate, CitedName
from papers.citations.ris import entry, ris
from tests.citations.reading import ris_entries
from tests.citations.samples import ADA, IN_JOURNAL, IN_PROCEEDINGS, PREPRINT, listed


def test_a_paper_of_proceedings() -> None:
    (found,) = ris_entries(ris(listed(IN_PROCEEDINGS)))
    assert found["type_of_reference"] == "CONF"
    assert found["title"] == "On computable engines"
    assert found["authors"] == ["Lovelace, Ada", "Turing, Alan"]
    assert (found["year"], found["date"]) == ("2025", "2025/07//")
    assert (found["start_page"], found["end_page"]) == ("11", "23")
    assert found["secondary_title"] == found["custom3"] == IN_PROCEEDINGS.container
    assert found["doi"] == "10.18653/v1/2025.acl-long.1"
    assert found["urls"] == ["https://aclanthology.org/2025.acl-long.1/"]
    assert found["file_attachments1"] == "https://arxiv.org/pdf/2503.00001"
    assert found["accession_number"] == "arXiv:2503.00001"
    assert found["keywords"] == ["engines", "numbers", "cs.CL", "cs.AI"]
    assert found["abstract"] == "We compute."


def test_a_paper_of_a_journal_and_a_preprint() -> None:
    journal, preprint = ris_entries(ris(listed(IN_JOURNAL, PREPRINT)))
    assert (journal["type_of_reference"], journal["volume"], journal["number"]) == ("JOUR", "51", "2")
    assert journal["secondary_title"] == "Computational Linguistics"
    assert (preprint["type_of_reference"], preprint["publisher"]) == ("UNPB", "arXiv")
    assert preprint["date"] == "2025/03/17/"


def test_lines_are_ended_as_the_format_wants_them() -> None:
    text = ris(listed(PREPRINT, IN_JOURNAL))
    assert text.count("\r\n") == text.count("\n")
    assert text.endswith("ER  - \r\n\r\n")
    assert text.count("ER  - ") == 2


def test_nothing_in_a_text_begins_a_line() -> None:
    odd = replace(
        PREPRINT,
        title="A\nER  - \nTY  - JOUR\x0bTI  - x\u2028AU  - y\x1cz",
        authors=(CitedName("B\r\nER  - "),),
        date=CitedDate(2025),
    )
    (found,) = ris_entries(ris(listed(odd)))
    assert found["title"] == "A ER - TY - JOURTI - x AU - yz"
    assert found["authors"] == ["B ER -"]
    assert found["date"] == "2025///"


def test_a_group_s_name_is_not_taken_apart() -> None:
    assert "AU  - Friends of Tea\r\n" in entry(replace(PREPRINT, authors=(CitedName("Friends, of Tea"),)))


def test_a_thousand_authors_are_a_thousand() -> None:
    (found,) = ris_entries(ris(listed(replace(PREPRINT, authors=(ADA,) * 1_000))))
    assert found["authors"] == ["Lovelace, Ada"] * 1_000


def test_an_address_with_a_semicolon_stays_one() -> None:
    (found,) = ris_entries(ris(listed(replace(PREPRINT, url="https://e.org/a;b"))))
    assert found["urls"] == ["https://e.org/a%3Bb"]


def test_our_own_importer_reads_it() -> None:
    text = ris(listed(IN_PROCEEDINGS))
    (found,) = [row.columns for row in ris_rows([Line(n, line) for n, line in enumerate(text.splitlines(), 1)])]
    assert (found["arxiv"], found["pages"], found["published"]) == ("arXiv:2503.00001", "11-23", "2025-07")
