"""Lists as files: what each address holds, and what it says where there is nothing."""

import json
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from papers import exporting
from papers.citations.formats import FORMATS
from papers.record import AbstractKind
from tests.citations.reading import bib_entries, ris_entries, rows
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import acl, arxiv

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def papers(keep: Keep) -> None:
    keep(
        arxiv("2503.00001", day=date(2025, 3, 17)),
        arxiv("2503.00010", title=r"Of $\ell_1$ & BERT"),
        arxiv("2503.00011", categories=("cs.AI", "cs.CL")),
        arxiv("hep-th/9901001", categories=("hep-th",), day=date(1999, 1, 4)),
        arxiv("1906.00001", day=None),
    )
    keep(
        acl("P19-1001", position=2, same_as=("arxiv:1906.00001",), doi="10.18653/v1/p19-1001"),
        acl("P19-1002", position=1, journal_ref="Proceedings of the 57th Annual Meeting, pages 11–23"),
        acl("P19-1003", position=3, track="Demo"),
    )


def ids(response: Any) -> list[str]:
    return [row["id"] for row in rows(response.content.decode())]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/arxiv/cs.CL/export.csv", ["2503.00010", "2503.00011"]),
        ("/arxiv/cs.CL/export.csv?date=2025-03-17", ["2503.00001"]),
        ("/arxiv/cs.CL/export.csv?date=yesterday&show=1&skip=1", ["2503.00010", "2503.00011"]),
        ("/arxiv/CS.cl+hep-th/export.csv?date=1999-01-04", ["hep-th/9901001"]),
        ("/arxiv/cs.CL/export.csv?since=2025-03-16", ["2503.00010", "2503.00011", "2503.00001"]),
        ("/arxiv/cs.CL/export.csv?date=2000-01-01", []),
        ("/arxiv/2503.00001v3/export.csv", ["2503.00001"]),
        ("/arxiv/hep-th/9901001/export.csv", ["hep-th/9901001"]),
        ("/arxiv/hep-th/9901001,2503.00001/export.csv", ["hep-th/9901001", "2503.00001"]),
        ("/venue/ACL.2019/export.csv", ["P19-1002@ACL", "1906.00001", "P19-1003@ACL"]),
        ("/venue/ACL.2019/export.csv?group=Demo", ["P19-1003@ACL"]),
        ("/venue/ACL/export.csv", ["P19-1002@ACL", "1906.00001", "P19-1003@ACL"]),
        ("/venue/P19-1001@ACL/export.csv", ["1906.00001"]),
        ("/export.csv?ids=P19-1002@ACL,2503.00010,arXiv:1906.1,nonsense,P99-1@ACL", ["P19-1002@ACL", "2503.00010"]),
        ("/author/Grace Hopper/export.csv", ["P19-1003@ACL", "P19-1002@ACL"]),
        ("/export.csv?ids=P19-1001@ACL,1906.00001", ["1906.00001"]),
    ],
)
def test_a_file_holds_the_papers_of_its_list_in_order(
    client: Client, papers: None, address: str, expected: list[str]
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert ids(response) == expected
    assert response["X-Total-Count"] == str(len(expected))


def test_new_arrivals(client: Client, papers: None) -> None:
    assert sorted(ids(client.get("/venue/latest/export.csv"))) == ["1906.00001", "P19-1002@ACL", "P19-1003@ACL"]


def test_results_of_a_search(client: Client, papers: None, index: Any) -> None:
    index()
    page, file = client.get("/search?query=paper&show=1000"), client.get("/search/export.csv?query=paper")
    assert len(ids(file)) == 6
    assert ids(file) == keys(page)
    by_time = client.get("/search/export.csv?query=paper&sort=time")
    assert ids(by_time) == keys(client.get("/search?query=paper&show=1000&sort=time"))
    assert ids(client.get("/search/export.csv?query=2503.00001")) == ["2503.00001"]
    assert ids(client.get("/search/export.csv?query=zzzzzzzz")) == []


def test_related_papers(client: Client, keep: Keep) -> None:
    from search.indexing.keywords import follow_keywords

    keep(*(arxiv(f"2503.{n:05}", keywords=("rare trees",)) for n in range(1, 4)))
    follow_keywords()
    found = ids(client.get("/related/2503.00001/export.csv"))
    assert found == keys(client.get("/related/2503.00001"))
    assert sorted(found) == ["2503.00002", "2503.00003"]


@pytest.mark.parametrize("extension", FORMATS)
def test_every_format_says_what_it_is(client: Client, papers: None, extension: str) -> None:
    response = client.get(f"/arxiv/cs.CL/export.{extension}?date=2025-03-18")
    assert response["Content-Type"] == FORMATS[extension].content_type
    assert response["Content-Disposition"] == f'attachment; filename="coolpapers-cs.CL-2025-03-18.{extension}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Robots-Tag"] == "noindex"
    assert "2503.00010" in response.content.decode()
    assert client.head(f"/arxiv/cs.CL/export.{extension}").status_code == 200


def test_the_formats_are_read_by_other_programs(client: Client, papers: None) -> None:
    address = "/export.{}?ids=2503.00010,P19-1001@ACL,P19-1002@ACL"
    preprint, accepted, published = bib_entries(client.get(address.format("bib")).content.decode())
    assert [entry.entry_type for entry in (preprint, accepted, published)] == ["misc", "inproceedings", "inproceedings"]
    assert preprint.fields_dict["title"].value == r"Of {$\ell_1$} \& {BERT}"
    assert accepted.fields_dict["eprint"].value == "1906.00001"
    assert accepted.fields_dict["doi"].value == "10.18653/v1/p19-1001"
    assert accepted.fields_dict["url"].value == "https://aclanthology.org/P19-1001/"
    assert published.fields_dict["booktitle"].value == "Proceedings of the 57th Annual Meeting"
    assert published.fields_dict["pages"].value == "11--23"
    types = [found["type_of_reference"] for found in ris_entries(client.get(address.format("ris")).content.decode())]
    assert types == ["UNPB", "CONF", "CONF"]
    items = json.loads(client.get(address.format("json")).content)
    assert [each["type"] for each in items] == ["article", "paper-conference", "paper-conference"]
    assert items[0]["title"] == "Of ℓ_1 & BERT"
    assert "[Of ℓ\\_1 \\& BERT](https://arxiv.org/abs/2503.00010)" in client.get(address.format("md")).content.decode()


def test_our_own_summaries_are_not_exported_as_abstracts(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", abstract_kind=AbstractKind.SUMMARY))
    for extension in FORMATS:
        assert "We study what" not in client.get(f"/arxiv/2503.00001/export.{extension}").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/arxiv/cs.CL/export.pdf", "/arxiv/cs.CL/export.BIB", "/arxiv/cs.ZZ/export.bib",
        "/arxiv/2503.99999/export.bib", "/arxiv/2503.99998,2503.99999/export.bib", "/venue/Nowhere.2019/export.bib",
        "/venue/P99-9999@ACL/export.bib", "/venue/latest/export.exe", "/author/Nobody/export.bib", "/export.bib",
        "/export.bib?ids=", "/export.bib?ids=,,+,nonsense", "/export.zip?ids=1", "/search/export.bib",
        "/search/export.bib?query=+", "/search/export.doc?query=x", "/related/2503.99999/export.bib",
        "/related/x/export.bib", "/arxiv/%00/export.bib", "/venue/%00@ACL/export.bib", "/related/%00/export.bib",
        "/export.bib?ids=%00", "/export.bib?ids=%00@ACL",
    ],
)  # fmt: skip
def test_what_there_is_not_is_a_page_that_says_so(client: Client, papers: None, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert '<p class="empty-say">' in text(response)


def test_a_wrong_format_is_told_the_right_ones(client: Client, papers: None) -> None:
    assert "BibTeX (.bib), RIS (.ris), CSL-JSON (.json)" in words(client.get("/arxiv/cs.CL/export.pdf"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("cs.CL, 2025-03-18", "coolpapers-cs.CL-2025-03-18.bib"),
        ('../../etc/passwd"; x=', "coolpapers-etc-passwd-x.bib"),
        ("search 深度学习", "coolpapers-search.bib"),
        ("深度", "coolpapers.bib"),
        ("a\r\nSet-Cookie: x", "coolpapers-a-Set-Cookie-x.bib"),
        ("x" * 500, f"coolpapers-{'x' * 80}.bib"),
    ],
)
def test_names_of_files_are_safe(name: str, safe: str) -> None:
    assert exporting.file_name(name, "bib") == safe


def test_hostile_papers_make_no_second_entry(client: Client, keep: Keep) -> None:
    evil = '}},\n@article{x, title={y}} ER  - \nTY  - JOUR\n=1+1",</script><script>alert(1)</script> $\\write18{x}$ {'
    keep(arxiv("2503.00001", title=evil, abstract=evil, journal_ref="", comments=evil, keywords=(evil,)))
    address = "/arxiv/2503.00001/export.{}"
    (entry,) = bib_entries(client.get(address.format("bib")).content.decode())
    assert r"\write" not in entry.raw
    assert len(ris_entries(client.get(address.format("ris")).content.decode())) == 1
    assert len(json.loads(client.get(address.format("json")).content)) == 1
    assert ids(client.get(address.format("csv"))) == ["2503.00001"]
    assert "\n- " in client.get(address.format("md")).content.decode()


# Cut off at a thousand papers


@pytest.fixture
def many(keep: Keep) -> None:
    keep(*(arxiv(f"2503.{number:05}") for number in range(1, exporting.MAX_PAPERS + 6)))


def test_a_file_holds_a_thousand_papers_and_says_what_is_missing(client: Client, many: None) -> None:
    response = client.get("/arxiv/cs.CL/export.bib")
    assert response["X-Total-Count"] == "1005"
    assert "% The first 1,000 of 1,005 papers: a file holds no more." in response.content.decode().splitlines()
    assert response.content.count(b"@misc") == 1_000
    entries = bib_entries(response.content.decode())
    assert len({entry.key for entry in entries}) == 1_000
    assert "The first 1,000 of 1,005 papers: a file" in client.get("/arxiv/cs.CL/export.md").content.decode()
    assert len(ids(client.get("/arxiv/cs.CL/export.csv"))) == 1_000
    assert "The first 1,000 of 1,005 papers as a file:" in words(client.get("/arxiv/cs.CL"))


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/arxiv/cs.CL/export.{}", 4),
        ("/venue/latest/export.{}", 3),
        ("/arxiv/{ids}/export.{}", 3),
        ("/export.{}?ids={ids}", 3),
    ],
)
@pytest.mark.parametrize("count", [5, 200])
def test_asks_the_database_the_same_however_long_the_list(
    client: Client, keep: Keep, django_assert_max_num_queries: Any, address: str, queries: int, count: int
) -> None:
    from papers.record import Appearance

    places = (Appearance("ACL.2025", "Long"),)
    keep(*(arxiv(f"2503.{number:05}", appearances=places) for number in range(1, count + 1)))
    names = ",".join(f"2503.{number:05}" for number in range(1, count + 1))
    with django_assert_max_num_queries(queries):
        response = client.get(address.replace("{ids}", names).format("csv"))
    assert len(ids(response)) == count


# A selection has one address


def test_a_selection_is_a_page_of_papers_of_arxiv_and_of_venues(client: Client, papers: None) -> None:
    response = client.get("/export?ids=P19-1002@ACL,2503.00010,P99-9999@ACL,nonsense,2503.77777")
    assert response.status_code == 200
    assert keys(response) == ["P19-1002@ACL", "2503.00010"]
    assert "Not here: P99-9999@ACL" in words(response)
    assert "No ids of papers, and left out: “nonsense”" in words(response)
    assert "https://arxiv.org/abs/2503.77777" in links(response)
    assert "/export.bib?ids=P19-1002@ACL,2503.00010,P99-9999@ACL,2503.77777" in links(response)
    assert client.get("/export").status_code == 404


def test_a_doi_may_hold_what_parts_ids(client: Client, keep: Keep, papers: None) -> None:
    keep(acl("P19-1009", doi="10.1016/s0378,4371+01%"))
    response = client.get("/export", {"ids": "2503.00010,10.1016/s0378%2C4371%2B01%25"})
    assert keys(response) == ["2503.00010", "P19-1009@ACL"]
    assert "/export.bib?ids=2503.00010,10.1016%2Fs0378%252C4371%252B01%2525" in links(response)
    moved = client.post("/export", {"ids": "2503.00010,10.1016/s0378%2C4371%2B01%25"}, **OURS)
    assert keys(client.get(moved["Location"])) == ["2503.00010", "P19-1009@ACL"]


def test_a_selection_sent_by_post_gets_the_address_that_it_has(client: Client, papers: None) -> None:
    response = client.post("/export", {"ids": "P19-1002@ACL 2503.00010"}, **OURS)
    assert (response.status_code, response["Location"]) == (302, "/export?ids=P19-1002@ACL,2503.00010")


def test_what_is_too_long_for_an_address_goes_by_post(client: Client, many: None) -> None:
    names = ",".join(f"2503.{number:05}" for number in range(1, 1_001))
    assert ids(client.post("/export.csv", {"ids": names}, **OURS)) == names.split(",")
    page = client.post("/export", {"ids": names}, **OURS)
    assert keys(page) == names.split(",")
    assert '<form method="post" action="/export.bib"><input type="hidden" name="ids" value="2503.00001,' in text(page)
    assert '<button type="submit" formaction="/export.ris">RIS</button>' in text(page)


def test_other_sites_cannot_make_readers_send_selections(client: Client, papers: None) -> None:
    for site in ("cross-site", "none"):
        response = client.post("/export.bib", {"ids": "2503.00010"}, HTTP_SEC_FETCH_SITE=site)
        assert response.status_code == 403
    assert client.put("/export").status_code == 405
    assert client.post("/arxiv/cs.CL/export.bib").status_code == 405


def test_an_endless_selection_is_read_as_far_as_a_file_goes(client: Client, papers: None) -> None:
    response = client.post("/export.csv", {"ids": "2503.00010," + "x@y@z," * 200_000}, **OURS)
    assert ids(response) == ["2503.00010"]


# Pages offer their lists


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("/arxiv/cs.CL", "/arxiv/cs.CL/export.bib?date=2025-03-18"),
        ("/arxiv/cs.CL?date=2025-03-17&skip=0", "/arxiv/cs.CL/export.bib?date=2025-03-17"),
        ("/arxiv/cs.CL?since=2025-03-16", "/arxiv/cs.CL/export.bib?since=2025-03-16"),
        ("/arxiv/2503.00001,2503.00010", "/arxiv/2503.00001,2503.00010/export.bib"),
        ("/arxiv/2503.00001", "/arxiv/2503.00001/export.bib"),
        ("/venue/ACL.2019?group=Demo", "/venue/ACL.2019/export.bib?group=Demo"),
        ("/venue/P19-1002@ACL", "/venue/P19-1002@ACL/export.bib"),
        ("/venue/latest", "/venue/latest/export.bib"),
        ("/author/Grace Hopper", "/author/Grace%20Hopper/export.bib"),
    ],
)
def test_a_page_links_to_files_of_what_it_shows(client: Client, papers: None, page: str, file: str) -> None:
    response = client.get(page)
    offered = [link for link in links(response) if "/export." in link]
    assert file in offered
    assert [client.get(link).status_code for link in offered] == [200] * len(FORMATS)


def test_a_search_links_to_files_of_its_results(client: Client, papers: None, index: Any) -> None:
    index()
    offered = [link for link in links(client.get("/search?query=paper&sort=time&skip=1")) if "/export." in link]
    assert len(offered) == len(FORMATS)
    assert offered[0].startswith("/search/export.bib?query=paper&sort=time&upto=")
    assert client.get(offered[0]).content.count(b"@") == 6


def test_a_day_tells_the_address_that_keeps_meaning_it(client: Client, papers: None) -> None:
    assert "http://127.0.0.1:8000/arxiv/cs.CL?date=2025-03-18" in links(client.get("/arxiv/cs.CL"))


def test_an_empty_list_offers_no_files(client: Client, papers: None) -> None:
    assert not [link for link in links(client.get("/arxiv/cs.CL?date=2000-01-01")) if "/export." in link]


def test_ids_in_links_are_written_as_they_are_read() -> None:
    menu = exporting.menu("/export", 1, ids="P19-1001@ACL,hep-th/9901001", sort="")
    assert menu.links[0].url == f"/export.bib?ids=P19-1001@ACL,{quote('hep-th/9901001', safe='')}"
