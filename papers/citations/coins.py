"""COinS: a paper as an OpenURL in the title of an empty span, which reference managers find in any page. Pure."""

from collections.abc import Iterator
from urllib.parse import quote_plus

from papers.citations.cited import CitedPaper, Kind
from papers.tex import plain_text

MAX_AUTHORS = 40  # as many as a list shows: a page of collaborations would double in size
_VERSION = "ctx_ver=Z39.88-2004&rfr_id=info%3Asid%2Fcoolpapers&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3A"
# A preprint goes as Dublin Core, the one format that knows neither books nor journals.
_BEGINNINGS = {
    Kind.CONFERENCE: f"{_VERSION}book&rft.genre=proceeding",
    Kind.JOURNAL: f"{_VERSION}journal&rft.genre=article",
    Kind.PREPRINT: f"{_VERSION}dc&rft.type=preprint",
}


def coins(paper: CitedPaper) -> str:
    """The OpenURL. Lists have one on each card, so what never changes is written out."""
    entries = (f"&{name}={quote_plus(value)}" for name, value in _entries(paper) if value)
    return _BEGINNINGS[paper.kind] + "".join(entries)


def _entries(paper: CitedPaper) -> Iterator[tuple[str, str]]:
    yield "rft_id", f"info:doi/{paper.doi}" if paper.doi else ""
    yield "rft_id", paper.url
    yield from _dublin_core(paper) if paper.kind is Kind.PREPRINT else _in_print(paper)
    yield "rft.date", paper.date.joined("-") if paper.date else ""


def _dublin_core(paper: CitedPaper) -> Iterator[tuple[str, str]]:
    yield "rft.title", plain_text(paper.title)
    yield from (("rft.creator", author.sorting) for author in paper.authors[:MAX_AUTHORS])
    yield "rft.publisher", paper.publisher
    yield "rft.identifier", f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else ""


def _in_print(paper: CitedPaper) -> Iterator[tuple[str, str]]:
    yield "rft.atitle", plain_text(paper.title)
    yield "rft.jtitle" if paper.kind is Kind.JOURNAL else "rft.btitle", plain_text(paper.container)
    yield from (("rft.au", author.sorting) for author in paper.authors[:MAX_AUTHORS])
    yield "rft.volume", paper.volume
    yield "rft.issue", paper.number
    yield "rft.pages", paper.pages.replace("–", "-")
