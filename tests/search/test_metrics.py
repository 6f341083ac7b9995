"""Our measures against those of trec_eval (pytrec_eval), on rankings made up at random; our p-values against
enumeration of every resample and against the normal distribution."""

import random
from itertools import product
from statistics import NormalDist, fmean, pstdev

import pytest
import pytrec_eval

from search import metrics

TREC = {"ndcg@10": "ndcg_cut_10", "recall@5": "recall_5", "recall@100": "recall_100"}


def made_up(seed: int) -> tuple[list[str], dict[str, int]]:
    chance = random.Random(seed)
    documents = [f"d{number}" for number in range(200)]
    judged = {document: chance.choice([0, 0, 0, 1, 2, 3]) for document in chance.sample(documents, 30)}
    judged[documents[0]] = 1
    ranking = chance.sample(documents, chance.randint(0, 150))
    return ranking, judged


@pytest.mark.parametrize("seed", range(50))
def test_measures_agree_with_trec_eval(seed: int) -> None:
    ranking, judged = made_up(seed)
    evaluator = pytrec_eval.RelevanceEvaluator({"q": judged}, {"ndcg_cut.10", "recall.5,100", "recip_rank"})
    scores = {document: float(len(ranking) - at) for at, document in enumerate(ranking)}
    ours = metrics.measure(ranking, judged)
    if not ranking:
        assert set(ours.values()) == {0.0}
        return
    theirs = evaluator.evaluate({"q": scores})["q"]
    for name, trec in TREC.items():
        assert ours[name] == pytest.approx(theirs[trec])
    first = theirs["recip_rank"]
    assert ours["mrr@10"] == pytest.approx(first if first >= 0.1 else 0.0)


def test_mean_is_over_queries_and_zero_without_any() -> None:
    a, b = metrics.measure(["x"], {"x": 1}), metrics.measure(["y"], {"x": 1})
    assert metrics.mean([a, b])["ndcg@10"] == 0.5
    assert set(metrics.mean([]).values()) == {0.0}


def test_percentiles_are_values_that_occurred() -> None:
    values = [float(value) for value in range(1, 101)]
    assert metrics.percentile(values, 0.50) == 51
    assert metrics.percentile(values, 0.95) == 96
    assert metrics.percentile([7.0], 0.95) == 7
    assert metrics.percentile([], 0.5) == 0


def enumerated(differences: list[float]) -> float:
    """The p-value over all resamples there are."""
    mean = fmean(differences)
    shifted = [difference - mean for difference in differences]
    means = [abs(fmean(drawn)) for drawn in product(shifted, repeat=len(shifted))]
    return sum(each >= abs(mean) - 1e-9 for each in means) / len(means)


def test_a_p_value_worked_out_by_hand() -> None:
    # Shifted by their mean .5 the differences are .5 and -.5; two draws have the mean .5, 0, 0 or -.5.
    assert metrics.bootstrap_p([1.0, 0.0]) == pytest.approx(2 / 4, abs=0.02)


@pytest.mark.parametrize(
    "differences",
    [[3.0, 1.0, -1.0], [0.0, 0.0, 0.0, 1.0], [0.5, 0.5, 0.2, 0.1, -0.1], [1.0, -1.0, 0.25, 0.0, 2.0, 0.5]],
)
def test_p_values_agree_with_the_enumeration_of_all_resamples(differences: list[float]) -> None:
    exact = enumerated(differences)
    assert 0.005 < exact < 1
    assert metrics.bootstrap_p(differences) == pytest.approx(exact, abs=0.02)
    assert metrics.bootstrap_p([-each for each in differences]) == pytest.approx(exact, abs=0.02)


def test_p_values_of_many_queries_agree_with_the_normal_distribution() -> None:
    chance = random.Random(3)
    differences = [chance.gauss(0.02, 1.0) for _ in range(3_000)]
    z = fmean(differences) / (pstdev(differences) / len(differences) ** 0.5)
    assert metrics.bootstrap_p(differences) == pytest.approx(2 * NormalDist().cdf(-abs(z)), abs=0.02)


def test_runs_that_do_not_differ_have_p_one() -> None:
    assert metrics.bootstrap_p([0.0] * 40) == 1.0
    assert metrics.bootstrap_p([]) == 1.0


def test_a_gain_on_every_query_has_the_least_p_there_is() -> None:
    assert metrics.bootstrap_p([0.1] * 40) == 1 / 10_001
    assert metrics.bootstrap_p([0.1] * 40, resamples=99) == 1 / 100


def test_p_values_come_again_with_the_same_seed() -> None:
    differences = [1.0, -0.5, 0.25, 0.75]
    assert metrics.bootstrap_p(differences, seed=1) == metrics.bootstrap_p(differences, seed=1)
    assert len({metrics.bootstrap_p(differences, seed=seed) for seed in range(5)}) > 1
