"""The title retriever: for titles half remembered, misspelt, abbreviated or worded in Chinese.

Words of the query, in every spelling that may be meant, find titles; the title model then writes along the tree of all
titles, looking ahead to those. What both propose is weighed by the reranker."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import Any

import numpy as np
import tantivy
from tantivy import Occur

from search.analysis import COMMON, UNSPACED
from search.dictionary import translations
from search.encoder import Vectors
from search.ranking import Ranking, ranked
from search.retrieval.filters import analyzer
from search.retrieval.lexical import LexicalIndex, Matching
from search.suggestions import vocabulary
from search.title import segments
from search.title.coverage import Coverage, Meant, gain
from search.title.decoding import decode
from search.title.evidence import Evidence
from search.title.reader import Read, TitleReader, title_reader
from search.title.reading import words
from search.title.trie import Trie

# How many titles are found by their words, of which the most alike are proposed.
FOUND, BEST = 100, 16
# How many titles are written, with how wide a beam. After so many tokens, key words first, few titles are left.
WRITTEN, WIDTH, STEPS = 6, 4, 7
# A word that so few titles have may be misspelt.
RARE = 30
SHORTEST = 4
# How surely a word is meant that is one or two letters away.
_SURELY = {0: 1.0, 1: 0.75, 2: 0.5}
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Title:
    """A paper's title: its row in the tree, its tokens there, and the index terms of its words."""

    paper_id: int
    row: int
    tokens: list[int]
    terms: list[str]


@dataclass(frozen=True, slots=True)
class TitleSearch:
    """One query's look at titles. `doubt` is the share of its words that no paper has: they are misspelt."""

    reader: TitleReader
    trie: Trie
    read: Read
    coverage: Coverage
    doubt: float

    def weigh(self, paper_ids: Sequence[int]) -> dict[int, Evidence]:
        """Evidence of each paper that has a title in the tree."""
        titles = self.titles(paper_ids)
        found = self.reader.weigh(self.read, [title.tokens for title in titles])
        weighed = zip(titles, found.likelihood.tolist(), found.prior.tolist(), strict=True)
        return {
            title.paper_id: Evidence(*self.compare(title.terms), likelihood, prior)
            for title, likelihood, prior in weighed
        }

    def titles(self, paper_ids: Sequence[int]) -> list[Title]:
        """Those of the papers that have one in the tree."""
        rows = self.trie.rows_of_papers(paper_ids)
        there = [(paper_id, row) for paper_id, row in zip(paper_ids, rows.tolist(), strict=True) if row >= 0]
        found = self.trie.identifiers_of(np.array([row for _, row in there], np.int64))
        tokens = [found[number].tolist() for number in range(len(found))]
        return [Title(*each, read, self.terms(read)) for each, read in zip(there, tokens, strict=True)]

    def likeness(self, title: Title) -> float:
        """How like a title is to what was asked for, 0 to 1.5."""
        of_query, of_title = self.compare(title.terms)
        return of_query + of_title / 2

    def compare(self, terms: Sequence[str]) -> tuple[float, float]:
        """The parts of the query and of a title that the other covers."""
        return self.coverage.of_query(terms), self.coverage.of_title(terms)

    def terms(self, tokens: Sequence[int]) -> list[str]:
        return list(analyzer(True).analyze(" ".join(self.reader.words(tokens))))


def begin(text: str, states: Vectors, index: LexicalIndex) -> TitleSearch:
    """Reads a query. Raises NoModel, StillLoading and NoTitles."""
    reader = title_reader(wait=False)
    trie = segments.catalogue(reader.fingerprint)
    stems = _own_stems(text)
    unknown = sum(not index.frequency("body", stem) for stem in stems)
    return TitleSearch(
        reader, trie, reader.read(text, states), _coverage(text, stems, index), unknown / max(len(stems), 1)
    )


def search(looking: TitleSearch, index: LexicalIndex, matching: Matching) -> Ranking:
    """The papers whose titles the query may mean, by what of each the other covers. The model has written some of them;
    how likely it finds each is left to the reranker, which asks that of its candidates anyway."""
    found = looking.titles(_with_words(looking.coverage, index, matching))
    written = _written(looking, found)
    if matching.filters is not None and written:
        kept = index.among(matching.filters, written)
        written = [paper_id for paper_id in written if paper_id in kept]
    known = {title.paper_id for title in found}
    titles = [*found, *looking.titles([paper_id for paper_id in written if paper_id not in known])]
    alike = {title.paper_id: looking.likeness(title) for title in titles}
    best = nlargest(BEST, alike, key=alike.__getitem__)
    proposed = dict.fromkeys([*best, *written])
    return Ranking("title", ranked((paper_id, alike[paper_id]) for paper_id in proposed), total=len(proposed))


def _with_words(coverage: Coverage, index: LexicalIndex, matching: Matching) -> list[int]:
    """Papers whose titles have words that may be meant, by BM25 over the title."""
    alternatives = [
        tantivy.Query.disjunction_max_query([index.boosted("title", *each) for each in meant.terms.items()])
        for meant in coverage.meant
        if meant.terms
    ]
    if not alternatives:
        return []
    wanted = tantivy.Query.boolean_query([(Occur.Should, each) for each in alternatives])
    return index.best(wanted, matching.filters, FOUND)


def _written(looking: TitleSearch, found: Sequence[Title]) -> list[int]:
    """Papers whose titles the model writes, looking ahead to those found."""
    rows = [title.row for title in found]
    bits = [looking.coverage.bits(title.terms) for title in found]

    def prefix_bits(prefix: tuple[int, ...]) -> int:
        return looking.coverage.bits(looking.terms(prefix))

    leaves = decode(
        looking.trie, looking.reader.next_scores(looking.read), WIDTH, WRITTEN, gain(rows, bits, prefix_bits), STEPS
    )
    papers = [paper for leaf in leaves for paper in looking.trie.paper_ids(np.array(leaf.rows)).tolist()]
    return papers[: 2 * WRITTEN]


def _own_stems(text: str) -> list[str]:
    """The stems of a query's words; of the common ones only where there are no others, of unspaced scripts only where
    there is no translation of them."""
    own = [word for word in words(text) if word not in COMMON] or words(text)
    stems = dict.fromkeys(term for word in own for term in analyzer(True).analyze(word))
    return [stem for stem in stems if not UNSPACED.match(stem)] if translations(text) else list(stems)


def _coverage(text: str, stems: Sequence[str], index: LexicalIndex) -> Coverage:
    size = index.size()

    @cache
    def idf(term: str) -> float:
        papers = index.frequency("title", term)
        return math.log(1 + (size - papers + 0.5) / (papers + 0.5))

    meant = [_meant({stem: 1.0} | _near(stem, index), idf) for stem in stems]
    glossed = [{term: 1 / len(sense) for sense in senses for term in _stems(sense)} for senses in translations(text)]
    return Coverage([*meant, *(_meant(terms, idf) for terms in glossed)], idf)


def _stems(sense: Sequence[str]) -> list[str]:
    return list(analyzer(True).analyze(" ".join(sense)))


def _meant(terms: dict[str, float], idf: Any) -> Meant:
    return Meant(terms, max((idf(term) * surely for term, surely in terms.items()), default=0.0))


def _near(stem: str, index: LexicalIndex) -> dict[str, float]:
    """Words of titles that a rare or unknown one may be a misspelling of."""
    if len(stem) < SHORTEST or index.frequency("title", stem) > RARE:
        return {}
    known = vocabulary(index, "title", papers=1)
    if known is None:
        return {}
    return {word: _SURELY[apart] for word, _, apart in known.near(stem, 1 if len(stem) < 6 else 2, _NEAR) if apart}
