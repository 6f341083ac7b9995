"""extension/rules.json with its patterns compiled, as extension/table.js does it. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_KINDS = ("arxiv", "paper", "doi", "list", "search", "title", "address")
_PART = re.compile(r"<(\w+)>", re.ASCII)
# JavaScript's patterns know ASCII letters and digits only, and fold the case of those alone.
_FLAGS = re.ASCII | re.IGNORECASE


@dataclass(frozen=True, slots=True)
class Rule:
    """`gives` is a template ("$1@ACL") of what `kind` says; the groups of `path` count first, then those of `query`."""

    host: str
    path: re.Pattern[str]
    query: tuple[tuple[str, re.Pattern[str]], ...]
    kind: str
    gives: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hosts that belong together. `hosts` may begin with `*.`; `names_papers` says whether any rule does."""

    id: str
    name: str
    hosts: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def names_papers(self) -> bool:
        return any(rule.kind in ("arxiv", "paper", "doi") for rule in self.rules)


@dataclass(frozen=True, slots=True)
class TextPatterns:
    """`address`, `doi` and `token` are searched for, the others say what a token is as a whole."""

    most_of_a_month: int
    address: re.Pattern[str]
    doi: re.Pattern[str]
    token: re.Pattern[str]
    labelled: re.Pattern[str]
    bare: re.Pattern[str]
    bare_old: re.Pattern[str]
    acl: re.Pattern[str]
    key: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DoiRule:
    doi: re.Pattern[str]
    kind: str
    gives: str


@dataclass(frozen=True, slots=True)
class Table:
    version: int
    address: re.Pattern[str]
    wrapped: tuple[re.Pattern[str], ...]
    files: re.Pattern[str]
    doi: re.Pattern[str]
    dois: tuple[DoiRule, ...]
    sources: Mapping[str, str]
    groups: tuple[Group, ...]
    text: TextPatterns

    def group_of(self, host: str) -> Group | None:
        """The group of a host in lower case without `www.`; a host that is named goes before one that is meant."""
        exact = next((group for group in self.groups if host in group.hosts), None)
        return exact or next((group for group in self.groups if any(_ends(host, each) for each in group.hosts)), None)


def compiled(rules: Mapping[str, Any]) -> Table:
    """The table of what rules.json holds. Raises KeyError and re.error for what is no such table."""
    parts = _parts(rules)
    groups = (
        _group(group, [rule for rule in rules["rules"] if rule["of"] == group["id"]], parts)
        for group in rules["groups"]
    )
    return Table(
        version=rules["version"],
        address=_pattern(rules["address"], parts),
        wrapped=tuple(_pattern(each, parts) for each in rules["wrapped"]),
        files=_pattern(rules["files"], parts),
        doi=_pattern("<doi>", parts),
        dois=tuple(DoiRule(_pattern(rule["doi"], parts), *_given(rule, ("arxiv", "paper"))) for rule in rules["dois"]),
        sources={name.lower(): name for name in rules["sources"]},
        groups=tuple(groups),
        text=_text(rules["text"], parts),
    )


def _group(group: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], parts: Mapping[str, str]) -> Group:
    return Group(group["id"], group["name"], tuple(group["hosts"]), tuple(_rule(rule, parts) for rule in rules))


def _rule(rule: Mapping[str, Any], parts: Mapping[str, str]) -> Rule:
    query = tuple((name, _pattern(pattern, parts)) for name, pattern in rule.get("query", {}).items())
    return Rule(rule.get("host", ""), _pattern(rule["path"], parts), query, *_given(rule, _KINDS))


def _given(rule: Mapping[str, str], kinds: Sequence[str]) -> tuple[str, str]:
    kind = next(each for each in kinds if each in rule)
    return kind, rule[kind]


def _text(text: Mapping[str, Any], parts: Mapping[str, str]) -> TextPatterns:
    names = ("address", "doi", "token", "labelled", "bare", "bare_old", "acl", "key")
    return TextPatterns(text["most_of_a_month"], **{name: _pattern(text[name], parts) for name in names})


def _parts(rules: Mapping[str, Any]) -> dict[str, str]:
    """A part may name parts that stand before it."""
    parts = {"archives": "|".join(rules["archives"]), "sources": "|".join(rules["sources"])}
    for name, pattern in rules["parts"].items():
        parts[name] = _expanded(pattern, parts)
    return parts


def _pattern(pattern: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(_expanded(pattern, parts), _FLAGS)


def _expanded(pattern: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda named: parts[named[1]], pattern)


def _ends(host: str, pattern: str) -> bool:
    return pattern.startswith("*.") and host.endswith(pattern[1:])
