"""Lists as files of citations: their papers, and what the pages of lists offer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from papers import cards, finding
from papers.citations.cited import CitedPaper
from papers.citations.formats import FORMATS

MAX_PAPERS = 1_000  # of one file
MAX_ADDRESS = 6_000  # characters; gunicorn takes 8,190 with what stands around it, proxies often no more
_UNSAFE = re.compile(r"[^A-Za-z0-9._]+")


@dataclass(frozen=True, slots=True)
class ExportLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ExportMenu:
    """What a page offers of its list: a file in each format, and the address that keeps meaning this list, if that is
    not the page's own. `ids` are to be sent by POST, where they are too many for an address."""

    total: int
    links: tuple[ExportLink, ...]
    address: str = ""
    ids: str = ""

    @property
    def most(self) -> int:
        return MAX_PAPERS

    @property
    def is_cut(self) -> bool:
        return self.total > MAX_PAPERS


def menu(base: str, total: int, address: str = "", **parameters: str | None) -> ExportMenu:
    """Offers `base` (`/arxiv/cs.CL/export`) in every format, with those parameters that say something."""
    told = {name: value for name, value in parameters.items() if value}
    query = urlencode(told, safe=",@")
    posted = told.get("ids", "") if len(query) > MAX_ADDRESS else ""
    query = f"?{query}" if query and not posted else ""
    links = tuple(ExportLink(each.label, f"{base}.{each.extension}{query}") for each in FORMATS.values())
    return ExportMenu(total, links, address, posted)


def cited_papers(paper_ids: Sequence[int]) -> list[CitedPaper]:
    """Papers as they are cited, in the order of their ids. Two queries."""
    papers = finding.in_order(paper_ids)
    told = cards.told_of(paper.pk for paper in papers)
    return [cards.cited(paper, told[paper.pk]) for paper in papers]


def file_name(name: str, extension: str) -> str:
    """`coolpapers-cs.CL-2025-03-18.bib`: nothing that any system would take for a folder or a command."""
    plain = _UNSAFE.sub("-", name)[:80].strip("-.")
    return "-".join(filter(None, ("coolpapers", plain))) + f".{extension}"
