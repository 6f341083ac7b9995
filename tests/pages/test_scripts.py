"""How pages name their scripts."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context
from django.test import Client

from papers.templatetags.scripts import imported, module
from tests.pages.conftest import Keep
from tests.pages.reading import text
from tests.pages.samples import arxiv

FOLDERS = [Path(folder) for app in ("papers/js", "library/js") for folder in [finders.find(app)] if folder]


def test_a_module_is_named_with_all_that_it_imports_at_any_depth() -> None:
    found = imported("library/js/answers_panel.js")
    assert {"library/js/answers.js", "papers/js/inplace.js", "papers/js/cards.js", "papers/js/kept.js"} <= set(found)
    assert "library/js/answers_panel.js" not in found
    assert len(found) == len(set(found))


def test_every_import_of_every_module_is_found() -> None:
    assert len(FOLDERS) == 2
    for file in (file for folder in FOLDERS for file in folder.glob("*.js")):
        path = f"{file.parent.parent.name}/js/{file.name}"
        named = {Path(name).name for name in re.findall(r'from "(\.[^"]+)"', file.read_text(encoding="utf-8"))}
        assert named <= {Path(name).name for name in imported(path)} | {file.name}, path
        assert all(finders.find(name) for name in imported(path)), path


def test_a_module_without_imports_has_no_hints() -> None:
    made = module(Context(), "papers/js/waiting.js")
    assert made == '<script type="module" src="/static/papers/js/waiting.js"></script>'


@pytest.mark.django_db
def test_a_page_names_each_module_once_whatever_its_parts_import(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"), arxiv("2503.00002"))
    found = re.findall(r'rel="modulepreload" href="([^"]+)"', text(client.get("/arxiv/cs.CL")))
    assert len(found) == len(set(found))
    assert {"/static/papers/js/store.js", "/static/library/js/answers.js"} <= set(found)


@pytest.mark.django_db
def test_pages_without_papers_do_not_load_the_tools_of_lists(client: Client) -> None:
    assert "papers/js/list.js" not in text(client.get("/search/help"))
