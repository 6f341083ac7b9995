"""Outcomes of queries -> the report: figures by stage and kind, and what each stage adds to the one before. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from search import metrics
from search.evaluation.outcomes import ARMS, COMBINED, PEER, Outcome, in_order, is_arm, standing

COMPARED = ("ndcg@10", "mrr@10")
_NOTHING = dict.fromkeys(metrics.MEASURES, 0.0)
Figures = dict[str, float]


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """`stages` and `kinds` hold figures, `versus` each combined order against the one before it and `versus_peers` the
    last one against the best peer, `answered` for how many queries a stage ran; `by_kind` the same for each kind."""
    kinds = {kind: _of(outcomes, kind) for kind in dict.fromkeys(each.kind for each in outcomes) if kind}
    told: dict[str, Any] = {"queries": len(outcomes), "stages": _figures(outcomes)}
    if kinds:
        told["kinds"] = {kind: _figures(group) for kind, group in kinds.items()}
    told |= {**_facts(outcomes), "steps": _steps(outcomes), "notices": _notices(outcomes)}
    if kinds:
        told["by_kind"] = {kind: {"queries": len(group), **_facts(group)} for kind, group in kinds.items()}
    return told


def typo_ratio(told: dict[str, Any]) -> dict[str, float]:
    """How much of the final stage's MRR@10 on `partial` is left with one and with two typos."""
    final = {kind: stages[_last(stages)]["mrr@10"] for kind, stages in told["kinds"].items()}
    whole = final.get("partial", 0.0)
    return {
        f"{kind}/partial": round(final[kind] / whole, 4)
        for kind in ("partial-typo1", "partial-typo2")
        if kind in final and whole
    }


def _of(outcomes: Sequence[Outcome], kind: str) -> list[Outcome]:
    return [each for each in outcomes if each.kind == kind]


def _facts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    ran = _ran(outcomes)
    return {
        "versus": _versus(outcomes),
        **({"versus_peers": _versus_peers(outcomes)} if any(stage.startswith(PEER) for stage in ran) else {}),
        "answered": {
            stage: sum(stage in each.measured for each in outcomes) for stage in in_order([*ARMS, *COMBINED, *ran])
        },
        "zero_results": round(sum(each.empty for each in outcomes) / len(outcomes), 4),
    }


def _ran(outcomes: Sequence[Outcome]) -> list[str]:
    return in_order(stage for each in outcomes for stage in each.measured)


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    return {stage: _figures_of(outcomes, stage) for stage in _ran(outcomes)}


def _figures_of(outcomes: Sequence[Outcome], stage: str) -> Figures:
    """Quality over all queries, speed over those for which the stage, or the one in its place, ran."""
    seen = [(each, standing(each, stage)) for each in outcomes]
    measured = metrics.mean([each.measured[name] if name else _NOTHING for each, name in seen])
    return {
        **{measure: round(value, 4) for measure, value in measured.items()},
        **_speed([each.waited[name] for each, name in seen if name]),
    }


def _speed(milliseconds: Sequence[float]) -> Figures:
    return {
        "p50_ms": round(metrics.percentile(milliseconds, 0.50), 2),
        "p95_ms": round(metrics.percentile(milliseconds, 0.95), 2),
    }


def _steps(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    names = dict.fromkeys(step for each in outcomes for step in each.steps)
    return {name: _speed([each.steps[name] for each in outcomes if name in each.steps]) for name in names}


def _notices(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return dict(Counter(notice for each in outcomes for notice in each.notices))


def _versus(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The best arm, then each combined order against what it was made from."""
    ran = _ran(outcomes)
    before = _best(outcomes, [stage for stage in ran if is_arm(stage)])
    told = {}
    for stage in (stage for stage in ran if stage in COMBINED):
        if before:
            told[stage] = _compared(outcomes, stage, before)
        before = stage
    return told


def _versus_peers(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    ran = _ran(outcomes)
    ours = [stage for stage in ran if not stage.startswith(PEER)]
    peer = _best(outcomes, [stage for stage in ran if stage.startswith(PEER)])
    return {_last(ours): _compared(outcomes, _last(ours), peer)} if ours and peer else {}


def _last(stages: Sequence[str] | dict[str, Any]) -> str:
    """The order that readers see."""
    return [stage for stage in stages if not stage.startswith(PEER)][-1]


def _best(outcomes: Sequence[Outcome], stages: Sequence[str]) -> str | None:
    return max(stages, key=lambda stage: _figures_of(outcomes, stage)["ndcg@10"], default=None)


def _compared(outcomes: Sequence[Outcome], stage: str, against: str) -> dict[str, Any]:
    told: dict[str, Any] = {"against": against}
    for measure in COMPARED:
        differences = [_value(each, stage, measure) - _value(each, against, measure) for each in outcomes]
        mean = sum(differences) / len(differences)
        told[measure] = {"difference": round(mean, 4), "p": round(metrics.bootstrap_p(differences), 4)}
    return told


def _value(result: Outcome, stage: str, measure: str) -> float:
    name = standing(result, stage)
    return result.measured[name][measure] if name else 0.0
