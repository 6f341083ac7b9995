"""An asking -> its answers, one question at a time. What comes is kept in small pieces, so that all readers see it
grow, whether the one who asked is still there or not; only what is complete becomes an answer."""

import time

from django.conf import settings

from library.answers import endpoint, material, prompts, queue, spending
from library.answers.failures import Busy, NoAnswer, Refused, Unusable
from library.answers.kinds import Source
from library.answers.models import Answer
from library.answers.prompts import Material
from library.answers.questions import QUESTIONS, Language, Question
from library.answers.queue import Taken
from library.answers.stream import Usage
from library.answers.terms import terms
from papers.models import Paper

PATIENCE = 2  # how often the PDF's host is waited for, before the abstract has to do
PIECE = 0.4  # seconds between two looks of the readers
USED_UP = "today's tokens are used up"
_EXPECTED_REPLY = 800  # tokens


def write(taken: Taken) -> None:
    """Answers what has no answer yet. Raises NoAnswer, LeaseLost, NothingToRead, NotNow."""
    paper = Paper.objects.filter(pk=taken.paper_id).first()
    if paper is None:
        return
    queue.extend(taken, material.FETCHING)
    found = material.of(paper, is_patient=taken.attempts < PATIENCE)
    found = prompts.fitted(found, settings.ANSWERS_CONTEXT)
    for question in QUESTIONS[taken.question - 1 :]:
        if spending.is_used_up():
            queue.give_back(taken, spending.seconds_to_tomorrow(), USED_UP)
            return
        if queue.is_outranked(taken):
            queue.give_back(taken)
            return
        _answer(taken, question, found, material.source(found, paper))


def _answer(taken: Taken, question: Question, found: Material, source: Source) -> None:
    messages = prompts.messages(found, question, Language(taken.language))
    asked = prompts.estimated_tokens(messages[0]["content"] + messages[1]["content"])
    queue.begin(taken, question.number, endpoint.CONNECT + endpoint.FIRST + queue.LEASE)
    reserved = spending.reserve(asked, _EXPECTED_REPLY)
    reply = endpoint.Reply(messages)
    text = ""
    try:
        text = _grown(taken, reply)
    except NoAnswer as error:
        spending.settle(reserved, _spent(reply, asked, error), failed=True)
        raise
    spent = reply.usage or Usage(asked, prompts.estimated_tokens(text))
    answer = Answer(
        asking_id=taken.id, question=question.number, text=text, source=source, model=settings.ANSWERS_MODEL,
        prompt_tokens=spent.prompt, completion_tokens=spent.completion, terms=sorted(terms(text)),
    )  # fmt: skip
    spending.settle(reserved, spent)
    queue.keep(taken, [answer], is_last=queue.is_last(question.number))


def _grown(taken: Taken, reply: endpoint.Reply) -> str:
    """The whole of the answer, after its beginnings were kept. Raises NoAnswer, LeaseLost."""
    text, due = "", 0.0
    for piece in reply:
        is_first = bool(piece) and not text
        text += piece
        if is_first or time.monotonic() >= due:
            queue.keep_draft(taken, text)
            due = time.monotonic() + PIECE
    text = text.strip()
    if not text:
        raise Unusable("the endpoint sent an empty answer")
    return text


def _spent(reply: endpoint.Reply, asked: int, error: NoAnswer) -> Usage:
    """Where the endpoint does not say what a failure cost: all of it, if it had taken the question."""
    if isinstance(error, Busy | Refused) or not reply.has_begun:
        return Usage(0, 0)
    return reply.usage or Usage(asked, _EXPECTED_REPLY)
