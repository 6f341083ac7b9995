"""CSV, for spreadsheets and scripts. Pure.

The byte order mark in front tells Excel that it is UTF-8; readers of CSV pass over it. A cell that a spreadsheet would
run as a formula gets an apostrophe in front. Columns that `ingest proceedings` reads bear the names it knows."""

import csv
import io

from papers.citations.cited import CitedList, CitedPaper
from papers.tex import plain_text

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "|", "%")
COLUMNS = (
    "id", "title", "authors", "year", "published", "venue", "track", "container", "volume", "number", "pages", "type",
    "doi", "arxiv", "categories", "keywords", "url", "pdf", "page", "language", "withdrawn", "abstract",
)  # fmt: skip


def table(listed: CitedList) -> str:
    """A file: the names of the columns, then a row for each paper. It has no place for `note`."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows(map(row, listed.papers))
    return "\ufeff" + written.getvalue()


def row(paper: CitedPaper) -> list[str]:
    """The cells of one paper, without TeX."""
    cells = (
        paper.key,
        plain_text(paper.title),
        "; ".join(author.sorting.replace(";", ",") for author in paper.authors),
        str(paper.date.year) if paper.date else "",
        paper.date.joined("-") if paper.date else "",
        paper.venue,
        paper.track,
        plain_text(paper.container),
        paper.volume,
        paper.number,
        paper.pages,
        str(paper.kind),
        paper.doi,
        paper.arxiv_id,
        " ".join(paper.categories),
        "; ".join(word.replace(";", ",") for word in paper.keywords),
        paper.url,
        paper.pdf_url,
        paper.page,
        paper.language,
        plain_text(paper.withdrawn),
        plain_text(paper.abstract),
    )
    return [cell(text) for text in cells]


def cell(text: str) -> str:
    """The text on one line, and never a formula."""
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text
