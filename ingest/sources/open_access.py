"""Lists and pages as CVF and ECVA print them: a dt with the title, a dd with authors and one with links below. Pure."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from ingest.sources import entries, html, names
from ingest.sources.entries import Entry
from ingest.sources.source import NotThisPage
from papers.identifiers import doi
from papers.record import Author, Link, PaperRecord

_KINDS = {
    "supp": ("attachment", "Supplementary material"),
    "supplementary material": ("attachment", "Supplementary material"),
    "video": ("video", ""),
    "code": ("code", ""),
    "dataset": ("dataset", ""),
}
_CHAPTER = re.compile(r"//link\.springer\.com/chapter/(10\.1007/[\w.()-]{1,100})", re.ASCII)


def rows(root: Any) -> Iterator[Entry]:
    """Each title with what stands below it, up to the next."""
    for title in root.iter("dt"):
        if "ptitle" in title.classes:
            below = takewhile(lambda element: element.tag != "dt", title.itersiblings())
            yield Entry(title, (title, *below))


def href(entry: Entry) -> str | None:
    anchor = entry.head.find(".//a[@href]")
    return anchor.get("href") if anchor is not None else None


def title(entry: Entry) -> str:
    anchor = entry.head.find(".//a")
    return entries.title(entries.text(anchor if anchor is not None else entry.head))


def people(entry: Entry) -> tuple[Author, ...]:
    """A form for each author, to search for others of theirs, or one plain line."""
    below = entry.parts[1:]
    searched = [field.get("value") or "" for part in below for field in part.iter("input") if _is_author(field)]
    if searched or not below or any(label == "pdf" for label, _ in _labelled(below[0].iter("a"))):
        return names.authors(map(entries.plain, searched))
    return names.listed(entries.text(below[0]))


def anchors(entry: Entry) -> Iterator[Any]:
    return (anchor for part in entry.parts[1:] for anchor in part.iter("a"))


def pdf(base: str, found: Iterable[Any]) -> str:
    urls = (entries.own(base, href) for label, href in _labelled(found) if label == "pdf")
    return next(filter(None, urls), "")


def links(base: str, found: Iterable[Any]) -> tuple[Link, ...]:
    told = ((_KINDS[label], html.link(base, href)) for label, href in _labelled(found) if label in _KINDS)
    return tuple(dict.fromkeys(link for (kind, label), url in told for link in entries.link(kind, url, label)))


def same_as(base: str, found: Iterable[Any]) -> tuple[str, ...]:
    told = (html.link(base, href) for label, href in _labelled(found) if label == "arxiv")
    return tuple(dict.fromkeys(paper for url in told for paper in entries.arxiv(url)))


def chapter(base: str, found: Iterable[Any]) -> str:
    """The DOI of a chapter at Springer."""
    told = (_CHAPTER.search(html.link(base, href)) for _, href in _labelled(found))
    return next((doi(match[1]) for match in told if match), "")


def told(root: Any, source: str, source_id: str, url: str) -> PaperRecord:
    """What the page of a paper says. Its place among the others and its day are the list's."""
    tags, found = html.citation(root), list(root.iter("a"))
    return PaperRecord(
        source=source,
        source_id=source_id,
        title=entries.title(_title(root, tags)),
        authors=_authors(root, tags),
        abstract=entries.abstract(_unquoted(entries.text(_named(root, "abstract")))),
        doi=doi(entries.stated(tags, "citation_doi")) or chapter(url, found),
        landing_url=url,
        pdf_url=entries.own(url, entries.stated(tags, "citation_pdf_url")) or pdf(url, found),
        links=links(url, found),
        same_as=same_as(url, found),
    )


def paper_page(body: bytes) -> Any:
    """The root of the page of a paper. Raises NotThisPage."""
    root = entries.whole(body)
    if not _title(root, html.citation(root)):
        raise NotThisPage("not the page of a paper")
    return root


def _title(root: Any, tags: dict[str, list[str]]) -> str:
    return entries.text(_named(root, "papertitle")) or entries.plain(entries.stated(tags, "citation_title"))


def _authors(root: Any, tags: dict[str, list[str]]) -> tuple[Author, ...]:
    """The tags tell the family name. The line on the page goes on with the proceedings."""
    tagged = names.authors(map(entries.plain, tags.get("citation_author", ())))
    line = _named(root, "authors")
    return tagged or names.listed(entries.text(line.find(".//i")) if line is not None else "")


def _unquoted(text: str) -> str:
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def _labelled(found: Iterable[Any]) -> Iterator[tuple[str, str]]:
    return ((html.text(anchor).lower(), anchor.get("href") or "") for anchor in found)


def _is_author(field: Any) -> bool:
    return field.get("name") == "query_author"


def _named(root: Any, name: str) -> Any:
    return root.find(f".//*[@id='{name}']")
