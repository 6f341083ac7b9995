r"""BibTeX, for BibTeX and biber alike: UTF-8, `@inproceedings`, `@article`, and `@misc` for preprints.

Titles keep their formulas; everything else that means something to TeX is escaped (see `bibtex_text`). Addresses, DOIs
and eprints stand as they are, for styles print them verbatim; what could break the entry is %-encoded in them. A paper
that appeared somewhere keeps its `eprint` beside that."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from papers.addresses import encoded
from papers.citations import bibtex_text as tex
from papers.citations.cited import CitedList, CitedName, CitedPaper, Kind
from papers.citations.keys import citation_keys

_TYPES = {Kind.CONFERENCE: "inproceedings", Kind.JOURNAL: "article", Kind.PREPRINT: "misc"}
_CONTAINERS = {Kind.CONFERENCE: "booktitle", Kind.JOURNAL: "journal", Kind.PREPRINT: "howpublished"}
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BREAKING = re.compile(r"[\\{}\s]")


def bibtex(listed: CitedList) -> str:
    """A file. What stands before the first entry is a comment to every reader of BibTeX, as long as it has no @."""
    said = [" ".join(line.replace("@", " at ").split()) for line in (listed.title, listed.url, listed.note) if line]
    entries = map(entry, listed.papers, citation_keys(listed.papers))
    return "\n\n".join(["\n".join(f"% {line}" for line in said), *entries]) + "\n"


def entry(paper: CitedPaper, key: str, with_abstract: bool = True) -> str:
    """One paper, a field on each line."""
    fields = [f"  {name} = {value}" for name, value in _fields(paper) if with_abstract or name != "abstract"]
    return ",\n".join([f"@{_TYPES[paper.kind]}{{{key}", *fields]) + "\n}"


def _fields(paper: CitedPaper) -> Iterator[tuple[str, str]]:
    """Names and values; no field is empty. A month is one of the names that every style defines."""
    for name, value in _texts(paper):
        if value:
            yield name, f"{{{value}}}"
        if name == "year" and paper.date and paper.date.month:
            yield "month", _MONTHS[paper.date.month]


def _texts(paper: CitedPaper) -> Iterator[tuple[str, str]]:
    is_preprint = paper.kind is Kind.PREPRINT
    yield "title", tex.title(paper.title)
    yield "author", " and ".join(map(person, paper.authors))
    yield "editor", " and ".join(map(person, paper.editors))
    yield _CONTAINERS[paper.kind], "" if is_preprint else tex.prose(paper.container)
    yield "series", tex.prose(paper.series)
    yield "year", str(paper.date.year) if paper.date else ""
    yield "volume", tex.name(paper.volume)
    yield "number", tex.name(paper.number)
    yield "pages", tex.name(paper.pages).replace("–", "--")
    yield "doi", _verbatim(paper.doi)
    yield "eprint", _verbatim(paper.arxiv_id)
    yield "archivePrefix", "arXiv" if paper.arxiv_id else ""
    yield "primaryClass", tex.name(paper.categories[0]) if paper.arxiv_id and paper.categories else ""
    yield "url", encoded(paper.url)
    yield "keywords", ", ".join(tex.name(word.replace(",", " ")) for word in paper.keywords)
    yield "language", paper.language if paper.language != "en" else ""
    yield "note", "Withdrawn" if paper.withdrawn else ""
    yield "abstract", tex.prose(paper.abstract)


def person(name: CitedName) -> str:
    """`Family, Given`; a group, or whatever BibTeX would take apart wrongly, in braces."""
    if not name.family:
        return f"{{{tex.name(name.name)}}}"
    parts = (name.family, name.suffix, name.given)
    return ", ".join(_part(part) for part in parts if part)


def _verbatim(text: str) -> str:
    """As it is, but for what would end the field."""
    return _BREAKING.sub(lambda match: quote(match[0]), text)


def _part(text: str) -> str:
    """In braces where a comma or an `and` would part it, or where it has escapes, which many a parser trips over."""
    escaped = tex.name(text)
    return f"{{{escaped}}}" if "," in text or "and" in text.lower().split() or escaped != text else escaped
