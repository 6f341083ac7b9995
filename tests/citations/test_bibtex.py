import re
from dataclasses import replace

import pytest

from ingest.sources.proceedings_bibtex import bibtex_rows
from ingest.sources.proceedings_lines import Line
from papers.citations import bibtex, bibtex_text
from papers.citations.bibtex import entry
from papers.citations.cited import CitedName
from tests.citations.reading import balanced_as_bibtex_counts, bib_entries, bib_fields, untex
from tests.citations.samples import IN_JOURNAL, IN_PROCEEDINGS, PREPRINT, listed, titled


def test_a_preprint_is_misc_with_its_eprint() -> None:
    assert entry(PREPRINT, "key") == (
        "@misc{key,\n"
        "  title = {On computable engines},\n"
        "  author = {Lovelace, Ada and Turing, Alan},\n"
        "  year = {2025},\n"
        "  month = mar,\n"
        "  eprint = {2503.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2503.00001},\n"
        "  abstract = {We compute.}\n"
        "}"
    )


def test_a_paper_of_proceedings_keeps_its_eprint() -> None:
    (found,) = bib_entries(bibtex.bibtex(listed(IN_PROCEEDINGS)))
    fields = {field.key: field.value for field in found.fields}
    assert (found.entry_type, found.key) == ("inproceedings", "lovelace2025computable")
    assert fields["booktitle"] == IN_PROCEEDINGS.container
    assert (fields["pages"], fields["month"], fields["doi"]) == ("11--23", "jul", "10.18653/v1/2025.acl-long.1")
    assert (fields["eprint"], fields["archivePrefix"], fields["primaryClass"]) == ("2503.00001", "arXiv", "cs.CL")
    assert fields["keywords"] == "engines, numbers"


def test_a_paper_of_a_journal_is_an_article() -> None:
    (found,) = bib_entries(bibtex.bibtex(listed(IN_JOURNAL)))
    fields = {field.key: field.value for field in found.fields}
    assert found.entry_type == "article"
    assert (fields["journal"], fields["volume"], fields["number"]) == ("Computational Linguistics", "51", "2")
    assert "eprint" not in fields and "archivePrefix" not in fields


def test_says_of_a_withdrawn_paper_that_it_is() -> None:
    assert bib_fields(entry(replace(PREPRINT, withdrawn="By the authors."), "k"))["note"] == "Withdrawn"


def test_leaves_out_what_is_not_known() -> None:
    bare = replace(PREPRINT, authors=(), date=None, abstract="", arxiv_id="", url="", categories=())
    assert entry(bare, "k") == "@misc{k,\n  title = {On computable engines}\n}"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"On $\alpha$-\emph{things}", r"On {$\alpha$}-\emph{things}"),
        (r"Sorting in $O(n \log n)$", r"Sorting in {$O(n \log n)$}"),
        ("BERT for GPT-4 users: a McGill study", "{BERT} for {GPT}-4 users: a {McGill} study"),
        ("Q-learning in C, A to Z, and I", "{Q}-learning in {C}, A to {Z}, and I"),
        ("ATTENTION IS ALL YOU NEED", "ATTENTION IS ALL YOU NEED"),
        ("100% of R&D for $5 #1 a_b", r"100\% of {R}\&{D} for \$5 \#1 a\_b"),
        ("{NP} is a } of {", r"{NP} is a \textbraceright{} of \textbraceleft{}"),
        ("~10 < 20 > x^2 | \\", r"\textasciitilde{}10 \textless{} 20 \textgreater{} x\textasciicircum{}2 "
         r"\textbar{} \textbackslash{}"),
        (r"G\"odel and Erd\H{o}s", "Gödel and Erdős"),
        ("深度学习", "深度学习"),
    ],
)  # fmt: skip
def test_titles_keep_formulas_and_capitals_and_nothing_else_of_tex(title: str, written: str) -> None:
    assert bibtex_text.title(title) == written


@pytest.mark.parametrize(
    "formula",
    [
        r"\input{/etc/passwd}", r"\write18{rm -rf /}", r"\def\x{\x}\x", r"\csname x\endcsname", r"^^5cinput x", r"\a{b",
        r"x}", r"\left(x", r"\{x", r"% gone", r"\verb|x|", r"\href{javascript:x}{y}", r"\catcode`\@=11", r"x\\y",
    ],
)  # fmt: skip
def test_no_stranger_s_command_gets_into_anybody_s_tex(formula: str) -> None:
    written = bibtex_text.title(f"Of ${formula}$ and more")
    assert "$" not in written.replace(r"\$", "")
    assert balanced_as_bibtex_counts(written)
    commands = set(re.findall(r"\\([A-Za-z]+)", written))
    assert commands <= {
        "textbackslash", "textbraceleft", "textbraceright", "textasciicircum", "textasciitilde", "textbar",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (CitedName("Bo van der Berg", "van der Berg", "Bo"), "van der Berg, Bo"),
        (CitedName("M. King Jr.", "King", "M.", "Jr."), "King, Jr., M."),
        (CitedName("ATLAS Collaboration"), "{ATLAS Collaboration}"),
        (CitedName("others"), "{others}"),
        (CitedName("A and B", "and B", "A"), "{and B}, A"),
        (CitedName("王伟", "王", "伟"), "王, 伟"),
        (CitedName("A & {B", "{B", "A &"), r"{\textbraceleft{}B}, {A \&}"),
    ],
)
def test_people_are_taken_apart_for_bibtex(name: CitedName, written: str) -> None:
    assert bibtex.person(name) == written


def test_a_thousand_authors_are_a_thousand() -> None:
    people = tuple(CitedName(f"Given{n} Family{n}", f"Family{n}", f"Given{n}") for n in range(1_000))
    found = bib_fields(entry(replace(PREPRINT, authors=people), "k"))["author"]
    assert [name.last for name in found] == [[f"Family{n}"] for n in range(1_000)]


def test_addresses_stay_as_they_are_but_for_what_ends_a_field() -> None:
    odd = replace(PREPRINT, url="https://e.org/a_b%20c~d?x={1}", doi="10.1002/(SICI)1<1::A>3_0.CO;2-}{")
    fields = bib_fields(entry(odd, "k"))
    assert fields["url"] == "https://e.org/a_b%20c~d?x=%7B1%7D"
    assert fields["doi"] == "10.1002/(SICI)1<1::A>3_0.CO;2-%7D%7B"


def test_what_is_said_before_the_entries_cannot_begin_one() -> None:
    text = bibtex.bibtex(listed(PREPRINT, title="@misc{x,\n@article{y, z={}}", note="The first 1 of 2."))
    assert [entry.entry_type for entry in bib_entries(text)] == ["misc"]
    assert "% The first 1 of 2." in text.splitlines()


def test_an_empty_list_is_a_file_without_entries() -> None:
    assert bib_entries(bibtex.bibtex(listed())) == []


def test_our_own_importer_reads_it() -> None:
    text = bibtex.bibtex(listed(IN_PROCEEDINGS, titled(r"The $\ell_1$ {BERT & \emph{more}", key="2503.2")))
    found = [row.columns for row in bibtex_rows([Line(n, line) for n, line in enumerate(text.splitlines(), 1)])]
    assert [row["arxiv"] for row in found] == ["2503.00001", "2503.00001"]
    assert found[0]["authors"][0] == {"name": "Ada Lovelace", "given": "Ada", "family": "Lovelace"}
    assert found[0]["published"] == "2025-07"


def test_reads_back_as_it_was_written() -> None:
    assert untex(bibtex_text.name(r"a\b{c}~^<>|$&%#_")) == r"a\b{c}~^<>|$&%#_"
