"""A judged collection in the BEIR layout: corpus.jsonl[.gz], queries.jsonl[.gz], qrels.tsv or qrels/test.tsv."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadCollection(ValueError):
    """A folder that cannot be evaluated; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with its judgements; `kind` is its metadata.type, or ""."""

    id: str
    text: str
    kind: str
    judgements: dict[str, int]


@dataclass(frozen=True, slots=True)
class Collection:
    """`documents` are (id, title, text); queries without a relevant document are left out, as trec_eval does."""

    name: str
    documents: list[tuple[str, str, str]]
    queries: list[Judged]


def read(folder: Path) -> Collection:
    """Raises BadCollection."""
    documents = [
        (_id(row, "corpus"), str(row.get("title") or ""), str(row.get("text") or "")) for row in _rows(folder, "corpus")
    ]
    judgements = _judgements(folder)
    queries = [
        Judged(_id(row, "queries"), str(row.get("text") or ""), _kind(row), judgements[_id(row, "queries")])
        for row in _rows(folder, "queries")
        if any(grade > 0 for grade in judgements.get(_id(row, "queries"), {}).values())
    ]
    if not documents or not queries:
        raise BadCollection(f"{folder} holds {len(documents)} documents and {len(queries)} judged queries")
    return Collection(folder.name, documents, queries)


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    path = next((path for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz") if path.exists()), None)
    if path is None:
        raise BadCollection(f"{folder} has no {name}.jsonl or {name}.jsonl.gz: give a folder in the BEIR layout")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise BadCollection(f"{path} line {number} is not JSON: {error}") from error
            if not isinstance(row, dict):
                raise BadCollection(f"{path} line {number} is not a JSON object")
            yield row


def _judgements(folder: Path) -> dict[str, dict[str, int]]:
    path = next((path for path in (folder / "qrels.tsv", folder / "qrels" / "test.tsv") if path.exists()), None)
    if path is None:
        raise BadCollection(f"{folder} has no qrels.tsv or qrels/test.tsv")
    found: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t"), start=1):
            if number == 1 and len(row) >= 3 and not _is_number(row[-1]):
                continue  # the header
            if len(row) < 3 or not _is_number(row[-1]):
                raise BadCollection(f"{path} line {number} is not query-id, corpus-id, score")
            found.setdefault(row[0], {})[row[-2]] = int(float(row[-1]))
    return found


def _id(row: dict[str, Any], name: str) -> str:
    if not row.get("_id"):
        raise BadCollection(f"a row of {name} has no _id")
    return str(row["_id"])


def _kind(row: dict[str, Any]) -> str:
    metadata = row.get("metadata")
    return str(metadata.get("type") or "") if isinstance(metadata, dict) else ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
