"""The arms of the first stage, each on its own: what one of them loses is logged, and costs the others nothing."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import Error as DatabaseError

from search.dictionary import NoDictionary
from search.encoder import MULTILINGUAL, Encoded, Vectors, encoder
from search.models import EmbeddingModel, Role
from search.query import Query
from search.ranking import Ranking
from search.retrieval import dense, lexical, title
from search.retrieval.lexical import LexicalIndex, Matching
from search.retrieval.title import TitleSearch
from search.title.evidence import Evidence
from search.title.reader import NoModel
from search.title.segments import NoTitles

log = logging.getLogger(__name__)

# How many papers of each arm are scored by all.
DEPTH = 200


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers that a query is about, in the index that was asked for them."""

    index: LexicalIndex
    matching: Matching

    def count(self) -> int:
        return self.index.count(self.matching.both)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query as an embedding model reads it."""

    model: EmbeddingModel
    encoded: Encoded


def papers(query: Query, upto: int | None) -> Papers | None:
    try:
        opened = lexical.index()
        return Papers(opened, opened.matching(query, upto))
    except (lexical.NoIndex, ValueError, OSError) as error:
        log.warning("no lexical results: %s", error)
        return None


def words(about: Papers | None, depth: int) -> Ranking | None:
    try:
        return about.index.search(about.matching, depth) if about else None
    except (ValueError, OSError) as error:
        log.warning("no lexical results: %s", error)
        return None


def read(query: Query, role: Role) -> Meaning | None:
    """The query by the active model of a role."""
    if not query.plain:
        return None
    try:
        model = dense.active_model(role)
        return Meaning(model, dense.encode_query(model, query.plain))
    except dense.NoVectors:
        return None  # a new installation: the page says so, and a line of the log for each query would hide the rest
    except (DatabaseError, OSError, RuntimeError) as error:
        log.warning("no %s query vector: %s", role, error)
        return None


def nearest(meaning: Meaning | None, query: Query, about: Papers | None) -> Ranking | None:
    """None too where the filters cannot be kept to, without the index that knows them."""
    if meaning is None or (about is None and query.filters):
        return None
    only = about.index.selected(about.matching) if about else None
    try:
        return dense.search(meaning.model, meaning.encoded.vector, DEPTH, only)
    except DatabaseError as error:
        log.warning("no %s results: %s", meaning.model.role, error)
        return None


def look_at_titles(query: Query, meaning: Meaning | None, about: Papers | None) -> TitleSearch | None:
    """The query as the title model reads it."""
    if about is None or not query.plain:
        return None
    try:
        encoded = meaning.encoded if meaning else encoder(MULTILINGUAL, wait=False).encode_query(query.plain)
        return title.begin(query.plain, encoded.states, about.index) if encoded.states is not None else None
    except (NoModel, NoTitles, NoDictionary, OSError, RuntimeError, ValueError) as error:
        log.warning("no titles: %s", error)
        return None


def titles(looking: TitleSearch, about: Papers) -> Ranking | None:
    try:
        return title.search(looking, about.index, about.matching)
    except (OSError, RuntimeError, ValueError) as error:
        log.warning("no titles: %s", error)
        return None


def vectors(paper_ids: list[int]) -> Mapping[int, Vectors]:
    """The papers' vectors by the dense arm's model, which compares papers well whatever the query is in."""
    try:
        return dense.vectors(dense.active_model(), paper_ids)
    except dense.NoVectors:
        return {}
    except DatabaseError as error:
        log.warning("no vectors of candidates: %s", error)
        return {}


def weigh(looking: TitleSearch, paper_ids: list[int]) -> Mapping[int, Evidence]:
    try:
        return looking.weigh(paper_ids)
    except (OSError, RuntimeError, ValueError) as error:
        log.warning("titles not weighed: %s", error)
        return {}
