"""The curated import: rows to records, ids, and what comes of them in the database."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from ingest import runs
from ingest.batches import Batch
from ingest.items import Malformed, SetAside, Taken
from ingest.models import ImportRun
from ingest.models import SetAside as KeptAside
from ingest.runs import ImportFailed
from ingest.sources import proceedings_files
from ingest.sources.proceedings import Into, Unreadable, edition_parts, record
from ingest.sources.proceedings_files import Proceedings
from ingest.sources.proceedings_import import input_of, known_venue, proceedings
from ingest.store import store
from papers.models import Appearance, Edition, Paper, Record, Venue
from papers.record import Author, PaperRecord

INTO = Into("ICML.2031")
KETTLES = {"id": "lin24", "title": "Kettles that learn when to whistle", "authors": "Lin, Mei; Okafor, Ada"}
UMBRELLAS = {"id": "oka7", "title": "Umbrellas considered as graphs of cloth", "authors": "Okafor, Ada"}


def made(**columns: Any) -> PaperRecord:
    return record({"title": "Kettles that whistle"} | columns, INTO, 1)


def write(path: Path, *papers: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    return path


def ingest(path: Path, *options: str, edition: str = "ICML.2031") -> dict[str, Any]:
    out = StringIO()
    call_command("ingest", "proceedings", path, "--edition", edition, "--json", *options, stdout=out, verbosity=0)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


# Rows


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"title": ""}, "no title"),
        ({"title": None}, "no title"),
        ({"title": ["x"]}, "title is not a text but list"),
        ({"title": "x\x00y"}, "title holds a NUL"),
        ({"title": "x\ud800y"}, "title holds a NUL or half a character"),
        ({"published": "3024-01-01"}, "published is absurd for ICML.2031: 3024-01-01"),
        ({"published": "2031-13"}, "published is no day"),
        ({"published": "2031-02-30"}, "published is no day"),
        ({"published": "July"}, "published is no day"),
        ({"published": "0000"}, "published is no day"),
        ({"url": "javascript:alert(1)"}, "url is no http"),
        ({"pdf": "file:///etc/passwd"}, "pdf is no http"),
        ({"code": "https:// example.org"}, "code is no http"),
        ({"url": "https://example.org/" + "x" * 3_000}, "url of 3,020 characters, more than 2,000"),
        ({"doi": "eleven"}, "doi is none"),
        ({"doi": "10.5555/" + "x" * 3_000}, "doi of 3,008 characters"),
        ({"arxiv": "9999.9"}, "arxiv is no arXiv id"),
        ({"track": "x" * 201}, "track of 201 characters, more than 200"),
        ({"authors": "x" * 501}, "author's name of 501 characters"),
        ({"authors": "\ufdfa" * 400}, "no name of an author"),
        ({"authors": ";" * 10_001}, "more than 10,000 authors"),
        ({"authors": 7}, "authors is neither"),
        ({"authors": [7]}, "an author is neither"),
        ({"authors": [{"name": 7}]}, "part of an author's name"),
        ({"keywords": ";".join(map(str, range(101)))}, "101 keywords, more than 100"),
        ({"keywords": ["x" * 30_000]}, "keywords of more than"),
        ({"keywords": [["x"]]}, "keywords is not a text"),
        ({"language": {"x": 1}}, "language is not a text but dict"),
        ({"abstract": "x" * 100_001}, "abstract of 100,001 characters"),
    ],
)
def test_a_value_that_cannot_be_right_refuses_the_row(columns: dict[str, Any], reason: str) -> None:
    with pytest.raises(Malformed) as error:
        made(**columns)
    assert str(error.value).startswith(reason)
    assert len(str(error.value)) < 300


def test_authors_are_told_in_many_ways() -> None:
    expected = (Author("Mei Lin", "Lin", "Mei"), Author("Pál Erdős", "Erdős", "Pál"))
    assert made(authors=r"Lin, Mei; P\'al Erd\H{o}s;").authors == expected
    assert made(authors=["Mei Lin", "", "Erdős, Pál"]).authors == expected
    assert made(authors=[{"given": "Mei", "family": "Lin"}, {"name": "Pál Erdős"}]).authors == expected
    assert made(authors=[{"name": "Mei Lin", "affiliation": "Tea  House"}]).authors[0].affiliation == "Tea House"


@pytest.mark.parametrize("told", ["1706.03762", "arXiv:1706.03762v2", "https://arxiv.org/pdf/1706.03762v5.pdf", 
                                  "http://arxiv.org/abs/1706.03762"])  # fmt: skip
def test_arxiv_ids_and_addresses_name_the_same_paper(told: str) -> None:
    assert made(arxiv=told).same_as == ("arxiv:1706.03762",)


def test_a_row_tells_its_own_track_or_takes_the_commands() -> None:
    into = Into("ICML.2031", "Workshop")
    assert record({"title": "T", "track": "Oral"}, into, 1).appearances[0].track == "Oral"
    assert record({"title": "T", "track": " "}, into, 1).appearances[0].track == "Workshop"


def test_a_row_without_a_day_is_of_its_editions_year() -> None:
    assert made().published.isoformat() == "2031-01-01"  # type: ignore[union-attr]


# Ids


def test_an_id_is_the_rows_own_before_doi_address_and_title() -> None:
    everything = {"id": "a7", "doi": "https://doi.org/10.5555/B7", "url": "https://example.org/x/c7.html"}
    assert made(**everything).source_id == "icml.2031-a7"
    assert made(**everything | {"id": ""}).source_id == "icml.2031-10.5555-b7"
    assert made(url=everything["url"]).source_id == "icml.2031-c7"
    assert made(pdf="https://example.org/x/c7.PDF").source_id == "icml.2031-c7"
    assert made().source_id.startswith("icml.2031-kettles-that-whistle-")


def test_an_id_from_the_title_survives_a_correction_of_its_letters() -> None:
    assert made(title="Kettles  That, Whistle!").source_id == made().source_id
    assert made(title="Kettles that sing").source_id != made().source_id


def test_addresses_that_differ_only_in_their_query_or_folder_give_two_ids() -> None:
    first, second = (made(url=f"https://example.org/forum?id={name}").source_id for name in ("aB3", "aB4"))
    assert first != second
    papers = [made(url=f"https://example.org/{name}/paper.html", title=name).source_id for name in ("one", "two")]
    assert papers[0] != papers[1]


@pytest.mark.parametrize("told", ["a/b", "a b", "../..", "a@b", "50%", "论文", "a?b#c", "x" * 300, "a,b", "<i>"])
def test_an_id_is_safe_in_an_address_and_stays_its_own(told: str) -> None:
    found = made(id=told).source_id
    assert re.fullmatch(r"icml\.2031-[A-Za-z0-9._-]{1,80}", found)
    assert found != made(id=f"{told}!").source_id
    assert made(title=told).source_id != made(title=f"{told} more").source_id


def test_two_editions_may_use_the_same_ids() -> None:
    other = record({"title": "Kettles that whistle", "id": "1"}, Into("ICML.2032"), 1)
    assert {made(id="1").source_id, other.source_id} == {"icml.2031-1", "icml.2032-1"}


# Editions


@pytest.mark.parametrize("text", ["ICML.2031", "a.1900", "X-2.2100"])
def test_editions_that_are_some(text: str) -> None:
    venue, year = edition_parts(text)
    assert f"{venue}.{year}" == text


@pytest.mark.parametrize(
    "text",
    ["", "ICML", "ICML2031", "ICML.31", "ICML.1899", "ICML.2101", ".2031", "IC ML.2031", "a/b.2031", "-a.2031",
     "ICML.2031 ", "ICML.2031\n", "ÉCML.2031", "x" * 60 + ".2031"],
)  # fmt: skip
def test_an_edition_that_is_none_is_told_what_to_give(text: str) -> None:
    with pytest.raises(Unreadable, match=r"give VENUE\.YEAR, such as ICML\.2031"):
        edition_parts(text)


@pytest.mark.django_db
def test_a_venue_is_known_by_any_case_and_by_its_aliases() -> None:
    Venue.objects.create(name="NeurIPS", aliases=["NIPS"])
    Venue.objects.create(name="Nips-Workshops", aliases=["neurips"])
    assert [known_venue(name) for name in ("neurips", "nips", "NeurIPS", "Tea")] == ["NeurIPS"] * 3 + ["Tea"]


@pytest.mark.django_db
def test_the_edition_goes_by_its_venues_name_and_ids_do_not_depend_on_the_spelling(tmp_path: Path) -> None:
    Venue.objects.create(name="NeurIPS", aliases=["NIPS"])
    path = write(tmp_path / "p.jsonl", KETTLES)
    assert ingest(path, edition="nips.2031")["edition"] == "NeurIPS.2031"
    assert ingest(path, edition="neurips.2031")["unchanged"] == 1
    assert list(Edition.objects.values_list("name", "venue__name", "year")) == [("NeurIPS.2031", "NeurIPS", 2031)]


# The command


@pytest.mark.django_db
def test_papers_stand_in_their_edition_in_the_order_of_the_file(tmp_path: Path, client: Client) -> None:
    told = ingest(write(tmp_path / "p.jsonl", UMBRELLAS, KETTLES | {"track": "Oral"}), "--track", "Poster")
    assert (told["read"], told["created"], told["set_aside"]) == (2, 2, 0)
    rows = Appearance.objects.order_by("position").values_list("paper__key", "track", "edition__name")
    assert list(rows) == [
        ("icml.2031-oka7@curated", "Poster", "ICML.2031"),
        ("icml.2031-lin24@curated", "Oral", "ICML.2031"),
    ]
    assert client.get("/venue/icml.2031-lin24@curated").status_code == 200
    assert KETTLES["title"] in client.get("/venue/ICML.2031").content.decode()


@pytest.mark.django_db
def test_the_same_file_changes_nothing_and_a_corrected_one_updates(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", KETTLES, UMBRELLAS)
    ingest(path)
    assert ingest(path)["unchanged"] == 2
    told = ingest(write(path, KETTLES | {"title": "Kettles, corrected"}, UMBRELLAS))
    assert (told["created"], told["updated"], told["unchanged"]) == (0, 1, 1)
    assert Paper.objects.get(key="icml.2031-lin24@curated").title == "Kettles, corrected"


@pytest.mark.django_db
def test_a_paper_that_is_gone_from_the_file_stays(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", KETTLES, UMBRELLAS)
    ingest(path)
    ingest(write(path, KETTLES))
    assert Paper.objects.count() == 2


@pytest.mark.django_db
def test_a_row_that_is_repaired_moves_no_other(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", {"id": "x"}, KETTLES)
    ingest(path)
    told = ingest(write(path, UMBRELLAS, KETTLES))
    assert (told["created"], told["updated"], told["unchanged"]) == (1, 0, 1)


@pytest.mark.django_db
def test_faults_are_kept_with_file_line_and_reason_and_the_rest_goes_in(tmp_path: Path) -> None:
    bad = {"id": "bad", "title": "Bad", "url": "javascript:alert(1)"}
    again = KETTLES | {"title": "Another of the same id"}
    told = ingest(write(tmp_path / "p.jsonl", KETTLES, bad, again, UMBRELLAS))
    assert (told["created"], told["set_aside"]) == (2, 2)
    assert list(KeptAside.objects.order_by("line").values_list("source", "file", "line", "reason")) == [
        ("curated", "p.jsonl", 2, "url is no http(s) address: 'javascript:alert(1)'"),
        ("curated", "p.jsonl", 3, "duplicate id icml.2031-lin24: the first one was taken"),
    ]
    assert Paper.objects.get(key="icml.2031-lin24@curated").title == KETTLES["title"]


@pytest.mark.django_db
def test_hostile_bytes_reach_the_database_as_faults(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(
        b'{"title": "\xff\x00"}\n{"title": "\\u0000"}\n{"title": "\\ud800", "\\ud800": 1}\n{"title": "A"}\n'
    )
    told = ingest(path)
    assert (told["created"], told["set_aside"]) == (1, 3)
    assert KeptAside.objects.count() == 3


@pytest.mark.django_db
def test_columns_that_are_not_kept_are_named_once(tmp_path: Path) -> None:
    odd = {"Venue": "x", "score": 3, "authors": [{"name": "Ada Okafor", "orcid": "0"}]}
    path = write(tmp_path / "p.jsonl", KETTLES | odd, UMBRELLAS | odd)
    assert ingest(path)["unknown_columns"] == ["venue", "score", "authors.orcid"]
    out = StringIO()
    call_command("ingest", "proceedings", path, "--edition", "ICML.2031", stdout=out, verbosity=0)
    assert out.getvalue().count("columns that are not kept: venue, score, authors.orcid") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "edition", "told"),
    [
        ("missing.csv", "ICML.2031", "missing.csv is not there"),
        ("", "ICML.2031", "is a folder: give the path of one file"),
        ("empty.csv", "ICML.2031", "empty.csv holds no papers"),
        ("empty.bib", "ICML.2031", "empty.bib holds no papers"),
        ("empty.bib", "ICML2031", "give VENUE.YEAR"),
        ("empty.xlsx", "ICML.2031", "give JSON lines, CSV, BibTeX or RIS"),
    ],
)
def test_an_import_that_cannot_be_ends_in_one_plain_line_and_leaves_nothing(
    tmp_path: Path, name: str, edition: str, told: str
) -> None:
    for empty in ("empty.csv", "empty.bib", "empty.xlsx"):
        (tmp_path / empty).touch()
    with pytest.raises(CommandError, match=told):
        ingest(tmp_path / name, edition=edition)
    assert (Venue.objects.count(), Edition.objects.count(), ImportRun.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_preprint_and_its_row_are_one_paper(tmp_path: Path) -> None:
    with transaction.atomic():
        store([PaperRecord(source="arxiv", source_id="2503.00001", title="An early title of the same work altogether")])
    ingest(write(tmp_path / "p.jsonl", KETTLES | {"arxiv": "2503.00001", "pdf": "https://example.org/1.pdf"}))
    paper = Paper.objects.get()
    assert (paper.key, paper.appearances) == ("2503.00001", ["ICML.2031"])
    assert Record.objects.count() == 2


# Interruptions


def positions(path: Path, into: Into, position: str = "") -> list[Batch]:
    return list(Proceedings(path, into).batches(position))


def test_reading_goes_on_behind_a_position_and_still_knows_what_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proceedings_files, "BATCH", 1)
    path = write(tmp_path / "p.jsonl", KETTLES, UMBRELLAS, KETTLES)
    batches = positions(path, INTO)
    assert len({batch.position for batch in batches}) == 3
    rest = [item for batch in positions(path, INTO, batches[1].position) for item in batch.items]
    assert [type(item) for item in rest] == [SetAside]
    assert positions(path, INTO, batches[2].position) == []


def test_a_position_in_another_edition_or_track_is_none_of_this(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", KETTLES, UMBRELLAS)
    position = positions(path, INTO)[-1].position
    for other in (Into("ICML.2032"), Into("ICML.2031", "Poster")):
        items = [item for batch in positions(path, other, position) for item in batch.items]
        assert [type(item) for item in items] == [Taken, Taken]


@pytest.mark.django_db
def test_a_killed_import_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proceedings_files, "BATCH", 1)
    path = write(tmp_path / "p.jsonl", KETTLES, UMBRELLAS | {"score": 1})
    killed = []

    def kill(counts: Any) -> None:
        killed.append(counts)
        if len(killed) == 2:  # after the first batch
            raise ImportFailed("killed")

    with pytest.raises(ImportFailed):
        runs.run(input_of(proceedings(path, "ICML.2031")), on_progress=kill)
    assert Paper.objects.count() == 1
    told = ingest(path)
    assert (told["read"], told["created"], told["unchanged"]) == (2, 2, 0)
    assert told["unknown_columns"] == ["score"]
    assert ImportRun.objects.count() == 1
