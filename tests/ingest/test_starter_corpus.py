"""The starter corpus: its form, its spread over fields and venues, and its facts against the real data if present."""

import datetime
import gzip
import io
import json
import os
import re
import tarfile
import xml.etree.ElementTree as ET  # the anthology archive is a trusted local file
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "ingest" / "starter" / "papers.jsonl"
REAL_DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or ROOT.parent / "shared" / "data")

KEYS = {
    "arxiv_id": str,
    "acl_id": str,
    "title": str,
    "authors": list,
    "abstract": str,
    "abstract_kind": str,
    "categories": list,
    "doi": str,
    "submitted": str,
    "published_year": int,
    "edition": str,
    "track": str,
    "landing_url": str,
    "verified": str,
}
NEW_ARXIV = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.\d{4,5}\Z")
OLD_ARXIV = re.compile(r"[a-z]+(?:-[a-z]+)?/(\d{2})(0[1-9]|1[0-2])\d{3}\Z")
OLD_ACL = re.compile(r"[A-Z]\d{2}-\d{4}\Z")
NEW_ACL = re.compile(r"\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+\Z")
CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[a-z]+)?)?\Z")
EDITION = re.compile(r"[A-Za-z]+\.(19|20)\d{2}\Z")
SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z$]|\Z)")
MACHINE_LEARNING = {"cs.CL", "cs.CV", "cs.LG", "cs.AI", "stat.ML", "cs.NE"}


def _load():
    with STARTER.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


RECORDS = _load()


def _name(record):
    return record["acl_id"] or record["arxiv_id"]


def _fold(text):
    """A title without the differences that do not matter: TeX braces, case and whitespace."""
    return " ".join(re.sub(r"[{}]", "", text).casefold().split())


def _month_of(arxiv_id):
    """The month an arXiv id names, counted from year 0."""
    found = NEW_ARXIV.match(arxiv_id) or OLD_ARXIV.match(arxiv_id)
    assert found, arxiv_id
    year, month = int(found[1]), int(found[2])
    return (year + (1900 if year >= 91 else 2000)) * 12 + month


def test_every_record_has_exactly_the_agreed_keys():
    for record in RECORDS:
        assert set(record) == set(KEYS), _name(record)
        for key, kind in KEYS.items():
            assert type(record[key]) is kind, (_name(record), key)
        for key in ("authors", "categories"):
            assert all(isinstance(value, str) and value == value.strip() and value for value in record[key])
        for key in ("title", "abstract"):
            assert record[key] == " ".join(record[key].split()), (_name(record), key)


def test_the_corpus_is_large_and_varied():
    assert len(RECORDS) >= 320
    categories = Counter(record["categories"][0] for record in RECORDS)
    assert len(categories) >= 14
    assert sum(count >= 5 for count in categories.values()) >= 14
    other = sum(count for category, count in categories.items() if category not in MACHINE_LEARNING)
    assert other >= 0.4 * len(RECORDS)
    editions = Counter(record["edition"] for record in RECORDS if record["edition"])
    assert len(editions) >= 10
    assert sum(count >= 4 for count in editions.values()) >= 8
    assert sum("$" in record["abstract"] for record in RECORDS) >= 30


def test_ids_are_well_formed():
    for record in RECORDS:
        assert record["arxiv_id"] or record["acl_id"], record["title"]
        if record["arxiv_id"]:
            assert NEW_ARXIV.match(record["arxiv_id"]) or OLD_ARXIV.match(record["arxiv_id"]), record["arxiv_id"]
        if record["acl_id"]:
            assert OLD_ACL.match(record["acl_id"]) or NEW_ACL.match(record["acl_id"]), record["acl_id"]
        assert not record["doi"] or re.match(r"10\.\d{4,9}/\S+\Z", record["doi"]), record["doi"]
        assert not record["edition"] or EDITION.match(record["edition"]), record["edition"]
        assert record["edition"] or not record["track"], _name(record)
        assert record["track"] in {"", "Long", "Short", "Demo", "Best Paper"}, _name(record)
        assert record["verified"] in {"arxiv-snapshot-2019", "arxiv-snapshot-2025", "acl-anthology-2024-08", "memory"}
        assert record["abstract_kind"] == "summary"


def test_nothing_appears_twice():
    for values in (
        [record["arxiv_id"] for record in RECORDS if record["arxiv_id"]],
        [record["acl_id"] for record in RECORDS if record["acl_id"]],
        [re.sub(r"\W", "", record["title"].casefold()) for record in RECORDS],
        [record["doi"].casefold() for record in RECORDS if record["doi"]],
        [record["abstract"] for record in RECORDS],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_the_file_is_sorted():
    keys = [(record["edition"] or record["categories"][0], _name(record)) for record in RECORDS]
    assert keys == sorted(keys)


def test_authors_and_categories_are_present():
    for record in RECORDS:
        assert record["authors"], _name(record)
        assert record["categories"], _name(record)
        assert len(set(record["categories"])) == len(record["categories"]), _name(record)
        assert all(CATEGORY.match(category) for category in record["categories"]), _name(record)


def test_summaries_are_short_prose():
    for record in RECORDS:
        words = len(record["abstract"].split())
        assert 40 <= words <= 90, (_name(record), words)
        sentences = len(SENTENCE_END.findall(record["abstract"]))
        assert 2 <= sentences <= 4, (_name(record), sentences)
        assert record["abstract"][-1] in ".!?", _name(record)
        assert record["abstract"].count("$") % 2 == 0, _name(record)


def test_formulas_have_balanced_braces():
    for record in RECORDS:
        for formula in record["abstract"].split("$")[1::2]:
            plain = re.sub(r"\\[{}]", "", formula)
            assert formula.strip() == formula, (_name(record), formula)
            assert formula, _name(record)
            assert plain.count("{") == plain.count("}"), (_name(record), formula)
            left, right = (len(re.findall(rf"\\{side}(?![a-z])", formula)) for side in ("left", "right"))
            assert left == right, (_name(record), formula)


def test_dates_fit_the_ids():
    for record in RECORDS:
        if record["submitted"]:
            day = datetime.date.fromisoformat(record["submitted"])
            assert abs(_month_of(record["arxiv_id"]) - (day.year * 12 + day.month)) <= 1, _name(record)
        if record["edition"]:
            assert record["published_year"] == int(record["edition"].rpartition(".")[2]), _name(record)
        elif not record["acl_id"]:
            assert record["published_year"] == (_month_of(record["arxiv_id"]) - 1) // 12, _name(record)


def _wanted(source):
    wanted = {}
    for record in RECORDS:
        if record["verified"] == source:
            wanted[record["acl_id"] if source.startswith("acl") else record["arxiv_id"]] = record
    return wanted


def _require(path):
    if not path.is_file():
        pytest.skip(f"{path.name} is not beside the checkout")
    return path


def _snapshot_authors(text):
    text = re.sub(r"\s*\([^()]*\)", "", " ".join(text.split()))
    return [name for name in re.split(r",\s*(?:and\s+)?|\s+and\s+", text) if name.strip()]


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("arxiv-snapshot-2019", "arxiv-snapshot-2019-cs-stat-eess.jsonl.gz"),
        ("arxiv-snapshot-2025", "arxiv-snapshot-2025.jsonl.gz"),
    ],
)
def test_facts_agree_with_the_arxiv_snapshots(source, file):
    path = _require(REAL_DATA / "papers" / file)
    wanted = _wanted(source)
    preprints = {record["arxiv_id"]: record for record in RECORDS if record["acl_id"] and record["arxiv_id"]}
    found = set()
    id_of = re.compile(r'"id":\s*"([^"]+)"')
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            head = id_of.search(line, 0, 200)
            if head is None or not (head[1] in wanted or head[1] in preprints):
                continue
            paper = json.loads(line)
            if paper["id"] in preprints:  # the same work: punctuation may differ from the proceedings, words may not
                record = preprints[paper["id"]]
                assert re.sub(r"[\W_]", "", _fold(paper["title"])) == re.sub(r"[\W_]", "", _fold(record["title"]))
                assert len(_snapshot_authors(paper["authors"])) == len(record["authors"]), paper["id"]
                assert paper["categories"].split() == record["categories"], paper["id"]
                continue
            record = wanted[paper["id"]]
            found.add(paper["id"])
            assert _fold(paper["title"]) == _fold(record["title"]), paper["id"]
            assert len(_snapshot_authors(paper["authors"])) == len(record["authors"]), paper["id"]
            assert paper["categories"].split() == record["categories"], paper["id"]
    assert set(wanted) - found == set()


def _text(element):
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _anthology_papers(root):
    """The id, title and number of authors of every paper of one file of the Anthology."""
    collection = root.get("id")
    for volume in root.iter("volume"):
        for paper in volume.findall("paper"):
            if re.match(r"\d{4}\.", collection):
                acl_id = f"{collection}-{volume.get('id')}.{paper.get('id')}"
            elif collection[0] == "W" or collection == "C69" or (collection == "D19" and int(volume.get("id")) >= 5):
                acl_id = f"{collection}-{int(volume.get('id')):02d}{int(paper.get('id')):02d}"
            else:
                acl_id = f"{collection}-{volume.get('id')}{int(paper.get('id')):03d}"
            yield acl_id, _text(paper.find("title")), len(paper.findall("author"))


@pytest.mark.real_data
def test_facts_agree_with_the_acl_anthology():
    path = _require(REAL_DATA / "papers" / "acl-anthology-2024-08.tar.xz")
    wanted = _wanted("acl-anthology-2024-08")
    collections = {acl_id.partition("-")[0] for acl_id in wanted}
    found = set()
    with tarfile.open(path, "r|xz") as archive:
        for member in archive:
            place = Path(member.name)
            if place.suffix != ".xml" or place.stem not in collections:
                continue
            root = ET.parse(io.BytesIO(archive.extractfile(member).read())).getroot()
            for acl_id, title, authors in _anthology_papers(root):
                if acl_id in wanted:
                    record = wanted[acl_id]
                    found.add(acl_id)
                    assert _fold(title) == _fold(record["title"]), acl_id
                    assert authors == len(record["authors"]), acl_id
    assert set(wanted) - found == set()
