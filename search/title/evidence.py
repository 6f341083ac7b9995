"""What a title says of a query. Pure."""

import math
from dataclasses import dataclass

_DAMPED = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of the query and of the title that the other covers (0 to 1), and the model's likelihood, prior and
    verdict (search.title.reader)."""

    of_query: float
    of_title: float
    likelihood: float = 0.0
    prior: float = 0.0
    verdict: float = 0.0

    @property
    def pmi(self) -> float:
        return self.likelihood - self.prior


def likeness(evidence: Evidence) -> float:
    """How like a title is to what was asked for."""
    return evidence.of_query + _DAMPED * evidence.of_title + math.tanh(evidence.pmi / 40.0)
