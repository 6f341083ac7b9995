"""What questions cost, and how much a day may. Tokens are set aside before a question is asked, and settled after: a
worker that was killed in between has spent the estimate."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connection

from library.answers.models import Spending
from library.answers.stream import Usage


@dataclass(frozen=True, slots=True)
class Reserved:
    """Tokens that were set aside on a day."""

    day: date
    prompt: int
    completion: int


def is_used_up() -> bool:
    """Whether today's tokens are spent. One query, and none where the operator set no cap."""
    if not settings.ANSWERS_DAILY_TOKENS:
        return False
    row = Spending.objects.filter(day=_today()).values_list("prompt_tokens", "completion_tokens").first()
    return row is not None and sum(row) >= settings.ANSWERS_DAILY_TOKENS


def seconds_to_tomorrow() -> float:
    now = datetime.now(UTC)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
    return (tomorrow - now).total_seconds()


def reserve(prompt: int, completion: int) -> Reserved:
    """Sets tokens aside for one question."""
    day = _today()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO library_spending AS s (day, prompt_tokens, completion_tokens, questions, failures)
               VALUES (%s, %s, %s, 1, 0)
               ON CONFLICT (day) DO UPDATE SET prompt_tokens = s.prompt_tokens + excluded.prompt_tokens,
                   completion_tokens = s.completion_tokens + excluded.completion_tokens, questions = s.questions + 1""",
            [day, prompt, completion],
        )
    return Reserved(day, prompt, completion)


def settle(reserved: Reserved, spent: Usage, *, failed: bool = False) -> None:
    """Puts what was spent in the place of what was set aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE library_spending SET prompt_tokens = prompt_tokens + %s,
                   completion_tokens = completion_tokens + %s, failures = failures + %s WHERE day = %s""",
            [spent.prompt - reserved.prompt, spent.completion - reserved.completion, int(failed), reserved.day],
        )


def _today() -> date:
    return datetime.now(UTC).date()
