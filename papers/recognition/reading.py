"""Addresses and texts -> names of papers, as extension/recognise.js reads them; the cases in extension/rules.cases.json
hold for both. Nothing here raises, whatever it is given. Pure.

A name is "2401.01234v2", "P19-1001@ACL" or a DOI in lower case."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import unquote

from papers.identifiers import arxiv_id, may_exist
from papers.recognition.table import Group, Rule, Table

MAX_ADDRESS = 4_000  # characters; what is longer is no address of a paper
MAX_TEXT = 200_000
_MAX_NAME = 300  # of what bears a longer one, nothing is known
_MAX_WRAPS = 4  # a link that leads on may lead to another
_UNSEEN = re.compile("[\x00-\x1f\x7f\u2028\u2029]")
_BETWEEN = re.compile(r"[,;](?=https?://|10\.\d{4,9}/)", re.ASCII | re.IGNORECASE)  # lists without spaces
_LINE_BREAK = re.compile(r"[ \t\r\n]+")
_AFTER_ID = ".:_/*?!-"
_OLD_ACL = re.compile(r"[A-Z]\d\d-\d{4}", re.ASCII | re.IGNORECASE)
_AFTER = ".,;:!?'\"*_~…"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_RESOLVER = re.compile(r"(?i)\A(?:https?://(?:dx\.)?doi\.org/|(?:info:)?doi[:/] *)", re.ASCII)
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_VERSION = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+/\d{7})v\d{1,3}\Z", re.ASCII | re.IGNORECASE)
_UPPER = re.compile(r"[A-Z]+")


class Kind(StrEnum):
    PAPER = "paper"
    LIST = "list"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an address names. `told` is a paper's name, the path of one of our lists, or words to search for."""

    kind: Kind
    told: str


@dataclass(frozen=True, slots=True)
class _Place:
    group: Group
    host: str
    path: str
    query: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads by a table. `today` is the latest day on which an id that stands for itself can have been given out."""

    table: Table

    def address(self, url: str) -> Recognised | None:
        return self._address(url, 0)

    def text(self, text: str, today: date) -> list[str]:
        """Names in a text, each once, in its order. What is part of a DOI or of an address is read as that alone."""
        rest, found = _BETWEEN.sub(" ", text[:MAX_TEXT]), list[tuple[int, str]]()
        readings: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
            (self.table.text.address, lambda told: _own(self.address(_trimmed(told)))),
            (self.table.text.doi, lambda told: self._doi(_LINE_BREAK.sub("", told, count=1))),
            (self.table.text.token, lambda told: self._token(told, today)),
        )
        for pattern, named in readings:
            matches = list(pattern.finditer(rest))
            found += [(match.start(), name) for match in matches if (name := named(match[0]))]
            rest = _blanked(rest, matches)
        return _once(name for _at, name in sorted(found, key=lambda each: each[0]))

    def group(self, url: str) -> Group | None:
        """The group of hosts that an address belongs to."""
        place = self._place(url)
        return place.group if place else None

    def _address(self, url: str, wraps: int) -> Recognised | None:
        typed = _cleaned(url)
        if len(typed) > MAX_ADDRESS or wraps > _MAX_WRAPS:
            return None
        if file := self.table.files.fullmatch(typed):
            return _paper(_arxiv(_decoded(file[1])))
        inner = next((match for each in self.table.wrapped if (match := each.fullmatch(typed))), None)
        if inner:
            return self._address(_decoded(inner[1]), wraps + 1)
        place = self._place(typed)
        return self._by_rules(place, wraps) if place else None

    def _by_rules(self, place: _Place, wraps: int) -> Recognised | None:
        for rule in place.group.rules:
            captured = None if rule.host and rule.host != place.host else _captures(rule, place)
            if captured is not None and (found := self._given(rule, captured, place, wraps)):
                return found
        return None

    def _given(self, rule: Rule, captured: list[str], place: _Place, wraps: int) -> Recognised | None:
        told = _filled(rule.gives, captured)
        match rule.kind:
            case "arxiv":
                return _paper(_arxiv(told))
            case "doi":
                return _paper(self._doi(told))
            case "paper":
                return _paper(self._venue_name(told))
            case "list":
                return Recognised(Kind.LIST, told)
            case "address":
                beside = f"?{place.query}" if place.query and not rule.query else ""
                return self._address(told + beside, wraps + 1)
        return _searched(re.sub(r"[-_+]+", " ", told) if rule.kind == "title" else told)

    def _doi(self, text: str) -> str:
        """A DOI's paper goes by its own name where the DOI holds that; else the DOI is the name. "" for no DOI."""
        doi = _trimmed(_RESOLVER.sub("", text.strip(" \t")))
        if len(doi) > _MAX_NAME or not self.table.doi.fullmatch(doi):
            return ""
        for rule in self.table.dois:
            if match := rule.doi.fullmatch(doi):
                told = _filled(rule.gives, [group or "" for group in match.groups()])
                if name := _arxiv(told) if rule.kind == "arxiv" else self._venue_name(told):
                    return name
        return _lowered(doi)

    def _venue_name(self, key: str) -> str:
        """`27811@aaai` -> `27811@AAAI`, `p19-1001@acl` -> `P19-1001@ACL`; "" where the source is none of ours."""
        source_id, _at, name = key.rpartition("@")
        source = self.table.sources.get(_lowered(name), "")
        if not source_id or not source or len(key) > _MAX_NAME:
            return ""
        return f"{_acl_cased(source_id) if source == 'ACL' else source_id}@{source}"

    def _token(self, token: str, today: date) -> str:
        told, text = token.lstrip(".:_/*").rstrip(_AFTER_ID), self.table.text  # but for the minus of a number
        if match := text.labelled.fullmatch(told):
            return _arxiv(match[1])
        if match := text.bare.fullmatch(told):
            name = _arxiv(match[1])
            return name if name and _is_plausible(match[1], name, today, text.most_of_a_month) else ""
        if match := text.bare_old.fullmatch(told):
            return _arxiv(match[1])
        if match := text.acl.fullmatch(told):
            return self._venue_name(f"{match[1]}@ACL")
        # Ids of OpenReview begin with _ too.
        if match := text.key.fullmatch(token.lstrip(".:/*").rstrip(_AFTER_ID)) or text.key.fullmatch(told):
            return self._venue_name(match[1])
        return _own(self.address(told)) if "/" in told else ""

    def _place(self, url: str) -> _Place | None:
        match = self.table.address.fullmatch(_cleaned(url))
        if not match:
            return None
        host = _lowered(match[1]).removeprefix("www.").removesuffix(".")
        group = self.table.group_of(host)
        return _Place(group, host, _cleaned(_decoded(match[2] or "/")), match[3] or "") if group else None


def _captures(rule: Rule, place: _Place) -> list[str] | None:
    """What the groups of a rule's patterns hold; None where one of them does not match."""
    match = rule.path.fullmatch(place.path)
    if not match:
        return None
    captured = [group or "" for group in match.groups()]
    for name, pattern in rule.query:
        told = next((value for parameter, value in _parameters(place.query) if parameter == name), None)
        found = pattern.fullmatch(told) if told is not None else None
        if not found:
            return None
        captured += [group or "" for group in found.groups()]
    return captured


def _filled(template: str, captured: list[str]) -> str:
    return re.sub(r"\$(\d)", lambda number: captured[int(number[1]) - 1], template)


def _arxiv(text: str) -> str:
    """Number 0, which arXiv never gave out, is none here: texts and addresses hold it as a placeholder."""
    found = arxiv_id(text)
    if found is None or re.search(r"\.0+\Z", found.id):
        return ""
    return found.id + (f"v{found.version}" if found.version else "")


def _is_plausible(typed: str, name: str, today: date, most: int) -> bool:
    """Whether a number that stands for itself can be an id that arXiv has given out by now: a month that has come, as
    many digits as its time has, no number that no month reaches."""
    number, canonical = (_without_version(each).partition(".")[2] for each in (typed, name))
    return may_exist(_without_version(name), today) and len(number) == len(canonical) and int(number) <= most


def _without_version(name: str) -> str:
    return match[1] if (match := _VERSION.fullmatch(name)) else name


def _paper(name: str) -> Recognised | None:
    return Recognised(Kind.PAPER, name) if name else None


def _searched(words: str) -> Recognised | None:
    typed = re.sub(" +", " ", words).strip(" ")
    return Recognised(Kind.SEARCH, typed) if typed else None


def _own(found: Recognised | None) -> str:
    return found.told if found and found.kind is Kind.PAPER else ""


def _once(names: Iterable[str]) -> list[str]:
    """The first of the versions of each paper."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(_without_version(name), name)
    return list(seen.values())


def _parameters(query: str) -> list[tuple[str, str]]:
    parts = (part.partition("=") for part in query.split("&"))
    return [(_spaced(name), _spaced(value)) for name, _is, value in parts]


def _spaced(text: str) -> str:
    return _cleaned(_decoded(text.replace("+", " ")))


def _decoded(text: str) -> str:
    """Percent-decoded as a whole, or not at all where that cannot be done."""
    if "%" not in text or _NO_ESCAPE.search(text):
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _cleaned(text: str) -> str:
    return _UNSEEN.sub("", text).strip(" ")


def _lowered(text: str) -> str:
    """ASCII letters in lower case: those of other scripts have no one lower case in all languages."""
    return _UPPER.sub(lambda letters: letters[0].lower(), text)


def _acl_cased(source_id: str) -> str:
    """DOIs hold these ids in any case; papers are kept by the case of the Anthology's own addresses."""
    return source_id.upper() if _OLD_ACL.fullmatch(source_id) else _lowered(source_id)


def _trimmed(text: str) -> str:
    """Without what the sentence put behind it; a bracket that was opened inside stays."""
    too_many = {closing: text.count(closing) - text.count(opening) for closing, opening in _CLOSING.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if too_many.get(last, 0) > 0:
            too_many[last] -= 1
        elif last not in _AFTER:
            break
        end -= 1
    return text[:end]


def _blanked(text: str, matches: list[re.Match[str]]) -> str:
    pieces, at = list[str](), 0
    for match in matches:
        pieces += [text[at : match.start()], " " * (match.end() - match.start())]
        at = match.end()
    return "".join([*pieces, text[at:]])
