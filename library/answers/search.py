"""Search inside answers: papers of whose answers one has all words of the query, those answered last first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from library.answers.kinds import Kind
from library.answers.models import Answer
from library.answers.questions import QUESTIONS, Language
from library.answers.terms import query_terms, terms

DEPTH = 2_000  # answers that are looked at, the newest ones
LONGEST_QUERY = 300
_BULLETS = "-*•#0123456789. "


@dataclass(frozen=True, slots=True)
class Found:
    """A paper and its newest answer that has the words."""

    paper_id: int
    answer_id: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """The line of an answer that has most of the words; of key sentences it is TeX, else Markdown."""

    question: str
    language: Language
    text: str
    is_extracted: bool


def find(query: str) -> list[Found]:
    """One query, by the index of terms."""
    wanted = query_terms(query)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH hits AS (SELECT id, asking_id FROM library_answer WHERE terms @> %s::text[] ORDER BY id DESC LIMIT %s)
            SELECT asking.paper_id, max(hits.id) FROM hits JOIN library_asking asking ON asking.id = hits.asking_id
            GROUP BY asking.paper_id ORDER BY max(hits.id) DESC
            """,
            [wanted, DEPTH],
        )
        return [Found(*row) for row in cursor.fetchall()]


def snippets(query: str, found: Sequence[Found]) -> dict[int, Snippet]:
    """By paper. One query."""
    rows = Answer.objects.select_related("asking").defer("terms", "asking__draft")
    by_id = rows.in_bulk([each.answer_id for each in found])
    wanted = set(query_terms(query))
    return {each.paper_id: _snippet(by_id[each.answer_id], wanted) for each in found if each.answer_id in by_id}


def _snippet(answer: Answer, wanted: set[str]) -> Snippet:
    lines = [line for line in answer.text.split("\n") if line.strip()] or [""]
    best = max(lines, key=lambda line: len(wanted & terms(line)))
    language = Language(answer.asking.language or Language.EN)
    is_extracted = answer.asking.kind == Kind.EXTRACTED
    return Snippet(
        question=QUESTIONS[answer.question - 1].text(language),
        language=language,
        text=best if is_extracted else best.lstrip(_BULLETS) or best,
        is_extracted=is_extracted,
    )
