"""A small corpus that has something to show on every page, and the addresses of these pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from ingest.harvest import state
from ingest.models import AnnouncedList, HarvestedEdition, Job
from papers import interest
from papers.day_key import today
from papers.interest import Kind
from papers.readers import reader
from papers.record import AbstractKind, Version
from search.indexing.keywords import follow_keywords
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv, author

LONG_FORMULA = r"$" + "+".join(rf"\frac{{x_{{{n}}}}}{{y_{{{n}}}}}" for n in range(60)) + "$"
PAGES = {
    "home": "/",
    "list": "/arxiv/cs.CL?date=2025-03-18",
    "paper": "/arxiv/2503.00001",
    "venue": "/venue/ACL.2019",
    "venues": "/venue",
    "venues of a year": "/venue?year=2019",
    "no such venue": "/venue/ALC.2019",
    "author": "/author/Ada Lovelace",
    "search": "/search?query=sentence&highlight=1",
    "search with filters": "/search?query=sentence+cat:cs.CL+-zebra+colour:blue&highlight=1",
    "search by time": "/search?query=year:2025",
    "search for a misspelt word": "/search?query=sentense",
    "search form": "/search",
    "related": "/related/2503.00005",
    "search help": "/search/help",
    "waiting": "/arxiv/2104.12255",
    "a list that waits": "/arxiv/2503.00001,2104.12255",
    "status": "/status",
    "status of a day": "/status?day=2025-03-18",
    "status of a source": "/status?source=pmlr",
    "not found": "/arxiv/cs.ZZ",
    "empty day": "/arxiv/cs.CL?date=2024-01-01",
    "sorted by words": "/arxiv/cs.CL?date=2025-03-18&sort=sentence,parsing of trees,-unbroken",
    "sorted by interest": "/venue/ACL.2019?sort=1",
    "from any page": "/go",
    "from a page that names no paper": "/go?url=https://arxiv.org/a/lovelace_a_1",
    "from a DOI that is not here": "/go?url=10.1145/3580305.3599",
    "with the way back": "/arxiv/2503.00001?from=https%3A%2F%2Fwww.alphaxiv.org%2Fabs%2F2503.00001",
    "top": "/top",
    "top of a union": "/top/cs.CL+cs.AI-cs.CY?over=month",
}
NOT_FOUND = ("not found", "no such venue", "from a page that names no paper", "from a DOI that is not here")


def bring_in(keep: Keep, index: Callable[[], None], settings: Any) -> None:
    """Papers of a service that harvests: with lists, sources and trouble to show."""
    settings.CONTACT = "tests@example.org"
    AnnouncedList.objects.create(
        category="cs.CL", day=date(2025, 3, 18), new=30, cross=9, replaced=7, batch=b"", fetched=datetime.now(UTC)
    )
    HarvestedEdition.objects.create(source="pmlr", edition="COLT.2023", papers=170, announced=171)
    state.failed("pmlr", "the host answers 503: " + "unavailable" * 20)
    state.succeeded("arxiv-feed")
    state.raise_alarm("x", "of 2025-03-18 fewer papers are stored than announced in cs.CL, " + "cs.LG, " * 40)
    Job.objects.create(kind="edition", key="x", queue="venues", priority=2, state="dead", error="gone")
    keep(
        arxiv(
            "2503.00001",
            title=r"The sentence $\ell_1$ and $\mathcal{O}(n^2)$",
            abstract=f"A sentence. {LONG_FORMULA} $${LONG_FORMULA[1:-1]}$$ End.",
            authors=tuple(author(f"Given{number} Family{number}") for number in range(60)),
            categories=("cs.CL", "stat.ML"),
            versions=(Version(1), Version(2)),
            comments="8 pages",
        ),
        arxiv("2503.00002", title="Unbrokensentence" * 20, abstract="sentence" * 100, keywords=("word" * 20, "trees")),
        arxiv(
            "2503.00003",
            abstract_kind=AbstractKind.SUMMARY,
            withdrawn="This sentence has been withdrawn.",
            categories=("cs.AI", "cs.CL"),
        ),
        arxiv("2503.00004", title="جملة sentence", abstract="جملة طويلة"),
        *(
            arxiv(f"2503.{number:05}", abstract="One more sentence.", keywords=("parsing of trees",))
            for number in range(10, 40)
        ),
        arxiv("2503.00005", day=date(2025, 3, 17), keywords=("parsing of trees", "trees", "word" * 20)),
        arxiv("hep-th/9901001", categories=("physics.flu-dyn",), day=date(1999, 1, 4)),
    )
    keep(acl("P19-1001"), acl("P19-1002", track="A track with a rather long name"), acl("P18-1001", edition="ACL.2018"))
    index()
    for kind in Kind:
        for key, readers in (("2503.00001", 3), ("2503.00003", 1), ("P19-1002@ACL", 2)):
            for number in range(readers):
                interest.count(key, kind, reader(f"192.0.2.{number}", "Firefox"), today())
    follow_keywords()
