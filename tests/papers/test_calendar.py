from datetime import UTC, date, datetime

import pytest

from papers.calendar import listing_day


@pytest.mark.parametrize(
    ("submitted", "day"),
    [
        # Eastern time is UTC-4 in these weeks: the cut-off of 14:00 is 18:00 UTC.
        (datetime(2025, 3, 18, 17, 59, tzinfo=UTC), date(2025, 3, 19)),  # Tuesday, before the cut-off
        (datetime(2025, 3, 18, 18, 0, tzinfo=UTC), date(2025, 3, 20)),  # Tuesday, after it
        (datetime(2025, 3, 20, 19, 0, tzinfo=UTC), date(2025, 3, 24)),  # Thursday after it: Monday's list
        (datetime(2025, 3, 21, 12, 0, tzinfo=UTC), date(2025, 3, 24)),  # Friday before it
        (datetime(2025, 3, 21, 20, 0, tzinfo=UTC), date(2025, 3, 25)),  # Friday after it: Tuesday's list
        (datetime(2025, 3, 23, 12, 0, tzinfo=UTC), date(2025, 3, 25)),  # Sunday
        (datetime(2025, 3, 24, 17, 0, tzinfo=UTC), date(2025, 3, 25)),  # Monday before it
        # In winter the cut-off is 19:00 UTC.
        (datetime(2025, 1, 7, 18, 30, tzinfo=UTC), date(2025, 1, 8)),
    ],
)
def test_listing_day_follows_the_submission_schedule(submitted: datetime, day: date) -> None:
    assert listing_day(submitted) == day


def test_no_list_is_on_a_weekend() -> None:
    days = [listing_day(datetime(2025, 3, day, hour, tzinfo=UTC)) for day in range(1, 29) for hour in (0, 12, 23)]
    assert all(day.weekday() < 5 for day in days)
