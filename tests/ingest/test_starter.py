import pytest
from django.core.management import call_command

from ingest import runs
from ingest.models import ImportRun
from ingest.sources import starter
from papers.models import Listing, Paper

pytestmark = pytest.mark.django_db


def test_every_starter_paper_is_one_work_with_its_summary() -> None:
    call_command("ingest", "starter", verbosity=0)
    lines = starter.FILE.read_text(encoding="utf-8").splitlines()
    assert Paper.objects.count() == len(lines)
    assert Paper.objects.filter(abstract_kind="summary").count() == len(lines)
    bert = Paper.objects.get(title__startswith="BERT: Pre-training")
    assert "NAACL.2019" in bert.appearances
    assert Listing.objects.filter(category="quant-ph").exists()


def test_again_it_changes_nothing() -> None:
    for each in starter.inputs():
        runs.run(each)
    again = [runs.summary(runs.run(each)) for each in starter.inputs()]
    assert sum(told["created"] + told["updated"] + told["set_aside"] for told in again) == 0
    assert sum(told["unchanged"] for told in again) > Paper.objects.count()


def test_a_begun_import_is_told_from_none_and_from_a_finished_one() -> None:
    assert not starter.was_interrupted()
    first, *others = starter.inputs()
    runs.run(first)
    assert starter.was_interrupted()
    for each in others:
        runs.run(each)
    assert not starter.was_interrupted()
    assert ImportRun.objects.count() == 3


def test_the_sources_own_abstract_replaces_the_summary_and_the_venue_stays() -> None:
    from dataclasses import replace

    from django.db import transaction

    from ingest.store import store

    call_command("ingest", "starter", verbosity=0)
    paper = next(
        parsed for line in starter.FILE.read_text(encoding="utf-8").splitlines()
        if (parsed := starter.parse(line))["arxiv_id"] and parsed["edition"]
    )  # fmt: skip
    record = starter.arxiv_record(paper)
    assert record
    with transaction.atomic():
        store([replace(record, abstract="What the authors wrote.")])
    call_command("ingest", "starter", verbosity=0)  # loaded again later, it takes nothing back
    row = Paper.objects.get(key=paper["arxiv_id"])
    assert (row.abstract, row.abstract_kind) == ("What the authors wrote.", "author")
    assert row.appearances == [paper["edition"]]
