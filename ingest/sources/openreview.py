"""OpenReview: accepted papers of ICLR, NeurIPS, ICML, COLM and CoRL, as its two APIs list them. Pure.

What is on OpenReview was submitted, not accepted. API v2 moves a note to another venueid when it is rejected or
withdrawn. API v1 does not: there `venue` tells ("ICLR 2022 Submitted"), and until 2020 only the decision below it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

from ingest.items import Item, Malformed, SetAside, Taken, excerpt
from ingest.sources.openreview_notes import NAME, SITE, content_of, record, text
from ingest.sources.source import (
    NotThisPage,
    NotYet,
    Page,
    Parsed,
    ProceedingsSource,
    Provenance,
    SourceEdition,
    yearly,
)
from papers.record import Appearance, EditionRecord, VenueRecord
from papers.text import clean

_BY_VENUE = "{base}:/notes?content.venueid={group}&limit=1000&offset={offset}"
# Reviews and comments come along, so a page of these is heavy.
_BY_DECISION = "{base}:/notes?invitation={group}/-/Blind_Submission&details=directReplies&limit=100&offset={offset}"
_GROUPS = {
    "ICLR": "ICLR.cc/{year}/Conference",
    "NeurIPS": "NeurIPS.cc/{year}/Conference",
    "ICML": "ICML.cc/{year}/Conference",
    "COLM": "colmweb.org/COLM/{year}/Conference",
    "CoRL": "robot-learning.org/CoRL/{year}/Conference",
}
_MORE = (
    ("NeurIPS", 2021, 2021, "Track/Datasets_and_Benchmarks/Round1"),
    ("NeurIPS", 2021, 2021, "Track/Datasets_and_Benchmarks/Round2"),
    ("NeurIPS", 2022, 2023, "Track/Datasets_and_Benchmarks"),
    ("NeurIPS", 2024, 2025, "Datasets_and_Benchmarks_Track"),
    ("NeurIPS", 2026, 9999, "Evaluations_and_Datasets_Track"),
    ("NeurIPS", 2025, 9999, "Position_Paper_Track"),
    ("ICML", 2025, 9999, "Position_Paper_Track"),
)
_V1, _V2 = "openreview-v1", "openreview"
_VENUES = {
    venue: VenueRecord(venue, full_name, url=url, field=field)
    for venue, full_name, url, field in (
        ("ICLR", "International Conference on Learning Representations", "https://iclr.cc", "Machine learning"),
        ("NeurIPS", "Conference on Neural Information Processing Systems", "https://neurips.cc", "Machine learning"),
        ("ICML", "International Conference on Machine Learning", "https://icml.cc", "Machine learning"),
        ("COLM", "Conference on Language Modeling", "https://colmweb.org", "Machine learning"),
        ("CoRL", "Conference on Robot Learning", "https://www.corl.org", "Robotics"),
    )
}
_REFUSED = re.compile(r"submitted|submission|withdraw|reject|under review|conditional|invite", re.IGNORECASE)
_TAKEN = re.compile(r"oral|spotlight|poster|talk|notable|accept|datasets and benchmarks", re.IGNORECASE)
_DECISION = re.compile(r"/(?:Acceptance_)?Decision\Z|/Meta_Review\Z", re.ASCII)
_TRACKS = (
    ("Datasets and Benchmarks Track", re.compile(r"datasets.and.benchmarks|evaluations.and.datasets", re.IGNORECASE)),
    ("Position Paper Track", re.compile(r"position.paper", re.IGNORECASE)),
    ("Oral", re.compile(r"oral|talk|top[- ]5\s*%", re.IGNORECASE)),
    ("Spotlight", re.compile(r"spotlight|top[- ]25\s*%", re.IGNORECASE)),
    ("Poster", re.compile(r"poster", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for: a group's notes from `offset` on."""

    base: str
    group: str
    by_decision: bool
    offset: int
    limit: int

    @property
    def address(self) -> str:
        form = _BY_DECISION if self.by_decision else _BY_VENUE
        return form.format(base=self.base, group=self.group, offset=self.offset)


def editions(year: int) -> tuple[SourceEdition, ...]:
    return (
        *yearly("ICLR", _first_page("ICLR", _V1, _BY_DECISION), 2018, min(year, 2020)),
        *yearly("ICLR", _first_page("ICLR", _V1), 2021, min(year, 2023)),
        *yearly("ICLR", _first_page("ICLR", _V2), 2024, year),
        *yearly("NeurIPS", _first_page("NeurIPS", _V1), 2021, min(year, 2022)),
        *yearly("NeurIPS", _first_page("NeurIPS", _V2), 2023, year),
        *yearly("ICML", _first_page("ICML", _V2), 2023, year),
        *yearly("COLM", _first_page("COLM", _V2), 2024, year),
        *yearly("CoRL", _first_page("CoRL", _V1), 2021, min(year, 2022)),
        *yearly("CoRL", _first_page("CoRL", _V2), 2023, year),
    )


def parse(page: Page) -> Parsed:
    asked, answer = _asked(page.address), _answer(page.body)
    notes, count, main = answer["notes"], _count(answer), asked.group == _group(page.edition)
    if not notes and (main or count):
        raise NotYet("no papers in the answer")
    papers = tuple(_papers(page, asked, notes))
    if main and not asked.offset and not papers:
        raise NotYet("no accepted papers among the notes")
    more = (*_next(asked, len(notes), count), *(_tracks(page.edition, asked) if main and not asked.offset else ()))
    # Where an edition has several groups, or the rejected are counted too, the number is not that of its papers.
    whole = asked.base == _V2 and main and not _tracks(page.edition, asked)
    return Parsed((_VENUES[page.edition.venue], _edition(page), *papers), more, announced=count if whole else None)


def _first_page(venue: str, base: str, form: str = _BY_VENUE) -> str:
    return form.format(base=base, group=_GROUPS[venue], offset=0)


def _asked(address: str) -> _Asked:
    base, _, rest = address.partition(":")
    query = {name: values[0] for name, values in parse_qs(rest.partition("?")[2]).items()}
    group = query.get("content.venueid") or query.get("invitation", "").partition("/-/")[0]
    return _Asked(base, group, "invitation" in query, int(query.get("offset", 0)), int(query.get("limit", 1000)))


def _answer(body: bytes) -> dict[str, Any]:
    try:
        told = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotThisPage(f"bytes that are not UTF-8 at {error.start}") from error
    if told.lstrip()[:1] == "<":
        raise NotThisPage("HTML in place of JSON: an error page, or the check that the caller is a browser")
    try:
        answer = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise NotThisPage(f"not JSON: {error}"[:300]) from error
    if not isinstance(answer, dict) or not isinstance(answer.get("notes"), list):
        reason = clean(str(answer.get("message") or "")) if isinstance(answer, dict) else ""
        raise NotThisPage(f"no list of notes in the answer: {reason}".rstrip(": ")[:300])
    return answer


def _count(answer: dict[str, Any]) -> int | None:
    count = answer.get("count")
    return count if type(count) is int and count >= 0 else None


def _next(asked: _Asked, got: int, count: int | None) -> tuple[str, ...]:
    end = asked.offset + got
    goes_on = end < count if count is not None else got >= asked.limit
    return (replace(asked, offset=end).address,) if got and goes_on else ()


def _tracks(edition: SourceEdition, asked: _Asked) -> tuple[str, ...]:
    """The first pages of an edition's further tracks."""
    tracks = (track for venue, first, last, track in _MORE if venue == edition.venue and first <= edition.year <= last)
    groups = (_group(edition).replace("/Conference", f"/{track}") for track in tracks)
    return tuple(replace(asked, group=group, offset=0).address for group in groups)


def _group(edition: SourceEdition) -> str:
    return _GROUPS[edition.venue].format(year=edition.year)


def _papers(page: Page, asked: _Asked, notes: list[Any]) -> Iterator[Item]:
    seen: set[str] = set()
    for line, note in enumerate(notes, start=1):
        try:
            if not _is_accepted(note, asked):
                continue
            paper = record(note, Appearance(page.edition.name, _track(note, asked), asked.offset + line))
            if paper.source_id in seen:
                raise Malformed(f"{paper.source_id} stands twice in the answer")
            seen.add(paper.source_id)
            yield Taken(page.address, line, paper)
        except Malformed as error:
            yield SetAside(page.address, line, str(error), _raw(note))


def _is_accepted(note: Any, asked: _Asked) -> bool:
    content = content_of(note)
    venue, group = text(content, "venue"), text(content, "venueid")
    if note.get("ddate") or note.get("forum", note.get("id")) != note.get("id") or _REFUSED.search(venue):
        return False
    if asked.by_decision:
        return group in ("", asked.group) and _decision(note).lower().startswith("accept")
    return group == asked.group and (asked.base == _V2 or bool(_TAKEN.search(venue)))


def _decision(note: dict[str, Any]) -> str:
    """What the chairs wrote below the submission: `Accept (Poster)`, `Reject`, `Invite to Workshop Track`."""
    details = note.get("details")
    replies = details.get("directReplies") if isinstance(details, dict) else None
    for reply in replies if isinstance(replies, list) else ():
        if isinstance(reply, dict) and _DECISION.search(str(reply.get("invitation") or "")):
            content = content_of(reply)
            return text(content, "decision") or text(content, "recommendation")
    return ""


def _track(note: dict[str, Any], asked: _Asked) -> str:
    told = f"{asked.group} {text(content_of(note), 'venue')} {_decision(note)}"
    return next((track for track, pattern in _TRACKS if pattern.search(told)), "")


def _edition(page: Page) -> EditionRecord:
    url = f"{SITE}/group?id={_group(page.edition)}"
    return EditionRecord(page.edition.name, page.edition.venue, page.edition.year, url=url)


def _raw(note: Any) -> str:
    return excerpt(json.dumps(note, ensure_ascii=False).encode(errors="replace"))


SOURCE = ProceedingsSource(NAME, "OpenReview", Provenance.DOCUMENTED, editions, parse)
