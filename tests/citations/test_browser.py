"""Exports in a real Chromium."""

from pathlib import Path
from typing import Any

import pytest

from papers.record import Author
from tests.citations.reading import bib_entries
from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.samples import arxiv

pytestmark = pytest.mark.browser
EVIL = "</script><script>document.title = 'taken'</script> $\\ell_1$ {"


@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    keep(
        arxiv("2503.00001", title=EVIL, abstract=EVIL, authors=(Author("王伟", "王", "伟"),)),
        *(arxiv(f"2503.{number:05}") for number in range(2, 700)),
    )
    return str(live_server.url)


def saved(download: Any, folder: Path) -> str:
    download.save_as(folder / download.suggested_filename)
    return (folder / download.suggested_filename).read_text(encoding="utf-8")


def test_linked_data_is_read_and_not_run_under_our_policy(visit: Open, site: str) -> None:
    seen = visit("/arxiv/2503.00001")
    data = seen.page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert data["name"].startswith("</script><script>")
    assert data["author"] == [{"@type": "Person", "name": "王伟", "familyName": "王", "givenName": "伟"}]
    assert "taken" not in seen.page.title().split()
    assert seen.complaints == []


def test_a_list_is_exported_by_keyboard_without_javascript(visit: Open, site: str, tmp_path: Path) -> None:
    page = visit("/arxiv/cs.CL", java_script_enabled=False).page
    page.focus("details.export > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "coolpapers-cs.CL-2025-03-18.bib"
    assert len(bib_entries(saved(download.value, tmp_path))) == 699


def test_a_paper_s_citation_can_be_read_and_saved(visit: Open, site: str, tmp_path: Path) -> None:
    page = visit("/arxiv/2503.00001", 320).page
    page.click("details.cite > summary")
    assert page.inner_text("pre.bibtex").startswith("@misc{2025script,")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    with page.expect_download() as download:
        page.click("details.cite a >> text=RIS")
    assert saved(download.value, tmp_path).startswith("TY  - UNPB\n")


def test_a_selection_too_long_for_an_address_is_exported_from_its_page(visit: Open, site: str, tmp_path: Path) -> None:
    page = visit("/arxiv/cs.CL").page
    names = ",".join(f"2503.{number:05}" for number in range(1, 700))
    page.evaluate(
        """names => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = "/export";
            const field = form.appendChild(document.createElement("input"));
            [field.type, field.name, field.value] = ["hidden", "ids", names];
            document.body.append(form);
            form.submit();
        }""",
        names,
    )
    page.wait_for_url("**/export")
    page.click("details.export > summary")
    with page.expect_download() as download:
        page.click("details.export button >> text=BibTeX")
    assert len(bib_entries(saved(download.value, tmp_path))) == 699
