"""schema.org's ScholarlyArticle, for search engines. Pure."""

from typing import Any

from papers.citations.cited import CitedName, CitedPaper, Kind
from papers.tex import plain_text


def scholarly_article(paper: CitedPaper) -> dict[str, Any]:
    """One paper as JSON-LD, without empty fields."""
    title = plain_text(paper.title)
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "ScholarlyArticle",
            "@id": paper.page,
            "url": paper.page,
            "headline": title[:110],
            "name": title,
            "author": [_person(author) for author in paper.authors],
            "editor": [_person(editor) for editor in paper.editors],
            "datePublished": paper.date.joined("-") if paper.date else "",
            "dateCreated": paper.online.joined("-") if paper.online else "",
            "abstract": plain_text(paper.abstract),
            "inLanguage": paper.language,
            "keywords": [*paper.keywords, *paper.categories],
            "isPartOf": _part_of(paper),
            "pagination": paper.pages.replace("–", "-"),
            "publisher": {"@type": "Organization", "name": paper.publisher} if paper.publisher else None,
            "identifier": _identifiers(paper),
            "sameAs": _elsewhere(paper),
            "encoding": _file(paper),
            "license": paper.licence,
            "creativeWorkStatus": "Withdrawn" if paper.withdrawn else "",
        }
    )


def _person(name: CitedName) -> dict[str, Any]:
    if not name.family:
        return {"@type": "Organization" if " " in name.name else "Person", "name": name.name}
    affiliation = {"@type": "Organization", "name": name.affiliation} if name.affiliation else None
    parts = {"familyName": name.family, "givenName": name.given, "honorificSuffix": name.suffix}
    return _filled({"@type": "Person", "name": name.name, **parts, "affiliation": affiliation})


def _part_of(paper: CitedPaper) -> dict[str, Any] | None:
    container = plain_text(paper.container)
    if not container:
        return None
    if paper.kind is Kind.CONFERENCE:
        return (
            {"@type": "PublicationVolume", "name": container, "volumeNumber": paper.volume}
            if paper.volume
            else {"@type": "Book", "name": container}
        )
    journal = {"@type": "Periodical", "name": container}
    volume = {"@type": "PublicationVolume", "volumeNumber": paper.volume, "isPartOf": journal}
    issue = {"@type": "PublicationIssue", "issueNumber": paper.number, "isPartOf": volume}
    return issue if paper.volume and paper.number else volume if paper.volume else journal


def _identifiers(paper: CitedPaper) -> list[dict[str, str]]:
    known = {"doi": paper.doi, "arXiv": paper.arxiv_id, "report number": paper.report_no}
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in known.items() if value]


def _elsewhere(paper: CitedPaper) -> list[str]:
    found = (
        paper.url,
        f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else "",
        f"https://doi.org/{paper.doi}" if paper.doi else "",
    )
    return list(dict.fromkeys(address for address in found if address and address != paper.page))


def _file(paper: CitedPaper) -> dict[str, str] | None:
    if not paper.pdf_url:
        return None
    return {"@type": "MediaObject", "contentUrl": paper.pdf_url, "encodingFormat": "application/pdf"}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
