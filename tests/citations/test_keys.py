from dataclasses import replace

import pytest

from papers.citations.cited import CitedDate, CitedName
from papers.citations.keys import base, citation_keys
from tests.citations.samples import ADA, PREPRINT, titled


@pytest.mark.parametrize(
    ("title", "family", "key"),
    [
        ("Attention is all you need", "Vaswani", "vaswani2025attention"),
        ("On the $O(n^2)$ of it", "Erdős", "erdos2025o"),
        ("Über Größe", "von Neumann", "vonneumann2025uber"),
        ("深度学习 with BERT", "王", "2025bert"),
        ("BERT", "O'Neil-Smith", "oneilsmith2025bert"),
        ("The of", "Lovelace", "lovelace2025"),
    ],
)
def test_a_key_tells_who_when_and_what(title: str, family: str, key: str) -> None:
    assert base(titled(title, authors=(CitedName(family, family, "A."),))) == key


def test_the_id_stands_in_where_nothing_can_be_spelt_in_plain_letters() -> None:
    assert base(titled("深度学习", authors=(CitedName("王伟"),))) == "paper250300001"
    assert base(replace(PREPRINT, title="", authors=(), key="P19-1001@ACL")) == "paperp191001acl"


def test_keys_of_a_file_differ_and_do_not_depend_on_its_order() -> None:
    same = [titled("Trees", key=f"2503.{number:05}") for number in range(60)]
    other = titled("Treesa", key="x@ACL")  # what the first of them would be called
    keys = citation_keys([*same, other])
    assert len(set(keys)) == 61
    assert keys[-1] == "lovelace2025treesa"
    assert keys[:3] == ["lovelace2025treesb", "lovelace2025treesc", "lovelace2025treesd"]
    assert keys[25:27] == ["lovelace2025treesaa", "lovelace2025treesab"]
    assert citation_keys([other, *reversed(same)]) == [keys[-1], *reversed(keys[:-1])]


def test_a_paper_alone_has_no_letter() -> None:
    assert citation_keys([titled("Trees")]) == ["lovelace2025trees"]
    assert base(titled("Trees", date=None, authors=(ADA,))) == "lovelacetrees"
    assert base(titled("Trees", date=CitedDate(1999))) == "lovelace1999trees"
