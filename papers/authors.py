"""Papers by the name of an author, and what they tell of who bears it.

Names are all that sources give: several people may share one, and one person may have published under several."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, F, Func, IntegerField, JSONField, Value, When
from django.db.models.functions import Coalesce, TruncDate

from papers import author_names
from papers.author_names import Name
from papers.cards import AuthorLink, Subject, author_links, subjects
from papers.models import Paper
from papers.record import Author
from papers.trends import Point

MOST = 5_000  # papers of a name, the newest ones
COAUTHORS, CATEGORIES, SPELLINGS = 20, 8, 8
# Of papers with thousands of authors these are not read: a collaboration's papers would take a minute.
_MOST_BYTES = 8_000
_LONGEST = 200


class _Person(NamedTuple):
    """An author of a paper: the key of the name as shown, and the keys by which it is the name that was asked for."""

    author: Author
    key: str
    borne: frozenset[str]


class _Row(NamedTuple):
    paper_id: int
    day: date | None
    categories: list[str]
    people: list[_Person]


@dataclass(frozen=True, slots=True)
class Counted:
    """A link with how many papers it stands for."""

    link: AuthorLink
    papers: int


@dataclass(frozen=True, slots=True)
class CategoryCount:
    subject: Subject
    papers: int


@dataclass(frozen=True, slots=True)
class AuthorPapers:
    """Papers that bear a name, the newest first. `name` is its spelling on most of them, `spellings` are others that
    count as the same; `likely` are names that may mean the same person and are counted apart, and `turned` is the one
    of them with the given name first, where the name was read as family name first, or ""."""

    name: str
    paper_ids: tuple[int, ...]
    spellings: tuple[str, ...]
    years: tuple[Point, ...]
    coauthors: tuple[Counted, ...]
    categories: tuple[CategoryCount, ...]
    likely: tuple[Counted, ...]
    turned: str


def paper_ids(text: str) -> list[int]:
    """Papers that bear a name, the newest first, MOST at most. One query."""
    return [row.paper_id for row in _bearing(Name(cut(text)))[0]]


def keys(text: str) -> list[str]:
    """All keys that papers which bear a name may have; papers with them need not bear it."""
    return _keys(Name(cut(text)))


def by_name(text: str) -> AuthorPapers:
    """All that the page of a name shows; without papers where there are none. Two queries."""
    name = Name(cut(text))
    rows, turned = _bearing(name)
    spelt = _spellings(rows)
    own = _first_as_written(spelt, name)
    return AuthorPapers(
        name=own,
        paper_ids=tuple(row.paper_id for row in rows),
        spellings=tuple(spelling for spelling, _ in spelt.most_common(SPELLINGS + 1) if spelling != own)[:SPELLINGS],
        years=_years(rows),
        coauthors=_coauthors(rows),
        categories=_categories(rows),
        likely=_likely(name, turned),
        turned=name.turned if turned else "",
    )


def cut(text: str) -> str:
    return " ".join(text[:_LONGEST].split())


def _bearing(name: Name) -> tuple[list[_Row], int]:
    """The papers that bear a name, and how many more do with the family name first."""
    rows = _rows(name)
    used = _used_keys(rows, name)
    bearing = [row for row in rows if not row.people or any(used & person.borne for person in row.people)]
    return bearing, len(rows) - len(bearing)


def _rows(name: Name) -> list[_Row]:
    keys = _keys(name)
    if not keys:
        return []
    size = Func(F("authors"), function="pg_column_size", output_field=IntegerField())
    papers = Paper.objects.filter(author_keys__overlap=keys).annotate(
        bytes=size,
        day=Coalesce("announced", "published", TruncDate("submitted")),
        told=Case(When(bytes__lt=_MOST_BYTES, then=F("authors")), default=Value([], JSONField())),
    )
    found = papers.order_by(F("day").desc(nulls_last=True), "-pk").values_list("pk", "day", "categories", "told")
    return [_Row(pk, day, categories, _people(told, name)) for pk, day, categories, told in found[:MOST]]


def _people(told: Iterable[dict[str, Any]], name: Name) -> list[_Person]:
    people = ((author, author_names.keys_of(author)) for author in map(author_names.stored, told))
    return [_Person(author, keys[0], author_names.bears(author, name)) for author, keys in people if keys]


def _keys(name: Name) -> list[str]:
    return sorted(name.keys | {name.whole} - {""})


def _used_keys(rows: Sequence[_Row], name: Name) -> frozenset[str]:
    """Those of the people who write the name like that: `Jan van den Berg` is not every Jan Berg. All that the name
    can be read as, where nobody does."""
    people = (person for row in rows for person in row.people if person.borne)
    used = (person.borne for person in people if author_names.is_written(person.author, name))
    return frozenset().union(*used) or name.keys | {name.whole}


def _spellings(rows: Sequence[_Row]) -> Counter[str]:
    return Counter(p.author.name for row in rows for p in row.people if p.borne and p.author.name)


def _first_as_written(spelt: Counter[str], name: Name) -> str:
    alike = (spelling for spelling, _ in spelt.most_common() if Name(spelling).words == name.words)
    return next(alike, name.text)


def _years(rows: Iterable[_Row]) -> tuple[Point, ...]:
    counted = Counter(row.day.year for row in rows if row.day)
    return tuple(Point(year, papers) for year, papers in counted.items())


def _coauthors(rows: Iterable[_Row]) -> tuple[Counted, ...]:
    """By key, so that a middle name makes no other person; each by the spelling that most papers have."""
    papers: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for row in rows:
        others = {person.key: person.author.name for person in row.people if not person.borne}
        papers.update(others.keys())
        for key, spelling in others.items():
            spellings.setdefault(key, Counter())[spelling] += 1
    most = sorted(papers.items(), key=lambda each: (-each[1], each[0]))[:COAUTHORS]
    return _counted((spellings[key].most_common(1)[0][0], count) for key, count in most)


def _categories(rows: Iterable[_Row]) -> tuple[CategoryCount, ...]:
    counted = Counter(code for row in rows for code in row.categories)
    most = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:CATEGORIES]
    shown = subjects([code for code, _ in most])
    return tuple(CategoryCount(subject, papers) for subject, (_, papers) in zip(shown, most, strict=True))


def _likely(name: Name, turned: int) -> tuple[Counted, ...]:
    keys = sorted(name.initial_keys)
    with_initial = Paper.objects.filter(author_keys__overlap=keys).count() if keys else 0
    found = [(name.initials, with_initial)] if with_initial else []
    return _counted([*found, (name.turned, turned)] if turned else found)


def _counted(names: Iterable[tuple[str, int]]) -> tuple[Counted, ...]:
    told = list(names)
    links = author_links([{"name": name} for name, _ in told])
    return tuple(Counted(link, papers) for link, (_, papers) in zip(links, told, strict=True))
