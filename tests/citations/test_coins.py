from dataclasses import replace
from urllib.parse import parse_qs

from papers.citations.coins import MAX_AUTHORS, coins
from tests.citations.samples import ADA, IN_JOURNAL, IN_PROCEEDINGS, PREPRINT, titled


def test_a_paper_of_proceedings() -> None:
    found = parse_qs(coins(IN_PROCEEDINGS), strict_parsing=True)
    assert found["ctx_ver"] == ["Z39.88-2004"]
    assert found["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:book"]
    assert (found["rft.genre"], found["rft.atitle"]) == (["proceeding"], ["On computable engines"])
    assert found["rft.btitle"] == [IN_PROCEEDINGS.container]
    assert found["rft.au"] == ["Lovelace, Ada", "Turing, Alan"]
    assert found["rft_id"] == ["info:doi/10.18653/v1/2025.acl-long.1", "https://aclanthology.org/2025.acl-long.1/"]
    assert (found["rft.date"], found["rft.pages"]) == (["2025-07"], ["11-23"])


def test_a_paper_of_a_journal() -> None:
    found = parse_qs(coins(IN_JOURNAL), strict_parsing=True)
    assert (found["rft_val_fmt"], found["rft.genre"]) == (["info:ofi/fmt:kev:mtx:journal"], ["article"])
    assert (found["rft.jtitle"], found["rft.volume"], found["rft.issue"]) == (
        ["Computational Linguistics"], ["51"], ["2"],
    )  # fmt: skip


def test_a_preprint_is_neither_book_nor_journal() -> None:
    found = parse_qs(coins(PREPRINT), strict_parsing=True)
    assert (found["rft_val_fmt"], found["rft.type"]) == (["info:ofi/fmt:kev:mtx:dc"], ["preprint"])
    assert (found["rft.title"], found["rft.creator"]) == (["On computable engines"], ["Lovelace, Ada", "Turing, Alan"])
    assert found["rft.identifier"] == ["arXiv:2503.00001"]


def test_nothing_of_a_text_gets_between_the_fields() -> None:
    title = '"><script> & rft.au=Evil; 100% 深度 + $x_1$'
    found = parse_qs(coins(titled(title)), strict_parsing=True)
    assert found["rft.title"] == ['"><script> & rft.au=Evil; 100% 深度 + x_1']
    assert "rft.au" not in found
    assert not set(coins(titled(title))) & set("\"'<> ")


def test_of_a_thousand_authors_as_many_as_a_list_shows() -> None:
    found = parse_qs(coins(replace(PREPRINT, authors=(ADA,) * 1_000)))
    assert len(found["rft.creator"]) == MAX_AUTHORS
