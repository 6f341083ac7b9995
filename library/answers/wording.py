"""What pages say of answers, in the reader's language."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from library.answers.asking import Refusal
from library.answers.kinds import Source, State
from library.answers.questions import QUESTIONS
from library.answers.shown import ShownAsking
from library.answers.writing import USED_UP

REFUSALS: dict[str, Promise] = {
    Refusal.READER: gettext_lazy(
        "From your network so many answers were asked for today that the language model is not asked again before "
        "tomorrow. Here are key sentences of the paper instead."
    ),
    Refusal.FULL: gettext_lazy(
        "So many papers wait for answers just now that no more can be taken. Try again later; here are key sentences "
        "of the paper meanwhile."
    ),
    Refusal.BUDGET: gettext_lazy(
        "What this service may spend on a language model today is used up. It goes on at midnight UTC; here are key "
        "sentences of the paper meanwhile."
    ),
}
_SOURCES: dict[str, Promise] = {
    Source.PDF: gettext_lazy("the text of the PDF"),
    Source.PDF_PART: gettext_lazy("a part of the text of the PDF"),
    Source.ABSTRACT: gettext_lazy("the abstract"),
    Source.SUMMARY: gettext_lazy("a summary in place of the abstract"),
}


def status(shown: ShownAsking) -> str:
    """How far it is, in a line; "" when it is done."""
    if shown.state == State.FAILED:
        return _("The answers could not be completed: %(reason)s.") % {"reason": shown.error}
    if shown.state == State.WAITING:
        return _waiting(shown)
    if shown.state == State.RUNNING:
        return _running(shown)
    return ""


def _waiting(shown: ShownAsking) -> str:
    if shown.error == USED_UP:
        return _("It goes on at midnight UTC: what may be spent on a language model today is used up.")
    if shown.attempts:
        return _("The last try failed (%(reason)s). It is tried again soon.") % {"reason": shown.error}
    if not shown.ahead:
        return _("Next in the queue.")
    return ngettext("%(n)d paper comes before it in the queue.", "%(n)d papers come before it in the queue.",
                    shown.ahead) % {"n": shown.ahead}  # fmt: skip


def _running(shown: ShownAsking) -> str:
    if shown.is_extracted:
        return _("The paper is being read.")
    return _("Question %(number)d of %(total)d is being answered.") % {
        "number": min(len(shown.answers) + 1, len(QUESTIONS)),
        "total": len(QUESTIONS),
    }


def made(shown: ShownAsking) -> str:
    """From what the answers were made, by whom and when; "" while there are none."""
    if not shown.answers or shown.at is None:
        return ""
    told = {
        "model": ", ".join(shown.models),
        "source": ", ".join(str(_SOURCES[source]) for source in shown.sources),
        "day": date_format(shown.at, "Y-m-d H:i"),
        "version": shown.version,
    }
    if shown.is_extracted:
        said = _(
            "Key sentences out of %(source)s, chosen by the encoder %(model)s and not written by a language model."
        )
    else:
        said = _("Written by the language model %(model)s from %(source)s on %(day)s UTC. It may be wrong.")
    return said % told + (" " + _("Version %(version)d was read.") % told if shown.version else "")
