"""What one query came to at every stage, and which order a reader sees where a stage did not run. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# The pipeline's order. A stage that is not named here counts as one more arm.
ARMS, COMBINED = ("lexical", "dense", "multilingual", "title"), ("fused", "reranked")
PEER = "peer: "
# Steps that a reader waits for before an arm can begin. A combined order waits for all steps before it.
_BEFORE = {"dense": ("encode",), "multilingual": ("encode-multilingual",), "title": ("encode-multilingual",)}


@dataclass(frozen=True, slots=True)
class Timed:
    """Papers in order and the milliseconds it took to find them."""

    paper_ids: Sequence[int]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Measures and waiting time (ms) by stage that ran, time (ms) by step; `empty` says that the page shows nothing."""

    kind: str
    measured: Mapping[str, Mapping[str, float]]
    waited: Mapping[str, float]
    steps: Mapping[str, float]
    empty: bool
    notices: tuple[str, ...]


def in_order(stages: Iterable[str]) -> list[str]:
    """Arms, what combines them, peers; unknown stages are arms behind the known ones, by name."""
    return sorted(set(stages), key=lambda stage: (stage.startswith(PEER), stage in COMBINED, _place(stage), stage))


def is_arm(stage: str) -> bool:
    return stage not in COMBINED and not stage.startswith(PEER)


def standing(result: Outcome, stage: str) -> str | None:
    """The stage whose order a reader saw: a combined order that was not made leaves the one before it. An arm or peer
    that did not run found nothing, which no other's order may hide: None."""
    if stage in result.measured:
        return stage
    if stage not in COMBINED:
        return None
    before = COMBINED[: COMBINED.index(stage)][::-1] + tuple(filter(is_arm, in_order(result.measured)))
    return next((other for other in before if other in result.measured), None)


def wait(stage: str, milliseconds: Mapping[str, float]) -> float:
    """How long a reader waits for a stage, in ms: its steps for an arm, all steps up to its own for a combined order.
    `milliseconds` holds the steps in the order in which they ran."""
    if is_arm(stage):
        return sum(milliseconds.get(step, 0.0) for step in (*_BEFORE.get(stage, ()), stage))
    steps = list(milliseconds)
    end = steps.index(stage) + 1 if stage in steps else len(steps)
    return sum(milliseconds[step] for step in steps[:end])


def _place(stage: str) -> int:
    known = ARMS + COMBINED
    return known.index(stage) if stage in known else len(known)
