"""Plain BM25 over one field of the same index: what any search engine gives for nothing, to compare with."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import tantivy

from search.analysis import query_text
from search.evaluation.outcomes import Timed
from search.indexing import lexical

DEPTH = 1_000

Peer = Callable[[str], Timed]


class NoIndex(RuntimeError):
    """There is no BM25 index to search; the message names the remedy."""


def peers() -> dict[str, Peer]:
    """`stemmed` and `exact`: title and abstract in one field, with and without stemming. Raises NoIndex."""
    folder = lexical.current()
    if folder is None:
        raise NoIndex("the BM25 index has not been built yet: run `manage.py index follow`")
    index = lexical.open_index(folder)
    return {
        "stemmed": _peer(index, "body", lexical.stemmed()),
        "exact": _peer(index, "exact", lexical.unstemmed()),
    }


def _peer(index: Any, field: str, analyzer: Any) -> Peer:
    searcher, schema = index.searcher(), index.schema

    def search(text: str) -> Timed:
        started = time.perf_counter()
        terms = Counter(analyzer.analyze(query_text(text)))
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, term), count))
            for term, count in terms.items()
        ]
        hits = searcher.search(tantivy.Query.boolean_query(wanted), limit=DEPTH, count=False).hits if wanted else []
        paper_ids = searcher.fast_field_values("paper_id", [address for _, address in hits]) if hits else []
        return Timed(paper_ids, (time.perf_counter() - started) * 1000)

    return search
