"""A paper that is not here, asked for by its id."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from ingest import clock, jobs
from ingest.harvest import on_demand, work
from ingest.models import Job, Source
from papers.models import Paper
from papers.wanted import WishState
from tests.ingest.http.scripted import Script

ENTRY = """<entry><id>http://arxiv.org/abs/{id}v{version}</id><title>A paper of many {id}</title>
<updated>2021-04-22T16:07:14Z</updated><published>2021-04-20T16:07:14Z</published>
<link href="https://arxiv.org/abs/{id}v{version}" rel="alternate" type="text/html"/>
<summary>What it says.</summary><category term="cs.CR" scheme="http://arxiv.org/schemas/atom"/>
<arxiv:primary_category term="cs.CR"/><author><name>Quan Thoi</name></author></entry>"""


def answer(*entries: tuple[str, int]) -> bytes:
    body = "".join(ENTRY.format(id=identifier, version=version) for identifier, version in entries)
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id><title>arXiv Query</title>
<updated>2026-04-12T22:09:25Z</updated><opensearch:totalResults>{len(entries)}</opensearch:totalResults>{body}</feed>
""".encode()


def says(host: Script, ids: str, body: bytes) -> None:
    count = len(ids.split(","))
    host.says(f"/arxiv-api/query?id_list={ids}&start=0&max_results={count}", body=body)


def run() -> int:
    return work.work(time.monotonic() + 120, [on_demand.KIND])


def test_a_reader_waits_and_then_reads(host: Script, client: Client) -> None:
    says(host, "2104.12255", answer(("2104.12255", 2)))
    page = client.get("/arxiv/2104.12255")
    assert page.status_code == 202
    assert "Being fetched from arXiv" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    run()
    page = client.get("/arxiv/2104.12255")
    assert page.status_code == 200
    assert "A paper of many 2104.12255" in page.content.decode()
    versions = Paper.objects.get().records.get().data["versions"]
    assert [version["number"] for version in versions] == [1, 2]
    assert versions[1]["submitted"].startswith("2021-04-22")


def test_many_readers_cost_one_call(host: Script, client: Client) -> None:
    ids = ["2104.00001", "2104.00002", "hep-th/9901001"]
    says(host, ",".join(ids), answer(*((each, 1) for each in ids)))
    for each in [*ids, *ids]:
        assert client.get(f"/arxiv/{each}").status_code == 202
    run()
    assert len(host.asked) == 1
    assert Paper.objects.count() == 3


def test_a_list_brings_what_it_lacks(host: Script, client: Client) -> None:
    says(host, "2104.00001,2104.00002", answer(("2104.00001", 1), ("2104.00002", 1)))
    assert client.get("/arxiv/2104.00001,2104.00002").status_code == 202
    run()
    page = client.get("/arxiv/2104.00001,2104.00002")
    assert page.status_code == 200
    assert page.content.decode().count('class="paper"') == 2


def test_what_arxiv_does_not_know_is_told_and_not_asked_again(host: Script, client: Client) -> None:
    says(host, "2104.99999", answer())
    client.get("/arxiv/2104.99999")
    run()
    page = client.get("/arxiv/2104.99999")
    assert page.status_code == 404
    assert "arXiv does not know this paper" in page.content.decode()
    assert not Job.objects.filter(state__in=["waiting", "running"]).exists()


def test_it_is_asked_again_after_some_hours(host: Script) -> None:
    says(host, "2104.99999", answer())
    on_demand.wish(["2104.99999"])
    run()
    later = datetime.now(UTC) + timedelta(hours=7)
    clock.simulate(lambda: later, 1.0)
    assert on_demand.wish(["2104.99999"])["2104.99999"].state is WishState.WAITING


def test_an_id_of_next_year_is_not_asked_for(host: Script, client: Client) -> None:
    page = client.get(f"/arxiv/{datetime.now(UTC).year % 100 + 1}12.00001")
    assert page.status_code == 404
    assert not Job.objects.exists()


def test_a_failure_is_told_and_tried_again(host: Script, client: Client) -> None:
    client.get("/arxiv/2104.12255")
    host.says("/arxiv-api/query?id_list=2104.12255&start=0&max_results=1", status=503)
    taken = jobs.take()
    work.do(taken)
    assert "503" in client.get("/arxiv/2104.12255").content.decode()
    for _ in range(jobs.MOST_FAILURES[jobs.Queue.DEMAND]):
        Job.objects.update(not_before=datetime(2000, 1, 1, tzinfo=UTC))
        work.do(jobs.take()) if Job.objects.filter(state="waiting").exists() else None
    page = client.get("/arxiv/2104.12255")
    assert page.status_code == 404
    assert "could not be fetched" in page.content.decode()


def test_no_more_than_a_bounded_number_wait(host: Script, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(on_demand, "MOST_WAITING", 2)
    states = [on_demand.wish([f"2104.0000{n}"])[f"2104.0000{n}"].state for n in range(1, 5)]
    assert states == [WishState.WAITING, WishState.WAITING, WishState.BUSY, WishState.BUSY]
    assert "Too many papers" in client.get("/arxiv/2104.00009").content.decode()


def test_without_a_contact_arxiv_is_linked_instead(host: Script, settings: Any, client: Client) -> None:
    settings.CONTACT = ""
    page = client.get("/arxiv/2104.12255")
    assert page.status_code == 404
    assert "https://arxiv.org/abs/2104.12255" in page.content.decode()
    assert not Job.objects.exists()


def test_with_the_api_switched_off_nothing_is_asked(host: Script) -> None:
    Source.objects.create(name="arxiv-api", enabled=False)
    assert on_demand.wish(["2104.12255"])["2104.12255"].state is WishState.OFF
    assert not Job.objects.exists()
