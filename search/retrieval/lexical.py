"""The lexical retriever: BM25 over the stemmed text, with the exact forms, the title and the authors beside it, among
the papers for which a query's filters hold."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur

from search.analysis import COMMON, UNSPACED, query_text
from search.dictionary import translations
from search.indexing import lexical
from search.language.clauses import Code, Text
from search.query import Query, Terms
from search.ranking import Hit, Ranking, ranked
from search.retrieval.filters import Compiler, all_of, analyzer, any_of
from search.venues import names_by_alias

# Weights of the fields' BM25 scores: fitted on cranfield, cacm, vaswani_npl and tldr_known_item_dev (DECISIONS.md).
BODY, EXACT, TITLE, AUTHORS = 1.0, 0.3, 0.2, 0.5

# What characters weigh beside their translation: few papers are in Chinese, so that any of their words is rare, and
# would bring each of those before all others.
TRANSLATED = 0.35

# Of a Chinese word's senses the best counts, the others in so small a part.
OTHER_SENSES = 0.1

# A query of so many telling words, which so few papers hold all of, names those.
LEAST_WHOLE, MOST_WHOLE = 3, 5

# How many papers of equal scores are looked through at the end of a ranking, at first and at most.
TIES, MOST_TIES = 50, 50_000


class NoIndex(RuntimeError):
    """The BM25 index has not been built yet."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The papers that a query is about, as a query of the index. `words` and `filters` are its parts, each None where
    there is none; with `needs_word` a paper must hold one of the words, else they only rank what the filters leave.
    `whole` are the papers that hold all telling words as typed, if they are few: that says that they are meant.
    `unknown` are the filters that name no venue or category we know."""

    words: Any | None
    filters: Any | None
    needs_word: bool = True
    unknown: tuple[Code, ...] = ()
    whole: frozenset[int] = frozenset()

    @property
    def both(self) -> Any:
        """Scored by the words; what only filters find has no score."""
        if self.filters is None:
            return self.words if self.words is not None else tantivy.Query.empty_query()
        if self.words is None:
            return self.filters
        return _both(self.words, self.filters, Occur.Must if self.needs_word else Occur.Should)


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

    def matching(self, query: Query, upto: int | None = None) -> Matching:
        """The papers for which all filters hold and which have a word of the query, if it has any; with `upto` none
        with a higher id, so that papers which arrive do not move those of a list that is being paged through."""
        found = terms(query.plain)
        compiler = Compiler(self._schema, cache(names_by_alias), self.frequency)
        required = [compiler.compiled(clause) for clause in query.filters]
        if upto is not None:
            required.append(tantivy.Query.range_query(self._schema, "paper_id", FieldType.Integer, None, upto))
        words = self._any_word(query, found) if found else None
        needs_word = bool(query.words) or not query.filters
        filters = all_of(required) if required else None
        return Matching(words, filters, needs_word, tuple(compiler.unknown), self._whole(found, filters))

    def search(self, matching: Matching, depth: int) -> Ranking:
        """The `depth` best of the papers that hold a word of the query. Where it cuts through papers of equal scores
        those with the lowest ids stay, so that a deeper search begins with the same papers in the same order."""
        if matching.words is None:
            return Ranking("lexical")
        searcher, limit = self._searcher(), depth + TIES
        while True:
            result = searcher.search(matching.both, limit=limit, count=True)
            scores = [score for score, _ in result.hits]
            if len(scores) < limit or scores[-1] < scores[depth - 1] or limit >= MOST_TIES:
                break
            limit *= 4
        hits = _lifted(_hits(searcher, result.hits)[:depth], matching.whole)
        return Ranking("lexical", hits, total=result.count or 0)

    def score(self, matching: Matching, paper_ids: list[int]) -> dict[int, float]:
        """BM25 of given papers; one that holds no word of the query is left out. None is lifted: those that `search`
        lifts are its first hits, with their scores."""
        if matching.words is None or not paper_ids:
            return {}
        only = tantivy.Query.term_set_query(self._schema, "paper_id", paper_ids)
        searcher = self._searcher()
        result = searcher.search(_both(matching.words, only), limit=len(paper_ids), count=False)
        return {hit.paper_id: hit.score for hit in _hits(searcher, result.hits)}

    def score_each(self, texts: Sequence[str], paper_ids: list[int]) -> list[dict[int, float]]:
        """For each text BM25 of those of the given papers that hold it side by side in title or abstract, in any
        inflection; of Chinese its English counts too."""
        if not paper_ids:
            return [{} for _text in texts]
        only = tantivy.Query.term_set_query(self._schema, "paper_id", paper_ids)
        searcher = self._searcher()
        queries = (_both(self._phrase(text), only) for text in texts)
        results = (searcher.search(query, limit=len(paper_ids), count=False) for query in queries)
        return [{hit.paper_id: hit.score for hit in _hits(searcher, result.hits)} for result in results]

    def newest(self, matching: Matching, skip: int, show: int) -> Ranking:
        """Papers by time, those of the last day first: `show` of them from the place `skip` on."""
        result = self._searcher().search(matching.both, show, count=True, order_by_field="recency", offset=skip)
        ids = [lexical.paper_id_of(recency) for recency, _ in result.hits]
        hits = tuple(Hit(paper_id, rank, 0.0) for rank, paper_id in enumerate(ids, start=skip + 1))
        return Ranking("newest", hits, total=result.count or 0)

    def boosted(self, name: str, term: str, weight: float) -> Any:
        """A query for one term of a field, its BM25 score times the weight."""
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, name, term), weight)

    def best(self, scored: Any, only: Any | None, depth: int) -> list[int]:
        """The `depth` best papers of a query of the index, of those that another finds."""
        searcher = self._searcher()
        wanted = scored if only is None else _both(scored, only)
        return [hit.paper_id for hit in _hits(searcher, searcher.search(wanted, limit=depth, count=False).hits)]

    def selected(self, matching: Matching) -> "Selected | None":
        """The papers for which the filters hold; None where there is no filter."""
        return Selected(self, matching.filters) if matching.filters is not None else None

    def count(self, found: Any) -> int:
        return int(self._searcher().search(found, limit=1, count=True).count or 0)

    def paper_ids(self, found: Any, limit: int) -> list[int]:
        """Ids of the papers of a query of the index, in no particular order."""
        result = self._searcher().search(found, limit=max(limit, 1), count=False, order_by_field="paper_id")
        return [paper_id for paper_id, _ in result.hits]

    def among(self, found: Any, paper_ids: list[int]) -> set[int]:
        """Which of the given papers a query of the index finds."""
        only = tantivy.Query.term_set_query(self._schema, "paper_id", paper_ids)
        return set(self.paper_ids(_both(found, only), len(paper_ids)))

    def aggregate(self, found: Any, wanted: dict[str, Any]) -> dict[str, Any]:
        return dict(self._searcher().aggregate(found, wanted))

    def frequency(self, name: str, term: str) -> int:
        """How many papers have a term in a field."""
        return int(self._searcher().doc_freq(name, term))

    def terms(self, name: str) -> list[tuple[str, int]]:
        """All terms of a field with how many papers have them."""
        return list(self._searcher().terms_with_prefix(name, ""))

    def beginning(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The terms of a field that begin so, with how many papers have them: `limit` at most, the most frequent."""
        return list(self._searcher().terms_with_prefix(name, prefix, limit=limit))

    def highest_id(self) -> int:
        """The highest paper id in the index; 0 in an empty one."""
        found = self._searcher().aggregate(tantivy.Query.all_query(), {"highest": {"max": {"field": "paper_id"}}})
        return int(found["highest"]["value"] or 0)

    def size(self) -> int:
        return int(self._searcher().num_docs)

    def _searcher(self) -> Any:
        return self._index.searcher()

    def _any_word(self, query: Query, found: Terms) -> Any:
        weighted = [("body", BODY, found.stemmed), ("exact", EXACT, found.written), ("title", TITLE, found.stemmed),
                    ("authors", AUTHORS, found.written)]  # fmt: skip
        unspaced = TRANSLATED if found.translated else 1.0
        words = [
            self.boosted(name, term, weight * count * (unspaced if UNSPACED.match(term) else 1.0))
            for name, weight, counted in weighted
            for term, count in _telling(counted).items()
        ]
        more = [*self._single_characters(found), *self._as_written(query), *map(self._senses, found.translated)]
        return tantivy.Query.boolean_query([(Occur.Should, each) for each in [*words, *more]])

    def _whole(self, found: Terms, filters: Any | None) -> frozenset[int]:
        """A word that no paper has is misspelt: none need hold it. Chinese words are found in many ways."""
        telling = [term for term in found.written if term not in COMMON and self.frequency("exact", term)]
        if len(telling) < LEAST_WHOLE or found.translated:
            return frozenset()
        whole = all_of([tantivy.Query.term_query(self._schema, "exact", term) for term in telling])
        few = self.best(whole, filters, MOST_WHOLE + 1)
        return frozenset(few) if len(few) <= MOST_WHOLE else frozenset()

    def _senses(self, senses: tuple[tuple[str, ...], ...]) -> Any:
        """A Chinese word in English: each sense counts by how many of its words a paper has."""
        alternatives = [
            any_of([tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "body", term), BODY / len(sense))
                    for term in sense])
            for sense in senses
        ]  # fmt: skip
        return tantivy.Query.disjunction_max_query(alternatives, OTHER_SENSES)

    def _phrase(self, text: str) -> Any:
        compiler = Compiler(self._schema, cache(names_by_alias), self.frequency)
        return any_of([compiler.compiled(Text("", text)), *map(self._senses, _translated(text))])

    def _single_characters(self, found: Terms) -> list[Any]:
        """Of Chinese the index has pairs: a character alone is found in them."""
        alone = [term for term in found.written if len(term) == 1 and UNSPACED.match(term)]
        return [tantivy.Query.regex_query(self._schema, "body", f".?{term}.?") for term in alone]

    def _as_written(self, query: Query) -> list[Any]:
        """Phrases match in any inflection; those that have them as typed stand before."""
        texts = [clause.text for clause in query.required if isinstance(clause, Text)]
        phrases = [found for text in texts if len(found := analyzer(False).analyze(query_text(text))) > 1]
        return [
            tantivy.Query.boost_query(tantivy.Query.phrase_query(self._schema, "exact", found), EXACT)
            for found in phrases
        ]


@dataclass(slots=True)
class Selected:
    """The papers that filters leave, for a retriever which cannot filter by itself."""

    index: LexicalIndex
    found: Any
    _total: int | None = field(default=None)

    @property
    def total(self) -> int:
        if self._total is None:
            self._total = self.index.count(self.found)
        return self._total

    @property
    def share(self) -> float:
        return self.total / max(self.index.size(), 1)

    def paper_ids(self) -> list[int]:
        return self.index.paper_ids(self.found, self.total)

    def among(self, paper_ids: list[int]) -> set[int]:
        return self.index.among(self.found, paper_ids) if paper_ids else set()


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
    """A text as index terms, as queries are read."""
    folded = query_text(text)
    return Terms(Counter(analyzer(True).analyze(folded)), Counter(analyzer(False).analyze(folded)), _translated(text))


def _translated(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(
        tuple(dict.fromkeys(tuple(analyzer(True).analyze(" ".join(sense))) for sense in senses))
        for senses in translations(text)
    )


def _telling(counted: Counter[str]) -> Mapping[str, int]:
    """Terms without the common words' if there are others: nearly every paper has those, which takes most of the time
    and tells nothing."""
    telling = {term: count for term, count in counted.items() if term not in _common()}
    return telling or counted


@cache
def _common() -> frozenset[str]:
    return COMMON.union(*(analyzer(True).analyze(word) for word in COMMON))


def _hits(searcher: Any, found: list[Any]) -> tuple[Hit, ...]:
    """Paper ids come from the column store: reading stored documents takes a hundred times as long. By the searcher
    that found them: another one may have other places."""
    addresses = [address for _, address in found]
    ids = searcher.fast_field_values("paper_id", addresses) if addresses else []
    return ranked(zip(ids, (score for score, _ in found), strict=True))


def _lifted(hits: tuple[Hit, ...], whole: frozenset[int]) -> tuple[Hit, ...]:
    """Some of the papers before all others, by no more than the best of the others has."""
    if not whole or not hits:
        return hits
    lift = hits[0].score
    return ranked((hit.paper_id, hit.score + lift * (hit.paper_id in whole)) for hit in hits)


def _both(scored: Any, only: Any, occur: Any = Occur.Must) -> Any:
    """What both find, or with Occur.Should what the second finds, with the scores of the first."""
    unscored = tantivy.Query.const_score_query(only, 0.0)
    return tantivy.Query.boolean_query([(Occur.Must, unscored), (occur, scored)])
