"""What a script that follows a growing answer is told: only what came since it asked last."""

import re
from typing import Any

from django.template.loader import render_to_string

from library.answers import wording
from library.answers.shown import ShownAnswer, ShownAsking
from library.templatetags.answer_texts import answer_blocks

UNSTEADY = 2  # blocks at the end that may change: a line becomes an item of the list before it
_MARK = re.compile(r"(\d{1,15})-(\d{1,3})-(\d{1,5})-(\d{1,5})\Z")


def mark(shown: ShownAsking, blocks: int = 0) -> str:
    """How far a reader has come: the asking, how many answers are complete, the try at the next one, and how many
    blocks of its beginning are there."""
    return f"{shown.id}-{len(shown.answers)}-{shown.attempts}-{blocks}"


def since(shown: ShownAsking | None, after: str) -> dict[str, Any]:
    """`is_over` where nothing is under way, or something else than before: the panel is to be fetched again. `blocks`
    are those from the number `first` on: the last ones that the reader has may have grown."""
    match = _MARK.match(after)
    asking, answers, attempt, known = (int(part) for part in match.groups()) if match else (0, 0, 0, 0)
    if shown is None or (match and asking != shown.id):
        return {"is_over": True}
    blocks = answer_blocks(shown.draft) if shown.writing and shown.draft else []
    is_same = (answers, attempt) == (len(shown.answers), shown.attempts)
    first = min(max(known - UNSTEADY, 0), len(blocks)) if is_same else 0
    return {
        "is_over": False,
        "status": wording.status(shown),
        "finished": [_rendered(shown, answer) for answer in shown.answers[answers:]],
        "question": shown.writing,
        "first": first,
        "blocks": blocks[first:],
        "after": mark(shown, len(blocks)),
    }


def _rendered(shown: ShownAsking, answer: ShownAnswer) -> str:
    return render_to_string("answers/answer.html", {"answer": answer, "asking": shown})
