"""Papers of both branches for searches that filter."""

from datetime import UTC, date, datetime

from papers.models import Venue
from papers.record import Appearance, Author, Link, PaperRecord
from search.indexing import follow
from search.query import parse
from search.retrieval.lexical import index
from tests.search.conftest import key_of, put


def person(name: str) -> Author:
    given, _, family = name.rpartition(" ")
    return Author(name, family, given)


def preprint(
    key: str, title: str, abstract: str, *authors: str, categories: str = "cs.CL", **more: object
) -> PaperRecord:
    year, month = int(f"20{key[:2]}"), int(key[2:4])
    values: dict[str, object] = {
        "source": "arxiv",
        "source_id": key,
        "title": title,
        "abstract": abstract,
        "authors": tuple(map(person, authors)),
        "categories": tuple(categories.split()),
        "pdf_url": f"https://arxiv.org/pdf/{key}",
        "submitted": datetime(year, month, 12, tzinfo=UTC),
    }
    return PaperRecord(**(values | more))  # type: ignore[arg-type]


def proceedings(
    key: str, title: str, *authors: str, edition: str, track: str = "", day: date | None = None
) -> PaperRecord:
    return PaperRecord(
        source="acl",
        source_id=key,
        title=title,
        authors=tuple(map(person, authors)),
        published=day or date(int(edition[-4:]), 7, 1),
        appearances=(Appearance(edition, track),),
    )


def keep() -> None:
    """Ten papers, indexed."""
    put(
        preprint("1706.03762", "Attention is all you need", "Beam search over layers of attention.", "Ashish Vaswani",
                 "Noam Shazeer", doi="10.1000/abc", links=(Link("code", "https://example.org/code"),)),
        preprint("1802.00001", "Attention for speech", "Speech is decoded by beam search.", "Ada Lovelace", "A. Turing",
                 categories="cs.SD cs.CL"),
        preprint("1903.00002", "Searching beams of light", "Optics, not language.", "Grace Vasquez",
                 categories="physics.optics"),
        preprint("2005.00003", "Graph-based parsing", "Trees from graphs.", "Joakim Nivre", categories="cs.CL cs.LG"),
        preprint("2101.00004", "Operators in mathematical physics", "We bound a spectrum.", "Paul Erdős",
                 categories="math.MP math-ph"),
        preprint("2302.00005", "机器翻译中的注意力机制", "我们研究神经网络如何翻译。", "Wei Zhang", categories="cs.CL"),
        preprint("2403.00006", "Words without an abstract", "", "Jan Berg", categories="stat.ML"),
    )  # fmt: skip
    put(
        proceedings("P19-1001", "Attention at a venue", "Grace Hopper", edition="ACL.2019", track="Long"),
        proceedings("P19-2001", "Speech at a venue", "Alan Turing", edition="ACL.2019", track="Long Demonstrations"),
        proceedings("N18-1001", "Beam search at another venue", "Ada Lovelace", edition="NeurIPS.2018", track="Oral"),
    )
    Venue.objects.filter(name="ACL").update(aliases=["Annual Meeting"], full_name="Association for Everything")
    follow.follow_lexical()


def matching(text: str) -> set[str]:
    """Ids of the papers that a query is about."""
    opened = index()
    opened.refresh()
    found = opened.matching(parse(text))
    return {key_of(paper_id) for paper_id in opened.paper_ids(found.both, 1_000)}
