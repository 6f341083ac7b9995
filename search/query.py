"""What a reader typed -> what to look for. Pure. The language itself is in search.language."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from papers.identifiers import ArxivId, arxiv_id, doi
from search.language import parser
from search.language.clauses import Clause, Not, Text
from search.language.tokens import MAX_PIECE, Misread, plain_words

MAX_LENGTH = 2_000
MAX_WORDS = 256
PROSE = 10  # more plain words than these beside a phrase are a text, in which the phrase is not required
_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|format|e-print)/(?P<id>.+?)(?:\.pdf)?/?\Z")
_ARXIV_HOSTS = ("arxiv.org", "www.arxiv.org", "export.arxiv.org", "browse.arxiv.org", "ar5iv.org", "alphaxiv.org")
_ANTHOLOGY_HOSTS = ("aclanthology.org", "www.aclanthology.org")


@dataclass(frozen=True, slots=True)
class Query:
    """`words` rank; every one of `required` must hold of a paper and none of `excluded`. Two queries are equal that ask
    for the same, however they were typed.

    `text` is what was typed, cut to MAX_LENGTH characters; `shortened` says that something was cut; `plain` is what the
    query is about, without operators, filters and exclusions, in the order typed; `misread` is what could not be
    understood, and was searched as words."""

    text: str = field(compare=False)
    words: tuple[str, ...] = ()
    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    plain: str = field(default="", compare=False)
    misread: tuple[Misread, ...] = field(default=(), compare=False)
    shortened: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        """The query as the language writes it: parsing that gives an equal query."""
        return " ".join([*self.words, *map(str, self.required), *(str(Not(clause)) for clause in self.excluded)])

    @property
    def filters(self) -> tuple[Clause, ...]:
        """All that must hold, exclusions as such."""
        return (*self.required, *map(Not, self.excluded))

    @property
    def phrases(self) -> tuple[Text, ...]:
        """The phrases that are required of the whole text."""
        return tuple(clause for clause in self.required if isinstance(clause, Text) and not clause.field)

    def without(self, clause: Clause) -> "Query":
        """The same without one of its filters."""
        required = tuple(each for each in self.required if each != clause)
        excluded = tuple(each for each in self.excluded if Not(each) != clause)
        return parse(str(Query("", self.words, required, excluded)))

    def loosened(self) -> "Query":
        """The same with its phrases as words."""
        phrases = self.phrases
        required = tuple(clause for clause in self.required if clause not in phrases)
        words = (*self.words, *(word for phrase in phrases for word in plain_words(phrase.text)))
        return replace(self, words=words, required=required)


@dataclass(frozen=True, slots=True)
class Terms:
    """Index terms of a query with how often each was typed: stemmed and as written. `translated` are Chinese words as
    English: for each word its senses, each as stemmed terms."""

    stemmed: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    translated: tuple[tuple[tuple[str, ...], ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.written)


def parse(text: str) -> Query:
    """Reads what was typed; anything is a query."""
    flat = " ".join(text.replace("\x00", " ").split())
    words = flat.split(" ")
    cut = " ".join(words[:MAX_WORDS])[:MAX_LENGTH].strip()
    part, misread = parser.parse(cut)
    query = Query(
        cut, part.words, part.required, part.excluded, " ".join(part.plain), tuple(misread), len(cut) < len(flat)
    )
    return _as_prose(query) if query.phrases and len(query.words) > PROSE else query


def _as_prose(query: Query) -> Query:
    """Who pastes a sentence or two means its quotation marks as the sentence does."""
    marks = Misread("prose", str(query.phrases[0])[:MAX_PIECE])
    return replace(query.loosened(), misread=(*query.misread, marks))


def named_paper(text: str) -> ArxivId | str | None:
    """The one paper that a query names: an arXiv id, or another id or DOI as text; None for ordinary words."""
    text = text.strip()
    if found := arxiv_id(text):
        return found
    if named := doi(text):
        return named
    if text.startswith(("http://", "https://")):
        return _named_by_url(text)
    return None


def _named_by_url(url: str) -> ArxivId | str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path).replace("\x00", "")
    if parts.hostname in _ARXIV_HOSTS and (match := _ARXIV_PATH.match(path)):
        return arxiv_id(match["id"])
    if parts.hostname in _ANTHOLOGY_HOSTS:
        return path.strip("/").removesuffix(".pdf") or None
    return None
