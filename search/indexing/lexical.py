"""The BM25 index in tantivy: derived from PostgreSQL, rebuilt from it at will.

    INDEX_DIR/current -> lexical-<number>     the folder that is searched
    INDEX_DIR/lexical-<number>/watermark.json how far it has followed the change log

One writer at a time (a file lock); readers in any process open `current` and see each commit."""

import fcntl
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings

from papers.changes import Watermark
from search.analysis import indexable

# Raised when the schema or the analysis changes: an index of another version is rebuilt.
VERSION = 2
LONGEST_WORD = 60  # longer ones are no index terms
HEAP = 256 * 1024 * 1024
_WATERMARK = "watermark.json"

STEMMED_FIELDS = ("body", "title", "abstract")
WRITTEN_FIELDS = ("exact", "authors", "track")
CODE_FIELDS = ("ids", "names", "track_names", "branches")
FACET_FIELDS = ("categories", "venues", "editions", "tracks", "sources", "has")
NUMBER_FIELDS = ("paper_id", "day", "year", "recency")
_ID_BITS = 34


@dataclass(frozen=True, slots=True)
class Document:
    """One paper for the index. Texts went through search.analysis, `names` through search.names; `day` is YYYYMMDD,
    0 where unknown."""

    paper_id: int
    title: str
    abstract: str
    authors: list[str]
    names: list[str]
    ids: list[str]
    categories: list[str]
    venues: list[str]
    editions: list[str]
    tracks: list[str]
    track_names: list[str]
    sources: list[str]
    branches: list[str]
    has: list[str]
    day: int

    @property
    def recency(self) -> int:
        """Orders papers by day, those of a day by id: no two are equal, so a list by time never flickers."""
        return self.day << _ID_BITS | self.paper_id


class WriterBusy(RuntimeError):
    """Another process is writing the index."""


def stemmed() -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.remove_long(LONGEST_WORD)).filter(tantivy.Filter.stemmer("english")).build()


def unstemmed() -> Any:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.remove_long(LONGEST_WORD)).build()
    )


def schema() -> Any:
    """`body` is title and abstract in one stemmed field: two fields added up rank far worse (DECISIONS.md)."""
    builder = tantivy.SchemaBuilder()
    # Signed: an unsigned field kills tantivy's writer thread with a misleading error.
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, stored=name == "paper_id", indexed=True, fast=True)
    for name in STEMMED_FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="stemmed", index_option="position")
    for name in WRITTEN_FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="unstemmed", index_option="position")
    for name in (*CODE_FIELDS, *FACET_FIELDS):
        fast = name in FACET_FIELDS
        builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic", fast=fast)
    return builder.build()


def open_index(folder: Path) -> Any:
    index = tantivy.Index(schema(), path=str(folder))
    index.register_tokenizer("stemmed", stemmed())
    index.register_tokenizer("unstemmed", unstemmed())
    return index


def current() -> Path | None:
    """The folder that is searched, or None before the first build."""
    link = Path(settings.INDEX_DIR) / "current"
    folder = Path(settings.INDEX_DIR) / link.readlink() if link.is_symlink() else None
    return folder if folder and watermark(folder) is not None else None


def watermark(folder: Path) -> Watermark | None:
    """How far the index in a folder has read the change log; None for what is no complete index of this version."""
    try:
        told = json.loads((folder / _WATERMARK).read_text())
        return Watermark(told["transaction"], told["id"]) if told["version"] == VERSION else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def writing() -> Iterator[None]:
    """Holds the right to write. Raises WriterBusy; the lock falls with the process, however it ends."""
    root = Path(settings.INDEX_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with (root / "writer.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WriterBusy("another process is writing the BM25 index") from error
        yield


class Writer:
    """Adds papers to the index in a folder. Use inside writing()."""

    def __init__(self, folder: Path, threads: int = 1):
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._writer = open_index(folder).writer(HEAP, threads)

    def add(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._writer.add_document(_document(document))

    def remove(self, paper_ids: Iterable[int]) -> None:
        for paper_id in paper_ids:
            self._writer.delete_documents_by_term("paper_id", paper_id)

    def commit(self, mark: Watermark) -> None:
        """Documents first, watermark second: after a crash between the two the same changes are applied again."""
        self._writer.commit()
        _write_watermark(self._folder, mark)

    def close(self) -> None:
        self._writer.wait_merging_threads()


def new_folder() -> Path:
    """A folder for an index to be built beside the current one."""
    root = Path(settings.INDEX_DIR)
    numbers = [int(folder.name.partition("-")[2]) for folder in root.glob("lexical-*")]
    return root / f"lexical-{max(numbers, default=0) + 1}"


def publish(folder: Path) -> None:
    """Makes a finished index the current one, at once for every reader, and removes the others."""
    root = Path(settings.INDEX_DIR)
    link = root / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(root / "current")
    for old in root.glob("lexical-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)


def paper_id_of(recency: int) -> int:
    """The paper of Document.recency."""
    return recency & ((1 << _ID_BITS) - 1)


def _document(paper: Document) -> Any:
    document = tantivy.Document()
    numbers = {"paper_id": paper.paper_id, "day": paper.day, "year": paper.day // 10_000, "recency": paper.recency}
    for name, number in numbers.items():
        document.add_integer(name, number)
    texts = (paper.title, paper.abstract)  # two values, so that no phrase runs from one into the other
    for name, values in (("body", texts), ("exact", texts), ("title", texts[:1]), ("abstract", texts[1:])):
        for value in values:
            document.add_text(name, value)
    for track in paper.tracks:
        document.add_text("track", indexable(track))
    for name in ("authors", *CODE_FIELDS, *FACET_FIELDS):
        for value in getattr(paper, name):
            document.add_text(name, value)
    return document


def _write_watermark(folder: Path, mark: Watermark) -> None:
    text = json.dumps({"version": VERSION, "transaction": mark.transaction, "id": mark.id})
    fresh = folder / f"{_WATERMARK}.new"
    fresh.write_text(text)
    fresh.replace(folder / _WATERMARK)
