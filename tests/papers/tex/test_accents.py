"""TeX's accents to Unicode."""

import pytest

from papers.tex import unicode_accents


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"Erd\H{o}s", "Erdős"), (r"Poincar\'e", "Poincaré"), (r"P{\'o}sa", "Pósa"), (r"\'{\i}", "í"),
        (r"\'\i x", "íx"),
        (r"\L{}ukasz", "Łukasz"), (r"{\L}ukasiewicz", "Łukasiewicz"), (r"\aa", "å"), (r"S\o rensen", "Sørensen"),
        (r'Gr{\"o}bner', "Gröbner"), (r'Gr\"{o}bner', "Gröbner"), (r'Gr\"obner', "Gröbner"), (r'na\"{\i}ve', "naïve"),
        (r'na\"{{\i}}ve', "naïve"), (r"fa\c{c}ade", "façade"), (r"fa\c cade", "façade"),
        (r"Ne\v{s}et\v{r}il", "Nešetřil"),
        (r"Gau\ss", "Gauß"), (r"Stra{\ss}e", "Straße"), (r"Stra\ss{}e", "Straße"), (r"B{\"}ohm", "Böhm"),
        (r"Ko\'scielny", "Kościelny"), (r"El Ni\~no", "El Niño"), (r"rela\c{c}\~ao", "relação"), (r"\.Zak", "Żak"),
        (r"syst{\`e}mes", "systèmes"), (r"r\^ole", "rôle"), (r"Erd\" os", "Erdös"), (r"\'{E}cole", "École"),
        (r"it don\'t", "it don't"), (r"the \"best\" way", 'the "best" way'), ("plain", "plain"),
        (r"\cite{a}", r"\cite{a}"),
        (r"\mathbb{R} \cdot \omega", r"\mathbb{R} \cdot \omega"), (r"C:\users\okay", r"C:\users\okay"),
        (r"in \O(n) time", r"in \O(n) time"), (r"Caf\'e $\'e + \o$ \'a", r"Café $\'e + \o$ á"),
    ],
)  # fmt: skip
def test_unicode_accents(source: str, expected: str) -> None:
    assert unicode_accents(source) == expected


def test_unicode_accents_without_backslash_is_the_same_object() -> None:
    text = "an abstract without any of it, $x$"
    assert unicode_accents(text) is text
