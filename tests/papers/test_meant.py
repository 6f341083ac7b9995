from dataclasses import dataclass

import pytest

from papers.meant import MOST, nearest, venues_named

NAMES = [
    ("ACL", ["Anthology", "Annual Meeting of the Association for Computational Linguistics"]),
    ("EMNLP", [""]),
    ("NeurIPS", ["NIPS", "Conference on Neural Information Processing Systems"]),
    ("TACL", []),
]


@dataclass(frozen=True)
class Held:
    year: int


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("NeruIPS.2023", "NeurIPS"),
        ("neurips2023", "NeurIPS"),
        ("NIPS 2017", "NeurIPS"),
        ("nips'17", "NeurIPS"),
        ("EMLNP.2020", "EMNLP"),
        ("acl-2031", "ACL"),
        ("annual meeting of the association for computational linguistic", "ACL"),
    ],
)
def test_finds_what_was_meant(typed: str, first: str) -> None:
    assert venues_named(typed, NAMES)[0] == first


def test_a_venue_that_was_named_stands_alone() -> None:
    assert venues_named("acl.2031", NAMES) == ["ACL"]


@pytest.mark.parametrize("typed", ["", ".", "2019", "Zzzzz.2019", "\x00", "(", "x" * 100_000, "1" * 50_000])
def test_finds_nothing_in_what_is_like_nothing(typed: str) -> None:
    assert venues_named(typed, NAMES) == []


def test_offers_the_years_around_the_one_that_was_typed() -> None:
    held = [Held(year) for year in range(2025, 1980, -1)]
    assert [each.year for each in nearest("ACL.2000", [held])[:3]] == [2000, 2001, 1999]
    assert [each.year for each in nearest("ACL.2031", [held])] == list(range(2025, 2025 - MOST, -1))
    assert [each.year for each in nearest("ACL", [held])[:2]] == [2025, 2024]


def test_offers_as_many_of_each_venue() -> None:
    found = nearest("X.2000", [[Held(year) for year in range(2000, 2020)]] * 4)
    assert len(found) == MOST
    assert nearest("X.2000", []) == []
