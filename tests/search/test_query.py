import pytest

from papers.identifiers import ArxivId
from search.query import MAX_LENGTH, MAX_WORDS, named_paper, parse
from search.retrieval.lexical import terms


def test_spaces_are_flattened_and_nothing_is_refused() -> None:
    assert parse("  two\n words\x00 ").text == "two words"
    assert parse("").text == ""


@pytest.mark.parametrize("text", ["word " * (MAX_WORDS + 1), "x" * (MAX_LENGTH + 1)])
def test_a_long_query_is_cut_and_says_so(text: str) -> None:
    query = parse(text)
    assert query.shortened
    assert len(query.text) <= MAX_LENGTH
    assert len(query.text.split()) <= MAX_WORDS


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("1706.03762", ArxivId("1706.03762")),
        ("https://arxiv.org/abs/1706.03762v5", ArxivId("1706.03762", 5)),
        ("https://arxiv.org/pdf/1706.03762.pdf", ArxivId("1706.03762")),
        ("http://export.arxiv.org/abs/hep-th/9901001", ArxivId("hep-th/9901001")),
        ("10.18653/v1/P19-1001", "10.18653/v1/p19-1001"),
        ("https://doi.org/10.18653/v1/P19-1001", "10.18653/v1/p19-1001"),
        ("https://aclanthology.org/P19-1001/", "P19-1001"),
        ("https://aclanthology.org/P19-1001.pdf", "P19-1001"),
        ("attention is all you need", None),
        ("https://example.org/abs/1706.03762", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_ids_dois_and_addresses_name_a_paper(text: str, paper: object) -> None:
    assert named_paper(text) == paper


def test_terms_are_stemmed_and_as_written() -> None:
    found = terms("Translating translations")
    assert found.stemmed == {"translat": 2}
    assert found.written == {"translating": 1, "translations": 1}


def test_accents_width_and_tex_are_folded_as_in_the_index() -> None:
    assert terms("Ｅrdős").written == terms("erdos").written
    assert "α" in terms(r"$\alpha$").written


def test_chinese_is_cut_into_pairs() -> None:
    assert list(terms("深度学习 BERT").written) == ["深度", "度学", "学习", "bert"]
