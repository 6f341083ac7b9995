"""Our measures against those of trec_eval (pytrec_eval), on rankings made up at random."""

import random

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
