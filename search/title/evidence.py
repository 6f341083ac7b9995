"""What a title says of a query. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of the query and of the title that the other covers (0 to 1), and the model's likelihood and prior
    (search.title.reader)."""

    of_query: float
    of_title: float
    likelihood: float = 0.0
    prior: float = 0.0

    @property
    def pmi(self) -> float:
        return self.likelihood - self.prior
