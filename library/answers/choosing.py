"""Vectors of a paper's sentences and of the questions -> the sentences that answer them best. Pure."""

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

# Of a short text, an abstract, one sentence for each question; of a long one more.
SHORT, FEW, MORE = 20, 1, 3
# What counts, in standard deviations: being near to sentences that answer the question, being typical of the paper,
# having the question's own words, and standing where such sentences stand.
_CLOSENESS, _CENTRALITY, _CUE, _PLACE = 0.7, 0.5, 0.8, 0.5
_REDUNDANCY = 4.0  # what saying the same as a chosen sentence costs, for each point of their cosine above ALIKE
_ALIKE = 0.5


def choose(
    sentences: Vectors, questions: Vectors, cued: npt.NDArray[np.bool_], places: tuple[float, ...], anything: int
) -> list[list[int]]:
    """For each question the numbers of its sentences, in the order of the text, no sentence twice. `sentences` are unit
    vectors (N, D) in the text's order, `questions` (Q, D). `cued` (N, Q) says which sentences have words of a question;
    only these answer it, but for the question `anything`, of which any may. `places` are where in a text, from 0 to 1,
    such sentences stand most often; below 0 anywhere."""
    chosen: list[list[int]] = [[] for _ in questions]
    if not len(sentences):
        return chosen
    scores = _scores(sentences, questions, cued, places)
    scores[~cued & (np.arange(len(questions)) != anything)] = -np.inf
    alike = sentences @ sentences.T
    taken: list[int] = []
    for _ in range(FEW if len(sentences) < SHORT else MORE):
        for question in _most_certain_first(scores, taken):
            if (best := _best(scores[:, question], alike, taken)) is not None:
                chosen[question].append(best)
                taken.append(best)
    return [sorted(each) for each in chosen]


def _scores(
    sentences: Vectors, questions: Vectors, cued: npt.NDArray[np.bool_], places: tuple[float, ...]
) -> npt.NDArray[np.float64]:
    """What each sentence is worth for each question, of shape (N, Q). A sentence near to all questions answers none of
    them in particular, and one whose words speak for several speaks less for each."""
    similar = (sentences @ questions.T).astype(float)
    closeness = similar - similar.mean(axis=1, keepdims=True)
    central = np.repeat((sentences @ sentences.mean(axis=0))[:, None], len(questions), axis=1)
    at = np.linspace(0, 1, len(sentences))[:, None]
    wanted = np.array(places)[None, :]
    near = np.where(wanted < 0, 0.5, 1 - np.abs(at - wanted))
    share = cued / np.maximum(cued.sum(axis=1, keepdims=True), 1)
    return _CLOSENESS * _standard(closeness) + _CENTRALITY * _standard(central) + 2 * _CUE * share + 2 * _PLACE * near


def _standard(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    return np.asarray((values - values.mean()) / (values.std() + 1e-6), np.float64)


def _most_certain_first(scores: npt.NDArray[np.float64], taken: list[int]) -> list[int]:
    """Questions whose best sentence is the clearest choose first."""
    free = np.delete(scores, taken, axis=0)
    return [int(each) for each in np.argsort(-free.max(axis=0))] if len(free) else []


def _best(scores: npt.NDArray[np.float64], alike: Vectors, taken: list[int]) -> int | None:
    penalised = scores.copy()
    if taken:
        penalised -= _REDUNDANCY * np.clip(alike[:, taken].max(axis=1) - _ALIKE, 0, None)
        penalised[taken] = -np.inf
    best = int(np.argmax(penalised))
    return best if np.isfinite(penalised[best]) else None
