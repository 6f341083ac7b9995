import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ingest.store import store_edition, store_venue
from papers.models import Record
from papers.record import EditionRecord, VenueRecord
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import acl, arxiv


@pytest.fixture
def venues(keep: Keep) -> None:
    with transaction.atomic():
        store_venue(
            VenueRecord(
                "ACL",
                full_name="Annual Meeting of the Association",
                aliases=("Anthology",),
                field="Computational linguistics",
            )
        )
        store_venue(VenueRecord("MyConf", field="Knitting <b>"))
        store_venue(VenueRecord("NeurIPS", aliases=("NIPS",)))
        store_edition(EditionRecord("ACL.2030", "ACL", 2030))
    keep(
        acl("P19-1001"),
        acl("P19-1002"),
        acl("P18-1001", edition="ACL.2018"),
        acl("N19-1001", edition="NeurIPS.2019"),
        acl("M19-1001", edition="MyConf.2019"),
        acl("U07-1001", edition="Unheard.2007"),
    )


def test_shows_all_venues_by_field(client: Client, venues: None) -> None:
    response = client.get("/venue")
    found = re.findall(r'<h2 id="field-\d+" class="section-heading">(.*?) <span class="n">(.*?)</span>', text(response))
    assert found == [
        ("Machine learning", "1 paper"),
        ("Computational linguistics", "3 papers"),
        ("Knitting &lt;b&gt;", "1 paper"),
        ("Other fields", "1 paper"),
    ]
    assert {"/venue/ACL", "/venue/ACL.2018", "/venue/NeurIPS", "/venue/MyConf.2019"} <= set(links(response))
    assert "ACL 2019 2 2018 1" in words(response)
    assert "/venue/ACL.2030" not in links(response)


def test_each_venue_has_its_trend(client: Client, venues: None) -> None:
    page = text(client.get("/venue"))
    assert page.count('<svg class="spark"') == 4
    assert len(re.findall(r'<path d="(?:M\d+ 16V\d+h\.8V16)*"', page)) == 4


def test_years_lead_to_their_editions(client: Client, venues: None) -> None:
    response = client.get("/venue")
    assert {"/venue?year=2019", "/venue?year=2018", "/venue?year=2007"} <= set(links(response))
    response = client.get("/venue?year=2019")
    assert "2019 · Venues" in text(response)
    assert {"/venue/ACL.2019", "/venue/NeurIPS.2019", "/venue/MyConf.2019"} <= set(links(response))
    assert "/venue/ACL.2018" not in links(response)
    assert "ACL.2019 2 Annual Meeting of the Association" in words(response)


@pytest.mark.parametrize("year", ["2031", "1e3", "-1", "0000", "99999", "٢٠١٩", "<i>", "\x00", "9" * 5_000])
def test_a_year_without_papers_is_said(client: Client, venues: None, year: str) -> None:
    response = client.get("/venue", {"year": year})
    assert response.status_code == 200
    assert "No papers of a venue are here from the year" in text(response)
    assert "/venue/ACL" in links(response)
    assert "<i>" not in text(response)


def test_without_venues_it_says_so(client: Client, db: None) -> None:
    assert "No papers of a venue" in text(client.get("/venue"))
    assert "<svg" not in text(client.get("/venue"))


def test_a_slash_too_many_leads_to_the_index(client: Client, db: None) -> None:
    response = client.get("/venue/?year=2019")
    assert (response.status_code, response["Location"]) == (301, "/venue?year=2019")


def test_costs_no_more_with_more_venues(client: Client, keep: Keep, django_assert_max_num_queries: Any) -> None:
    keep(*(acl(f"P{number}-1", edition=f"Conf{number}.{1990 + number % 30}") for number in range(100)))
    for path in ("/venue", "/venue?year=2000"):
        with django_assert_max_num_queries(2):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ACL.2031", ["/venue/ACL.2019", "/venue/ACL.2018"]),
        ("ALC.2018", ["/venue/ACL.2018", "/venue/ACL.2019"]),
        ("NeruIPS.2019", ["/venue/NeurIPS.2019"]),
        ("nips 2018", ["/venue/NeurIPS.2019"]),
    ],
)
def test_an_unknown_venue_suggests_the_nearest(client: Client, venues: None, typed: str, meant: list[str]) -> None:
    response = client.get(f"/venue/{typed}")
    assert response.status_code == 404
    assert [link for link in links(response) if link.startswith("/venue/") and link != "/venue/latest"] == meant
    assert f"Search for “{typed}”" in text(response)


def test_a_name_like_none_suggests_none(client: Client, venues: None) -> None:
    response = client.get("/venue/Qzxw<b>.2019")
    assert response.status_code == 404
    assert "Perhaps one of these" not in text(response)
    assert "<b>." not in text(response)


def test_an_edition_by_another_name_of_its_venue(client: Client, venues: None) -> None:
    response = client.get("/venue/NIPS.2019?group=Oral")
    assert (response.status_code, response["Location"]) == (301, "/venue/NeurIPS.2019?group=Oral")


def test_a_preprint_arrives_again_when_a_venue_takes_it(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", doi="10.1/x"))
    keep(acl("P19-1001"))
    keep(acl("P19-1002", doi="10.1/x", same_as=("arxiv:2503.00001",)))
    assert keys(client.get("/venue/latest")) == ["2503.00001", "P19-1001@ACL"]
    keep(acl("P19-1001", abstract="A corrected abstract."))
    assert keys(client.get("/venue/latest")) == ["2503.00001", "P19-1001@ACL"]


def test_arrivals_tell_their_day_where_it_was_kept(client: Client, keep: Keep) -> None:
    keep(acl("P19-1001"), acl("P19-1002"))
    Record.objects.update(arrived=None)
    assert "came in" not in words(client.get("/venue/latest")).replace("the last that came in first", "")
    Record.objects.filter(source_id="P19-1001").update(arrived=datetime(2025, 3, 1, tzinfo=UTC))
    assert "These came in on 1 March 2025." in words(client.get("/venue/latest"))
    Record.objects.filter(source_id="P19-1002").update(arrived=datetime(2025, 3, 4, tzinfo=UTC))
    assert "These came in from 1 March 2025 to 4 March 2025." in words(client.get("/venue/latest"))
    assert "on 1 March 2025" in words(client.get("/venue/latest?show=1&skip=1"))
