import pytest

from papers.paging import MAX_SHOW, SHOW, Page, Window, window


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, Window(0, SHOW)),
        ({"show": "50", "skip": "100"}, Window(100, 50)),
        ({"show": "99999"}, Window(0, MAX_SHOW)),
        ({"show": "0", "skip": "-5"}, Window(0, SHOW)),
        ({"show": "many", "skip": "1e3"}, Window(0, SHOW)),
        ({"show": "٣", "skip": "²"}, Window(0, SHOW)),
        ({"skip": "9" * 5_000}, Window(0, SHOW)),
    ],
)
def test_reads_what_is_a_number_and_forgives_the_rest(parameters: dict[str, str], expected: Window) -> None:
    assert window(parameters) == expected


def test_a_page_knows_its_neighbours() -> None:
    page = Page(total=60, skip=25, show=25)
    assert (page.first, page.last, page.previous_skip, page.next_skip) == (26, 50, 0, 50)
    assert Page(60, 0, 25).previous_skip is None
    assert Page(60, 50, 25).next_skip is None
    assert Page(60, 10, 25).previous_skip == 0


def test_a_page_past_the_end_leads_back() -> None:
    page = Page(total=60, skip=1_000, show=25)
    assert page.is_past_end
    assert page.previous_skip == 35
    assert page.next_skip is None


def test_all_on_one_page_is_offered_where_it_is_allowed() -> None:
    assert Page(60, 0, 25).show_all == 60
    assert Page(20, 0, 25).show_all is None
    assert Page(MAX_SHOW + 1, 0, 25).show_all is None
