"""The help page's examples of the query language. A test runs each through the parser."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Example:
    """What may be typed and what it finds. `is_misread` marks one that shows what happens to nonsense."""

    query: str
    finds: str | Promise
    is_misread: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    heading: str | Promise
    says: str | Promise
    examples: Sequence[Example]


SECTIONS = (
    Section(
        _("Words"),
        _(
            "Plain words rank: a paper that holds more of them, or rarer ones, stands higher, and papers of the same "
            "meaning are found too. None of the words is required. Capitals, accents, endings and TeX make no "
            "difference."
        ),
        [
            Example("neural machine translation", _("papers about it, the best first")),
            Example("how do models learn from few examples", _("a question in your own words")),
            Example("强化学习 机器翻译", _("Chinese, with or without spaces")),
            Example("1706.03762", _("an arXiv id, a DOI or the address of a paper goes straight to it")),
        ],
    ),
    Section(
        _("Phrases and exclusions"),
        _(
            "What stands in quotation marks is required, its words side by side. A minus right before anything leaves "
            "out the papers that it holds of."
        ),
        [
            Example('"beam search"', _("papers that hold the phrase")),
            Example("“注意力机制”", _("Chinese quotation marks do as well")),
            Example('"beam search" -speech', _("the phrase, but nowhere the word speech")),
            Example("parsing NOT semantic", _("NOT is another way to write the minus")),
        ],
    ),
    Section(
        _("Fields"),
        _(
            "A field is required too. Its value stands right behind the colon: a word, a phrase, or more of them in "
            "parentheses."
        ),
        [
            Example("ti:attention", _("in the title")),
            Example('abs:"low resource"', _("in the abstract")),
            Example("au:vaswani", _("by an author of that family name")),
            Example('au:"ashish vas*"', _("the beginning of a name")),
            Example('au:"Vaswani, A"', _("either name first, with initials")),
            Example("cat:cs.CL", _("in an arXiv category")),
            Example("cat:math", _("in any category of an archive")),
            Example("venue:ACL", _("at a venue, by any name it goes by")),
            Example("venue:ACL.2019 track:Long", _("one edition of it, and one track")),
            Example("year:2019..2023", _("in these years")),
            Example("year:>=2020", _("since a year")),
            Example("date:2024-01..2024-03-15", _("from a month or day to another")),
            Example("id:1706.03762", _("by an id that any source gave it")),
            Example("has:code", _("with code; has: knows pdf, code, doi, abstract and venue")),
            Example("in:venues", _("of venues, or in:arxiv for preprints")),
        ],
    ),
    Section(
        _("Combining"),
        _(
            "All that is required must hold. OR takes either: it binds tighter than standing side by side. AND "
            "requires the words on both its sides."
        ),
        [
            Example("ti:(attention OR transformer) year:2017", _("either word in the title")),
            Example('cat:cs.CL,cs.LG "word embeddings"', _("a list of values is either of them")),
            Example('("beam search" OR sampling) -venue:ACL', _("the phrase or the word, but not at ACL")),
            Example("syntax AND semantics", _("both words")),
            Example("cat:cs.CL year:2024 -in:venues", _("without words, the newest papers stand first")),
        ],
    ),
    Section(
        _("What is not understood"),
        _("It is searched as words, and the page says so. No query is an error."),
        [
            Example("year:9999..-1", _("no years"), is_misread=True),
            Example("colour:blue", _("no field"), is_misread=True),
            Example('"beam search', _("a quotation mark without a partner"), is_misread=True),
        ],
    ),
)
