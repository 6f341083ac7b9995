"""The four formats: what their rows become, and what a fault costs."""

import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coolpapers.environment import CHECKOUT
from ingest.items import SetAside, Taken
from ingest.sources import arxiv_snapshot, proceedings_bibtex, proceedings_json
from ingest.sources.proceedings import Into, Unreadable
from ingest.sources.proceedings_files import Proceedings
from papers.record import Appearance, Author, Link, PaperRecord

INTO = Into("ICML.2031")
LANGUAGES = {"json": "jsonl", "csv": "csv", "bibtex": "bib", "ris": "ris"}


class Read:
    """What a file gives."""

    def __init__(self, path: Path):
        file = Proceedings(path, INTO)
        self.items = [item for batch in file.batches("") for item in batch.items]
        self.unknown = list(file.unknown)

    @property
    def records(self) -> list[PaperRecord]:
        return [item.record for item in self.items if isinstance(item, Taken)]

    @property
    def titles(self) -> list[str]:
        return [record.title for record in self.records]

    @property
    def faults(self) -> dict[int, str]:
        return {item.line: item.reason for item in self.items if isinstance(item, SetAside)}


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def write_and_read(content: str | bytes, name: str) -> Read:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Read(path)

    return write_and_read


def lines(*papers: Any) -> str:
    return "".join(f"{paper if isinstance(paper, str) else json.dumps(paper)}\n" for paper in papers)


def documented(language: str) -> str:
    text = (CHECKOUT / "docs" / "proceedings.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found, f"no example of {language}"
    return found[1]


def test_every_column_of_the_documented_example_is_kept(read: Any) -> None:
    result = read(documented("json"), "papers.jsonl")
    assert result.faults == {}
    assert result.unknown == []
    assert result.records[0] == PaperRecord(
        source="curated",
        source_id="icml.2031-lin24",
        title="Kettles That Learn When to Whistle",
        authors=(Author("Mei Lin", "Lin", "Mei"), Author("Zoé Erdős", "Erdős", "Zoé")),
        abstract="We teach kettles & pots to wait.",
        doi="10.5555/kettle.24",
        journal_ref="ICML 2031, pages 12–20",
        language="English",
        landing_url="https://example.org/2031/lin24",
        pdf_url="https://example.org/2031/lin24.pdf",
        published=date(2031, 7, 12),
        appearances=(Appearance("ICML.2031", "Oral", 1),),
        links=(Link("code", "https://example.org/code/kettles"),),
        keywords=("kettles", "timing"),
        same_as=("arxiv:3103.01234",),
    )
    assert result.records[1].published == date(2031, 7, 1)


@pytest.mark.parametrize("language", ["csv", "bibtex", "ris"])
@pytest.mark.parametrize("end", ["", ".gz"])
def test_the_documented_papers_are_the_same_in_every_format(read: Any, language: str, end: str) -> None:
    data = documented(language).encode()
    result = read(gzip.compress(data) if end else data, f"papers.{LANGUAGES[language]}{end}")
    assert result.records == read(documented("json"), "papers.jsonl").records
    assert (result.faults, result.unknown) == ({}, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(read: Any, language: str) -> None:
    data = documented(language)
    plain = read(data, f"plain.{LANGUAGES[language]}")
    windows = read(b"\xef\xbb\xbf" + data.replace("\n", "\r\n").encode(), f"windows.{LANGUAGES[language]}")
    assert windows.records == plain.records
    assert [item.line for item in windows.items] == [item.line for item in plain.items]


@pytest.mark.parametrize("language", ["json", "bibtex", "ris"])
def test_content_goes_before_a_wrong_suffix(read: Any, language: str) -> None:
    assert len(read(documented(language), "papers.csv").records) == 2


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        ("id,title\n1,Kettles\n", "papers.txt", "ends in .jsonl, .ndjson, .json, .csv"),
        ("", "papers.csv", "papers.csv holds no papers"),
        ("", "papers.jsonl", "papers.jsonl holds no papers"),
        ("", "papers.bib", "papers.bib holds no papers"),
        ("\n\n", "papers.ris", "papers.ris holds no papers"),
        ("[]", "papers.json", "papers.json holds no papers"),
        ("title,authors\n", "papers.csv", "holds no papers"),
        ("id;title\n1;Kettles\n", "papers.csv", "names no column title.*commas"),
        ("id,title\n1,Kettles\n", "papers.tsv", "names no column title.*tabs"),
        ("title,Title\na,b\n", "papers.csv", "'title' twice"),
        ("id,title\n1,Kettles\n".encode("utf-16"), "papers.csv", "UTF-16: save it as UTF-8"),
    ],
)
def test_a_file_of_no_use_is_told_with_its_remedy(read: Any, content: str | bytes, name: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read(content, name)


# JSON


def test_broken_json_lines_cost_themselves(read: Any) -> None:
    result = read(
        lines({"title": "A"}, "{broken", "[]", "", "null", "[" * 100_000, {"title": "B"}, '{"title": 1e9}'), "p.jsonl"
    )
    assert result.titles == ["A", "B"]
    assert {line: reason[:20] for line, reason in result.faults.items()} == {
        2: "not JSON: Expecting ",
        3: "not a JSON object",
        5: "not a JSON object",
        6: "not JSON: maximum re",
        8: "title is not a text ",
    }


def test_an_array_in_one_line_and_over_many_reads_as_lines_do(read: Any) -> None:
    papers = [{"title": "A", "authors": [{"name": "Ada Li"}]}, {"title": "B"}]
    assert read(json.dumps(papers), "a.json").records == read(lines(*papers), "a.jsonl").records
    indented = read(json.dumps(papers, indent=2), "b.json")
    assert indented.titles == ["A", "B"]
    assert [item.line for item in indented.items] == [2, 10]


def test_a_broken_element_of_an_array_costs_itself(read: Any) -> None:
    result = read('[\n  {"title": "A"},\n  {"title": "B" "x"},\n  {"title": "C"},\n  7\n]\n', "p.json")
    assert result.titles == ["A", "C"]
    assert result.faults.keys() == {3, 5}


def test_an_array_that_breaks_off_says_so(read: Any) -> None:
    result = read('[\n{"title": "A"},\n{"title": "B"', "p.json")
    assert result.titles == ["A"]
    assert result.faults[3].endswith("the file was cut off")


def test_bytes_that_are_not_utf8_cost_their_element_of_an_array(read: Any) -> None:
    result = read(b'[\n{"title": "Caf\xe9"},\n{"title": "B"}\n]\n', "p.json")
    assert (result.titles, result.faults) == (["B"], {2: "bytes in the line that are not UTF-8"})


def test_an_array_that_is_too_large_is_refused_with_the_remedy(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proceedings_json, "MAX_ARRAY", 1_000)
    with pytest.raises(Unreadable, match="one object a line"):
        read(json.dumps([{"title": "x" * 90}] * 20), "p.json")


# CSV


def test_ragged_rows_are_set_aside(read: Any) -> None:
    result = read("id,title\n1,A\n2\n3,C,more\n\n4,D\n", "p.csv")
    assert result.titles == ["A", "D"]
    assert result.faults == {
        3: "1 fields where the first line names 2 columns",
        4: "3 fields where the first line names 2 columns",
    }
    assert [item.line for item in result.items] == [2, 3, 4, 6]


def test_a_field_may_go_over_several_lines(read: Any) -> None:
    result = read('id,title,abstract\n1,A,"one\n\ntwo, ""three"""\n2,B,\n', "p.csv")
    assert [record.abstract for record in result.records] == ['one two, "three"', ""]
    assert [item.line for item in result.items] == [2, 5]


def test_a_quote_that_is_never_closed_is_told_with_the_lines_it_took(read: Any) -> None:
    result = read('id,title\n1,A\n2,"B\n3,C\n4,D\n', "p.csv")
    assert result.titles == ["A"]
    assert result.faults.keys() == {3}
    assert "(lines 3 to 5)" in result.faults[3]


def test_tabs_stand_between_the_fields_of_tsv(read: Any) -> None:
    assert read("title\tauthors\nA, B and C\tLi, Bo; Ada Okafor\n", "p.tsv").records[0].authors == (
        Author("Bo Li", "Li", "Bo"),
        Author("Ada Okafor", "Okafor", "Ada"),
    )


def test_an_abstract_too_long_for_the_csv_module_by_itself_costs_its_row(read: Any) -> None:
    result = read(f"title,abstract\nA,{'x' * 200_000}\nB,\n", "p.csv")
    assert (result.titles, result.faults) == (["B"], {2: "abstract of 200,000 characters, more than 100,000"})


# BibTeX


def test_an_entry_with_unbalanced_braces_costs_itself(read: Any) -> None:
    result = read(
        "@inproceedings{a, title={A}}\n"
        "@inproceedings{b, title={B, author={Li, Bo}}\n"
        "@inproceedings{c, title={C}}\n"
        "@inproceedings{d, title={D}}, author={Li, Bo}}\n"
        "@inproceedings{e, title={E} author={Li, Bo}}\n"
        "@inproceedings{f, title={F}}\n"
        "@inproceedings{g, title={G}",
        "p.bib",
    )
    assert result.titles == ["A", "C", "F"]
    assert result.faults.keys() == {2, 4, 5, 7}
    assert "braces are not balanced" in result.faults[4]


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (r"{{BERT} \& {\"O}rsted {\ss} na{\"\i}ve}", "BERT & Ørsted ß naïve".replace("Ø", "Ö")),
        (r"{{\O}rsted's 5\% of \#1 a~b}", "Ørsted's 5% of #1 a b"),
        (r"{Bounds of $x_{1}^{2}$ for {NLP}}", "Bounds of $x_{1}^{2}$ for NLP"),
        (r"{An \emph{Odd} {Title}}", r"An \emph{Odd} Title"),
        ('"A " # macro # { and } # MACRO', "A Kettle and Kettle"),
        ("unknown", "unknown"),
        ('"a {"}quoted{"} word"', 'a "quoted" word'),
    ],
)
def test_tex_becomes_plain_text(read: Any, value: str, title: str) -> None:
    assert read(f'@string{{macro = "Kettle"}}\n@article{{k, title = {value}}}\n', "p.bib").titles == [title]


def test_names_follow_bibtex(read: Any) -> None:
    told = r"{van der Berg, Anna and Li, Jr., Bo and {The Kettle and Pot Group} and P{\'a}l Erd{\H o}s and others}"
    assert read(f"@article{{k, title={{T}}, author={told}}}", "p.bib").records[0].authors == (
        Author("Anna van der Berg", "van der Berg", "Anna"),
        Author("Bo Li Jr.", "Li", "Bo"),
        Author("The Kettle and Pot Group", "The Kettle and Pot Group"),
        Author("Pál Erdős", "Erdős", "Pál"),
    )


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("year=2031", date(2031, 1, 1)),
        ("year={2031}, month=jul", date(2031, 7, 1)),
        ("year={2031}, month={July 12--15}", date(2031, 7, 1)),
        ("year={2031}, month={7}", date(2031, 7, 1)),
        ("date={2031-07-12/2031-07-15}, year={1999}", date(2031, 7, 12)),
    ],
)
def test_days_of_bibtex(read: Any, fields: str, day: date) -> None:
    assert read(f"@article{{k, title={{T}}, {fields}}}", "p.bib").records[0].published == day


def test_an_eprint_of_another_archive_is_no_arxiv_id(read: Any) -> None:
    result = read("@article{k, title={T}, eprint={hal-0123}, eprinttype={hal}}", "p.bib")
    assert result.records[0].same_as == ()
    assert result.unknown == ["eprint", "eprinttype"]


def test_escapes_in_addresses_and_dois_go(read: Any) -> None:
    result = read(r"@article{k, title={T}, url={\url{https://example.org/\~ada/a\_b}}, doi={10.5555/a\_b}}", "p.bib")
    assert (result.records[0].landing_url, result.records[0].doi) == ("https://example.org/~ada/a_b", "10.5555/a_b")


def test_the_volume_itself_and_a_field_told_twice_are_set_aside(read: Any) -> None:
    result = read("@proceedings{v, title={All}}\n% aside\n@article{k, title={A}, title={B}}\n", "p.bib")
    assert result.titles == []
    assert result.faults[1] == "@proceedings is the volume itself, no paper"
    assert "title" in result.faults[3]


def test_macros_that_grow_without_bounds_cost_what_is_made_of_them(read: Any) -> None:
    growing = "".join(f"@string{{m{n + 1} = {' # '.join([f'm{n}'] * 10)}}}\n" for n in range(3))
    often = " # ".join(["m2"] * 401)
    result = read(
        f'@string{{m0 = "0123456789"}}\n{growing}@article{{k, title = m3}}\n@article{{l, abstract = {often}}}\n'
        "@article{m, title = {M}}",
        "p.bib",
    )
    assert result.titles == ["M"]
    assert result.faults == {
        4: "a macro of 10,000 characters, more than 2,000",
        5: "no title",
        6: "a field of more than 400,000 characters",
    }


def test_an_entry_that_is_too_long_costs_itself(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proceedings_bibtex, "MAX_ENTRY", 1_000)
    result = read("@article{a,\n" + "note = {x},\n" * 200 + "title={A}}\n@article{b, title={B}}\n", "p.bib")
    assert (result.titles, result.faults) == (["B"], {1: "an entry of more than 1,000 characters"})


# RIS


def test_an_entry_without_end_costs_itself(read: Any) -> None:
    result = read("Provider: Nobody\nTY  - CONF\nTI  - A\n\nTY  - CONF\nTI  - B\nER  - \nTY  - CONF\nTI  - C", "p.ris")
    assert result.titles == ["B"]
    assert result.faults == dict.fromkeys([2, 8], "the entry has no end: a line `ER  - ` is missing")


def test_second_choices_of_tags_and_lines_that_go_on(read: Any) -> None:
    first = "TY  - CONF\nT1  - A\nA1  - Li, Bo\nN2  - one\n  two\n"
    (record,) = read(f"{first}UR  - https://example.org/a;b=7\nY1  - 2031/7/2/late\nER  -\n", "p.ris").records
    assert (record.title, record.authors, record.abstract) == ("A", (Author("Bo Li", "Li", "Bo"),), "one two")
    assert (record.landing_url, record.published) == ("https://example.org/a;b=7", date(2031, 7, 2))


def test_tags_that_are_not_kept_are_named(read: Any) -> None:
    entry = (
        "TY  - CONF\nTI  - A\nJO  - Tea\nZZ  - x\nAN  - W123\nUR  - https://e.org/1\nUR  - https://e.org/2\nER  - \n"
    )
    result = read(entry, "p.ris")
    assert (result.titles, sorted(result.unknown)) == (["A"], ["AN", "JO", "ZZ", "a second UR"])


# All formats


def padded(language: str, text: bytes) -> tuple[bytes, int]:
    """A file whose second paper has the text in its title, and the line on which that paper begins."""
    return {
        "json": (b'{"title": "A"}\n{"title": "%s"}\n{"title": "C"}\n' % text, 2),
        "csv": (b"id,title\n1,A\n2,%s\n3,C\n" % text, 3),
        "bibtex": (b"@a{a, title={A}}\n@a{b,\ntitle={%s}}\n@a{c, title={C}}\n" % text, 2),
        "ris": (b"TY  - X\nTI  - A\nER  - \nTY  - X\nTI  - %s\nER  - \nTY  - X\nTI  - C\nER  - \n" % text, 4),
    }[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"Caf\xe9", "bytes in the line that are not UTF-8"),
        (b"Caf\x00", "a NUL character in the line"),
        (b"x" * 6_000, "line longer than 5,000 bytes"),
        (b"x" * 2_001, "title of 2,001 characters, more than 2,000"),
        (b"", "no title"),
    ],
    ids=["not-utf8", "nul", "endless", "long", "none"],
)
def test_a_hostile_title_costs_its_paper_alone(
    read: Any, monkeypatch: pytest.MonkeyPatch, language: str, text: bytes, reason: str
) -> None:
    monkeypatch.setattr(arxiv_snapshot, "MAX_LINE", 5_000)
    content, line = padded(language, text)
    result = read(content, f"p.{LANGUAGES[language]}")
    assert (result.titles, result.faults) == (["A", "C"], {line: reason})
    assert [record.appearances[0].position for record in result.records] == [1, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_compressed_file_that_breaks_off_gives_what_it_has_and_says_so(read: Any, language: str) -> None:
    pieces = {
        "json": "".join(f'{{"title": "Paper {n * 7919}"}}\n' for n in range(3_000)),
        "csv": "title\n" + "".join(f"Paper {n * 7919}\n" for n in range(3_000)),
        "bibtex": "".join(f"@a{{k{n}, title={{Paper {n * 7919}}}}}\n" for n in range(3_000)),
        "ris": "".join(f"TY  - X\nTI  - Paper {n * 7919}\nER  - \n" for n in range(3_000)),
    }
    result = read(gzip.compress(pieces[language].encode())[:-2_000], f"p.{LANGUAGES[language]}.gz")
    assert len(result.records) > 100
    assert any("the compressed file is broken after line" in reason for reason in result.faults.values())
