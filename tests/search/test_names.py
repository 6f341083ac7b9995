import re

import pytest

from search.names import forms, pattern

VASWANI = forms("Ashish Vaswani", "Vaswani", "Ashish")
KING = forms("Ada King Lovelace", "Lovelace", "Ada King")
BERG = forms("Jan van den Berg", "van den Berg", "Jan")
INITIAL = forms("P. Erdős", "Erdős", "P.")


def finds(typed: str, names: set[str], prefix: bool = False) -> bool:
    return any(re.fullmatch(pattern(typed, prefix), name) for name in names)


@pytest.mark.parametrize(
    ("typed", "prefix", "names"),
    [
        ("vaswani", False, VASWANI),
        ("Vas", True, VASWANI),
        ("ashish vaswani", False, VASWANI),
        ("Vaswani, Ashish", False, VASWANI),
        ("vaswani ashish", False, VASWANI),
        ("A. Vaswani", False, VASWANI),
        ("vaswani a", False, VASWANI),
        ("Vaswani, A.", False, VASWANI),
        ("vaswani_a", False, VASWANI),
        ("ashish vas", True, VASWANI),
        ("Ada Lovelace", False, KING),
        ("Lovelace, Ada", False, KING),
        ("A K Lovelace", False, KING),
        ("van den Berg", False, BERG),
        ("Berg", False, BERG),
        ("jan van den berg", False, BERG),
        ("van den Berg, J", False, BERG),
        ("Paul Erdos", False, INITIAL),
        ("erdős", False, INITIAL),
        ("张伟", False, forms("张伟")),
        ("张", True, forms("张伟")),
        ("o'brien", False, forms("Tim O'Brien", "O'Brien", "Tim")),
    ],
)
def test_an_author_is_found_however_the_name_is_written(typed: str, prefix: bool, names: set[str]) -> None:
    assert finds(typed, names, prefix)


@pytest.mark.parametrize(
    ("typed", "prefix", "names"),
    [
        ("vas", False, VASWANI),
        ("B Vaswani", False, VASWANI),
        ("ashish vaswan", False, VASWANI),
        ("a vaswani", False, forms("A. V. Balakrishnan", "Balakrishnan", "A. V.")),
        ("Ashish, Vaswani", False, VASWANI),
        ("lovelace turing", False, KING),
    ],
)
def test_another_author_is_not(typed: str, prefix: bool, names: set[str]) -> None:
    assert not finds(typed, names, prefix)


def test_a_name_of_many_words_is_found_as_it_stands() -> None:
    cruz = forms("Juan Carlos Maria de la Cruz", "de la Cruz", "Juan Carlos Maria")
    assert finds("Juan Carlos Maria de la Cruz", cruz)
    assert finds("de la Cruz, Juan Carlos Maria", cruz)
    assert not finds("Juan Carlos Pedro de la Cruz", cruz)


@pytest.mark.parametrize("typed", ["a.*", "(", "[x", "a|b", "\\", "^$", "a+b{9}"])
def test_no_name_breaks_the_pattern(typed: str) -> None:
    assert not finds(typed, VASWANI)
    assert pattern("?!") == ""
