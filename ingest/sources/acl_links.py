"""What stands beside an Anthology paper - code, data, video, corrections, awards - and where its file is. Pure."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.sources.acl_markup import ANTHOLOGY, anthology_url, plain_text, web_url
from papers.record import Link


def addresses(paper: Element, paper_id: str) -> tuple[str, str]:
    """(landing URL, PDF URL or ""). A paper kept elsewhere lands there, unless that address is its PDF."""
    landing = f"{ANTHOLOGY}{paper_id}/"
    url = (paper.findtext("url") or "").strip()
    if not (elsewhere := web_url(url)):
        return landing, anthology_url(url, suffix=".pdf")
    return (landing, elsewhere) if elsewhere.lower().endswith(".pdf") else (elsewhere, "")


def links(paper: Element) -> tuple[Link, ...]:
    """The links in a fixed order, each once. An award is a link without an address."""
    found = (link for link in _all(paper) if link.url or (link.kind == "award" and link.label))
    return tuple(dict.fromkeys(found))


def _all(paper: Element) -> Iterator[Link]:
    for code in paper.findall("pwccode"):
        yield Link("code", web_url(code.get("url")), plain_text(code))
    for dataset in paper.findall("pwcdataset"):
        yield Link("dataset", web_url(dataset.get("url")), plain_text(dataset))
    for video in paper.findall("video"):
        if video.get("permission") != "false":
            yield Link("video", anthology_url(video.get("href")))
    for attachment in paper.findall("attachment"):
        label = attachment.get("type", "")
        yield Link("attachment", anthology_url(attachment.text, prefix="attachments/"), label)
    for erratum in paper.findall("erratum"):
        yield Link("erratum", anthology_url(erratum.text, suffix=".pdf"), erratum.get("date", ""))
    for revision in paper.findall("revision"):
        label = plain_text(revision) or f"Version {revision.get('id', '')}".strip()
        yield Link("revision", anthology_url(revision.get("href"), suffix=".pdf"), label)
    for award in paper.findall("award"):
        yield Link("award", "", plain_text(award))
