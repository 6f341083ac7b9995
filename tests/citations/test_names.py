import pytest

from papers.citations.cited import CitedName
from papers.citations.names import cited_name, cited_names


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"name": "Ada Lovelace", "family": "Lovelace", "given": "Ada"}, ("Lovelace", "Ada", "")),
        ({"name": "Ada Lovelace"}, ("Lovelace", "Ada", "")),
        ({"name": "Bo van der Berg"}, ("van der Berg", "Bo", "")),
        ({"name": "Van Nguyen"}, ("Nguyen", "Van", "")),
        ({"name": "王伟", "family": "王", "given": "伟"}, ("王", "伟", "")),
        ({"name": "M. L. King Jr.", "family": "King", "given": "M. L."}, ("King", "M. L.", "Jr.")),
        ({"name": "M. L. King, Jr."}, ("King", "M. L.", "Jr.")),
        ({"name": "M. L. King III", "family": "King III", "given": "M. L."}, ("King", "M. L.", "III")),
    ],
)
def test_takes_names_apart(person: dict[str, str], expected: tuple[str, str, str]) -> None:
    found = cited_name(person)
    assert found
    assert (found.family, found.given, found.suffix) == expected


@pytest.mark.parametrize(
    "person",
    [
        {"name": "ATLAS Collaboration"},
        {"name": "ATLAS Collaboration", "family": "ATLAS Collaboration"},
        {"name": "Gemini Team", "family": "Team", "given": "Gemini"},
        {"name": "OpenAI"},
        {"name": "王伟"},
    ],
)
def test_leaves_groups_and_single_words_whole(person: dict[str, str]) -> None:
    assert cited_name(person) == CitedName(person["name"])


def test_leaves_out_who_has_no_name() -> None:
    assert cited_names([{"name": ""}, {}, {"name": " Ada  Lovelace "}]) == (
        CitedName("Ada Lovelace", "Lovelace", "Ada"),
    )


def test_keeps_the_affiliation() -> None:
    found = cited_name({"name": "Ada Lovelace", "affiliation": "London"})
    assert found and found.affiliation == "London"
