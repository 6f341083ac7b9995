"""arXiv's categories: codes, names, groups, and which old or double codes mean the same list."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Category:
    """`name` and `group` are arXiv's own words, see category_names for the reader's; `same_as` names the category
    that took this one over, or "" (math.MP -> math-ph, cmp-lg -> cs.CL)."""

    code: str
    name: str
    group: str
    same_as: str
    active: bool


@cache
def categories() -> dict[str, Category]:
    """Every category by code, in the taxonomy's order."""
    with (Path(__file__).parent / "taxonomy.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {
            row["category"]: Category(row["category"], row["name"], row["group"], row["same_as"], row["active"] == "1")
            for row in rows
        }


def canonical(code: str) -> str:
    """The code under which a category's papers are listed today."""
    known = categories().get(code)
    return known.same_as if known and known.same_as else code


@cache
def archives() -> dict[str, tuple[str, ...]]:
    """What stands before the dot of categories (`cs`, `math`, `astro-ph`), with the codes under which the papers of the
    whole archive are listed today: an archive without categories once, as `astro-ph` was, itself too."""
    found: dict[str, dict[str, None]] = {}
    for code in categories():
        archive, dot, _category = code.partition(".")
        if dot:
            itself = {archive: None} if archive in categories() else {}
            found.setdefault(archive, itself)[canonical(code)] = None
    return {archive: tuple(codes) for archive, codes in found.items()}


def members(code: str) -> tuple[str, ...]:
    """The categories of an archive; a category itself."""
    return archives().get(code, (code,))


def category_name(code: str) -> str:
    known = categories().get(code)
    return known.name if known else code


@cache
def groups() -> dict[str, list[Category]]:
    """Active categories that have a list of their own, by arXiv's name of their group."""
    found: dict[str, list[Category]] = {}
    for category in categories().values():
        if category.active and not category.same_as:
            found.setdefault(category.group, []).append(category)
    return found


@cache
def archive_groups() -> dict[str, list[str]]:
    """Archives by arXiv's name of their group, which but for physics is an archive of its own."""
    found: dict[str, list[str]] = {}
    for code, category in categories().items():
        archive, dot, _category = code.partition(".")
        if dot and archive not in found.setdefault(category.group, []):
            found[category.group].append(archive)
    return found


@cache
def spelling(code: str) -> str | None:
    """The code as arXiv writes it for one typed in any case (`CS.cl` -> `cs.CL`), or None if unknown."""
    by_lower = {known.lower(): known for known in categories()}
    return by_lower.get(code.lower())
