"""/status and /metrics."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from ingest import clock
from ingest.harvest import state
from ingest.models import AnnouncedList, HarvestedEdition, Job, SetAside, Source
from ingest.status import source_states

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 20)
AT = datetime(2025, 8, 20, 22, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at(settings: Any) -> Iterator[None]:
    settings.CONTACT = "tests@example.org"
    settings.ARXIV_CATEGORIES = ["cs.CL", "cs.LG"]
    clock.simulate(lambda: AT, 1.0)
    yield
    clock.restore()


def text(client: Client, address: str = "/status") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_fresh_service_says_what_to_do(client: Client, settings: Any) -> None:
    settings.CONTACT = ""
    assert "COOLPAPERS_CONTACT" in text(client)


def test_announced_stands_beside_stored_and_a_gap_is_marked(client: Client) -> None:
    AnnouncedList.objects.create(category="cs.CL", day=DAY, new=3, cross=2, replaced=1, batch=b"", fetched=AT)
    page = text(client)
    assert (
        '<tr class="bad"><th scope="row"><a href="?day=2025-08-20">2025-08-20</a></th>'
        "<td>1 / 2</td><td>6</td><td>0</td>" in page
    )
    lists = text(client, "/status?day=2025-08-20")
    assert (
        '<a href="/arxiv/cs.CL?date=2025-08-20">cs.CL</a></th><td>3</td><td>2</td><td>1</td><td>6</td><td>0</td>'
        in lists
    )


def test_every_source_says_whether_it_was_seen_live(client: Client) -> None:
    page = text(client)
    assert page.count("not asked yet") == len(source_states()) > 12
    assert "ACL Anthology" in page
    assert page.count("documented, not yet seen live") > 8


def test_trouble_alarms_and_work_are_shown_and_escaped(client: Client) -> None:
    state.raise_alarm("x", "<script>alert(1)</script>")
    Source.objects.create(name="arxiv-oai", last_success=AT, error="<b>answers 503</b>")
    Job.objects.create(kind="edition", key="x", queue="venues", priority=2, state="dead")
    SetAside.objects.create(source="arxiv", file="x", line=1, reason="no title")
    page = text(client)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;answers 503" in page
    assert "arxiv 1" in page


def test_editions_of_a_source_have_a_list(client: Client) -> None:
    HarvestedEdition.objects.create(source="pmlr", edition="COLT.2023", papers=170, announced=171, last_success=AT)
    page = text(client, "/status?source=pmlr")
    assert '<a href="/venue/COLT.2023">COLT.2023</a></th><td>171</td><td>170</td>' in page


@pytest.mark.parametrize(
    "address", ["/status?day=x", "/status?day=2025-13-01", "/status?source=%00", "/status?source=../x"]
)
def test_odd_addresses_show_the_whole_status(client: Client, address: str) -> None:
    assert "arXiv, day by day" in text(client, address)


def test_the_page_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(14):
        client.get("/status")


def test_metrics_are_those_of_the_page(client: Client) -> None:
    AnnouncedList.objects.create(category="cs.CL", day=DAY, new=3, cross=2, replaced=1, batch=b"", fetched=AT)
    state.succeeded("arxiv-oai")
    state.raise_alarm("x", "y")
    response = client.get("/metrics")
    assert response["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = response.content.decode().splitlines()
    assert 'coolpapers_announced{category="cs.CL"} 6.0' in lines
    assert 'coolpapers_stored{category="cs.CL"} 0.0' in lines
    assert "coolpapers_alarms_open 1.0" in lines
    success = next(line for line in lines if line.startswith('coolpapers_source_last_success{source="arxiv-oai"}'))
    assert float(success.split()[-1]) == AT.timestamp()
