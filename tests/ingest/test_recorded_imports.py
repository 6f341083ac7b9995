"""Answers that the sources really gave, served by a host on loopback and harvested into the database."""

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command

from coolpapers.source_urls import DEFAULTS
from ingest import clock, jobs
from ingest.harvest import announcements, by_hand, on_demand, proceedings, work
from ingest.http import addresses
from ingest.models import AnnouncedList, Job, Queue, SetAside
from papers.models import Listing, Paper, Record
from tests.ingest.http.scripted import Script, scripted

DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
WIRE = DATA.parent / "wire"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.django_db,
    pytest.mark.skipif(not WIRE.is_dir(), reason="the recorded answers are not beside the checkout"),
]
DAY = date(2025, 8, 20)


@pytest.fixture
def host(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    monkeypatch.setattr(addresses, "PAUSE", 0.0)
    monkeypatch.setattr(addresses, "PAUSES", {})
    with scripted() as script:
        settings.CONTACT = "tests@example.org"
        settings.ARXIV_CATEGORIES = ["cs.AI"]
        settings.SOURCE_URLS = {name: f"{script.url}/{name}" for name in DEFAULTS}
        yield script
        clock.restore()


def at(year: int, month: int, day: int) -> None:
    moment = datetime(year, month, day, 12, tzinfo=UTC)
    clock.simulate(lambda: moment, 1_000_000.0)


def run() -> None:
    until = time.monotonic() + 240
    while Job.objects.filter(state="waiting").exists() and time.monotonic() < until:
        work.work(until)


def test_the_daily_feed_of_cs_ai_imports_2_new_and_5_cross_listed_papers(host: Script) -> None:
    at(2025, 8, 20)
    host.says("/arxiv-feed/atom/cs.AI", body=(WIRE / "arxiv_atom_feed" / "cs.AI_2025-08-20.atom.xml").read_bytes())
    jobs.enqueue(announcements.wanted(DAY))
    run()
    told = AnnouncedList.objects.get()
    assert (told.day, told.new, told.cross, told.replaced, told.set_aside) == (DAY, 2, 5, 0, 0)
    assert Listing.objects.filter(category="cs.AI", day=DAY, estimated=False).count() == 7
    assert Paper.objects.exclude(abstract="").count() == 7
    assert not SetAside.objects.exists()


def look_ups() -> list[tuple[str, bytes]]:
    """(ids, body) of the recorded answers to look-ups by id."""
    found = []
    for path in sorted((WIRE / "arxiv_atom_api").glob("id_*.json")) if WIRE.is_dir() else []:
        body = path.with_name(path.name.replace(".json", ".atom.xml")).read_bytes()
        ids = parse_qs(urlsplit(json.loads(path.read_text())["url"]).query)["id_list"][0]
        found.append((ids, body))
    return found


def test_the_api_s_9_look_ups_import_5_papers_miss_2_ids_and_refuse_1(host: Script) -> None:
    at(2026, 4, 12)
    answers = look_ups()
    assert len(answers) == 9
    for ids, body in answers:
        names = [name.removesuffix("v1") for name in ids.split(",")]
        host.says(f"/arxiv-api/query?id_list={','.join(names)}&start=0&max_results={len(names)}", body=body)
        jobs.enqueue(jobs.Wanted(on_demand.KIND, name, Queue.DEMAND, {}) for name in names)
        work.do(sorted(jobs.take([on_demand.KIND], keys=names, limit=100), key=lambda job: names.index(job.key)))
    assert set(Paper.objects.values_list("key", flat=True)) == {
        "1605.08386", "1707.08567", "2104.12255", "astro-ph/0601001", "quant-ph/0201082",
    }  # fmt: skip
    missing = Job.objects.filter(error=on_demand.MISSING)
    assert set(missing.values_list("key", flat=True)) == {"0000.0000", "0808.05394"}
    assert "incorrect id format" in Job.objects.get(key="abc").error


@pytest.mark.parametrize(
    ("name", "papers"), [("ListRecordsResponse.xml", 6), ("ListRecords_arXiv_prefix_2013_from_invenio.xml", 1)]
)
def test_oai_lists_import_6_records_of_arxivraw_and_1_of_the_arxiv_format(
    host: Script, settings: Any, name: str, papers: int
) -> None:
    settings.ARXIV_CATEGORIES = []
    at(2015, 1, 6)
    body = (WIRE / "arxiv_oai" / name).read_bytes()
    host.answers = Anything(body)  # type: ignore[assignment]
    jobs.enqueue(by_hand.wanted("arxiv", date(2014, 10, 1), date(2014, 10, 1), [], []))
    work.do(jobs.take())
    assert Record.objects.filter(source="arxiv").count() == papers
    assert not SetAside.objects.exists()


class Anything(dict):  # type: ignore[type-arg]
    """Answers every path with the same body."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body

    def get(self, path: str, default: Any = None) -> Callable[[Any], None]:
        def answer(handler: Any) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(self.body)))
            handler.end_headers()
            handler.wfile.write(self.body)

        return answer


def test_acl_s_file_of_2024_eacl_imports_281_papers(host: Script) -> None:
    at(2026, 11, 1)
    host.says("/acl/xml/2024.eacl.xml", body=(WIRE / "acl_xml" / "2024.eacl.xml").read_bytes())
    jobs.enqueue(by_hand.wanted("acl", None, None, [], ["EACL.2024"]))
    run()
    assert Record.objects.filter(source="acl").count() == 281


@pytest.mark.parametrize(("volume", "edition"), [("v195", "COLT.2023"), ("v201", "ALT.2023"), ("v237", "ALT.2024")])
def test_each_volume_of_pmlr_imports_its_12_recorded_posts(host: Script, volume: str, edition: str) -> None:
    at(2026, 11, 1)
    folder = WIRE / "pmlr" / volume
    paths = ["_config.yml", *(f"_posts/{file.name}" for file in sorted((folder / "_posts").glob("*.md")))]
    tree = {"sha": "x", "tree": [{"path": path, "type": "blob"} for path in paths], "truncated": False}
    host.says(f"/pmlr-index/{volume}/git/trees/gh-pages?recursive=1", body=json.dumps(tree).encode())
    for path in paths:
        host.says(f"/pmlr/{volume}/gh-pages/{path}", body=(folder / path).read_bytes())
    jobs.enqueue([proceedings.wanted("pmlr", edition)])
    run()
    assert Record.objects.filter(source="pmlr", places__edition__name=edition).count() == 12
    assert not SetAside.objects.exists()


def test_a_volume_of_pmlr_imports_from_its_folder_too(host: Script, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("ingest", "pmlr", str(WIRE / "pmlr" / "v195"), "--json", verbosity=0)
    assert json.loads(capsys.readouterr().out)["created"] == 12
