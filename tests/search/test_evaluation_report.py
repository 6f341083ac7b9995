"""From outcomes of queries to figures: fallbacks, comparisons, waiting times."""

import pytest

from search import metrics
from search.evaluation.outcomes import Outcome, in_order, standing, wait
from search.evaluation.report import report, typo_ratio
from search.evaluation.table import table

GONE = None


def outcome(kind: str = "", empty: bool = False, **ranks: int | None) -> Outcome:
    """Of a query with one relevant document, by the rank it got at each stage (0: not found; None: did not run)."""
    ran = {stage.replace("__", ": "): rank for stage, rank in ranks.items() if rank is not None}
    return Outcome(
        kind=kind,
        measured={
            stage: metrics.measure(["other"] * (rank - 1) + ["it"] if rank else [], {"it": 1})
            for stage, rank in ran.items()
        },
        waited={stage: 10.0 * at for at, stage in enumerate(ran, start=1)},
        steps=dict.fromkeys(ran, 10.0),
        empty=empty,
        notices=(),
    )


def test_stages_stand_in_the_order_of_the_pipeline() -> None:
    assert in_order(["peer: exact", "reranked", "citations", "title", "fused", "multilingual", "dense", "lexical"]) == [
        "lexical", "dense", "multilingual", "title", "citations", "fused", "reranked", "peer: exact",
    ]  # fmt: skip


def test_an_arm_is_waited_for_by_itself_and_a_combined_order_with_all_before_it() -> None:
    steps = {"lexical": 1.0, "encode": 20.0, "dense": 4.0, "title": 50.0, "fused": 2.0, "reranked": 80.0}
    assert wait("lexical", steps) == 1
    assert wait("dense", steps) == 24
    assert wait("title", steps) == 50
    assert wait("fused", steps) == 77
    assert wait("reranked", steps) == 157


def test_each_combined_order_is_compared_with_the_one_before_and_the_first_with_the_best_arm() -> None:
    outcomes = [outcome(lexical=2, dense=1, title=4, fused=1, reranked=1) for _ in range(10)]
    outcomes += [outcome(lexical=1, dense=2, title=1, fused=2, reranked=1) for _ in range(4)]
    told = report(outcomes)
    assert list(told["versus"]) == ["fused", "reranked"]
    assert told["versus"]["fused"] == {
        "against": "dense",
        "ndcg@10": {"difference": 0.0, "p": 1.0},
        "mrr@10": {"difference": 0.0, "p": 1.0},
    }
    reranked = told["versus"]["reranked"]
    assert reranked["against"] == "fused"
    assert reranked["mrr@10"]["difference"] == pytest.approx(4 * 0.5 / 14, abs=1e-4)
    differences = [0.0] * 10 + [0.5] * 4
    assert reranked["mrr@10"]["p"] == pytest.approx(metrics.bootstrap_p(differences), abs=1e-4)
    assert 0 < reranked["mrr@10"]["p"] < 0.1


def test_a_reader_sees_the_order_before_where_a_combined_one_was_not_made() -> None:
    assert standing(outcome(lexical=1, dense=1, fused=1, reranked=GONE), "reranked") == "fused"
    assert standing(outcome(lexical=1, dense=1, reranked=GONE), "reranked") == "lexical"
    assert standing(outcome(dense=1, title=1), "fused") == "dense"
    told = report([outcome(lexical=2, fused=1, reranked=1), outcome(lexical=2, fused=4), outcome(lexical=1)])
    assert told["stages"]["fused"]["mrr@10"] == pytest.approx((1 + 1 / 4 + 1) / 3, abs=1e-4)
    assert told["stages"]["reranked"]["mrr@10"] == told["stages"]["fused"]["mrr@10"]
    assert (told["answered"]["fused"], told["answered"]["reranked"]) == (2, 1)
    assert told["versus"]["reranked"]["mrr@10"] == {"difference": 0.0, "p": 1.0}
    assert "ran for 1 of 3" in table({"collection": "c", "documents": 1, **told})


def test_an_arm_that_did_not_run_found_nothing() -> None:
    told = report([outcome(lexical=1, title=1), outcome(lexical=1)])
    assert told["stages"]["title"]["mrr@10"] == 0.5
    assert told["answered"]["title"] == 1
    assert told["stages"]["title"]["p95_ms"] == 20.0  # of the query for which it ran


def test_what_never_ran_has_no_figures_but_is_listed() -> None:
    told = report([outcome(lexical=1, reranked=1)])
    assert list(told["stages"]) == ["lexical", "reranked"]
    assert told["answered"] == {
        "lexical": 1, "dense": 0, "multilingual": 0, "title": 0, "fused": 0, "reranked": 1,
    }  # fmt: skip
    assert told["versus"]["reranked"]["against"] == "lexical"
    assert "not run (0 of 1 queries): dense, multilingual, title, fused" in table(
        {"collection": "c", "documents": 1, **told}
    )


def test_each_kind_has_its_own_figures_and_its_own_best_arm() -> None:
    told = report(
        [
            outcome("words", lexical=1, dense=2, fused=1),
            outcome("meaning", lexical=2, dense=1, fused=1),
            outcome("meaning", lexical=0, dense=0, fused=0, empty=True),
        ]
    )
    assert list(told["kinds"]) == ["words", "meaning"]
    assert told["kinds"]["meaning"]["lexical"]["mrr@10"] == 0.25
    assert told["by_kind"]["words"]["versus"]["fused"]["against"] == "lexical"
    assert told["by_kind"]["meaning"]["versus"]["fused"]["against"] == "dense"
    assert told["by_kind"]["meaning"]["queries"] == 2
    assert told["by_kind"]["meaning"]["zero_results"] == 0.5
    assert told["zero_results"] == pytest.approx(1 / 3, abs=1e-4)


def test_peers_stand_behind_and_only_the_last_order_is_compared_with_the_best_of_them() -> None:
    told = report([outcome(lexical=2, fused=1, peer__stemmed=1, peer__exact=4)])
    assert list(told["stages"]) == ["lexical", "fused", "peer: exact", "peer: stemmed"]
    assert told["versus"]["fused"]["against"] == "lexical"
    assert told["versus_peers"]["fused"]["against"] == "peer: stemmed"
    assert "versus_peers" not in report([outcome(lexical=2, fused=1)])


def test_steps_are_timed_over_the_queries_in_which_they_ran() -> None:
    told = report([outcome(lexical=1, fused=1), outcome(lexical=1)])
    assert told["steps"] == {name: {"p50_ms": 10.0, "p95_ms": 10.0} for name in ("lexical", "fused")}


def test_the_typo_ratio_is_of_the_order_that_readers_see() -> None:
    told = report(
        [
            outcome("partial", lexical=1, reranked=1, peer__exact=1),
            outcome("partial-typo1", lexical=4, reranked=1, peer__exact=10),
            outcome("partial-typo2", lexical=4, reranked=2, peer__exact=10),
        ]
    )
    assert typo_ratio(told) == {"partial-typo1/partial": 1.0, "partial-typo2/partial": 0.5}
    assert typo_ratio(report([outcome("partial-typo1", lexical=1)])) == {}
    assert typo_ratio(report([outcome("partial", lexical=0), outcome("partial-typo1", lexical=1)])) == {}
