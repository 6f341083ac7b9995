"""A stand-in for arXiv and the venues' hosts: an invented population of papers behind a small server on this machine.

Here stand the things that all its parts speak of, and the words they are made of; population makes the papers, server
answers."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
CUTOFF = time(14)


class Kind(StrEnum):
    """How a list announces a paper, the most significant first."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"


@dataclass(frozen=True, slots=True)
class Version:
    """What the authors handed in, and when (UTC)."""

    number: int
    submitted: datetime
    title: str
    abstract: str
    comments: str = ""
    journal_ref: str = ""
    doi: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it was known on `datestamp`. Categories have the primary one first."""

    id: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    license: str
    versions: tuple[Version, ...]
    datestamp: date
    deleted: bool = False

    @property
    def last(self) -> Version:
        return self.versions[-1]

    def version(self, number: int) -> Version | None:
        return self.versions[number - 1] if 1 <= number <= len(self.versions) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper in a list. `version` is the one announced, and the paper is as it was then."""

    kind: Kind
    paper: Paper
    version: Version

    @property
    def name(self) -> str:
        return f"{self.paper.id}v{self.version.number}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as hosts see it: the path below the base, and the parameters as they were given."""

    base: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes
    content_type: str = "text/xml; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Answer(b"<html><head><title>404 Not Found</title></head></html>", "text/html", 404)


class WorldClock:
    """What time it is in the world. It stands still at a given moment, or goes as the callable says."""

    def __init__(self, now: datetime | Callable[[], datetime] | None = None) -> None:
        self._now: Callable[[], datetime] = lambda: datetime.now(UTC)
        if now is not None:
            self.set(now)

    def __call__(self) -> datetime:
        return self._now().astimezone(UTC)

    def set(self, now: datetime | Callable[[], datetime]) -> None:
        if not isinstance(now, datetime):
            self._now = now
            return
        if now.tzinfo is None:
            raise ValueError(f"{now} has no time zone")
        fixed = now
        self._now = lambda: fixed

    def advance(self, by: timedelta) -> None:
        """Later by so much; a clock that stood still stands again."""
        before = self._now
        self._now = lambda: before() + by


def midnight(day: date) -> datetime:
    """The moment at which a day's lists come out."""
    return datetime.combine(day, time(), EASTERN)


def _words(text: str) -> list[str]:
    return [words.strip() for words in text.split(",")]


_ADJECTIVES = _words("""sparse, robust, scalable, Bayesian, contrastive, hierarchical, low-rank, adaptive, causal,
    non-convex, stochastic, unsupervised, equivariant, differentiable, quantized, federated, multimodal, asymptotic,
    spectral, topological, relativistic, self-supervised, stable, private, fair, cooperative, online, recursive""")
_NOUNS = _words("""transformers, graph networks, diffusion models, random matrices, Hamiltonian flows, kernels,
    embeddings, retrieval, tensor networks, Markov chains, mixed strategies, wavelets, dark matter halos, black holes,
    error-correcting codes, language models, attention heads, spin chains, gradient estimators, point clouds,
    segmentation masks, speech encoders, instrumental variables, lattices, hypergraphs, matroids, finite elements""")
_TASKS = _words("""machine translation, image restoration, question answering, galaxy formation, protein folding,
    option pricing, speech enhancement, traffic forecasting, theorem proving, compressed sensing, anomaly detection,
    phase estimation, demand estimation, dialogue, code generation, medical imaging, robot grasping, climate models,
    quantum simulation, string compactifications, music tagging, network design, optimal transport, ranking""")
_TITLES = _words("""{A} {n} for {t}, {N} and {n}: {a} methods in {t}, On {a} {n} in {t}, Towards {a} {t} with {n},
    Rethinking {t}: from {n} to {a} {n2}, Learning {a} {n} beyond {t}, How {a} are {n}? Evidence from {t}""")
_RARE_TITLES = _words(r"""An Erd{{\H o}}s--R\'enyi view of {a} {n} in {t}, $L^p$ bounds for {a} {n} and {t},
    Is $a < b$? Q&A on {a} {n} for {t}, G\"odel meets {n}: {a} {t}, <{A}> {n} & <{a2}> {n2} for "{t}",
    $\mathcal{{O}}(n \log n)$ {n} for {a} {t}, Schr\"odinger's {n}: {a} {t} at $T > 0$""")
_SENTENCES = (
    "We study {a} {n} for {t}, and ask how far they carry over to {t2} when little is known about the data.",
    "Earlier work on {n} assumes that {n2} are {a}, which rarely holds in practice.",
    "Our method combines {a} {n} with {n2}, and needs neither labels nor tuning.",
    "In experiments on {t} and {t2} it does better than {a} baselines by {d}.{d2}% at half of the cost.",
    "The proof rests on a {a} estimate for {n}, which may be of interest elsewhere.",
    "We show that {n} reach an error of $O(n^{{-1/{d}}})$ whenever $k < {d2} \\log n$ & the noise is {a}.",
    "This answers a question about {a} {n} that was raised in the study of {t}.",
    'Ablations show that the so-called "{a} regime" of {n} explains most of the gain.',
    "Finally, we release code, data and {a} {n} to make research on {t} easier to repeat.",
)
_GIVEN = _words(r"""Ada, Bao, Carla, Dmitri, Elif, Fatima, Goran, Hana, Ivan, Jos\'e, Kwame, Li, Mar\'ia, Nikhil, Priya,
    Oluwaseun, Quentin, Ren\'e, Sofia, Takeshi, Ulrike, Vikram, Wei, Ximena, Yuki, Zo\"e, A. B., J.-P., Xiaoming""")
_FAMILY = _words(r"""Abara, Bj{\o}rklund, Chen, D\"orr, Eriksen, Fournier, Garc\'ia, Huang, Ivanova, Jain, Kim, Moreau,
    M\"uller, Nakamura, O'Brien, Petrov, Qureshi, Rossi, S\'anchez, Tanaka, Ueda, van der Berg, Wang, Xu, Yamada, Zhang,
    de la Cruz, Szab\'o, Peres, Okafor, Nguyen, Kowalski, Haddad, Erd{\H o}s, Castillo, Ba{\~n}os, Ali, Lindqvist""")
LICENSES = tuple(
    f"http://{path}"
    for path in _words("""arxiv.org/licenses/nonexclusive-distrib/1.0/, creativecommons.org/licenses/by/4.0/,
    creativecommons.org/licenses/by-nc-nd/4.0/, creativecommons.org/publicdomain/zero/1.0/""")
)


class Texts:
    """Invents titles, each of them once, abstracts and names."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._titles = chance, set[str]()

    def title(self) -> str:
        while True:
            pattern = self._chance.choice(_RARE_TITLES if self._chance.random() < 0.06 else _TITLES)
            title = self._filled(pattern)
            if title not in self._titles:
                self._titles.add(title)
                return title

    def abstract(self) -> str:
        """60 to 120 words."""
        wished, text = self._chance.randint(60, 98), ""
        for pattern in self._chance.sample(_SENTENCES, len(_SENTENCES)):
            text = f"{text} {self._filled(pattern)}".strip()
            if len(text.split()) >= wished:
                break
        return text

    def authors(self, number: int) -> tuple[str, ...]:
        pick = self._chance.choice
        return tuple(dict.fromkeys(f"{pick(_GIVEN)} {pick(_FAMILY)}" for _ in range(number)))

    def crowd(self, number: int) -> tuple[str, ...]:
        """A collaboration, in the order of the alphabet; everybody has a second initial, so that no two are alike."""
        everybody = [f"{g} {i}. {f}" for f in _FAMILY for g in _GIVEN for i in "KM"]
        return tuple(everybody[:number])

    def _filled(self, pattern: str) -> str:
        pick = self._chance.choice
        adjective, noun = pick(_ADJECTIVES), pick(_NOUNS)
        return pattern.format(
            a=adjective, A=adjective[0].upper() + adjective[1:], n=noun, N=noun[0].upper() + noun[1:],
            a2=pick(_ADJECTIVES), n2=pick(_NOUNS), t=pick(_TASKS), t2=pick(_TASKS),
            d=self._chance.randint(1, 9), d2=self._chance.randint(1, 9),
        )  # fmt: skip
