"""A paper that several sources have: one card, with the way to each of them."""

import pytest
from django.test import Client

from papers.record import Author
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import acl, arxiv

TITLE = "One rather long title of a paper that two sources have"


@pytest.fixture
def merged(keep: Keep) -> None:
    authors = (Author("Ada Lovelace", "Lovelace", "Ada"),)
    keep(
        arxiv("1905.00001", title=TITLE, authors=authors),
        arxiv("1905.00002"),
        acl("P19-1001", title=TITLE, authors=authors),
        acl("P19-1002"),
    )


def test_the_card_leads_to_both_sources_and_says_where_it_was_accepted(client: Client, merged: None) -> None:
    page = client.get("/arxiv/1905.00001,1905.00002")
    assert keys(page) == ["1905.00001", "1905.00002"]
    assert {"https://arxiv.org/abs/1905.00001", "https://aclanthology.org/P19-1001/"} <= set(links(page))
    assert "Accepted at ACL.2019 · Long arXiv · ACL cs.CL" in words(page)
    assert text(page).count('class="originals"') == 1


def test_a_paper_of_the_proceedings_alone_was_not_accepted_from_anywhere(client: Client, merged: None) -> None:
    page = client.get("/venue/ACL.2019")
    assert keys(page) == ["1905.00001", "P19-1002@ACL"]
    assert text(page).count("Accepted at") == 1
    assert "ACL.2019 Long Published 2019-07-01" in words(page)


def test_the_address_at_the_venue_leads_to_the_paper(client: Client, merged: None) -> None:
    response = client.get("/venue/P19-1001@ACL", follow=True)
    assert TITLE in text(response)
    assert "arXiv" in words(response)
    assert "P19-1001" in words(response)


def test_the_page_says_why_its_records_are_one_paper(client: Client, merged: None) -> None:
    page = words(client.get("/arxiv/1905.00001"))
    assert "Why these are one paper ACL P19-1001: the same title, and authors in common" in page
    assert "Why these are one paper" not in words(client.get("/arxiv/1905.00002"))
