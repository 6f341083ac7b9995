"""The second stage: reads the first candidates again, with more care than the whole catalogue could be given. Pure.

To the fused score (1 for the first) is added what the title model knows of a paper's title, and mixed in how like the
paper is to the first ones (search.feedback). Both are kept from doing harm:

    A title speaks only where it covers most of the query, or some of a query with words that no paper has, as one has
    that is misspelt. A question about a topic is left alone.
    Feedback never displaces the first paper of a query in words that the dense arm's encoder knows: who looks for one
    paper has found it.

Without evidence the order stays as it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from search.ranking import Hit, Ranking
from search.title.evidence import Evidence

NAME, FEEDBACK, NONE = "seq2seq-prefix-tree", "feedback", "none"
DEPTH, TITLES = 50, 20

# Fitted on known items and dev collections (DECISIONS.md). The share of a query that a title must cover to speak: of
# one whose words are all known, and of one with doubtful words.
COVERS, COVERS_SOME = 0.75, 0.4
# The share of doubtful words from which on the second holds in full.
DOUBTFUL = 0.25
# A title's weight, and what is added where the query covers it too, and where the model finds it likely (each 0 to 1).
SURE, SURE_TITLE, SURE_MODEL = 0.65, 0.15, 0.3
DOUBT, DOUBT_TITLE, DOUBT_MODEL = 2.6, 0.3, 0.6
# In other languages: what query and title cover of each other, where words have many translations.
FOREIGN_BOTH = 0.3
# Nats at which the model's pointwise mutual information counts as certain.
CERTAIN = 15.0
# For a paper that holds the whole query where few do (search.retrieval.lexical).
WHOLE = 0.5
MIXED = 0.2  # the part of a score that feedback makes up


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of the candidates: evidence of their titles, the share of the query's words that are `doubtful`,
    `likeness` to the first ones, whether the query is in a language that the dense arm's encoder does not know, and the
    few papers that hold the `whole` query."""

    evidence: Mapping[int, Evidence] = field(default_factory=lambda: MappingProxyType({}))
    doubtful: float = 0.0
    likeness: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    is_foreign: bool = False
    whole: frozenset[int] = frozenset()

    @property
    def reranker(self) -> str:
        return NAME if self.evidence else FEEDBACK if self.likeness or self.whole else NONE


def candidates(ranking: Ranking, titles: Ranking | None, whole: Iterable[int] = ()) -> dict[int, float]:
    """The papers to be looked at, with their scores as parts of the best: the first of the fused order, those whose
    titles the query may mean, and the few that hold the whole query."""
    scores = ranking.scores
    best = max(scores.values(), default=0.0) or 1.0
    wanted = dict.fromkeys([*ranking.paper_ids[:DEPTH], *(titles.paper_ids[:TITLES] if titles else ()), *sorted(whole)])
    return {paper_id: max(scores.get(paper_id, 0.0), 0.0) / best for paper_id in wanted}


def rerank(ranking: Ranking, scores: Mapping[int, float], signals: Signals) -> Ranking:
    """`scores` are those of `candidates`. Candidates by their new scores, then the rest in their order."""
    if signals.reranker == NONE:
        return replace(ranking, stage="reranked")
    mixed = _mixed(scores, signals)
    final = {
        paper_id: score + _title(paper_id, signals) + WHOLE * (paper_id in signals.whole)
        for paper_id, score in mixed.items()
    }
    order = sorted(final, key=lambda paper_id: -final[paper_id])  # equal ones as they were
    hits = tuple(Hit(paper_id, rank, final[paper_id]) for rank, paper_id in enumerate(order, start=1))
    reranked = Ranking("reranked", hits).followed_by(ranking.paper_ids)
    return replace(reranked, total=ranking.total + len(reranked.hits) - len(ranking.hits))


def _mixed(scores: Mapping[int, float], signals: Signals) -> dict[int, float]:
    like = signals.likeness
    mixed = {
        paper_id: (1 - MIXED) * score + MIXED * like[paper_id] if paper_id in like else score
        for paper_id, score in scores.items()
    }
    if mixed and not signals.is_foreign:
        mixed[next(iter(mixed))] = max(mixed.values())
    return mixed


def _title(paper_id: int, signals: Signals) -> float:
    """What a paper's title adds to its score."""
    evidence = signals.evidence.get(paper_id)
    if evidence is None:
        return 0.0
    likely = max(-1.0, min(1.0, evidence.pmi / CERTAIN))
    sure = SURE + SURE_TITLE * evidence.of_title + SURE_MODEL * likely
    doubt = DOUBT + DOUBT_TITLE * evidence.of_title + DOUBT_MODEL * likely
    return (
        _beyond(evidence.of_query, COVERS) * sure
        + min(1.0, signals.doubtful / DOUBTFUL) * _beyond(evidence.of_query, COVERS_SOME) * doubt
        + FOREIGN_BOTH * signals.is_foreign * evidence.of_query * evidence.of_title
    )


def _beyond(share: float, least: float) -> float:
    """0 up to the least share, 1 for all."""
    return max(share - least, 0.0) / (1.0 - least)
