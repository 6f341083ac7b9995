"""An asking -> key sentences of the paper, chosen by our own encoder: what there is without a language model."""

from functools import lru_cache

import numpy as np
from django.conf import settings

from library.answers import cues, material, queue
from library.answers.choosing import Vectors, choose
from library.answers.models import Answer
from library.answers.questions import QUESTIONS
from library.answers.queue import Taken
from library.answers.sentences import sentences
from library.answers.terms import terms
from papers.models import Paper
from search.encoder import MULTILINGUAL, encoder

# A paper has some 300 sentences; of a book the beginning and the end are read.
HEAD, TAIL = 400, 200
PATIENCE = 1
# Where in a text sentences that answer a question are found most often, by question; below 0 anywhere.
_PLACES = (0.0, 0.1, 0.35, 0.75, 1.0, -1.0)


def extract(taken: Taken) -> None:
    """Chooses and keeps the sentences of all questions at once. Raises LeaseLost, NothingToRead, NotNow."""
    paper = Paper.objects.filter(pk=taken.paper_id).first()
    if paper is None:
        return
    queue.extend(taken, material.FETCHING)
    found = material.of(paper, is_patient=taken.attempts < PATIENCE)
    location = MULTILINGUAL if paper.language else settings.ENCODER
    chosen = key_sentences(found.text, location)
    if not any(chosen):
        raise material.NothingToRead("there are no sentences to choose from")
    source, model = material.source(found, paper), encoder(location).name
    answers = [
        Answer(
            asking_id=taken.id, question=question.number, text="\n".join(each), source=source, model=model,
            terms=sorted(terms(" ".join(each))),
        )
        for question, each in zip(QUESTIONS, chosen, strict=True)
        if each
    ]  # fmt: skip
    queue.keep(taken, answers, is_last=True)


def key_sentences(text: str, location: str) -> list[list[str]]:
    """For each question some sentences of the text, in its order; none where no sentence answers it. `location` is
    that of the encoder."""
    found = sentences(text)
    if len(found) > HEAD + TAIL:
        found = found[:HEAD] + found[-TAIL:]
    if not found:
        return [[] for _ in QUESTIONS]
    vectors = encoder(location).encode(found)
    chosen = choose(vectors, _questions(location), cues.holds(found), _PLACES, anything=cues.SUMMARY)
    return [[found[number] for number in each] for each in chosen]


@lru_cache(maxsize=4)
def _questions(location: str) -> Vectors:
    """A unit vector for each question, between those of sentences that answer it."""
    means = [encoder(location).encode(question.probes).mean(axis=0) for question in QUESTIONS]
    return np.array([mean / np.linalg.norm(mean) for mean in means], np.float32)
