"""The Anthology's own directories, its YAML files: how venues are called and how people spell their names. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from ingest.sources.acl_markup import web_url
from papers.record import VenueRecord
from papers.text import clean

FIELD = "Computational linguistics"

# The base loader builds texts, lists and mappings only: safe, and an author called No stays "No". In libyaml's form
# it reads the list of people twenty times as fast.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ACRONYM = re.compile(r"[A-Za-z0-9-]{1,40}\Z")
_NOT_IN_URLS = re.compile(r"[^A-Za-z0-9-]+")
_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# For a file read without its directory: venues whose short name is not their id in capitals.
_WRITTEN = (
    "AfricaNLP AmericasNLP ArgMining BabyLM BioNLP BlackboxNLP BUCC CASE CLPsych CoCo4MT CoNLL DialDoc "
    "DravidianLangTech EvalNLGEval Eval4NLP FEVER FinNLP Findings GenBench HumEval Insights KaLLM LChange LoResMT "
    "LTEDI NoDaLiDa NLLP NLP4ConvAI NLP4IF Repl4NLP RepEval SDP SemEval SIGMORPHON SocialNLP SustaiNLP SyntaxFest "
    "TextGraphs TrustNLP VarDial"
)
_BY_ID = {name.lower(): name for name in _WRITTEN.split()}

_MAX_DEPTH = 20

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Names that belong to one person: by the person's id, and by (first, last) where only one person has them."""

    by_id: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    by_name: Mapping[Name, tuple[Name, ...]] = field(default_factory=dict)

    def others(self, person: str, first: str, last: str) -> tuple[Name, ...]:
        """The other names of the author printed as `first last`, none where several people print that name."""
        known = self.by_id.get(person, ()) if person else self.by_name.get((first, last), ())
        return tuple(name for name in known if name != (first, last))


@dataclass(frozen=True, slots=True)
class Guide:
    """What the directories tell; a Guide() without them falls back on the ids of the venues."""

    venues: Mapping[str, VenueRecord] = field(default_factory=dict)
    spellings: Spellings = field(default_factory=Spellings)

    def venue(self, venue_id: str) -> VenueRecord:
        """The venue by the Anthology's id of it ("starsem")."""
        return self.venues.get(venue_id) or VenueRecord(_name_of(venue_id), aliases=(venue_id,), field=FIELD)

    def knows(self, venue_id: str) -> bool:
        """Whether the id is that of a venue, as far as we can tell."""
        return venue_id in self.venues or not self.venues


def load(data: bytes) -> object:
    """The plain value of a YAML file. Raises ValueError on anything unreadable, in one line."""
    try:
        _refuse_depth(data)
        return yaml.load(data, Loader=_Loader)  # noqa: S506 - a base loader, see there
    except (yaml.YAMLError, ValueError) as error:
        raise ValueError(clean(str(error)) or "unreadable") from None


def venue_entry(value: object) -> dict[str, str]:
    """The texts of a venue's file by their key. Raises ValueError where it is no venue."""
    if not isinstance(value, dict) or not isinstance(value.get("acronym"), str):
        raise ValueError("no acronym")
    return {key: clean(text) for key, text in value.items() if isinstance(key, str) and isinstance(text, str)}


def venues(entries: Mapping[str, Mapping[str, str]]) -> dict[str, VenueRecord]:
    """The venues by id, each with a short name of its own that is fit for a URL."""
    acronyms = Counter(_acronym(entry).lower() for entry in entries.values())
    taken_by_ids = {_name_of(venue_id).lower(): venue_id for venue_id in entries}
    found = {}
    for venue_id, entry in entries.items():
        acronym = _acronym(entry)
        alone = acronyms[acronym.lower()] == 1 and taken_by_ids.get(acronym.lower(), venue_id) == venue_id
        name = acronym if alone and _ACRONYM.match(acronym) else venue_id.upper()
        found[venue_id] = _venue(venue_id, name, entry)
    return found


def spellings(value: object) -> Spellings:
    """The directory of people. Raises ValueError where it is no list; skips what is no person in it."""
    if not isinstance(value, list):
        raise ValueError("no list of people")
    by_id: dict[str, tuple[Name, ...]] = {}
    by_name: dict[Name, tuple[Name, ...]] = {}
    shared: set[Name] = set()
    for entry in value:
        names = _names(entry)
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            by_id[entry["id"]] = names
        shared.update(name for name in names if name in by_name)
        by_name.update(dict.fromkeys(names, names))
    return Spellings(by_id, {name: names for name, names in by_name.items() if name not in shared})


def full_name(first: str, last: str) -> str:
    """A name as it is written: Chinese characters with the family name first and no space between."""
    if _CJK.search(last):
        return f"{last}{first}"
    return f"{first} {last}".strip()


def _refuse_depth(data: bytes) -> None:
    # libyaml's loader recurses in C: fifty thousand brackets end the process, not the parse. Its events do not recurse.
    depth = 0
    for event in yaml.parse(data, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")


def _acronym(entry: Mapping[str, str]) -> str:
    return entry["acronym"].replace(" ", "-")


def _name_of(venue_id: str) -> str:
    return _BY_ID.get(venue_id) or _NOT_IN_URLS.sub("-", venue_id).upper()


def _venue(venue_id: str, name: str, entry: Mapping[str, str]) -> VenueRecord:
    aliases = tuple(dict.fromkeys(alias for alias in (venue_id, entry["acronym"]) if alias != name))
    return VenueRecord(name, entry.get("name", ""), aliases, web_url(entry.get("url")), FIELD)


def _names(entry: object) -> tuple[Name, ...]:
    if not isinstance(entry, dict):
        return ()
    variants = entry.get("variants")
    return tuple(dict.fromkeys(_known([entry.get("canonical"), *(variants if isinstance(variants, list) else ())])))


def _known(values: Iterable[object]) -> Iterable[Name]:
    for value in values:
        if isinstance(value, dict):
            first, last = (clean(str(value.get(part) or "")) for part in ("first", "last"))
            if last:
                yield first, last
