"""What two titles say of each other: words changed, added, abbreviated; numbers and parts that differ. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from papers.text import fold, title_key, words

_GENERIC = re.compile(
    r"(?:guest |editors? |associate |the )*(?:pre|fore|after)(?:face|word)\b|(?:front|back) ?matter|editorial\b"
    r"|(?:guest )?editors? s? ?introduction|introduction to (?:the|this) (?:special|thematic) (?:issue|section)|"
    r"introduction(?: general)?\Z|letters? to the editors?|(?:brief |short )?book reviews?\b|book notices?"
    r"|invited (?:talk|speaker|lecture)s?(?: abstracts?| \d+)?\Z|keynote(?: \w+)?\Z|(?:author|subject|name) index"
    r"|table of contents|conclusions?\Z|obituary\Z|acknowledge?ments?\Z|(?:program|organizing) committee"
)
_PART = re.compile(
    r"\b(?:part|volume|vol|chapter|episode|installment)\W*(\d+|[ivx]+|one|two|three|four|a|b)\b|\b(i{2,3}|iv|vi{1,3})\b|"
    r"\b(i)\s*(?:[:(.]|\Z)|\bv(?:ersion)?\W?(\d+)\b"
)
_ANSWER = re.compile(
    r"\b(errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a)|retract(?:ed|ion)|rejoinder|repl(?:y|ies)|"
    r"comments? on|corrections? to|response to|authors? response|supplement(?:ary)?|appendix)\b"
)
_VERSION = re.compile(
    r"[(\[][^()\[\]]*\b(?:version|abstract|talk|paper|report|proofs|in \w+)[)\]]|"
    r"\s[-–—]+ (?:extended|full|short|long|journal|arxiv) (?:version|abstract)\Z"
)
_BETWEEN_PARTS = re.compile(r"[:?!(\[\])—–]|\s-+\s|\.\s")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_CENTURY = re.compile(r"(?:19|20)(?=\d\d\Z)")
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9", "tenth": "10",
}  # fmt: skip
_LITTLE = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "by", "do", "does", "for", "from", "how", "in", "into", "is", "it",
    "its", "of", "on", "or", "s", "that", "the", "their", "to", "toward", "towards", "under", "upon", "using", "via",
    "what", "when", "which", "why", "with", "und", "der", "die", "das", "le", "la", "les", "de", "des", "du", "et",
    "en", "un", "une",
])  # fmt: skip
_SPELLING = 80  # of 100: optimisation and optimization, network and networks
_NOTHING_IN_COMMON = 0.3  # of the letters, words spelt alike only
_LETTERS, _WORDS = 16, 3  # of a title that stands inside of another


@dataclass(slots=True)
class Title:
    """A title taken apart. `part` is the number of a part, or the word that makes it an answer to another title."""

    text: str
    key: int = field(init=False)
    words: list[str] = field(init=False)
    part: str = field(init=False)
    is_generic: bool = field(init=False)

    def __post_init__(self) -> None:
        text = fold(self.text)
        self.key = title_key(self.text)
        self.words = _words(_VERSION.sub(" ", text))
        self.part = " ".join(group for match in _PART.finditer(text) for group in match.groups() if group)
        self.part += " ".join(_ANSWER.findall(text))
        plain = " ".join(words(self.text))
        self.is_generic = len(self.words) < 2 or bool(_GENERIC.match(plain))


@dataclass(frozen=True, slots=True)
class Likeness:
    """`words`: the part of the letters of both titles that stands in both, from 0 to 1. `only_added`: one title has
    all words of the other. `one_is_part`: one is the other without its subtitle, or without what stands before it."""

    words: float
    only_added: bool
    one_is_part: bool
    numbers_agree: bool


def are_strangers(one: str, other: str) -> bool:
    """Whether two titles have so few words in common that nothing else about them need be looked at: a quick answer
    for most papers of the same authors."""
    left, right = set(words(one)) - _LITTLE, set(words(other)) - _LITTLE
    letters = sum(map(len, left)) + sum(map(len, right))
    return 2 * sum(map(len, left & right)) < _NOTHING_IN_COMMON * letters


def likeness(one: Title, other: Title) -> Likeness:
    left, right = _left_over(one.words, other.words)
    letters = sum(map(len, one.words)) + sum(map(len, other.words))
    lost = sum(len(word) for word in (*left, *right) if word not in _LITTLE)
    weighty = [[word for word in each if word not in _LITTLE] for each in (left, right)]
    return Likeness(
        words=1 - lost / max(letters, 1),
        only_added=not (weighty[0] and weighty[1]),
        one_is_part=_is_part(one, other) or _is_part(other, one),
        numbers_agree=_numbers_agree(one.words, other.words),
    )


def _words(text: str) -> list[str]:
    found = _WORD.findall(" ".join(words(text)))
    return [_CENTURY.sub("", _ORDINALS.get(word, word)) for word in found]


def _left_over(left: Sequence[str], right: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of each title that the other lacks, also in another spelling, or abbreviated."""
    ours, theirs = list(left), list(right)
    for same in (_equal, _alike):
        for word in ours.copy():
            other = next((other for other in theirs if same(word, other)), None)
            if other is not None:
                ours.remove(word)
                theirs.remove(other)
    _drop_abbreviated(ours, theirs)
    _drop_abbreviated(theirs, ours)
    return ours, theirs


def _drop_abbreviated(short: list[str], long: list[str]) -> None:
    """NP and noun phrase, RNNs and recurrent neural networks."""
    for word in short.copy():
        bare = word.removesuffix("s") if len(word) > 2 else word
        initials = "".join(each[0] for each in long)
        at = initials.find(bare)
        if 2 <= len(bare) <= 5 and at >= 0:
            short.remove(word)
            del long[at : at + len(bare)]


def _equal(one: str, other: str) -> bool:
    return one == other


def _alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 3 and one[0] == other[0] and fuzz.ratio(one, other) >= _SPELLING


def _is_part(part: Title, whole: Title) -> bool:
    letters = "".join(part.words)
    if len(letters) < _LETTERS or len(part.words) < _WORDS:
        return False
    return any("".join(_words(each)) == letters for each in _BETWEEN_PARTS.split(fold(whole.text)))


def _numbers_agree(left: Sequence[str], right: Sequence[str]) -> bool:
    """One title may leave all numbers out, or some; none may have another one in its place."""
    ours, theirs = ({word for word in each if word.isdigit()} for each in (left, right))
    return ours <= theirs or theirs <= ours
