"""The filter bar over the cards of a list."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.samples import arxiv, author
from tests.pages.triage import focused, numbered, press, shown, speaking, until

pytestmark = pytest.mark.browser

LIST = "/arxiv/cs.CL"
COUNT = "document.querySelector('.filter output').value"
PAINTED = """[...(CSS.highlights.get('filter') ?? [])].map(each => {
  const range = new Range();
  range.setStart(each.startContainer, each.startOffset);
  range.setEnd(each.endContainer, each.endOffset);
  return range.toString();
})"""


@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    keep(
        arxiv("2503.00001", title="Naïve Bayes", abstract="Machine translation with $\\alpha$ and graphs."),
        arxiv(
            "2503.00002",
            title="注意力机制",
            abstract="Of machines, not of translation.",
            authors=(author("Emmy Noether"),),
        ),
        arxiv("2503.00003", title="Speech graphs", abstract="Ｆｕｌｌ width. Nothing else."),
    )
    return str(live_server.url)


@pytest.fixture
def filtering(visit: Open, site: str) -> Callable[[str], Any]:
    """The list with something typed into its filter."""

    def typed(text: str) -> Any:
        page = visit(LIST).page
        press(page, "/")
        page.keyboard.type(text)
        return page

    return typed


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("naive", "1"),
        ("translation graphs", "1"),
        ('"machine translation"', "1"),
        ("graphs -speech", "1"),
        ("-graphs", "2"),
        ("noether", "2"),
        ("注意力", "2"),
        ("full", "3"),
        ("zebra", ""),
        ("", "321"),
    ],
)
def test_shows_what_matches_and_says_how_many(filtering: Callable[[str], Any], typed: str, found: str) -> None:
    page = filtering(typed)
    assert shown(page) == [f"2503.0000{number}" for number in found]
    assert page.evaluate(COUNT) == f"{len(found)} of 3"


def test_any_word_fields_and_matches_only_can_be_chosen(filtering: Callable[[str], Any]) -> None:
    page = filtering("noether speech")
    assert shown(page) == []
    page.check("input[value=any]")
    assert shown(page) == ["2503.00003", "2503.00002"]
    page.uncheck("input[name=authors]")
    assert shown(page) == ["2503.00003"]
    page.uncheck("input[name=title]")
    assert shown(page) == []
    page.check("input[name=authors]")
    page.uncheck("input[name=only]")
    assert len(shown(page)) == 3
    assert page.evaluate(COUNT) == "1 of 3"


def test_patterns_are_off_until_they_are_chosen(filtering: Callable[[str], Any]) -> None:
    page = filtering("graph?s\\b")
    assert shown(page) == []
    page.check("input[name=regex]")
    until(page, f"{COUNT} === '2 of 3'")
    assert shown(page) == ["2503.00003", "2503.00001"]
    until(page, f"{PAINTED}.join() === 'graphs,graphs'")


def test_says_which_pattern_is_wrong_and_which_takes_too_long(filtering: Callable[[str], Any]) -> None:
    page = filtering("gra(ph")
    page.check("input[name=regex]")
    until(page, f"{COUNT} === '“gra(ph” is no regular expression'")
    assert len(shown(page)) == 3
    page.fill("input[name=typed]", "(.|..|...)*#")
    until(page, f"{COUNT} === 'This regular expression takes too long'")
    assert len(shown(page)) == 3
    page.fill("input[name=typed]", "spe+ch")
    until(page, f"{COUNT} === '1 of 3'")


def test_marks_what_was_found_and_nothing_afterwards(filtering: Callable[[str], Any]) -> None:
    page = filtering("naive machine 注意力")
    page.check("input[value=any]")
    until(page, f"{PAINTED}.length === 4")
    assert sorted(page.evaluate(PAINTED)) == ["Machine", "Naïve", "machine", "注意力"]
    press(page, "Escape")
    assert page.evaluate(PAINTED) == []
    assert len(shown(page)) == 3


def test_an_input_method_is_let_finish(filtering: Callable[[str], Any]) -> None:
    page = filtering("")
    page.evaluate("""(() => {
      const field = document.querySelector('.filter input');
      field.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
      field.value = 'zhu yi';
      field.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
      field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, isComposing: true}));
      field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, isComposing: true}));
    })()""")
    assert len(shown(page)) == 3
    assert page.locator(".filter").is_visible()
    page.evaluate("""(() => {
      const field = document.querySelector('.filter input');
      field.value = '注意';
      field.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
    })()""")
    assert shown(page) == ["2503.00002"]


def test_matches_are_walked_through_from_the_bar_and_in_the_list(filtering: Callable[[str], Any]) -> None:
    page = filtering("graphs")
    page.uncheck("input[name=only]")
    page.focus("input[name=typed]")
    pointed = "document.querySelector('.pointed').id"
    press(page, "Enter")
    assert page.evaluate(pointed) == "2503.00003"
    assert page.evaluate("document.activeElement.name") == "typed"
    press(page, "Enter")
    assert page.evaluate(pointed) == "2503.00001"
    press(page, "Shift+Enter")
    assert page.evaluate(pointed) == "2503.00003"
    press(page, "ArrowDown")
    assert focused(page) == "2503.00003"
    press(page, "n")
    assert focused(page) == "2503.00001"
    press(page, "Shift+N s /")
    assert page.evaluate("document.activeElement.name") == "typed"
    assert page.locator("#\\32 503\\.00003 .title-star").get_attribute("aria-pressed") == "true"
    press(page, "Escape")
    assert focused(page) == "2503.00003"
    assert not page.locator(".filter").is_visible()


def test_ctrl_f_opens_it_and_again_is_the_browsers_own(filtering: Callable[[str], Any]) -> None:
    page = filtering("")
    press(page, "Escape")
    prevented = """key => !document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', {key: 'f', code: 'KeyF', bubbles: true, cancelable: true, [key]: true}))"""
    assert page.evaluate(prevented.replace("key: 'f', code: 'KeyF'", "key: 'u', code: 'KeyF'"), "ctrlKey") is False
    for key in ("ctrlKey", "metaKey"):
        assert page.evaluate(prevented, key) is True
        assert page.evaluate("document.activeElement.name") == "typed"
        assert page.evaluate(prevented, key) is False
        press(page, "Escape")


def test_nothing_is_blocked_not_even_the_worker(visit: Open) -> None:
    seen = visit(LIST, 390)
    press(seen.page, "/")
    seen.page.check("input[name=regex]")
    seen.page.fill("input[name=typed]", "spe+ch")
    until(seen.page, f"{COUNT} === '1 of 3'")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen.complaints == []


def test_opening_it_loads_the_rest_of_the_list(visit: Open, keep: Keep) -> None:
    keep(*numbered(130, categories=("cs.LG",)))
    page = visit("/arxiv/cs.LG").page
    press(page, "/")
    page.keyboard.type("2503.00001")
    until(page, f"{COUNT} === '1 of 130'")
    assert shown(page) == ["2503.00001"]


KEYS = """() => {
  window.times = [];
  document.addEventListener('keydown', () => {
    const began = performance.now();
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => times.push(performance.now() - began);
      painted.port2.postMessage(0);
    });
  }, true);
}"""


@pytest.mark.slow
def test_a_thousand_cards_are_filtered_key_by_key(visit: Open, keep: Keep, record_property: Any) -> None:
    """The figure is from the key press to the painted frame."""
    keep(*(record for record in speaking(1000)))
    page = visit(f"{LIST}?show=1000").page
    press(page, "/")
    page.wait_for_timeout(300)
    page.evaluate(KEYS)
    page.keyboard.type("graphs noether -1000", delay=60)
    until(page, f"{COUNT} === '19 of 1,000' || {COUNT} === '19 of 1000'")
    assert shown(page) == [f"2503.{number:05}" for number in range(950, 0, -50)]
    for _ in "graphs noether -1000":
        page.keyboard.press("Backspace")
        page.wait_for_timeout(60)
    until(page, f"{COUNT}.startsWith('1000 of') || {COUNT}.startsWith('1,000 of')")
    times = sorted(page.evaluate("times"))
    record_property(
        "figures",
        f"filter on 1,000 cards, {len(times)} key presses: median {times[len(times) // 2]:.0f} ms, "
        f"95th percentile {times[int(len(times) * 0.95)]:.0f} ms, slowest {times[-1]:.0f} ms",
    )
