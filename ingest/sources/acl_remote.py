"""The ACL Anthology file by file over HTTP, where the whole of it is not wanted. Pure."""

import re
from collections.abc import Iterator

from ingest.items import SetAside
from ingest.sources import acl_xml
from ingest.sources.acl_guide import Guide
from ingest.sources.acl_volumes import catalogue
from ingest.sources.acl_volumes import editions as editions_told
from ingest.sources.source import NotThisPage, Page, Parsed, ProceedingsSource, Provenance, SourceEdition

NAME = acl_xml.SOURCE

_ADDRESS = re.compile(r"acl:/xml/([A-Z]\d\d|\d{4}\.[a-z0-9]{1,40})\.xml\Z", re.ASCII)

# A letter was a venue's until 2019. Most workshops shared the W: the drawer is called WS, as the Anthology calls it.
_OLD = {
    "P": ("ACL", range(2000, 2020)),
    "D": ("EMNLP", range(2007, 2020)),
    "N": ("NAACL", (2001, 2003, 2004, 2006, 2007, 2009, 2010, 2012, 2013, 2015, 2016, 2018, 2019)),
    "A": ("ANLP", (2000,)),
    "H": ("HLT", (2001, 2005)),
    "E": ("EACL", (2003, 2006, 2009, 2012, 2014, 2017)),
    "C": ("COLING", (2000, 2002, 2004, 2008, 2010, 2012, 2014, 2016, 2018)),
    "I": ("IJCNLP", (2005, 2008, 2011, 2013, 2017)),
    "K": ("CoNLL", range(2015, 2020)),
    "S": ("SemEval", (2001, 2007, 2010, *range(2012, 2020))),
    "L": ("LREC", range(2000, 2019, 2)),
    "R": ("RANLP", range(2009, 2020, 2)),
    "J": ("CL", range(2000, 2020)),
    "Q": ("TACL", range(2013, 2020)),
    "W": ("WS", range(2000, 2020)),
}
_YEARLY = (
    "ACL", "EMNLP", "Findings", "CoNLL", "IWSLT", "SemEval", "WMT", "TACL", "CL", "SIGDIAL", "INLG", "BlackboxNLP",
    "BioNLP",
)  # fmt: skip
_YEARLY_SINCE = 2020
# Venues that skip years: those in which they met, and the year from which each has to be looked for.
_IRREGULAR = {
    "NAACL": ((2021, 2022, 2024, 2025), 2026),
    "EACL": ((2021, 2023, 2024), 2026),
    "AACL": ((2020, 2022), 2027),
    "IJCNLP": ((2023, 2025), 2027),
    "COLING": ((2020, 2022, 2025), 2026),
    "LREC": ((2020, 2022, 2024), 2026),
    "RANLP": ((2021, 2023, 2025), 2027),
    "STARSEM": (tuple(range(2020, 2025)), 2025),
}


def editions(year: int) -> tuple[SourceEdition, ...]:
    """One for each file, named after what most of it belongs to. What lies in a file of another venue (Findings, the
    workshops of old) is stored under its own name all the same."""
    return tuple(edition for edition in (*_old(), *_new(year)) if edition.year <= year)


def parse(page: Page) -> Parsed:
    """All of a file. Its names are those that the ids give: the Anthology's directories are not asked for."""
    match = _ADDRESS.match(page.address)
    if not match:
        raise NotThisPage(f"not the address of an Anthology file: {page.address!r:.100}")
    guide = Guide()
    try:
        collection = acl_xml.parse(page.body, page.address, guide)
    except RecursionError as error:  # a bad paper whose markup is nested a thousand deep cannot even be quoted
        raise NotThisPage("nested too deeply") from error
    if not collection.volumes:
        raise NotThisPage(_reason(collection))
    if collection.volumes[0].collection != match[1]:
        raise NotThisPage(f"{collection.volumes[0].collection} came in place of {match[1]}")
    known = editions_told(collection.volumes, collection.events, guide)
    return Parsed((*catalogue(collection.volumes, guide, known), *collection.papers))


def _old() -> Iterator[SourceEdition]:
    for letter, (venue, years) in _OLD.items():
        for year in years:
            yield SourceEdition(f"{venue}.{year}", f"acl:/xml/{letter}{year % 100:02d}.xml")


def _new(last: int) -> Iterator[SourceEdition]:
    for venue in _YEARLY:
        yield from (_file(venue, year) for year in range(_YEARLY_SINCE, last + 1))
    for venue, (met, since) in _IRREGULAR.items():
        yield from (_file(venue, year) for year in (*met, *range(since, last + 1)))


def _file(venue: str, year: int) -> SourceEdition:
    return SourceEdition(f"{venue}.{year}", f"acl:/xml/{year}.{venue.lower()}.xml")


def _reason(collection: acl_xml.Collection) -> str:
    """Why the file could not be used."""
    return next((item.reason for item in collection.papers if isinstance(item, SetAside)), "a file without volumes")


SOURCE = ProceedingsSource(
    name=NAME,
    title="ACL Anthology",
    provenance=Provenance.RECORDED,
    editions=editions,
    parse=parse,
)
