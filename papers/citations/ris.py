"""RIS: `CONF`, `JOUR`, and `UNPB` for preprints; a tag on each line, UTF-8, lines ended as the format wants them. Pure.

The name of the proceedings stands in T2 (what most programs read) and in C3 (where Zotero and EndNote look for it)."""

from collections.abc import Iterator

from papers.addresses import encoded
from papers.citations.cited import CitedList, CitedName, CitedPaper, Kind
from papers.tex import plain_text

_TYPES = {Kind.CONFERENCE: "CONF", Kind.JOURNAL: "JOUR", Kind.PREPRINT: "UNPB"}


def ris(listed: CitedList) -> str:
    """A file of one entry a paper. RIS knows no comments, so `note` is not in it."""
    return "".join(map(entry, listed.papers))


def entry(paper: CitedPaper) -> str:
    """One paper, from its type to the line that ends it."""
    lines = [f"{tag}  - {line}\r\n" for tag, value in _tags(paper) if (line := " ".join(value.split()))]
    return "".join(lines) + "ER  - \r\n\r\n"


def _tags(paper: CitedPaper) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[paper.kind]
    yield "ID", paper.key
    yield "TI", plain_text(paper.title)
    yield from (("AU", _person(author)) for author in paper.authors)
    yield from (("A2", _person(editor)) for editor in paper.editors)
    if paper.date:
        yield "PY", str(paper.date.year)
        yield "DA", "/".join([paper.date.joined("/"), *[""] * (3 - len(paper.date.parts))]) + "/"
    yield "T2", plain_text(paper.container)
    yield "C3", plain_text(paper.container) if paper.kind is Kind.CONFERENCE else ""
    yield "T3", paper.series
    yield "VL", paper.volume
    yield "IS", paper.number
    yield "SP", paper.first_page
    yield "EP", paper.last_page
    yield "PB", paper.publisher
    yield "DO", paper.doi
    yield "AN", f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else ""
    yield "UR", encoded(paper.url, ";")  # some programs take a semicolon for the beginning of another address
    yield "L1", encoded(paper.pdf_url, ";")
    yield from (("KW", word) for word in (*paper.keywords, *paper.categories))
    yield "LA", paper.language
    yield "N1", f"Withdrawn: {plain_text(paper.withdrawn)}" if paper.withdrawn else ""
    yield "AB", plain_text(paper.abstract)


def _person(name: CitedName) -> str:
    """`Family, Given, Suffix`. A comma in a group's name would make a family name of what stands before it."""
    return name.sorting if name.family else name.name.replace(",", " ")
