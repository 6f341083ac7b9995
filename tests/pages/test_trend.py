"""The plot of papers per year on the page of an edition."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.pages.conftest import Keep
from tests.pages.reading import links, text, words
from tests.pages.samples import acl

NOW = datetime.now(UTC).year
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def editions(keep: Keep) -> None:
    keep(
        acl("P19-1001"),
        acl("P19-1002"),
        acl("P17-1001", edition="ACL.2017"),
        acl("P26-1001", edition=f"ACL.{NOW}"),
    )


def plot(page: str) -> ElementTree.Element:
    found = re.search(r'<svg class="trend-plot".*?</svg>', page, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def share(node: ElementTree.Element, name: str) -> float:
    return float((node.get(name) or "").removesuffix("%"))


def test_is_an_image_with_a_name_and_a_description(client: Client, editions: None) -> None:
    image = plot(text(client.get("/venue/ACL.2019"))).find(f"{SVG}g")
    assert image is not None
    assert image.get("role") == "img"
    named = [image.find(f".//*[@id='{name}']") for name in (image.get("aria-labelledby") or "").split()]
    assert [node.text for node in named if node is not None] == [
        "Papers per year",
        f"From 2017 to {NOW}; most in 2019: 2.",
    ]


def test_every_bar_leads_to_its_edition(client: Client, editions: None) -> None:
    found = plot(text(client.get("/venue/ACL.2019")))
    pressed = [(link.get("href"), link.findtext(f"{SVG}title")) for link in found.findall(f"{SVG}a")]
    assert pressed == [
        ("/venue/ACL.2017", "2017: 1"),
        ("/venue/ACL.2019", "2019: 2"),
        (f"/venue/ACL.{NOW}", f"{NOW}: 1"),
    ]
    slots = [link.find(f"{SVG}rect") for link in found.findall(f"{SVG}a")]
    bars = found.findall(f"{SVG}g/{SVG}rect")
    assert [bar.get("class") for bar in bars] == ["trend-bar", "trend-bar trend-here", "trend-bar trend-open"]
    for slot, bar in zip(slots, bars, strict=True):
        assert slot is not None
        left, width = share(slot, "x"), share(slot, "width")
        assert left < share(bar, "x") < share(bar, "x") + share(bar, "width") < left + width


def test_links_are_no_part_of_the_image_and_no_stop_of_the_keyboard(client: Client, editions: None) -> None:
    found = plot(text(client.get("/venue/ACL.2019")))
    assert not found.findall(f"{SVG}g//{SVG}a")
    assert {link.get("tabindex") for link in found.findall(f"{SVG}a")} == {"-1"}


def test_the_table_says_the_same(client: Client, editions: None) -> None:
    response = client.get("/venue/ACL.2019")
    assert f"Papers per year, as a table ( {NOW} is not over)".replace("( ", "(") in words(response)
    assert f"Year Papers {NOW} 1 2019 2 2017 1" in words(response)


def test_has_neither_styles_nor_scripts(client: Client, editions: None) -> None:
    found = plot(text(client.get("/venue/ACL.2019")))
    for node in found.iter():
        assert node.tag.removeprefix(SVG) in {"svg", "g", "title", "desc", "a", "rect", "text"}
        assert not [name for name in node.attrib if name == "style" or name.startswith("on")]


def test_one_edition_has_no_trend(client: Client, keep: Keep) -> None:
    keep(acl("P19-1001"))
    response = client.get("/venue/ACL.2019")
    assert "<svg" not in text(response)
    assert "/venue/ACL.2018" not in links(response)


def test_years_beyond_all_bounds_make_no_endless_plot(client: Client, keep: Keep) -> None:
    keep(acl("P19-1001"), acl("P19-1002", edition="ACL.9999"), acl("P19-1003", edition="ACL.1"))
    response = client.get("/venue/ACL.2019")
    assert response.status_code == 200
    assert len(plot(text(response)).findall(f"{SVG}a")) == 1
    assert "9999 1 2019 1 1 1" in words(response)


def test_of_many_editions_those_around_are_named_and_all_stand_in_the_table(client: Client, keep: Keep) -> None:
    keep(*(acl(f"P{year}-1", edition=f"ACL.{year}") for year in range(1980, 2020)))
    for year, first, last in ((2019, 2008, 2019), (2000, 1995, 2006), (1980, 1980, 1991)):
        page = text(client.get(f"/venue/ACL.{year}"))
        named = re.findall(r'href="/venue/ACL\.(\d+)"', page[page.index('class="editions"') : page.index("<figure")])
        assert [int(each) for each in named] == list(range(last, first - 1, -1))
        table = page[page.index("<table") : page.index("</table>")]
        assert len(re.findall(r'href="/venue/ACL\.\d+"', table)) == 40
