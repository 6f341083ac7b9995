"""Editions of venues: the list first, then the papers' own pages, at the host's pace and however it behaves."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coolpapers.source_urls import DEFAULTS
from ingest import clock, jobs
from ingest.harvest import proceedings, schedule, work
from ingest.harvest.schedule import is_due
from ingest.models import HarvestedEdition, Job, Queue, SetAside, Source
from ingest.sources.registry import editions, sources
from ingest.sources.source import Provenance
from papers.models import Appearance, Edition, Paper, Record, Venue
from tests.ingest.http.scripted import Script

PAGES = Path(__file__).parent.parent / "sources" / "pages"
NOW = datetime(2025, 8, 20, 12, tzinfo=UTC)
LIST, PAPER = "/cvf/CVPR2023?day=all", "/cvf/content/CVPR2023/html/Writer_Seeing_Double_Cats__Dogs_CVPR_2023_paper.html"


@pytest.fixture(autouse=True)
def at(host: Script) -> Iterator[Callable[[datetime], None]]:
    def set_time(moment: datetime) -> None:
        clock.simulate(lambda: moment, 1_000_000.0)

    set_time(NOW)
    yield set_time


@pytest.fixture
def cvf(host: Script) -> Script:
    host.says(LIST, body=(PAGES / "cvf_list.html").read_bytes(), ETag='"one"')
    host.says(PAPER, body=(PAGES / "cvf_paper.html").read_bytes())
    return host


def harvest(source: str, edition: str) -> None:
    jobs.enqueue([proceedings.wanted(source, edition)])
    run()


def run() -> None:
    until = time.monotonic() + 120
    kinds = [proceedings.EDITION, proceedings.DETAILS]
    while Job.objects.filter(state="waiting").exists() and time.monotonic() < until:
        work.work(until, kinds)


def test_an_edition_is_here_with_its_list_and_abstracts_follow(cvf: Script) -> None:
    jobs.enqueue([proceedings.wanted("cvf", "CVPR.2023")])
    work.do(jobs.take([proceedings.EDITION]))
    listed = Record.objects.filter(source="cvf")
    assert listed.count() == 3
    assert not any("abstract" in record.data for record in listed)
    assert Appearance.objects.filter(edition__name="CVPR.2023").count() == 3
    run()
    paper = Record.objects.get(source_id="Writer_Seeing_Double_Cats__Dogs_CVPR_2023_paper").paper
    assert paper.abstract
    assert paper.appearances == ["CVPR.2023"]
    row = HarvestedEdition.objects.get()
    assert (row.papers, row.details_missing) == (3, 2)  # two pages answer 404 and are set aside
    assert SetAside.objects.filter(source="cvf", reason="there is no such page").count() == 2
    assert Venue.objects.get(name="CVPR").full_name
    assert Edition.objects.get(name="CVPR.2023").venue.name == "CVPR"


def test_an_unchanged_list_costs_one_call(cvf: Script) -> None:
    harvest("cvf", "CVPR.2023")
    before = len(cvf.asked)
    harvest("cvf", "CVPR.2023")
    assert [path for path, *_ in cvf.asked[before:]] == [LIST]
    assert cvf.asked[-1][2]["If-None-Match"] == '"one"'
    assert Job.objects.order_by("-id").first().error == "unchanged"


def test_a_changed_list_adds_papers_and_takes_no_abstract_away(cvf: Script) -> None:
    harvest("cvf", "CVPR.2023")
    abstract = Paper.objects.exclude(abstract="").get().abstract
    changed = (
        (PAGES / "cvf_list.html").read_bytes().replace(b"Wu_No_File", b"Wu_New_File").replace(b"No File", b"New File")
    )
    cvf.says(LIST, body=changed)
    harvest("cvf", "CVPR.2023")
    assert Record.objects.count() == 4
    assert Paper.objects.exclude(abstract="").get().abstract == abstract


def test_an_edition_that_is_not_there_yet_is_no_failure(host: Script) -> None:
    harvest("cvf", "CVPR.2025")
    assert HarvestedEdition.objects.get().not_there == NOW
    assert Job.objects.get().error == "no such edition yet"
    assert Source.objects.get(name="cvf").error == ""


@pytest.mark.parametrize("body", [b"", b"<html><body>Please log in</body></html>", b"\xff\xfe", b"<dl>" * 50_000])
def test_a_list_that_is_none_is_asked_for_again_and_never_stored(host: Script, body: bytes) -> None:
    host.says(LIST, body=body)
    jobs.enqueue([proceedings.wanted("cvf", "CVPR.2023")])
    work.do(jobs.take())
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 1)
    assert not Record.objects.exists()
    assert Source.objects.get(name="cvf").error


def test_a_page_of_one_paper_that_stays_broken_does_not_hold_up_the_others(cvf: Script) -> None:
    cvf.says(PAPER, body=b"<html>oops")
    harvest("cvf", "CVPR.2023")
    assert not Job.objects.filter(state__in=["waiting", "dead"]).exists()
    assert SetAside.objects.filter(source="cvf", file__contains="Writer_Seeing_Double").exists()


def test_a_redirect_to_a_private_address_is_never_followed(host: Script) -> None:
    host.says(LIST, status=302, Location="http://169.254.169.254/latest/meta-data/")
    jobs.enqueue([proceedings.wanted("cvf", "CVPR.2023")])
    work.do(jobs.take())
    assert "169.254.169.254" in Job.objects.get().error
    assert len(host.asked) == 1


def test_a_readers_wish_comes_before_the_rest_of_an_edition(cvf: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.enqueue([proceedings.wanted("cvf", "CVPR.2023")])
    work.do(jobs.take())
    jobs.enqueue([jobs.Wanted("arxiv-id", "2401.00001", Queue.DEMAND, {})])
    details = jobs.take([proceedings.DETAILS])
    work.do(details)
    assert Job.objects.get(kind=proceedings.DETAILS).state == "waiting"
    assert Job.objects.get(kind=proceedings.DETAILS).progress == {"done": 1}
    assert jobs.take()[0].kind == "arxiv-id"


def test_a_worker_killed_between_two_pages_goes_on_behind_the_last_one(cvf: Script, monkeypatch: Any) -> None:
    jobs.enqueue([proceedings.wanted("cvf", "CVPR.2023")])
    work.do(jobs.take())
    real, calls = proceedings._detail_page, []

    def dies(*args: Any) -> None:
        calls.append(args[3])
        if len(calls) == 2:
            raise SystemExit
        real(*args)

    monkeypatch.setattr(proceedings, "_detail_page", dies)
    with pytest.raises(SystemExit):
        run()
    Job.objects.update(leased_until=NOW - timedelta(days=9_000))
    jobs.sweep()
    run()
    assert len(calls) == len(set(calls)) + 1  # the page in hand was asked again, no other


def test_a_job_for_an_edition_that_no_source_lists_ends(host: Script) -> None:
    jobs.enqueue([jobs.Wanted(proceedings.EDITION, "cvf X.1900", Queue.VENUES, {"source": "cvf", "edition": "X.1900"})])
    work.do(jobs.take())
    assert "no source cvf lists an edition X.1900" in Job.objects.get().error


def test_editions_are_asked_a_few_at_a_time_the_newest_first(settings: Any) -> None:
    wished = schedule.venues(NOW)
    assert len(wished) == 3
    years = {int(job.payload["edition"].rpartition(".")[2]) for job in wished}
    assert years <= {2025}


def test_a_source_that_is_switched_off_is_not_asked() -> None:
    for name in sources():
        Source.objects.create(name=name, enabled=name == "ecva")
    assert {job.payload["source"] for job in schedule.venues(NOW)} == {"ecva"}


@pytest.mark.parametrize(
    ("year", "days", "due"), [(2025, 6, False), (2025, 8, True), (2015, 8, False), (2015, 91, True)]
)
def test_the_newest_editions_are_looked_at_often(year: int, days: int, due: bool) -> None:
    row = HarvestedEdition(source="cvf", edition=f"CVPR.{year}", last_success=NOW - timedelta(days=days))
    assert is_due(row, year, NOW) is due


def test_every_source_has_editions_and_a_base() -> None:
    for name, source in sources().items():
        found = editions(name, 2025)
        assert found, name
        for edition in found.values():
            assert edition.address.partition(":")[0] in DEFAULTS, edition
            assert edition.name == f"{edition.venue}.{edition.year}"
        assert source.provenance in set(Provenance)


def test_the_venues_of_the_reference_are_all_there() -> None:
    wanted = {
        "AAAI", "ACL", "COLM", "COLT", "CVPR", "CoRL", "ECCV", "EMNLP", "ICCV", "ICLR", "ICML", "IJCAI", "INTERSPEECH",
        "IWSLT", "MICCAI", "MLSYS", "NAACL", "NDSS", "NeurIPS", "OSDI", "UAI", "USENIX-FAST", "USENIX-Sec",
    }  # fmt: skip
    found = {edition.venue for name in sources() for edition in editions(name, 2025).values()} | {"AAAI"}
    assert wanted <= found
