"""Which categories an address asks for: `cs.CL`, `cs.AI,cs.CL`, `cs.AI+cs.LG-cs.CY-econ.GN`; `cs` is all of the
archive's. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from papers.category_names import category_name
from papers.taxonomy import archives, canonical, categories, members, spelling

# Nobody reads so many at once; each costs an index look-up.
MAX_CATEGORIES = 200
_BETWEEN = ",+ "
_LONGEST_CODE = 40
_SHAPE = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?(?:\.[A-Za-z]+(?:-[A-Za-z]+)?)?\Z")


class UnknownCategory(ValueError):
    """What was read as a category is none. The argument is as it was typed."""

    @property
    def typed(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Selection:
    """Papers listed in any of `names`, without those of any of `excluded`; both are categories and archives."""

    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the categories, each once."""
        return tuple(dict.fromkeys(code for name in self.names for code in members(name)))

    @property
    def spec(self) -> str:
        """As it stands in an address."""
        return "+".join(self.names) + "".join(f"-{code}" for code in self.excluded)

    @property
    def excluded_spellings(self) -> list[str]:
        """Every code under which papers bear an excluded category (`math.MP` beside `math-ph`)."""
        without = {*self.excluded, *(code for name in self.excluded for code in members(name))}
        return [code for code in {*categories(), *without} if canonical(code) in without]


def parse(spec: str, unlisted: Collection[str] = ()) -> Selection:
    """Reads a category list, forgiving case and a `+` that arrived as a space. Codes hold hyphens themselves, so
    codes are matched against the taxonomy (and `unlisted`, codes that it lacks) before a hyphen can mean "without".
    Raises UnknownCategory."""
    chosen: dict[str, None] = {}
    excluded: dict[str, None] = {}
    rest, without = spec.strip(_BETWEEN), False
    while rest:
        code = _leading_code(rest, unlisted)
        if code is None or len(chosen) + len(excluded) >= MAX_CATEGORIES:
            raise UnknownCategory(re.split(r"[,+ ]", rest, maxsplit=1)[0][:100])
        (excluded if without else chosen)[_today(code)] = None
        rest = rest[len(code) :].lstrip()
        without = rest.startswith("-")
        rest = rest.lstrip(_BETWEEN + "-")
    if not chosen:
        raise UnknownCategory(spec[:100])
    return Selection(tuple(chosen), tuple(excluded))


def similar(typed: str) -> list[str]:
    """Codes that a mistyped one may have meant, the best first."""
    by_lower = {code.lower(): canonical(code) for code in categories()}
    for code, known in categories().items():
        for name in (known.name, category_name(code)):
            by_lower.setdefault(name.lower(), canonical(code))
    found = get_close_matches(typed.lower(), by_lower, n=6, cutoff=0.5)
    return list(dict.fromkeys(by_lower[name] for name in found))[:4]


def could_be_category(text: str) -> bool:
    return bool(_SHAPE.match(text)) and len(text) <= _LONGEST_CODE


def _leading_code(text: str, unlisted: Collection[str]) -> str | None:
    """The longest code that the text begins with, as typed; a code ends where the text does or an operator stands."""
    window = text[: _LONGEST_CODE + 1] + ","
    ends = [at for at, char in enumerate(window) if char in _BETWEEN + "-"]
    return next((text[:end] for end in reversed(ends) if _spelled(text[:end]) or text[:end] in unlisted), None)


def _spelled(typed: str) -> str | None:
    return spelling(typed) or (typed.lower() if typed.lower() in archives() else None)


def _today(code: str) -> str:
    return canonical(_spelled(code) or code)
