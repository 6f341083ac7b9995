"""What a reader who is still typing may want: categories, venues, titles and authors that go on from what stands there.

Titles and authors come from the BM25 index, whose dictionary is sorted: a few milliseconds, whatever is typed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import tantivy
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, JSONField, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers import cards
from papers.models import Appearance, Edition, Paper, Venue
from papers.taxonomy import Category, canonical, categories
from papers.tex import plain_text
from papers.text import clean, fold, words
from search import names
from search.analysis import UNSPACED, query_text
from search.indexing import lexical as layout
from search.retrieval import lexical
from search.retrieval.filters import all_of, analyzer, any_of
from search.retrieval.lexical import LexicalIndex, NoIndex

MOST = 10
LONGEST = 200
_CATEGORIES, _VENUES, _AUTHORS = 2, 2, 2
_CANDIDATES = 40  # titles that are looked at for those which begin as typed
_SHORTEST_NAME = 3
_ENDINGS = 20  # words that the last one may become
_OTHER_ENDING = 0.01
_SHORTEST_WORD = 3  # shorter ones become too many: any term of the title will do
_LONGEST_WORD = 40
_EDITION = re.compile(r"(?P<venue>.+?)[\s.'’-]*(?P<year>(?:19|20)\d\d)\Z")
_LAST_WORD = re.compile(r"[^\W_]+\Z")


@dataclass(frozen=True, slots=True)
class Completion:
    """`query` is a search that finds it, `says` what it is, `url` its page here."""

    query: str
    says: str | Promise
    url: str


def completions(typed: str) -> list[Completion]:
    """MOST at most: first what has a name like that, then titles, then authors. Two queries."""
    text = clean(typed[:LONGEST])
    if not words(text):
        return []
    named = [*_categories(text), *_venues(text)]
    titles, authors = _papers(text)
    return [*named, *titles[: MOST - len(named) - len(authors)], *authors]


def _categories(text: str) -> Iterator[Completion]:
    wanted = fold(text)
    found = [each for each in _current_categories() if _begins(each, wanted)] if len(wanted) > 1 else []
    found.sort(key=lambda each: not fold(each.code).startswith(wanted))
    for each in found[:_CATEGORIES]:
        yield Completion(f"cat:{each.code}", each.name, reverse("arxiv", args=[each.code]))


def _begins(category: Category, wanted: str) -> bool:
    return any(fold(text).startswith(wanted) for text in (category.code, category.name))


@cache
def _current_categories() -> tuple[Category, ...]:
    return tuple(each for code, each in categories().items() if canonical(code) == code)


def _venues(text: str) -> list[Completion]:
    """By what a name begins with, the shortest first (`nips` is NeurIPS too); with a year typed, its edition."""
    match = _EDITION.match(fold(text))
    wanted, year = (match["venue"], int(match["year"])) if match else (fold(text), 0)
    held = Exists(Appearance.objects.filter(edition=OuterRef("pk")))
    years = Edition.objects.filter(held, venue=OuterRef("pk")).values("year")
    rows = Venue.objects.annotate(years=ArraySubquery(years)).exclude(years=[])
    found = [(venue, _likeness(venue, wanted)) for venue in rows if not year or year in venue.years]
    likely = sorted(((venue, like) for venue, like in found if like), key=lambda each: (-each[1], len(each[0].name)))
    return [_venue(venue, year) for venue, _ in likely[:_VENUES]]


def _likeness(venue: Any, wanted: str) -> int:
    """3 for a venue's own name, 2 for its beginning, 1 for that of another name, 0 for none of these."""
    if fold(venue.name).startswith(wanted):
        return 3 if fold(venue.name) == wanted else 2
    return int(any(fold(known).startswith(wanted) for known in (venue.full_name, *venue.aliases)))


def _venue(venue: Any, year: int) -> Completion:
    name = f"{venue.name}.{year}" if year else venue.name
    return Completion(f"venue:{name}", venue.full_name or _("Venue"), reverse("venue", args=[name]))


def _papers(text: str) -> tuple[list[Completion], list[Completion]]:
    """Titles and authors, read with one query."""
    try:
        index = lexical.index()
    except NoIndex:
        return [], []
    title_ids = _title_ids(text, index)
    named = _names(text, index, is_begun=not title_ids)
    rows = _rows(title_ids, named)
    return _titles(text, [rows[key] for key in title_ids if key in rows]), _authors(named, rows)


def _rows(title_ids: Sequence[int], named: dict[int, str]) -> dict[int, Any]:
    """Authors are read only of the papers that were found by theirs: others may have thousands."""
    told = Case(When(pk__in=list(named), then="authors"), default=Value([], JSONField()))
    rows = Paper.objects.filter(Q(pk__in=title_ids) | Q(pk__in=list(named))).annotate(told=told)
    return {row.pk: row for row in rows.only("key", "title")} if title_ids or named else {}


def _titles(text: str, rows: Iterable[Any]) -> list[Completion]:
    """Those that begin as typed before those that hold it and those that hold its words; each title once."""
    wanted = " ".join(words(text))
    found = {title: Completion(title, _("Paper"), cards.paper_url(row.key))
             for row in rows if (title := plain_text(row.title))}  # fmt: skip
    return sorted(found.values(), key=lambda each: _distance(" ".join(words(each.query)), wanted))


def _distance(title: str, wanted: str) -> int:
    return 0 if title.startswith(wanted) else 1 if f" {wanted}" in title else 2


def _title_ids(text: str, index: LexicalIndex) -> list[int]:
    folded = query_text(text)
    last = _LAST_WORD.search(folded)
    open_word = last[0] if last and not UNSPACED.search(last[0]) else ""
    whole = analyzer(True).analyze(folded.removesuffix(open_word))
    required = [index.boosted("title", term, 1.0) for term in dict.fromkeys(whole)]
    if open_word:
        required.append(_any_ending(open_word[:_LONGEST_WORD], index))
    return index.best(all_of(required), None, _CANDIDATES) if required else []


def _any_ending(word: str, index: LexicalIndex) -> Any:
    """Titles are stemmed, so what the word may become is stemmed too. What it becomes most often ranks; the rarest
    would rank first otherwise."""
    if len(word) < _SHORTEST_WORD:
        return tantivy.Query.regex_query(_schema(), "title", f"{re.escape(word)}.*")
    longer = [term for term, _ in index.beginning("exact", word, _ENDINGS)]
    stems = list(dict.fromkeys(analyzer(True).analyze(" ".join([*longer, word]))))
    weights = [1.0, *[_OTHER_ENDING] * (len(stems) - 1)]
    return any_of([index.boosted("title", stem, weight) for stem, weight in zip(stems, weights, strict=True)])


def _names(text: str, index: LexicalIndex, is_begun: bool) -> dict[int, str]:
    """For the authors with most papers whose names begin so: one paper of each, and the name as the index has it. A
    word alone is the beginning of far too many, and must be a whole name unless no title has it (`is_begun`)."""
    typed = words(text)
    if len(" ".join(typed)) < _SHORTEST_NAME:
        return {}
    prefixes = {" ".join(typed), f"{typed[0]}, {' '.join(typed[1:])}" if len(typed) > 1 else ""} - {""}
    found = {term: papers for prefix in prefixes for term, papers in index.beginning("names", prefix, 4 * _AUTHORS)
             if is_begun or len(typed) > 1 or words(term)[0] == typed[0]}  # fmt: skip
    most = sorted(found, key=lambda term: (-found[term], term))[: 2 * _AUTHORS]
    papers = ((term, index.paper_ids(index.boosted("names", term, 1.0), 1)) for term in most)
    return {ids[0]: term for term, ids in papers if ids}


def _authors(named: dict[int, str], rows: dict[int, Any]) -> list[Completion]:
    found = {name: None for key, term in named.items() if key in rows
             for name in _spelt(rows[key].told, term)}  # fmt: skip
    links = cards.author_links([{"name": name} for name in list(found)[:_AUTHORS]])
    return [Completion(f'au:"{link.name}"', _("Author"), link.url) for link in links if '"' not in link.name]


def _spelt(authors: Iterable[dict[str, Any]], term: str) -> list[str]:
    """The author's name as the paper has it."""
    spelt = (
        (a.get("name", ""), names.forms(a.get("name", ""), a.get("family", ""), a.get("given", ""))) for a in authors
    )
    return [name for name, forms in spelt if term in forms][:1]


@cache
def _schema() -> Any:
    return layout.schema()
