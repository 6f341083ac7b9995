"""What search has to say of a query, in sentences for readers."""

import math
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from papers.identifiers import SOURCE_NAMES
from search.language.clauses import Author, Clause, Code, Either, Every, Not, Span, Text
from search.language.tokens import Misread
from search.reasons import Reason
from search.stages import Notice
from search.title.evidence import Evidence

NOTICES: dict[Notice, str | Promise] = {
    "words-only": gettext_lazy("Only words were searched: search by meaning is not ready or not reachable."),
    "few-vectors": gettext_lazy("Ranked by words: most papers found have no vector yet; they are being made."),
    "meaning-only": gettext_lazy("Only meaning was searched: the word index is being built."),
    "nothing": gettext_lazy("Search is not ready yet: its indexes are being built. Try again in a minute."),
    "shortened": gettext_lazy("Your query was shortened: only its first words were used."),
    "by-time": gettext_lazy("There are no words to rank by: the newest papers stand first."),
    "by-interest": gettext_lazy("The 200 most relevant papers stand in the order of readers’ interest."),
    "late": gettext_lazy("The server is busy: titles were not read again, so the order is less sure than it could be."),
    "loosened": gettext_lazy("No paper holds what stands in quotes as it is: its words were searched instead."),
}

_MISREAD: dict[str, str | Promise] = {
    "unknown-field": gettext_lazy("“%(text)s” was searched as words: there is no such field."),
    "no-value": gettext_lazy(
        "“%(text)s” was searched as a word: a field’s value stands right behind it, as in %(ok)s."
    ),
    "bad-value": gettext_lazy("“%(text)s” was searched as words: the field has no such value."),
    "quote": gettext_lazy("A quotation mark has no partner: what follows it was searched as words."),
    "parenthesis": gettext_lazy("A parenthesis has no partner and was passed over."),
    "minus": gettext_lazy("A “%(text)s” with nothing right behind it was passed over."),
    "operator": gettext_lazy("“%(text)s” with nothing beside it was passed over."),
    "prose": gettext_lazy("So many words read as prose: no quoted phrase and no id in it was required."),
    "depth": gettext_lazy("Parentheses are nested too deeply: the inner ones were passed over."),
}


def misread(piece: Misread) -> str:
    """Why a piece of the query was not understood, and what was done."""
    return str(_MISREAD[piece.code]) % {"text": piece.text, "ok": "ti:attention"}


def unknown(clause: Code) -> str:
    """A filter that names nothing we have."""
    if clause.field == "venue":
        return _("No venue here goes by the name “%(name)s”.") % {"name": clause.value}
    return _("“%(name)s” is no category that papers here have.") % {"name": clause.value}


def described(clause: Clause) -> str:
    """A filter as a reader would say it: `author: vaswani`, `not “speech”`."""
    match clause:
        case Not(inner):
            return _("not %(what)s") % {"what": described(inner)}
        case Every(clauses):
            return _("all of (%(what)s)") % {"what": _("; ").join(map(described, clauses))}
        case Either(clauses):
            return _("one of (%(what)s)") % {"what": _("; ").join(map(described, clauses))}
        case Text(field, text):
            return f"{_TEXTS[field]} “{text}”" if field else f"“{text}”"
        case Author(name, prefix):
            return _("author %(name)s") % {"name": name + "…" * prefix}
        case Span():
            return _span(clause)
        case Code(field, value):
            return f"{_CODES[field]} {SOURCE_NAMES.get(value, value) if field == 'in' else value}"


def _span(clause: Span) -> str:
    first, _sep, last = str(clause).partition(":")[2].partition("..")
    if not _sep:
        return first
    if not last:
        return _("since %(first)s") % {"first": first}
    return (
        _("%(first)s to %(last)s") % {"first": first, "last": last} if first else _("until %(last)s") % {"last": last}
    )


def ranks(reason: Reason) -> list[tuple[str | Promise, int]]:
    """The arms that found a paper, by the names that the page gives them, with the place each puts it at."""
    return [(name, reason.arms[arm].rank) for arm, name in _ARMS.items() if arm in reason.arms]


def weights(shares: Mapping[str, float]) -> list[tuple[str | Promise, int]]:
    """The arms' shares in the fused order, in per cent."""
    whole = sum(shares.values()) or 1.0
    return [(name, round(100 * shares[arm] / whole)) for arm, name in _ARMS.items() if shares.get(arm)]


def reasons(reason: Reason) -> list[str]:
    """Why a paper stands where it stands, in sentences."""
    told = [_(_HELD[field]) % {"words": ", ".join(words)} for field, words in reason.words.items()]
    if not told:
        told.append(_("It holds none of your words; it was found by its meaning or its title."))
    if reason.evidence is not None:
        told.append(
            _("Its title has %(query)d %% of what your query names, and your query %(title)d %% of its title.")
            % {"query": round(100 * reason.evidence.of_query), "title": round(100 * reason.evidence.of_title)}
        )
        told.append(_likelihood(reason.evidence))
    if reason.likeness is not None:
        told.append(_("It is %(like)d %% like the first papers found.") % {"like": round(100 * reason.likeness)})
    if reason.before is not None and reason.before != reason.final:
        told.append(
            _("Read again it went from place %(before)d to %(now)d.") % {"before": reason.before, "now": reason.final}
        )
    return told


def _likelihood(evidence: Evidence) -> str:
    times = math.exp(min(abs(evidence.pmi), _MOST_NATS))
    change = {"times": f"{float(f'{times:.1g}'):,.0f}"}
    if times < 2:
        return _("To the title model its title is about as likely with your query as without.")
    if evidence.pmi > 0:
        return _("To the title model your query makes its title %(times)s times more likely.") % change
    return _("To the title model your query makes its title %(times)s times less likely.") % change


_MOST_NATS = 20.0  # so that no number is longer than a line


_ARMS: dict[str, str | Promise] = {
    "lexical": gettext_lazy("words"), "dense": gettext_lazy("meaning"), "multilingual": gettext_lazy("any language"),
    "title": gettext_lazy("title"),
}  # fmt: skip
_HELD: dict[str, str] = {
    "title": gettext_noop("In the title: %(words)s."),
    "abstract": gettext_noop("In the abstract: %(words)s."),
    "authors": gettext_noop("Among the authors: %(words)s."),
}
_TEXTS: dict[str, str | Promise] = {"ti": gettext_lazy("title:"), "abs": gettext_lazy("abstract:")}
_CODES: dict[str, str | Promise] = {
    "cat": gettext_lazy("category"),
    "venue": gettext_lazy("venue"),
    "track": gettext_lazy("track"),
    "id": gettext_lazy("id"),
    "has": gettext_lazy("with"),
    "in": gettext_lazy("from"),
}
