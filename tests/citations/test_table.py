from dataclasses import replace

import pytest

from papers.citations.cited import CitedName
from papers.citations.table import COLUMNS, cell, table
from tests.citations.reading import rows
from tests.citations.samples import ADA, IN_PROCEEDINGS, PREPRINT, listed


def test_a_row_a_paper() -> None:
    (found,) = rows(table(listed(IN_PROCEEDINGS)))
    assert tuple(found) == COLUMNS
    assert found["authors"] == "Lovelace, Ada; Turing, Alan"
    assert (found["venue"], found["track"], found["pages"], found["type"]) == (
        "ACL 2025",
        "Long",
        "11–23",
        "conference",
    )
    assert (found["year"], found["published"], found["categories"]) == ("2025", "2025-07", "cs.CL cs.AI")
    assert (found["arxiv"], found["page"]) == ("2503.00001", "http://127.0.0.1:8000/arxiv/2503.00001")


def test_tells_excel_that_it_is_utf_8() -> None:
    assert table(listed()).encode().startswith(b"\xef\xbb\xbfid,title,")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1", "＋1", "－1", "＠x", " =1", "\t=1", "|x", "%x"],
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == "'" + text.strip()
    (found,) = rows(table(listed(replace(PREPRINT, title=text, authors=(CitedName(text),), keywords=(text,)))))
    assert all(found[column][:1] in ("'", "") or found[column][0].isalnum() for column in COLUMNS)


def test_texts_stay_in_their_cells() -> None:
    odd = replace(PREPRINT, title='a "quote", a\nline; and 深度', authors=(CitedName("X; Y"), ADA))
    (found,) = rows(table(listed(odd)))
    assert found["title"] == 'a "quote", a line; and 深度'
    assert found["authors"] == "X, Y; Lovelace, Ada"


def test_a_thousand_authors_are_a_thousand() -> None:
    (found,) = rows(table(listed(replace(PREPRINT, authors=(ADA,) * 1_000))))
    assert found["authors"].count(";") == 999
