import json
from dataclasses import replace
from typing import Any

from papers.citations.cited import CitedName
from papers.citations.csl_json import csl_json, item, person
from tests.citations.samples import ADA, IN_JOURNAL, IN_PROCEEDINGS, PREPRINT, listed

# csl-data.json: what the schema says of the names that we use. It allows no others.
TEXTS = {
    "language", "abstract", "collection-title", "container-title", "container-title-short", "DOI", "keyword", "note",
    "publisher", "title", "URL",
}  # fmt: skip
TEXTS_OR_NUMBERS = {"id", "issue", "number", "page", "volume"}
TYPES = {"article", "article-journal", "paper-conference"}
NAME_PARTS = {"family", "given", "suffix", "literal"}


def is_valid(found: dict[str, Any]) -> bool:
    """The rules of the schema that concern our fields."""
    for name, value in found.items():
        if name in TEXTS:
            assert isinstance(value, str), name
        elif name in TEXTS_OR_NUMBERS:
            assert isinstance(value, (str, int)), name
        elif name in ("author", "editor"):
            assert all(set(each) <= NAME_PARTS and all(map(str.strip, each.values())) for each in value)
        elif name == "issued":
            assert set(value) == {"date-parts"}
            assert [1 <= len(parts) <= 3 and all(isinstance(n, int) for n in parts) for parts in value["date-parts"]]
        elif name == "categories":
            assert all(isinstance(each, str) for each in value)
        else:
            assert (name, value in TYPES) == ("type", True)
    return {"id", "type"} <= set(found)


def test_follows_the_schema() -> None:
    group = replace(PREPRINT, authors=(CitedName("ATLAS Collaboration"),), withdrawn="Gone.", date=None)
    found = json.loads(csl_json(listed(PREPRINT, IN_PROCEEDINGS, IN_JOURNAL, group)))
    assert [is_valid(each) for each in found] == [True] * 4
    assert len({each["id"] for each in found}) == 4


def test_a_paper_of_proceedings() -> None:
    found = item(IN_PROCEEDINGS, "lovelace2025computable")
    assert (found["type"], found["id"]) == ("paper-conference", "lovelace2025computable")
    assert found["issued"] == {"date-parts": [[2025, 7]]}
    assert found["author"][0] == {"family": "Lovelace", "given": "Ada"}
    assert (found["container-title"], found["page"]) == (IN_PROCEEDINGS.container, "11-23")
    assert (found["note"], found["DOI"]) == ("arXiv:2503.00001", "10.18653/v1/2025.acl-long.1")


def test_a_preprint_and_a_paper_of_a_journal() -> None:
    preprint, journal = item(PREPRINT, "a"), item(IN_JOURNAL, "b")
    assert (preprint["type"], preprint["number"], preprint["publisher"]) == ("article", "arXiv:2503.00001", "arXiv")
    assert "note" not in preprint and "container-title" not in preprint
    assert (journal["type"], journal["volume"], journal["issue"]) == ("article-journal", "51", "2")


def test_names() -> None:
    assert person(CitedName("M. King Jr.", "King", "M.", "Jr.")) == {"family": "King", "given": "M.", "suffix": "Jr."}
    assert person(CitedName("王伟", "王", "伟")) == {"family": "王", "given": "伟"}
    assert person(CitedName("OpenAI")) == {"literal": "OpenAI"}
    assert len(item(replace(PREPRINT, authors=(ADA,) * 1_000), "k")["author"]) == 1_000


def test_texts_have_no_tex_and_stay_unicode() -> None:
    text = csl_json(listed(replace(PREPRINT, title=r"深度 \& $\alpha$ </script>", abstract="")))
    assert "深度 & α </script>" in text
