import pytest

from papers.identifiers import ArxivId, arxiv_id, doi, split_venue_key, venue_key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1706.03762", ArxivId("1706.03762")),
        ("1706.03762v5", ArxivId("1706.03762", 5)),
        ("arXiv:1706.03762", ArxivId("1706.03762")),
        ("arxiv: 1706.03762v2 ", ArxivId("1706.03762", 2)),
        ("1406.2661", ArxivId("1406.2661")),
        ("1406.02661", ArxivId("1406.2661")),
        ("1501.0012", ArxivId("1501.00012")),
        ("0704.0001", ArxivId("0704.0001")),
        ("hep-th/9901001", ArxivId("hep-th/9901001")),
        ("hep-th/9901001v3", ArxivId("hep-th/9901001", 3)),
        ("math.GT/0309136", ArxivId("math/0309136")),
        ("cond-mat/0703001", ArxivId("cond-mat/0703001")),
        ("ARXIV:1706.03762V5", ArxivId("1706.03762", 5)),
        ("Hep-Th/9901001V3", ArxivId("hep-th/9901001", 3)),
        ("MATH.gt/0309136", ArxivId("math/0309136")),
        ("1706.00001", ArxivId("1706.00001")),
        ("1406.0001", ArxivId("1406.0001")),
        ("hep-th/9107001", ArxivId("hep-th/9107001")),
    ],
)
def test_arxiv_ids_in_all_their_spellings(text: str, expected: ArxivId) -> None:
    assert arxiv_id(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.1145/3580305.3599",
        "3580305.3599",
        "1713.03762",
        "0703.0001",
        "9901.00001",
        "1406.12661",
        "1706.037621",
        "1700.03762",
        "1706.03762v1000",
        "١٧٠٦.٠٣٧٦٢",
        "1706.０３７６２",
        "hep-th/９９０１００１",
        "\u212ahep-th/9901001",
        "1706.03762v0",
        "hep-th/990100",
        "hep-th/9913001",
        "hep-th/0804001",
        "1706.03762 and more",
        "P19-1001",
    ],
)
def test_what_is_no_arxiv_id(text: str) -> None:
    assert arxiv_id(text) is None


@pytest.mark.parametrize(
    "text", ["10.1145/3580305.3599", "https://doi.org/10.1145/3580305.3599", "doi: 10.1145/3580305.3599"]
)
def test_dois_lose_their_resolver(text: str) -> None:
    assert doi(text) == "10.1145/3580305.3599"


def test_dois_compare_without_case_and_other_texts_are_none() -> None:
    assert doi("10.18653/V1/P19-1001") == "10.18653/v1/p19-1001"
    assert doi("10.18653") == doi("11.1/x") == doi("10.18653/a b") == ""


@pytest.mark.parametrize(
    ("key", "source_id", "source"),
    [
        ("P19-1001@ACL", "P19-1001", "acl"),
        ("gao23f@v235@PMLR", "gao23f@v235", "pmlr"),
        ("aBc_-1@OpenReview", "aBc_-1", "openreview"),
        ("17@2019@ijcai", "17@2019", "ijcai"),
    ],
)
def test_venue_keys_name_their_source_last(key: str, source_id: str, source: str) -> None:
    assert split_venue_key(key) == (source_id, source)
    assert split_venue_key(venue_key(source_id, source)) == (source_id, source)


@pytest.mark.parametrize("key", ["P19-1001", "@ACL", "P19-1001@", ""])
def test_half_a_venue_key_is_none(key: str) -> None:
    assert split_venue_key(key) is None
