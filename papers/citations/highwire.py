"""Highwire's `citation_*` tags, which Google Scholar, Zotero and others read from a paper's page. Pure."""

from collections.abc import Iterator

from papers.citations.cited import CitedName, CitedPaper, Kind
from papers.tex import plain_text


def tags(paper: CitedPaper) -> list[tuple[str, str]]:
    """Names and contents in the order in which they count: an affiliation belongs to the author before it."""
    return [(f"citation_{name}", content) for name, content in _tags(paper) if content]


def _tags(paper: CitedPaper) -> Iterator[tuple[str, str]]:
    yield "title", plain_text(paper.title)
    for author in paper.authors:
        yield "author", _person(author)
        yield "author_institution", author.affiliation
    yield "publication_date", paper.date.joined("/") if paper.date else ""
    yield "online_date", paper.online.joined("/") if paper.online else ""
    yield "journal_title", plain_text(paper.container) if paper.kind is Kind.JOURNAL else ""
    yield "conference_title", plain_text(paper.container) if paper.kind is Kind.CONFERENCE else ""
    yield "series_title", paper.series
    yield "volume", paper.volume
    yield "issue", paper.number
    yield "firstpage", paper.first_page
    yield "lastpage", paper.last_page
    yield "publisher", paper.publisher
    yield "arxiv_id", paper.arxiv_id
    yield "doi", paper.doi
    yield "technical_report_number", paper.report_no
    yield "pdf_url", paper.pdf_url
    yield "abstract_html_url", paper.page
    yield "language", paper.language
    yield from (("keywords", word.replace(";", ",")) for word in (*paper.keywords, *paper.categories))
    yield "abstract", plain_text(paper.abstract)


def _person(name: CitedName) -> str:
    """Zotero parts several authors in one tag at semicolons, and at a comma with spaces on both sides of it: a family
    name of several words is tied together."""
    if not name.family:
        return name.name.replace(";", ",")
    tied = CitedName(name.name, name.family.replace(" ", "\u00a0"), name.given, name.suffix)
    return tied.sorting.replace(";", ",")
