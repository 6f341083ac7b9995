"""Whatever a title or a name is, it survives the way through a file and back.

What is not kept, on purpose: control characters, runs of spaces (one remains), and in titles TeX itself, which every
format but BibTeX writes as plain text. BibTeX's titles are TeX and mean what the title meant."""

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from papers.citations import bibtex_text
from papers.citations.bibtex import bibtex
from papers.citations.cited import CitedName
from papers.citations.ris import ris
from papers.citations.table import table
from papers.tex import plain_text
from papers.text import clean
from tests.citations.reading import balanced_as_bibtex_counts, bib_entries, ris_entries, rows, untex
from tests.citations.samples import PREPRINT, listed

SIGNS = st.sampled_from(
    [*"{}\\$&%#_~^\"'@,;=+-<>|[]()` \t\n", "\\emph{", "\\alpha", "and ", "$x$", "ER  - ", "http://"]
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
TEXTS = st.lists(SIGNS | WORDS, max_size=12).map("".join).map(clean)
NAMES = TEXTS.map(lambda text: text.replace("~", "")).filter(lambda text: any(map(str.isalnum, text)))


def titled(title: str) -> str:
    return bibtex(listed(replace(PREPRINT, title=title)))


@given(TEXTS)
@example(r"{\textbf{a")
@example("$x$ } $\\{y\\}$ {")
@example("@misc{x,")
@example("\\")
def test_any_title_makes_one_entry_of_bibtex(title: str) -> None:
    (found,) = bib_entries(titled(title))
    assert balanced_as_bibtex_counts(found.raw)
    written = bibtex_text.title(title)
    assert found.fields_dict["title"].value == written if written else "title" not in found.fields_dict


@given(TEXTS.map(lambda text: "".join(sign for sign in text if sign not in "\\${}`'~-")))
def test_a_title_without_tex_comes_back_from_bibtex(title: str) -> None:
    (found,) = bib_entries(titled(title))
    assert untex(found.fields_dict["title"].value if title.strip() else "") == plain_text(title)


@given(NAMES, NAMES)
def test_a_person_comes_back_from_bibtex(family: str, given_name: str) -> None:
    author = CitedName(f"{given_name} {family}", family, given_name)
    (found,) = bib_entries(bibtex(listed(replace(PREPRINT, authors=(author, CitedName("Last"))))))
    first, last = found.fields_dict["author"].value
    parts = [*first.von, *first.last, *first.jr, *first.first]
    assert untex(" ".join(parts)).split() == f"{family} {given_name}".split()
    assert last.last == ["{Last}"]


@given(TEXTS)
def test_a_group_comes_back_from_bibtex(name: str) -> None:
    (found,) = bib_entries(bibtex(listed(replace(PREPRINT, authors=(CitedName(name),)))))
    (group,) = found.fields_dict["author"].value
    assert untex(" ".join([*group.first, *group.von, *group.last])) == name


@given(TEXTS, NAMES)
def test_titles_and_names_come_back_from_ris(title: str, name: str) -> None:
    (found,) = ris_entries(ris(listed(replace(PREPRINT, title=title, authors=(CitedName(name),)))))
    assert found.get("title", "") == plain_text(title)
    assert found["authors"] == [" ".join(name.replace(",", " ").split())] or not name.strip(" ,")


@given(TEXTS, NAMES)
def test_titles_and_names_come_back_from_csv(title: str, name: str) -> None:
    (found,) = rows(table(listed(replace(PREPRINT, title=title, authors=(CitedName(name),)))))
    assert found["title"].removeprefix("'") == plain_text(title).removeprefix("'")
    assert found["authors"].removeprefix("'") == name.strip().replace(";", ",").removeprefix("'")
