"""Authors as papers store them -> names taken apart. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from papers.citations.cited import CitedName

_GROUP = re.compile(
    r"(?:\b(?:collaborations?|consortium|group|team|project|initiative|committee|organi[sz]ation)\Z)", re.IGNORECASE
)
_SUFFIX = re.compile(r"(?<=\S),? +([JS]r\.?|II|III|IV)\Z")
_PARTICLE = re.compile(r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|zu|al|el|bin|ibn)\Z")


def cited_names(people: Iterable[Mapping[str, Any]]) -> tuple[CitedName, ...]:
    """The names in their order; nameless ones are left out."""
    return tuple(name for name in map(cited_name, people) if name)


def cited_name(person: Mapping[str, Any]) -> CitedName | None:
    """A person as stored (name, family, given, affiliation), taken apart where the source did not."""
    name, family, given, affiliation = (
        " ".join(str(person.get(part, "")).split()) for part in ("name", "family", "given", "affiliation")
    )
    if not name:
        return None
    if _GROUP.search(name) or (family and not given):
        return CitedName(name, affiliation=affiliation)
    suffix = found[1] if (found := _SUFFIX.search(name)) else ""
    if not family:
        family, given = _split(name[: found.start()] if found else name)
    elif suffix and given.endswith(suffix):
        given = given[: -len(suffix)].rstrip(" ,")
    elif suffix and family.endswith(suffix):
        family = family[: -len(suffix)].rstrip(" ,")
    return CitedName(name, family, given, suffix, affiliation) if family and given else CitedName(name)


def _split(name: str) -> tuple[str, str]:
    """(family, given): the last word and the small particles before it."""
    words = name.split(" ")
    start = len(words) - 1
    while start > 1 and _PARTICLE.match(words[start - 1]):
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])
