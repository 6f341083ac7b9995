"""The proceedings of MLSys. Pure."""

from ingest.sources.proceedings_site import Site
from ingest.sources.source import ProceedingsSource, Provenance, SourceEdition, yearly
from papers.record import VenueRecord

NAME = "mlsys"

_VENUE = VenueRecord(
    "MLSYS",
    "Conference on Machine Learning and Systems",
    aliases=("SysML",),
    url="https://mlsys.org",
    field="Machine learning",
)
_SITE = Site(NAME, "https://proceedings.mlsys.org", _VENUE)


def editions(year: int) -> tuple[SourceEdition, ...]:
    return tuple(yearly("MLSYS", "mlsys:/paper_files/paper/{year}", 2018, year))


parse, parse_detail = _SITE.parse, _SITE.parse_detail

SOURCE = ProceedingsSource(NAME, "MLSys", Provenance.DOCUMENTED, editions, parse, parse_detail)
