"""A paper by what stands in an address."""

from papers import finding
from papers.identifiers import arxiv_id
from papers.models import Paper

LONGEST = 500


def paper_of(key: str) -> Paper | None:
    """By an arXiv id or `<id>@<source>`; None for what names no paper that is here."""
    if len(key) > LONGEST or "\x00" in key:
        return None
    named = arxiv_id(key)
    return finding.by_arxiv_id(named) if named else finding.by_venue_key(key)
