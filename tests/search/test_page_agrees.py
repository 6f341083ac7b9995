"""The page and the command show the same papers in the same order, with the same ranks."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import Client

from search.indexing import follow, vectors
from tests.search.conftest import papers, put


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("index_dir", "word_encoder")
@pytest.mark.parametrize("query", ["neural machine translation of rare words", "attention", "注意力", "erdos"])
def test_the_page_and_the_command_agree(query: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(*papers())
    follow.follow_lexical()
    vectors.embed_all(*vectors.target())
    call_command("search", query, "--json")
    told = json.loads(capsys.readouterr().out)["results"]
    page = Client().get("/search", {"query": query}).content.decode()
    assert re.findall(r'<div class="paper" id="([^"]+)"', page) == [hit["id"] for hit in told]
    assert re.findall(r"meaning #(\d+)", page) == [
        str(hit["ranks"]["dense"]) for hit in told if "dense" in hit["ranks"]
    ]
    assert re.findall(r"words #(\d+)", page) == [
        str(hit["ranks"]["lexical"]) for hit in told if "lexical" in hit["ranks"]
    ]
