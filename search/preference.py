"""What a reader's own words are worth in given papers: BM25 of each over title and abstract, in any inflection."""

import logging
from collections import defaultdict
from collections.abc import Sequence

from papers.preference import Scores, Word
from search.retrieval import lexical
from search.retrieval.lexical import LexicalIndex

log = logging.getLogger(__name__)


def scores(words: Sequence[Word], paper_ids: Sequence[int]) -> Scores | None:
    """By paper id, the words that a paper holds; None without an index."""
    try:
        return _scores(lexical.index(), words, list(paper_ids))
    except (lexical.NoIndex, ValueError, OSError) as error:
        log.warning("no order by words: %s", error)
        return None


def _scores(index: LexicalIndex, words: Sequence[Word], paper_ids: list[int]) -> Scores:
    found: defaultdict[int, list[tuple[Word, float]]] = defaultdict(list)
    for word, held in zip(words, index.score_each([word.text for word in words], paper_ids), strict=True):
        for paper_id, score in held.items():
            found[paper_id].append((word, score))
    return found
