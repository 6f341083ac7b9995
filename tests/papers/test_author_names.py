import pytest

from papers.author_names import Name, bears, given_first, is_written, keys_of, stored
from papers.record import Author


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Ada Lovelace", "Lovelace", "Ada"),
        ("ADA  lovelace", "Lovelace", "Ada"),
        ("Donald E. Knuth", "Knuth", "Donald Ervin"),
        ("Jan van den Berg", "van den Berg", "Jan"),
        ("Gabriel García Márquez", "Garcia Marquez", "Gabriel"),
        ("J. Smith", "Smith", "J."),
        ("王小明", "王", "小明"),
        ("欧阳修", "欧阳", "修"),
        ("Jean-Luc Picard", "Picard", "Jean-Luc"),
    ],
)
def test_a_name_is_borne_wherever_its_family_name_begins(name: str, family: str, given: str) -> None:
    assert bears(Author(f"{given} {family}", family, given), Name(name))


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Ada Lovelace", "Lovelace", "A."),
        ("Ada Lovelace", "Lovelace", "Adam"),
        ("Lovelace", "Lovelace", "Ada"),
        ("", "", ""),
    ],
)
def test_other_people_do_not_bear_it(name: str, family: str, given: str) -> None:
    assert not bears(Author(f"{given} {family}".strip(), family, given), Name(name))


def test_a_name_that_nobody_split_is_taken_whole() -> None:
    assert bears(Author("ATLAS Collaboration"), Name("ATLAS collaboration"))
    assert bears(Author("Plato"), Name("Plato"))
    assert bears(Author("Lovelace Ada"), Name("Ada Lovelace"))
    assert not bears(Author("Ada King Lovelace"), Name("Ada Lovelace"))


def test_other_spellings_count() -> None:
    author = stored({"name": "Xiaoming Wang", "family": "Wang", "given": "Xiaoming", "variants": ["王小明", "X. Wang"]})
    assert keys_of(author) == ["wang xiaoming", "王小明", "wang x"]
    assert is_written(author, Name("x. wang"))
    assert not is_written(author, Name("Xiao Wang"))
    assert bears(author, Name("X. Wang"))


@pytest.mark.parametrize(
    ("typed", "turned"),
    [
        ("Lovelace, Ada", "Ada Lovelace"),
        ("van den Berg, Jan", "Jan van den Berg"),
        ("Ada Lovelace", ""),
        (",", ""),
        ("Ada,", ""),
        (", Ada", ""),
    ],
)
def test_a_comma_says_which_part_is_the_family_name(typed: str, turned: str) -> None:
    assert given_first(typed) == turned


def test_initials_stand_for_longer_names_only() -> None:
    assert Name("John Smith").initial_keys == {"smith j"}
    assert Name("John Smith").initials == "J. Smith"
    assert not Name("J. Smith").initial_keys
    assert not Name("王 小明").initial_keys
    assert not Name("Plato").initial_keys


def test_a_name_turned_around_and_back_is_itself() -> None:
    assert Name("Lovelace Ada").turned == "Ada Lovelace"
    assert Name("Plato").turned == "Plato"
