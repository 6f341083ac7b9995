"""A paper's text and how often phrases are used -> its keywords. Pure.

What makes a phrase a term, rather than words that met by chance, is that other texts have it too or this one has it
again. Among terms those count that this text repeats, or has in its title, and that few others have (TF-IDF). A part of
a chosen phrase counts only where it stands outside of it (as C-value has it)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from math import log, log2
from typing import Final

from papers.text import clean
from search.phrases import LONGEST, closed_keys, key, number, readable, runs

KEYWORDS: Final = 10
MAX_GIVEN: Final = 80  # characters of a keyword that a source gives

_IN_TITLE: Final = 4.0  # occurrences in the abstract that one in the title is worth
_GOES_ON: Final = 0.6  # what an occurrence is worth where its run goes on behind it
_OF_LENGTH: Final = (0.0, 0.55, 1.0, 1.15)  # by number of words
_OF_NAMES: Final = 1.5
_OF_VAGUE: Final = 0.6
_DOUBT: Final = 4.0  # how many other texts make a phrase half credible
_AGAIN: Final = 2.0  # how many other texts one more occurrence here is worth


Place = tuple[int, int, float]  # first word, word behind the last, weight


@dataclass(slots=True)
class Candidate:
    """A phrase with its places in the text, those in the title first."""

    key: str
    number: int
    is_name: bool
    is_vague: bool
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """What is read of a paper: its words as written, which of them begin a run, where the title ends, and its phrases
    in the order in which they first appear, by their keys."""

    words: list[str] = field(default_factory=list)
    openings: set[int] = field(default_factory=set)
    title_words: int = 0
    phrases: dict[str, Candidate] = field(default_factory=dict)

    def form(self, phrase: Candidate) -> str:
        """The form that the text has most often; of equals the one that is not capitalised for its place."""
        forms: dict[str, tuple[int, int]] = {}
        for start, end, _ in phrase.places:
            form = " ".join(self.words[start:end])
            count, fitness = forms.get(form, (0, 0))
            here = 0 if start < self.title_words else 1 if start in self.openings else 2
            forms[form] = (count + 1, max(fitness, here))
        return max(forms.items(), key=lambda each: each[1])[0]


@dataclass(frozen=True, slots=True)
class Usage:
    """How many texts were counted, and in how many of them a phrase stands, by its number."""

    texts: int
    texts_with: Mapping[int, int]


def counted_numbers(title: str, abstract: str) -> set[int]:
    """Numbers of the phrases that this text adds to the usage of a corpus."""
    return {number(each) for text in (title, abstract) for each in closed_keys(readable(text))}


def read(title: str, abstract: str) -> Reading:
    """The phrases of a paper."""
    reading = Reading()
    _add(reading, readable(title), _IN_TITLE)
    reading.title_words = len(reading.words)
    _add(reading, readable(abstract), 1.0)
    return reading


def choose(reading: Reading, usage: Usage, limit: int = KEYWORDS) -> list[str]:
    """The forms of the best phrases, the best first. Places that a chosen phrase covers count for no other."""
    found = list(reading.phrases.values())
    others = [max(usage.texts_with.get(each.number, 0) - 1, 0) for each in found]
    places = _without_fragments(found, others)
    heap = [(-_score(each, places[at], others[at], usage.texts), at, len(places[at])) for at, each in enumerate(found)]
    heapify(heap)
    covered: set[int] = set()
    chosen: list[str] = []
    while heap and len(chosen) < limit:
        score, at, count = heappop(heap)
        if score == 0:
            break
        free = [place for place in places[at] if covered.isdisjoint(range(place[0], place[1]))]
        if len(free) == count:
            chosen.append(reading.form(found[at]))
            covered.update(word for start, end, _ in free for word in range(start, end))
        elif free:
            heappush(heap, (-_score(found[at], free, others[at], usage.texts), at, len(free)))
    return chosen


def with_given(given: Sequence[str], chosen: Sequence[str], limit: int = KEYWORDS) -> list[str]:
    """What the authors gave, then what was found, each phrase once."""
    ours: dict[str, str] = {}
    for each in [*_fit(given), *chosen]:
        ours.setdefault(key(each) or each, each)
    return list(ours.values())[:limit]


def _add(reading: Reading, text: str, weight: float) -> None:
    """Adds the phrases of a readable text."""
    for run in runs(text):
        first, last = len(reading.words), len(run) - 1
        reading.words += [form for form, _ in run]
        reading.openings.add(first)
        for start in range(len(run)):
            name, is_vague = "", True
            for end, (_, word) in enumerate(run[start : start + LONGEST], start):
                name = f"{name} {word.key}" if name else word.key
                is_vague = is_vague and word.is_vague
                if word.is_modifier or (start == end and (is_vague or (word.is_compound and end < last))):
                    continue
                phrase = reading.phrases.get(name)
                if phrase is None:
                    is_name = word.is_name and start == end
                    phrase = reading.phrases[name] = Candidate(name, number(name), is_name, is_vague)
                phrase.places.append((first + start, first + end + 1, weight if end == last else weight * _GOES_ON))


def _without_fragments(found: Sequence[Candidate], others: Sequence[int]) -> list[list[Place]]:
    """The places of each phrase but those where it begins a longer one that is used as much: the `large language` of
    large language models."""
    at_place = {place[:2]: at for at, each in enumerate(found) for place in each.places}
    return [
        [
            place
            for place in each.places
            if (longer := at_place.get((place[0], place[1] + 1))) is None or others[longer] < others[at]
        ]
        for at, each in enumerate(found)
    ]


def _score(each: Candidate, places: Sequence[Place], others: int, texts: int) -> float:
    if not places:
        return 0.0
    words = min(each.key.count(" ") + 1, LONGEST)
    if words == 1 and not each.is_name and len(places) == 1 and places[0][2] <= 1.0:
        return 0.0  # a word by itself, in passing
    backing = others + _AGAIN * (len(places) - 1)
    score = log2(1 + sum([weight for _, _, weight in places])) * max(log((texts + 1) / (others + 2)), 0.1)
    score *= (backing + 0.5) / (backing + _DOUBT) * _OF_LENGTH[words]
    return score * (_OF_NAMES if each.is_name else 1.0) * (_OF_VAGUE if each.is_vague else 1.0)


def _fit(given: Sequence[str]) -> list[str]:
    return [each for each in map(clean, given) if 0 < len(each) <= MAX_GIVEN]
