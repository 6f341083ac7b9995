"""The lexical retriever: BM25 over the stemmed text, with the exact forms, the title and the authors beside it."""

import threading
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import tantivy

from search.analysis import query_text
from search.indexing import lexical
from search.query import Terms
from search.ranking import Ranking, ranked

# Weights of the fields' BM25 scores: fitted on cranfield, cacm, vaswani_npl and tldr_known_item_dev (DECISIONS.md).
BODY, EXACT, TITLE, AUTHORS = 1.0, 0.3, 0.2, 0.5


class NoIndex(RuntimeError):
    """The BM25 index has not been built yet."""


class LexicalIndex:
    """An index opened for reading; every search sees the last commit."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._index = lexical.open_index(folder)
        self._index.config_reader("commit", 0)
        self._index.reload()
        self._schema = self._index.schema
        self._reload = threading.Lock()

    def refresh(self) -> None:
        """Sees commits at once, without waiting for the watcher."""
        with self._reload:
            self._index.reload()

    def search(self, terms: Terms, depth: int) -> Ranking:
        """The `depth` best papers of all that hold a word of the query."""
        if not terms:
            return Ranking("lexical")
        result = self._index.searcher().search(self._any_term(terms), limit=depth, count=True)
        return Ranking("lexical", self._hits(result.hits), total=result.count or 0)

    def score(self, terms: Terms, paper_ids: list[int]) -> dict[int, float]:
        """BM25 of given papers; one that holds no word of the query is left out."""
        if not terms or not paper_ids:
            return {}
        only = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "paper_id", paper_ids), 0.0)
        both = tantivy.Query.boolean_query([(tantivy.Occur.Must, only), (tantivy.Occur.Must, self._any_term(terms))])
        result = self._index.searcher().search(both, limit=len(paper_ids), count=False)
        return {hit.paper_id: hit.score for hit in self._hits(result.hits)}

    def size(self) -> int:
        return int(self._index.searcher().num_docs)

    def _any_term(self, terms: Terms) -> Any:
        weighted = [("body", BODY, terms.stemmed), ("exact", EXACT, terms.written), ("title", TITLE, terms.stemmed),
                    ("authors", AUTHORS, terms.written)]  # fmt: skip
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, term), weight * count))
                for field, weight, counted in weighted
                for term, count in counted.items()
            ]
        )

    def _term(self, field: str, term: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, term)

    def _hits(self, found: list[Any]) -> Any:
        """Paper ids come from the column store: reading stored documents takes a hundred times as long."""
        addresses = [address for _, address in found]
        ids = self._index.searcher().fast_field_values("paper_id", addresses) if addresses else []
        return ranked(zip(ids, (score for score, _ in found), strict=True))


def index() -> LexicalIndex:
    """The current index. Raises NoIndex before the first build."""
    folder = lexical.current()
    if folder is None:
        raise NoIndex("the BM25 index has not been built yet: run `manage.py index rebuild`, or wait for the worker")
    return _opened(folder)


_opening = threading.Lock()
_open: dict[Path, LexicalIndex] = {}


def _opened(folder: Path) -> LexicalIndex:
    with _opening:
        if folder not in _open:
            _open.clear()
            _open[folder] = LexicalIndex(folder)
        return _open[folder]


def terms(text: str) -> Terms:
    """A query's text as index terms."""
    folded = query_text(text)
    return Terms(Counter(_stemmed().analyze(folded)), Counter(_written().analyze(folded)))


@cache
def _stemmed() -> Any:
    return lexical.stemmed()


@cache
def _written() -> Any:
    return lexical.unstemmed()
