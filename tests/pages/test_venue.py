import pytest
from django.db import transaction
from django.test import Client

from ingest.store import store_edition, store_venue
from papers.record import EditionRecord, VenueRecord
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import acl, arxiv


@pytest.fixture
def venues(keep: Keep) -> None:
    with transaction.atomic():
        store_venue(VenueRecord("ACL", full_name="Annual Meeting of the Association", aliases=("Anthology",)))
        store_edition(EditionRecord("ACL.2030", "ACL", 2030))
        store_edition(
            EditionRecord(
                "ACL.2019", "ACL", 2019, title="57th Meeting", location="Florence", url="https://acl2019.example/"
            )
        )
    keep(
        acl("P19-1003", position=1),
        acl("P19-1001", position=2),
        acl("P19-1002", track="Short & Sweet", position=3),
        acl("P18-1001", edition="ACL.2018", track=""),
        acl("D19-1001", edition="EMNLP.2019"),
    )


def test_shows_an_edition_in_the_order_of_its_proceedings(client: Client, venues: None) -> None:
    response = client.get("/venue/ACL.2019")
    assert response.status_code == 200
    assert keys(response) == ["P19-1003@ACL", "P19-1001@ACL", "P19-1002@ACL"]
    for fact in ("Annual Meeting of the Association", "57th Meeting", "Florence"):
        assert fact in words(response)
    assert {"https://acl2019.example/", "/venue/ACL.2018"} <= set(links(response))
    assert "/venue/ACL.2030" not in links(response)


def test_a_track_can_be_chosen(client: Client, venues: None) -> None:
    response = client.get("/venue/ACL.2019", {"group": "Short & Sweet"})
    assert keys(response) == ["P19-1002@ACL"]
    assert {"?group=Long", "?group=Short+%26+Sweet"} <= set(links(response))
    assert "All 3" in words(response)


def test_an_unknown_track_leads_back(client: Client, venues: None) -> None:
    response = client.get("/venue/ACL.2019?group=<i>Oral</i>")
    assert response.status_code == 200
    assert "No papers of the track “&lt;i&gt;Oral&lt;/i&gt;” are here" in text(response)


@pytest.mark.parametrize(
    ("typed", "status", "location"),
    [
        ("acl.2019", 301, "/venue/ACL.2019"),
        ("ACL", 302, "/venue/ACL.2019"),
        ("acl", 302, "/venue/ACL.2019"),
        ("Anthology", 302, "/venue/ACL.2019"),
        ("p19-1001@acl", 404, None),
        ("P19-1001@acl", 301, "/venue/P19-1001@ACL"),
    ],
)
def test_leads_to_the_canonical_address(
    client: Client, venues: None, typed: str, status: int, location: str | None
) -> None:
    response = client.get(f"/venue/{typed}")
    assert (response.status_code, response.get("Location")) == (status, location)


def test_an_edition_without_papers_says_so(client: Client, venues: None) -> None:
    assert "No papers of this edition" in text(client.get("/venue/ACL.2030"))


@pytest.mark.parametrize("name", ["NOPE", "NOPE.2019", "x@ACL", "@", "@ACL", "x@", "a/b/c@d", "%00", "latest/x"])
def test_what_is_not_there_is_not_found(client: Client, venues: None, name: str) -> None:
    response = client.get(f"/venue/{name}")
    assert response.status_code == 404
    assert "/search" in links(response)


@pytest.mark.parametrize(
    ("source", "source_id"),
    [("acl", "2024.naacl-long.431"), ("pmlr", "smith24a@v235"), ("ijcai", "7/a.b@2024"), ("openreview", "_Ab-9")],
)
def test_finds_a_paper_by_the_id_of_its_source(client: Client, keep: Keep, source: str, source_id: str) -> None:
    keep(acl(source_id, source=source, appearances=()))
    names = {"acl": "ACL", "pmlr": "PMLR", "ijcai": "IJCAI", "openreview": "OpenReview"}
    assert client.get(f"/venue/{source_id}@{names[source]}").status_code == 200


def test_the_newest_arrivals_come_first(client: Client, venues: None, keep: Keep) -> None:
    keep(arxiv("2503.00001"))
    response = client.get("/venue/latest")
    assert keys(response)[0] == "D19-1001@ACL"
    assert len(keys(response)) == 5


def test_the_newest_arrivals_without_any(client: Client, db: None) -> None:
    assert "No papers of a venue" in text(client.get("/venue/latest"))


def test_a_card_names_venue_year_and_track(client: Client, venues: None) -> None:
    page = text(client.get("/venue/ACL.2019"))
    venue = '<li class="venue"><a href="/venue/ACL.2019" translate="no">ACL.2019</a>'
    assert f'{venue} <span class="track" translate="no">Long</span></li>' in page
