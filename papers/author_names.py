"""Under which keys papers of a person stand, whose name is written in one of many ways. Pure.

A key is the folded family name and the first given name (papers.text.name_key). A name in an address does not say where
its family name begins, so it is read in every way that it can be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from papers.record import Author
from papers.text import name_key, words

_CHINESE = re.compile(r"[\u3400-\u9fff]{2,4}\Z")


@dataclass(frozen=True)
class Name:
    """A name as it stands in an address: given name first, as sources write it."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        return words(self.text)

    @cached_property
    def whole(self) -> str:
        """The key where a source did not split the name; also that of one whose family name stands first."""
        return name_key(self.text, "")

    @cached_property
    def keys(self) -> frozenset[str]:
        """With the family name last, however many words it has."""
        if len(self.words) == 1:
            return frozenset(_chinese(self.words[0]))
        return frozenset(self._key(at, self.words[0]) for at in range(1, len(self.words)))

    @cached_property
    def initial_keys(self) -> frozenset[str]:
        """Where papers have no more of the given name than its first letter."""
        if len(self.words) < 2 or len(self.words[0]) == 1 or not self.words[0][0].isascii():
            return frozenset()
        return frozenset(self._key(at, self.words[0][0]) for at in range(1, len(self.words)))

    @property
    def initials(self) -> str:
        """The name with the first letter of its first word: J. Smith."""
        first, _, rest = self.text.partition(" ")
        return f"{first[0].upper()}. {rest}"

    @property
    def turned(self) -> str:
        """With the last word first: what is meant where the family name was written first."""
        rest, _, last = self.text.rpartition(" ")
        return f"{last} {rest}".strip()

    def _key(self, family_at: int, given: str) -> str:
        return name_key(" ".join(self.words[family_at:]), given)


def given_first(text: str) -> str:
    """`Lovelace, Ada` -> `Ada Lovelace`; "" where no comma says so."""
    family, comma, given = text.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and words(family) and words(given) else ""


def keys_of(author: Author) -> list[str]:
    """The keys of all spellings of an author, that of the name as shown first."""
    keys = [name_key(author.family or author.name, author.given)]
    keys += [name_key(*_split(variant)) for variant in author.variants]
    return [key for key in keys if key]


def stored(author: Mapping[str, Any]) -> Author:
    """An author as Paper.authors keeps it."""
    return Author(
        name=author.get("name", ""),
        family=author.get("family", ""),
        given=author.get("given", ""),
        variants=tuple(author.get("variants", ())),
    )


def bears(author: Author, name: Name) -> frozenset[str]:
    """The keys by which an author may go by a name, none where not. A name that a source did not split is taken
    whole; one that it split is not turned around."""
    own = frozenset(keys_of(author))
    return own & name.keys or (own & {name.whole} if not author.family else frozenset())


def is_written(author: Author, name: Name) -> bool:
    """Whether one of an author's spellings is the name, but for case and accents."""
    return any(words(spelling) == name.words for spelling in (author.name, *author.variants))


def _chinese(word: str) -> list[str]:
    """Family names of one character, or of two."""
    return [name_key(word[:at], word[at:]) for at in (1, 2) if len(word) > at] if _CHINESE.match(word) else []


def _split(name: str) -> tuple[str, str]:
    given, _, family = name.rpartition(" ")
    return family, given
