"""Which version of a preprint is the latest one that we know."""

from dataclasses import dataclass

from papers.models import Paper, Record


@dataclass(frozen=True, slots=True)
class Preprint:
    """A paper at arXiv; `version` 0 where no version is known."""

    arxiv_id: str
    version: int


def preprint(paper: Paper) -> Preprint | None:
    """None for a paper that arXiv does not have. One query."""
    row = Record.objects.filter(paper=paper, source="arxiv").values_list("source_id", "data__versions").first()
    if row is None:
        return None
    return Preprint(row[0], max((int(version["number"]) for version in row[1] or []), default=0))
