"""The proceedings of NeurIPS. Its datasets and benchmarks of 2021 stand on another host and are not here. Pure."""

from ingest.sources.proceedings_site import Site
from ingest.sources.source import ProceedingsSource, Provenance, SourceEdition, yearly
from papers.record import VenueRecord

NAME = "neurips"

_VENUE = VenueRecord(
    "NeurIPS",
    "Conference on Neural Information Processing Systems",
    aliases=("NIPS",),
    url="https://neurips.cc",
    field="Machine learning",
)
_SITE = Site(NAME, "https://proceedings.neurips.cc", _VENUE)


def editions(year: int) -> tuple[SourceEdition, ...]:
    return tuple(yearly("NeurIPS", "neurips:/paper_files/paper/{year}", 1987, year))


parse, parse_detail = _SITE.parse, _SITE.parse_detail

SOURCE = ProceedingsSource(NAME, "NeurIPS", Provenance.DOCUMENTED, editions, parse, parse_detail)
