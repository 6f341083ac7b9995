"""manage.py search: what a reader expects of some queries."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from search.indexing import vectors
from tests.search import corpus

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept")]


@pytest.fixture
def kept(index_dir: Path, word_encoder: object) -> None:
    corpus.keep()
    vectors.embed_all(*vectors.target())


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Any:
    def asked(query: str, *options: str) -> Any:
        call_command("search", query, *options, "--json")
        return json.loads(capsys.readouterr().out)

    return asked


def ids(told: Any) -> list[str]:
    return [hit["id"] for hit in told["results"]]


def test_an_author_a_title_word_and_years(ask: Any) -> None:
    told = ask("au:vaswani ti:attention year:2017..2018")
    assert ids(told) == ["1706.03762"]
    assert (told["total"], told["matching"], told["misread"]) == (1, 1, [])
    assert [each["clause"] for each in told["filters"]] == ["au:vaswani", "ti:attention", "year:2017..2018"]
    assert told["filters"][0]["says"] == "author vaswani"


def test_a_phrase_an_exclusion_and_a_category(ask: Any) -> None:
    told = ask('"beam search" -speech cat:cs.CL')
    assert ids(told) == ["1706.03762"]
    assert told["read_as"] == '"beam search" cat:cs.CL -"speech"'
    assert told["facets"]["category"] == [{"value": "cs.CL", "papers": 1, "clause": "cat:cs.CL"}]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://arxiv.org/abs/1706.03762v3", "1706.03762"),
        ("https://doi.org/10.1000/ABC", "1706.03762"),
        ("https://aclanthology.org/P19-1001/", "P19-1001@ACL"),
        ("P19-1001@ACL", "P19-1001@ACL"),
    ],
)
def test_a_pasted_address_names_its_paper(ask: Any, text: str, key: str) -> None:
    told = ask(text)
    assert (told["named"], ids(told), told["total"]) == (key, [key], 1)


def test_filters_hold_for_papers_found_by_meaning_too(ask: Any) -> None:
    told = ask("parsing beams in:venues")
    assert set(ids(told)) == {"N18-1001@ACL", "P19-1001@ACL", "P19-2001@ACL"}  # two of them by meaning alone
    assert told["ran"] == ["lexical", "dense", "fused"]
    assert (told["matching"], told["total"]) == (1, 3)


def test_what_was_misread_is_told(ask: Any) -> None:
    told = ask("year:9999..-1 colour:blue attention")
    assert {each["code"]: each["text"] for each in told["misread"]} == {
        "bad-value": "year:9999..-1",
        "unknown-field": "colour:blue",
    }
    sentences = [each["message"] for each in told["misread"]]
    assert "“colour:blue” was searched as words: there is no such field." in sentences
    assert ids(told)


def test_the_newest_first(ask: Any) -> None:
    assert ids(ask("attention", "--sort", "time")) == ["P19-1001@ACL", "1802.00001", "1706.03762"]


def test_chinese_finds_with_and_without_quotes(ask: Any) -> None:
    assert ids(ask("注意力机制"))[0] == "2302.00005"
    assert ids(ask("“注意力机制” cat:cs.CL")) == ["2302.00005"]


def test_it_says_all_of_that_in_words_too(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("search", "attention -speech colour:blue venue:XYZ")
    told = capsys.readouterr().out
    assert "filter: not “speech”" in told
    assert "there is no such field" in told
    assert "No venue here goes by the name “XYZ”." in told
    call_command("search", "cat:cs.CL")
    told = capsys.readouterr().out
    assert "4 results, 4 that match" in told
    assert "year: 2023 1, 2020 1, 2018 1, 2017 1" in told
    assert "the newest papers stand first" in told
    call_command("search", "1706.03762")
    assert "The query names this paper." in capsys.readouterr().out
