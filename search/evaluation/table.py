"""The report as lines for people. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from search.evaluation.report import COMPARED
from search.metrics import MEASURES

_FIGURES = (*MEASURES, "p50_ms", "p95_ms")
_WIDTH = 16


def table(told: Mapping[str, Any]) -> str:
    """What search.evaluation.runs returns. Behind a combined order stand the order it is compared with, the
    differences to it and their p-values."""
    lines = [f"{told['collection']}: {told['documents']:,} documents, {told['queries']:,} queries", _header()]
    lines += _group(told["stages"], told)
    for kind, stages in told.get("kinds", {}).items():
        facts = told["by_kind"][kind]
        lines += ["", f"{kind}: {facts['queries']:,} queries", *_group(stages, facts)]
    lines += ["", f"{'step':{_WIDTH}}{'p50_ms':>12}{'p95_ms':>12}"]
    lines += [
        f"{step:{_WIDTH}}{spent['p50_ms']:>12.2f}{spent['p95_ms']:>12.2f}" for step, spent in told["steps"].items()
    ]
    lines += [f"notice {notice}: {count:,} queries" for notice, count in told["notices"].items()]
    lines += [f"MRR@10 {name}: {ratio:.4f}" for name, ratio in told.get("typo_ratio", {}).items()]
    return "\n".join(lines)


def _header() -> str:
    against = "".join(f"{'+' + measure:>10}{'p':>8}" for measure in COMPARED)
    return f"{'':{_WIDTH}}" + "".join(f"{name:>12}" for name in _FIGURES) + f"  {'against':{_WIDTH}}{against}"


def _group(stages: Mapping[str, Mapping[str, float]], facts: Mapping[str, Any]) -> Iterator[str]:
    for stage, figures in stages.items():
        compared = facts["versus"].get(stage)
        yield _row(stage, figures) + (_against(compared) if compared else "") + _partly(stage, facts)
    for stage, compared in facts.get("versus_peers", {}).items():
        yield f"{stage:{_WIDTH}}" + " " * 12 * len(_FIGURES) + _against(compared)
    absent = [stage for stage, count in facts["answered"].items() if not count]
    if absent:
        yield f"not run (0 of {facts['queries']:,} queries): {', '.join(absent)}"
    yield f"pages without a result: {facts['zero_results']:.2%}"


def _row(stage: str, figures: Mapping[str, float]) -> str:
    return f"{stage:{_WIDTH}}" + "".join(f"{figures[name]:>12.4f}" for name in _FIGURES)


def _against(compared: Mapping[str, Any]) -> str:
    pairs = (compared[measure] for measure in COMPARED)
    return f"  {compared['against']:{_WIDTH}}" + "".join(
        f"{pair['difference']:>+10.4f}{pair['p']:>8.4f}" for pair in pairs
    )


def _partly(stage: str, facts: Mapping[str, Any]) -> str:
    answered, queries = facts["answered"][stage], facts["queries"]
    return f"  ran for {answered:,} of {queries:,}" if answered < queries else ""
