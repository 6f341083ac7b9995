"""The Anthology's volumes and events: dates, references, places in venues' editions. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from ingest.sources.acl_guide import Guide
from ingest.sources.acl_markup import plain_text, text_of, web_url
from papers.record import EditionRecord, VenueRecord

FIRST_YEAR, LAST_YEAR = 1900, 2100
FINDINGS, WORKSHOP = "Findings", "Workshop"
# In the order a reader leafs through an edition.
TRACKS = ("", "Main", "Long", "Short", "Industry", "Demo", "Student", "Tutorial", "Shared task", "Invited", "Poster",
          FINDINGS, WORKSHOP)  # fmt: skip

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile("|".join(_MONTHS))
_BARE_MONTH = re.compile(r"\s*0?([1-9]|1[0-2])\s*\Z", re.ASCII)
_YEAR = re.compile(r"\s*(\d{4})\s*\Z", re.ASCII)
_EVENT = re.compile(r"([a-z0-9]{1,40})-(\d{4})\Z", re.ASCII)
_VENUE_ID = re.compile(r"[a-z0-9]{1,40}\Z", re.ASCII)
_TRACK_OF_ID = {
    "main": "Main", "long": "Long", "short": "Short", "industry": "Industry", "demo": "Demo", "demos": "Demo",
    "demonstration": "Demo", "demonstrations": "Demo", "srw": "Student", "tutorial": "Tutorial",
    "tutorials": "Tutorial", "shared": "Shared task", "sharedtask": "Shared task", "keynotes": "Invited",
    "keynote": "Invited", "invited": "Invited", "poster": "Poster", "posters": "Poster",
}  # fmt: skip
_TRACK_OF_TITLE = (
    ("Student", re.compile(r"student (research )?(workshop|session|volume|papers)|doctoral consortium", re.IGNORECASE)),
    ("Tutorial", re.compile(r"\btutorials?\b", re.IGNORECASE)),
    ("Demo", re.compile(r"\bdemonstrations?\b|\bdemos?\b|\bsoftware demo", re.IGNORECASE)),
    ("Industry", re.compile(r"\bindustr(y|ial) (track|papers)\b", re.IGNORECASE)),
    ("Shared task", re.compile(r"\bshared task\b", re.IGNORECASE)),
    ("Short", re.compile(r"\bshort papers?\b", re.IGNORECASE)),
    ("Long", re.compile(r"\b(long|full) papers?\b", re.IGNORECASE)),
    ("Poster", re.compile(r"\bposters?\b", re.IGNORECASE)),
)
# Only their volumes are told apart by title: a workshop "and Shared Task" is one volume of one workshop.
_CONFERENCES = frozenset(
    ["aacl", "acl", "anlp", "coling", "conll", "eacl", "emnlp", "hlt", "ijcnlp", "lrec", "naacl", "ranlp"]
)
_FINDINGS_OF = re.compile(r"([A-Za-z-]+)\s+\d{4}\s*\Z")
_VOLUME_MARK = re.compile(
    r"\s*\((?:Volume|Vol\.) \d+[^()]*\)\Z|[:,] Volume \d+[:,]? ?\(?[\w ]*\)?\Z"
    r"|[:,] Main Volume\Z|(?<=\d{4}) Volume \d+(?=: )",
    re.IGNORECASE,
)
_ISSUE_MARK = re.compile(r",? (?:Volume|Vol\.?|Formerly|Special Issue)\b.*|\s*\([^)]*\)\s*\Z", re.IGNORECASE)
_PLACES_IN_TRACK, _PLACES_IN_VOLUME = 1_000_000, 10_000


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume of a collection; `ordinal` is its place in the file, `year` None where it is absurd or missing."""

    id: str
    collection: str
    ordinal: int
    title: str = ""
    journal: bool = False
    year: int | None = None
    month: str = ""
    ingested: str = ""
    address: str = ""
    venues: tuple[str, ...] = ()
    journal_title: str = ""
    journal_volume: str = ""
    journal_issue: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What the Anthology says of a conference itself."""

    venue: str
    year: int
    title: str = ""
    location: str = ""
    dates: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A volume's place in one edition."""

    venue: str
    edition: str
    track: str


def read_volume(element: Element, collection: str, ordinal: int) -> Volume:
    """The volume without its papers. A volume without <meta> has no year and no venue."""
    meta = element.find("meta")
    meta = Element("meta") if meta is None else meta
    venues = (plain_text(venue) for venue in meta.findall("venue"))
    return Volume(
        id=element.get("id", ""),
        collection=collection,
        ordinal=ordinal,
        title=text_of(meta.find("booktitle")),
        journal=element.get("type") == "journal",
        year=_year(meta.findtext("year")),
        month=plain_text(meta.find("month")),
        ingested=element.get("ingest-date", ""),
        address=plain_text(meta.find("address")),
        venues=tuple(dict.fromkeys(venue for venue in venues if _VENUE_ID.match(venue))),
        journal_title=plain_text(meta.find("journal-title")),
        journal_volume=plain_text(meta.find("journal-volume")),
        journal_issue=plain_text(meta.find("journal-issue")),
    )


def read_event(element: Element) -> Event | None:
    """The event, None where its id is not VENUE-YEAR."""
    match = _EVENT.match(element.get("id", ""))
    if not match:
        return None
    links = (web_url(link.text) for link in element.findall("links/url") if link.get("type") == "website")
    return Event(
        venue=match[1],
        year=int(match[2]),
        title=text_of(element.find("meta/title")),
        location=plain_text(element.find("meta/location")),
        dates=plain_text(element.find("meta/dates")),
        url=next(filter(None, links), ""),
    )


def published(volume: Volume) -> date | None:
    """The first of the volume's month; without one the month it came to the Anthology, if that was the same year."""
    if volume.year is None:
        return None
    ingested = re.match(rf"{volume.year}-(0[1-9]|1[0-2])\b", volume.ingested)
    return date(volume.year, _month(volume.month) or (int(ingested[1]) if ingested else 1), 1)


def places(volume: Volume, guide: Guide) -> tuple[Place, ...]:
    """One place for each venue of the volume; none without a year. A joint conference is found under each name."""
    if volume.year is None:
        return ()
    return tuple(
        Place(venue, f"{guide.venue(venue).name}.{volume.year}", _track(volume, venue))
        for venue in _venues(volume, guide)
    )


def position(volume: Volume, track: str, number: int) -> int:
    """Sorts an edition by track, volume, place in the volume. Depends on the volume's own file alone, so that
    importing one file again moves nothing."""
    return TRACKS.index(track) * _PLACES_IN_TRACK + volume.ordinal * _PLACES_IN_VOLUME + number


def reference(volume: Volume, guide: Guide, pages: str = "", journal: str = "", issue: str = "") -> str:
    """The paper's place in print: `Computational Linguistics 45(2), 1–40` or `Proceedings of ..., pages 1–11`.
    `journal` and `issue` are the paper's own where it has them."""
    if not volume.journal and not journal:
        kind = "pages" if re.search(r"[–,-]", pages) else "page"
        return ", ".join(filter(None, (volume.title, pages and f"{kind} {pages}")))
    name = journal or _journal_name(volume, guide)
    issue = issue or volume.journal_issue
    number = f" {volume.journal_volume}" + (f"({issue})" if issue else "") if volume.journal_volume else ""
    return ", ".join(filter(None, (name + number, pages)))


def editions(volumes: Iterable[Volume], events: Iterable[Event], guide: Guide) -> dict[str, EditionRecord]:
    """The editions by name. Title, place and dates come from the event, else from the edition's leading volume;
    they stay empty where only Findings or workshops are at hand."""
    leading: dict[str, tuple[Place, Volume]] = {}
    for volume in sorted(volumes, key=lambda volume: (volume.collection, volume.ordinal)):
        for place in places(volume, guide):
            best = leading.get(place.edition)
            if best is None or _precedence(place, volume) < _precedence(*best):
                leading[place.edition] = place, volume
    by_name = {(event.venue, event.year): event for event in events}
    return {
        name: _edition(place, volume, by_name.get((place.venue, volume.year or 0)), guide)
        for name, (place, volume) in leading.items()
    }


def catalogue(
    volumes: Iterable[Volume], guide: Guide, known: dict[str, EditionRecord]
) -> list[VenueRecord | EditionRecord]:
    """The venues of one file's volumes, then their editions: as `known` has them, which may have learned more from
    other files, else as these volumes tell."""
    volumes = tuple(volumes)
    at = [place for volume in volumes for place in places(volume, guide)]
    told = editions(volumes, (), guide)
    mine = {place.edition: known.get(place.edition) or told[place.edition] for place in at}
    return [*dict.fromkeys(guide.venue(place.venue) for place in at), *mine.values()]


def _year(text: str | None) -> int | None:
    match = _YEAR.match(text or "")
    return int(match[1]) if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR else None


def _month(text: str) -> int:
    """1 to 12, 0 for none: "July–August" is July, "12--13 November" November, "7" July."""
    if bare := _BARE_MONTH.match(text):
        return int(bare[1])
    named = _MONTH.search(text.lower())
    return _MONTHS.index(named[0]) + 1 if named else 0


def _venues(volume: Volume, guide: Guide) -> list[str]:
    conferences = _findings_of(volume, guide) if "findings" in volume.venues else []
    # "ws" is the drawer for what belongs nowhere else.
    named = [*conferences, *(venue for venue in volume.venues if venue not in ("ws", "findings"))]
    return list(dict.fromkeys(named)) or list(volume.venues)


def _findings_of(volume: Volume, guide: Guide) -> list[str]:
    """Findings of "ACL-IJCNLP 2021" (volume "acl") are read under ACL and under IJCNLP."""
    title = _FINDINGS_OF.search(volume.title)
    named = [part.lower() for part in title[1].split("-")] if title else []
    candidates = dict.fromkeys([volume.id.lower(), *named])
    return [venue for venue in candidates if venue in _CONFERENCES and guide.knows(venue)]


def _track(volume: Volume, venue: str) -> str:
    if "findings" in volume.venues:
        return FINDINGS if venue != "findings" else ""
    if track := _TRACK_OF_ID.get(volume.id.lower()):
        return track
    if venue not in _CONFERENCES:
        return ""
    track = next((name for name, pattern in _TRACK_OF_TITLE if pattern.search(volume.title)), "")
    return WORKSHOP if track != "Student" and _is_workshop(volume, venue) else track


def _is_workshop(volume: Volume, venue: str) -> bool:
    """Whether a conference's volume is that of a workshop beside it; CoNLL itself began as one."""
    return "workshop" in volume.title.lower() and volume.collection[0] in "WD" and venue != "conll"


def _precedence(place: Place, volume: Volume) -> tuple[int, bool]:
    return TRACKS.index(place.track), volume.collection.startswith("W")


def _edition(place: Place, volume: Volume, event: Event | None, guide: Guide) -> EditionRecord:
    event = event or Event(place.venue, volume.year or 0)
    # The drawer of other workshops has no title or town of its own.
    own = place.track not in (FINDINGS, WORKSHOP) and place.venue != "ws"
    happened = own and not volume.journal
    month = f"{volume.month} {volume.year}" if _month(volume.month) and not _BARE_MONTH.match(volume.month) else ""
    return EditionRecord(
        name=place.edition,
        venue=guide.venue(place.venue).name,
        year=volume.year or 0,
        title=event.title or (_edition_title(volume, guide) if own else ""),
        location=event.location or (volume.address if happened else ""),
        dates=event.dates or (month if happened else ""),
        url=event.url,
    )


def _edition_title(volume: Volume, guide: Guide) -> str:
    if not volume.journal:
        return _VOLUME_MARK.sub("", volume.title)
    number = f", Volume {volume.journal_volume}" if volume.journal_volume else ""
    return _journal_name(volume, guide) + number


def _journal_name(volume: Volume, guide: Guide) -> str:
    if volume.journal_title:
        return volume.journal_title
    known = guide.venue(volume.venues[0]).full_name if volume.venues else ""
    return known or _ISSUE_MARK.sub("", volume.title)
