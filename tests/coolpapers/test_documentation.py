"""The README names every variable, command, target and address, and nothing that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from coolpapers.environment import CHECKOUT

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
OURS = {"coolpapers", "ingest", "papers", "search", "library"}


def sources() -> Iterator[Path]:
    for room in OURS:
        yield from (CHECKOUT / room).rglob("*.py")


def variables() -> set[str]:
    pattern = re.compile(r"""["'](COOLPAPERS_[A-Z_]*[A-Z]|DATABASE_URL|REDIS_URL)["']""")
    return {name for path in sources() for name in pattern.findall(path.read_text(encoding="utf-8"))}


def test_every_variable_is_in_the_readme() -> None:
    found = variables()
    assert {"COOLPAPERS_PORT", "DATABASE_URL"} <= found
    assert [name for name in sorted(found) if name not in README] == []


def test_every_variable_in_the_readme_exists() -> None:
    everywhere = "".join(path.read_text(encoding="utf-8") for path in [*sources(), *(CHECKOUT / "tests").rglob("*.py")])
    told = set(re.findall(r"COOLPAPERS_[A-Z_]*[A-Z]", README))
    assert [name for name in sorted(told) if name.removeprefix("COOLPAPERS_TEST_") not in everywhere] == []


def test_every_command_is_in_the_readme() -> None:
    ours = [name for name, app in get_commands().items() if app in OURS]
    assert {"ingest", "search", "evaluate", "index", "up"} <= set(ours)
    assert [name for name in ours if not re.search(rf"`{name}[` ]", README)] == []


def test_every_make_target_is_in_the_readme() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert targets
    assert [name for name in targets[1].split() if name != "help" and f"make {name}" not in README] == []


@pytest.mark.parametrize("address", ["livez", "readyz", "opensearch.xml", "robots.txt", "search", "venue/latest"])
def test_fixed_addresses_are_in_the_readme_and_answer(address: str) -> None:
    assert f"/{address}" in README
    get_resolver().resolve(f"/{address}")


def test_every_fixed_address_is_in_the_readme() -> None:
    fixed = [route for route in routes() if "<" not in route and "^" not in route and route]
    assert [route for route in fixed if f"/{route.rstrip('/')}" not in README] == []


def routes() -> Iterator[str]:
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.pattern)
        elif isinstance(entry, URLResolver) and str(entry.pattern) != "admin/":
            yield from (str(entry.pattern) + str(inner.pattern) for inner in entry.url_patterns)


def test_the_parity_table_names_tests_that_are_there() -> None:
    table = (CHECKOUT / "docs" / "parity.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", table))
    assert len(named) > 60
    assert [name for name in sorted(named) if not is_there(*name)] == []


def is_there(file: str, test: str) -> bool:
    path = CHECKOUT / "tests" / file
    return path.is_file() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))
