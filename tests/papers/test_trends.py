import itertools
import re

import pytest

from papers.trends import HEIGHT, LONGEST, SPARK_HEIGHT, SPARK_YEARS, Point, Trend, spark, trend

NOW = 2026


def of(*points: tuple[int, int]) -> Trend:
    found = trend([Point(year, papers, f"/{year}", f"V.{year}") for year, papers in points], NOW, "V.2019")
    assert found
    return found


def share(text: str) -> float:
    assert re.fullmatch(r"\d+(\.\d{1,3})?%", text)
    return float(text[:-1])


@pytest.mark.parametrize("years", [1, 2, 7, 10, 30, 60, LONGEST])
def test_bars_stand_side_by_side_inside_the_plot(years: int) -> None:
    found = of(*((NOW - number, number + 1) for number in range(years)))
    assert [bar.point.year for bar in found.bars] == list(range(NOW - years + 1, NOW + 1))
    slots = [(share(bar.slot), share(bar.slot_width)) for bar in found.bars]
    assert slots[0][0] == 0
    assert all(abs(a + width - b) < 0.01 for (a, width), (b, _) in itertools.pairwise(slots))
    assert slots[-1][0] + slots[-1][1] < 100.1
    for bar, (slot, width) in zip(found.bars, slots, strict=True):
        assert slot < share(bar.x) < share(bar.x) + share(bar.width) < slot + width


def test_a_plot_of_one_year_is_no_wall() -> None:
    assert share(of((2019, 5)).bars[0].width) < 15


def test_a_year_without_papers_is_a_gap() -> None:
    found = of((2010, 3), (2012, 3), (2011, 0))
    assert [bar.point.year for bar in found.bars] == [2010, 2012]
    first, second = (share(bar.slot) for bar in found.bars)
    assert second - first == pytest.approx(2 * share(found.bars[0].slot_width), abs=0.01)


def test_heights_are_in_proportion_and_few_papers_can_be_seen() -> None:
    found = of((2010, 1000), (2011, 500), (2012, 1))
    assert [bar.height for bar in found.bars] == [str(HEIGHT), str(HEIGHT // 2), "2"]
    assert all(float(bar.y) + float(bar.height) == HEIGHT for bar in found.bars)
    assert found.most.year == 2010


def test_knows_the_year_that_is_not_over_and_the_one_of_its_page() -> None:
    found = of((2019, 2), (NOW, 2), (NOW + 1, 1))
    assert [(bar.is_current, bar.is_open) for bar in found.bars] == [(True, False), (False, True), (False, True)]
    assert not of((2019, 2)).has_open


def test_two_editions_of_a_year_are_one_bar() -> None:
    found = trend([Point(2019, 2, "/a", "A.2019"), Point(2019, 3, "/b", "B.2019")], NOW)
    assert found
    assert found.points == (Point(2019, 5, "/a", "A.2019"),)


def test_years_that_are_too_old_stay_in_the_table() -> None:
    found = of((1800, 7), (2019, 2))
    assert [bar.point.year for bar in found.bars] == [2019]
    assert [point.year for point in found.points] == [2019, 1800]


@pytest.mark.parametrize("years", [1, 5, 13, 28, 40, 72, LONGEST])
def test_labels_do_not_touch(years: int) -> None:
    found = of(*((NOW - number, 1) for number in range(years)))
    width_of_a_phone, width_of_a_page, label = 285, 800, 28
    all_places = [share(tick.x) for tick in found.ticks]
    major = [share(tick.x) for tick in found.ticks if not tick.is_minor]
    assert major
    assert all((b - a) / 100 * width_of_a_page > label for a, b in itertools.pairwise(all_places))
    assert all((b - a) / 100 * width_of_a_phone > label for a, b in itertools.pairwise(major))


def test_without_papers_there_is_no_plot() -> None:
    assert trend([], NOW) is None
    assert trend([Point(2019, 0)], NOW) is None


def test_a_spark_shows_the_last_years_only() -> None:
    path = spark([Point(1950, 9), Point(NOW - SPARK_YEARS + 1, 1), Point(NOW, 4), Point(NOW + 5, 9)], NOW)
    assert path == f"M0 {SPARK_HEIGHT}V{SPARK_HEIGHT - 4}h.8V{SPARK_HEIGHT}M{SPARK_YEARS - 1} {SPARK_HEIGHT}V0h.8V16"
    assert spark([], NOW) == ""
