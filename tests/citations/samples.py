"""Papers to cite."""

from dataclasses import replace
from typing import Any

from papers.citations.cited import CitedDate, CitedList, CitedName, CitedPaper, Kind

ADA, ALAN = CitedName("Ada Lovelace", "Lovelace", "Ada"), CitedName("Alan Turing", "Turing", "Alan")

PREPRINT = CitedPaper(
    key="2503.00001",
    kind=Kind.PREPRINT,
    title="On computable engines",
    authors=(ADA, ALAN),
    date=CitedDate(2025, 3, 17),
    online=CitedDate(2025, 3, 17),
    publisher="arXiv",
    arxiv_id="2503.00001",
    categories=("cs.CL", "cs.AI"),
    url="https://arxiv.org/abs/2503.00001",
    pdf_url="https://arxiv.org/pdf/2503.00001",
    page="http://127.0.0.1:8000/arxiv/2503.00001",
    abstract="We compute.",
)
IN_PROCEEDINGS = replace(
    PREPRINT,
    kind=Kind.CONFERENCE,
    date=CitedDate(2025, 7),
    container="Proceedings of the 63rd Annual Meeting of the Association for Computational Linguistics",
    venue="ACL 2025",
    track="Long",
    pages="11–23",
    publisher="",
    doi="10.18653/v1/2025.acl-long.1",
    url="https://aclanthology.org/2025.acl-long.1/",
    keywords=("engines", "numbers"),
)
IN_JOURNAL = replace(
    IN_PROCEEDINGS,
    key="J25-1001@ACL",
    kind=Kind.JOURNAL,
    container="Computational Linguistics",
    venue="CL 2025",
    track="",
    volume="51",
    number="2",
    arxiv_id="",
    categories=(),
)


def listed(*papers: CitedPaper, **fields: Any) -> CitedList:
    return CitedList(**{"title": "A list", "url": "http://127.0.0.1:8000/list", "papers": papers, **fields})


def titled(title: str, **fields: Any) -> CitedPaper:
    return replace(PREPRINT, title=title, **fields)
