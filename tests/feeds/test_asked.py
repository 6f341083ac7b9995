from datetime import UTC, date, datetime

import pytest

from papers.feeds import moments
from papers.feeds.asked import MAX_SHOW, SHOW, Asked, BadMark, Mark, asked

NOW = datetime(2025, 3, 18, 5, 30, 1, 77, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "show"),
    [
        ("", SHOW),
        ("7", 7),
        ("0", SHOW),
        ("-1", SHOW),
        ("1e9", SHOW),
        ("99999", MAX_SHOW),
        ("9" * 40, SHOW),
        ("٣", SHOW),
    ],
)
def test_show_is_read_kindly(typed: str, show: int) -> None:
    assert asked({"show": typed}).show == show


def test_a_mark_is_read_as_it_was_written() -> None:
    for mark in (Mark(1742256000, 4711), Mark(-62135578800, 1), Mark(0, 0), Mark(99999999999, 10**17)):
        assert asked({"before": str(mark)}).before == mark


@pytest.mark.parametrize(
    "typed",
    ["x", "1", "1.", ".1", "1.1.1", "-1.-1", "1e9.1", "999999999999.1", "-99999999999.1", "1." + "9" * 19, "\x00"],
)
def test_what_is_no_mark_is_refused(typed: str) -> None:
    with pytest.raises(BadMark):
        asked({"before": typed})


def test_an_address_says_only_what_is_unusual() -> None:
    assert Asked().query() == {}
    assert Asked(7).after(Mark(1, 2)).query() == {"show": "7", "before": "1.2"}
    assert Asked(7, Mark(1, 2)).first().query() == {"show": "7"}


def test_news_are_told_when_they_come_and_old_papers_where_they_belong() -> None:
    told = NOW.replace(microsecond=0)
    assert moments.of_day(date(2025, 3, 18), NOW) == told
    assert moments.of_day(date(2025, 2, 17), NOW) == told
    assert moments.of_day(date(2125, 1, 1), NOW) == told
    assert moments.of_day(date(2025, 1, 31), NOW) == datetime(2025, 1, 31, 5, tzinfo=UTC)
    assert moments.of_edition(2024, NOW) == moments.of_edition(2026, NOW) == told
    assert moments.of_edition(2023, NOW) == datetime(2023, 1, 1, tzinfo=UTC)
