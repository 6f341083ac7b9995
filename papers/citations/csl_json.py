"""CSL-JSON, which pandoc, citeproc, Zotero and Mendeley read. Pure."""

import json
from typing import Any

from papers.citations.cited import CitedList, CitedName, CitedPaper, Kind
from papers.citations.keys import citation_keys
from papers.tex import plain_text

_TYPES = {Kind.CONFERENCE: "paper-conference", Kind.JOURNAL: "article-journal", Kind.PREPRINT: "article"}


def csl_json(listed: CitedList) -> str:
    """An array of items. JSON knows no comments, so `note` is not in it."""
    items = map(item, listed.papers, citation_keys(listed.papers))
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


def item(paper: CitedPaper, key: str) -> dict[str, Any]:
    """One paper without its empty fields. Every name is one of the schema's."""
    arxiv = f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else ""
    is_preprint = paper.kind is Kind.PREPRINT
    withdrawn = f"Withdrawn: {plain_text(paper.withdrawn)}" if paper.withdrawn else ""
    fields = {
        "id": key,
        "type": _TYPES[paper.kind],
        "title": plain_text(paper.title),
        "author": [person(author) for author in paper.authors],
        "editor": [person(editor) for editor in paper.editors],
        "issued": {"date-parts": [list(paper.date.parts)]} if paper.date else None,
        "container-title": plain_text(paper.container),
        "container-title-short": paper.venue,
        "collection-title": paper.series,
        "volume": paper.volume,
        "issue": paper.number,
        "page": paper.pages.replace("–", "-"),
        "publisher": paper.publisher,
        "number": arxiv if is_preprint else "",
        "DOI": paper.doi,
        "URL": paper.url,
        "categories": list(paper.categories),
        "keyword": ", ".join(paper.keywords),
        "language": paper.language,
        "note": "; ".join(filter(None, ("" if is_preprint else arxiv, withdrawn))),
        "abstract": plain_text(paper.abstract),
    }
    return {name: value for name, value in fields.items() if value}


def person(name: CitedName) -> dict[str, str]:
    """A name in its parts, `literal` where it has none."""
    if not name.family:
        return {"literal": name.name}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}
