"""All sources of proceedings by name. A new one is added here, and its base URL in the settings."""

from functools import cache

from ingest.sources import (
    acl_remote,
    cvf,
    ecva,
    ijcai,
    isca,
    miccai,
    mlsys,
    ndss,
    neurips,
    openreview,
    pmlr,
    usenix,
)
from ingest.sources.source import ProceedingsSource, SourceEdition

_ALL = (acl_remote, pmlr, openreview, cvf, ecva, neurips, ijcai, isca, usenix, ndss, mlsys, miccai)


@cache
def sources() -> dict[str, ProceedingsSource]:
    return {module.SOURCE.name: module.SOURCE for module in _ALL}


def editions(name: str, year: int) -> dict[str, SourceEdition]:
    """A source's editions up to a year by their names, the newest first."""
    found = sorted(sources()[name].editions(year), key=lambda edition: (-edition.year, edition.name))
    return {edition.name: edition for edition in found}
