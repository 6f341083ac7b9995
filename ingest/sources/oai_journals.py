"""Journals and proceedings whose hosts run OJS: its Dublin Core over OAI-PMH -> papers. Pure.

What the records look like is known from OJS itself and from what others report of these hosts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import tostring  # no parser: oai_pmh parses

from ingest.items import Malformed, SetAside, Taken, excerpt
from ingest.sources import dublin_core
from ingest.sources.dublin_core import Core
from ingest.sources.oai_pmh import Deleted, OaiRecord
from ingest.sources.source import Provenance
from papers.record import Appearance, PaperRecord, VenueRecord

_IDENTIFIER = re.compile(r"oai:([\w.-]{1,200}):(?:[A-Za-z][\w-]{0,39}/)?([A-Za-z0-9][\w.-]{0,99})\Z", re.ASCII)
_NO_PAPER = re.compile(
    r"(?:.{0,100}\s)?(?:front|back) ?matter(?:\s.{0,100})?|(?:title|half[- ]title|copyright) page|cover|masthead"
    r"|colophon|(?:table of )?contents|editorial board|(?:author|subject|keyword) index|index of authors|preface"
    r"|foreword|(?:list of |program )?(?:reviewers|sponsors)|acknowledge?ments?|errata|organi[sz]ation"
    r"|(?:organi[sz]ing|program|senior program|conference) committees?",
    re.IGNORECASE,
)
_FRONT_SECTION = re.compile(r":(?:\w*-)?(?:FMT?|FRONT\w*|EDBOARD)\Z", re.IGNORECASE)
_STUDENT = "Student Abstract"
_STUDENT_TITLE = re.compile(r"\(student abstract\)\s*\Z", re.IGNORECASE)
_TRACKS = (
    ("Technical Tracks", re.compile(r"\btechnical (?:tracks?|papers)\b", re.IGNORECASE)),
    ("IAAI", re.compile(r"\bIAAI\b")),
    ("EAAI", re.compile(r"\bEAAI\b")),
    (_STUDENT, re.compile(r"\bstudent (?:abstracts?|papers?|posters?)\b", re.IGNORECASE)),
    ("Demonstrations", re.compile(r"\bdemonstrations?\b", re.IGNORECASE)),
    ("Doctoral Consortium", re.compile(r"\bdoctoral consortium\b", re.IGNORECASE)),
    ("Special Track", re.compile(r"\bspecial (?:tracks?|programs?)\b", re.IGNORECASE)),
)
_SECTIONS = (
    ("IAAI", re.compile(r":\w*IAAI", re.IGNORECASE)),
    ("EAAI", re.compile(r":\w*EAAI", re.IGNORECASE)),
    (_STUDENT, re.compile(r":(?:\w+-)?(?:SA|STU\w*)(?:-\d+)?\Z", re.IGNORECASE)),
    ("Demonstrations", re.compile(r":\w*DEMO", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Journal:
    """A host's journal: `name` stands in records (record.source), `base` names its address in the settings.
    `repository` is the one that its identifiers name, "" where any will do."""

    name: str
    title: str
    base: str
    venue: VenueRecord
    repository: str = ""
    provenance: Provenance = Provenance.DOCUMENTED

    @property
    def source(self) -> str:
        return self.name


def _aaai(name: str, title: str) -> Journal:
    venue = VenueRecord(name, title, field="Artificial intelligence")
    return Journal(name.lower(), f"{name} proceedings", name.lower(), venue, "ojs.aaai.org")


_JOURNALS = (
    _aaai("AAAI", "AAAI Conference on Artificial Intelligence"),
    _aaai("ICWSM", "International AAAI Conference on Web and Social Media"),
    _aaai("AIIDE", "AAAI Conference on Artificial Intelligence and Interactive Digital Entertainment"),
    _aaai("HCOMP", "AAAI Conference on Human Computation and Crowdsourcing"),
    Journal(
        "jair",
        "Journal of Artificial Intelligence Research",
        "jair",
        VenueRecord("JAIR", "Journal of Artificial Intelligence Research", field="Artificial intelligence"),
    ),
)


def journals(further: Iterable[str] = ()) -> tuple[Journal, ...]:
    """The journals of the table, and those that the settings add by the short names of their venues."""
    known = {journal.venue.name.lower() for journal in _JOURNALS}
    added = (name for name in further if name.lower() not in known)
    return (*_JOURNALS, *(Journal(name.lower(), name, name, VenueRecord(name)) for name in added))


def read(record: OaiRecord, journal: Journal) -> Taken | SetAside | Deleted | None:
    """The paper, or what is wrong with it; None for what is no paper: covers, lists of names."""
    try:
        repository, number = _identifier(record)
        ours = journal.repository in ("", repository)
        if record.deleted:
            # Hosts go on announcing what was deleted before they moved, under numbers that are others' today.
            return Deleted(number) if ours else None
        if not ours:
            raise Malformed(f"a record of {repository}, not of {journal.repository}")
        core = dublin_core.read(record.metadata)
        return None if _is_no_paper(core, record.sets) else Taken(record.identifier, 0, _paper(core, record, journal))
    except Malformed as error:
        raw = tostring(record.metadata, encoding="unicode") if record.metadata is not None else ""
        return SetAside(record.identifier, 0, str(error), excerpt(raw))


def _identifier(record: OaiRecord) -> tuple[str, str]:
    """(repository, number of the article): `oai:ojs.aaai.org:article/25067`."""
    match = _IDENTIFIER.match(record.identifier)
    if not match:
        raise Malformed(f"not the identifier of an article: {record.identifier!r:.80}")
    return match[1], match[2]


def _is_no_paper(core: Core, sets: tuple[str, ...]) -> bool:
    return bool(_NO_PAPER.fullmatch(core.title.strip(" .:"))) or any(map(_FRONT_SECTION.search, sets))


def _paper(core: Core, record: OaiRecord, journal: Journal) -> PaperRecord:
    if not core.title:
        raise Malformed("no title")
    return PaperRecord(
        source=journal.name,
        source_id=_identifier(record)[1],
        title=core.title,
        authors=core.authors,
        abstract=core.abstract,
        doi=core.doi,
        journal_ref=core.issue.reference,
        licence=core.licence,
        language=core.language,
        landing_url=core.landing,
        pdf_url=core.pdf,
        published=core.published,
        appearances=tuple(_appearances(core, record.sets, journal)),
        keywords=core.keywords,
    )


def _appearances(core: Core, sets: tuple[str, ...], journal: Journal) -> Iterator[Appearance]:
    """The edition is told by the issue, for what is put online later bears a later date."""
    venue, issue = journal.venue.name, core.issue
    year = _own_year(venue, issue.label) or issue.year or (core.published.year if core.published else None)
    if year:
        yield Appearance(f"{venue}.{year}", _track(core, sets), issue.first_page)


def _own_year(venue: str, label: str) -> int | None:
    """2023 from "AAAI-23 Technical Tracks 1"."""
    found = re.search(rf"(?<![A-Za-z]){re.escape(venue)}[- ]?(?:'|’)?(\d{{4}}|\d\d)\b", label, re.ASCII)
    if not found:
        return None
    year = int(found[1])
    if year < 100:
        year += 1900 if year >= 80 else 2000
    return year if 1980 <= year <= 2100 else None


def _track(core: Core, sets: tuple[str, ...]) -> str:
    """From the title, the section or the issue, in this order. An issue that holds several tracks tells none."""
    if _STUDENT_TITLE.search(core.title):
        return _STUDENT
    for track, pattern in _SECTIONS:
        if any(map(pattern.search, sets)):
            return track
    named = [track for track, pattern in _TRACKS if pattern.search(core.issue.label)]
    return named[0] if len(named) == 1 else ""
