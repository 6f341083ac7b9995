"""The server's reading of extension/rules.json: by the cases of the table, and beside the extension's own reading."""

import json
import random
import shutil
import subprocess
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.identifiers import arxiv_id
from papers.recognition.reading import MAX_ADDRESS, MAX_TEXT, Recognised
from papers.recognition.rules import RULES, reader

SCRIPTS = Path(__file__).parents[1] / "extension"
CASES: dict[str, Any] = json.loads((RULES.parent / "rules.cases.json").read_text(encoding="utf-8"))
LATEST = date(2026, 11, 25)
READ = reader()


def told(found: Recognised | None) -> dict[str, str] | None:
    return {str(found.kind): found.told} if found else None


def expected(case: dict[str, Any]) -> dict[str, str] | None:
    return next(({kind: case[kind]} for kind in ("paper", "list", "search") if kind in case), None)


def address_of(case: dict[str, Any]) -> str:
    return str(case["address"]) + "x" * int(case.get("padded", 0))


def ids_of_arxiv(text: str) -> list[str]:
    return [name for name in READ.text(text, LATEST) if "@" not in name and not name.startswith("10.")]


@pytest.mark.parametrize("heading", CASES["cases"])
def test_addresses_and_texts_name_what_the_cases_say(heading: str) -> None:
    """Pages are read by the extension alone."""
    for case in CASES["cases"][heading]:
        if "address" in case:
            assert told(READ.address(address_of(case))) == expected(case), case
        if "text" in case:
            day = date.fromisoformat(case.get("today", CASES["today"]))
            assert READ.text(case["text"], day) == case["names"], case


def test_there_are_as_many_cases_as_we_say(record_property: Any) -> None:
    cases = [case for case in chain(*CASES["cases"].values()) if "page" not in case]
    none = [case for case in cases if case.get("nothing") or case.get("names") == []]
    record_property("figures", f"{len(cases)} cases of addresses and texts, {len(none)} of them name nothing")
    assert len(cases) > 800 and len(none) > 300


def test_what_a_case_names_goes_by_one_name() -> None:
    """Read again by itself, the name of a paper is the same: so that lists of names can be read as texts."""
    names = {case["paper"] for case in chain(*CASES["cases"].values()) if "paper" in case}
    short = {name for name in names if "<" not in name}  # brackets end a DOI in a text
    assert {name: READ.text(name, LATEST) for name in short} == {name: [name] for name in short}


REGISTRANTS = st.sampled_from(["10.1145", "10.1109", "10.1007", "10.1038", "10.3390", "10.18653", "10.5555"])
SUFFIXES = st.from_regex(
    r"(?:[0-9]{7}\.[0-9]{4,7}|[0-9]{4}\.[0-9]{4,5}(?:v[0-9])?|[a-z]{1,6}\.[0-9]{4}\.[0-9]{4,5}|[0-9]{4}/[0-9]{4}\.[0-9]{5})",
    fullmatch=True,
)
AROUND = st.sampled_from(
    [("", ""), ("doi:", "."), ("(https://doi.org/", ")."), ("见", "。"), ("“", "”,"), ("[1] ", "; p. 5")]
)


@given(registrant=REGISTRANTS, suffix=SUFFIXES, around=AROUND)
def test_a_doi_is_never_taken_for_an_id_of_arxiv(registrant: str, suffix: str, around: tuple[str, str]) -> None:
    doi = f"{registrant}/{suffix}"
    assert READ.text(f"{around[0]}{doi}{around[1]}", LATEST) == [doi]


@given(
    st.text(max_size=80),
    st.sampled_from(["", "https://arxiv.org/", "https://doi.org/10.1145/", "https://openreview.net/"]),
)
def test_nothing_is_refused_with_an_error(text: str, before: str) -> None:
    READ.address(before + text)
    READ.group(before + text)
    READ.text(text + before, LATEST)


@given(st.integers(7, 30), st.integers(1, 12), st.integers(1, 9999), st.dates(date(2007, 4, 1), date(2030, 12, 31)))
def test_a_number_is_an_id_from_its_month_on(year: int, month: int, number: int, today: date) -> None:
    """A day before it is one already: somewhere on Earth that month has come."""
    name = f"{year:02}{month:02}.{number:0{5 if year >= 15 else 4}}"
    has_come = (2000 + year, month) <= (today.year, today.month)
    found = READ.text(name, today)
    if has_come and (year, month) >= (7, 4):
        assert found == [name]
    elif (2000 + year, month) > (today.year + today.month // 12, today.month % 12 + 1):
        assert found == []


HOSTILE = {
    "points in a DOI": f"10.1000/{'.' * MAX_TEXT}",
    "points before the end of a DOI": f"10.1000/{'.' * (MAX_TEXT - 20)}x",
    "brackets in a DOI": f"10.1000/{')' * MAX_TEXT}",
    "pairs of brackets": f"10.1000/{'(' * 90_000}{')' * 90_000}",
    "points in an address": f"https://arxiv.org/abs/{'.' * (MAX_TEXT - 50)}x",
    "points in a word": f"a{'.' * (MAX_TEXT - 2)}a",
    "line breaks behind a DOI's slash": f"10.1000/\n{' ' * (MAX_TEXT - 20)}a",
    "colons behind a label": f"arxiv{':' * (MAX_TEXT - 10)}x",
    "parts of an id": f"2024.{'a-' * 90_000}",
    "spaces": f"a{' ' * (MAX_TEXT - 2)}a",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_texts_that_are_made_to_take_long_are_read(text: str) -> None:
    """A pattern that looks again and again at a long run would not be done today."""
    assert all(len(name) <= 300 for name in READ.text(text, LATEST))


def test_addresses_that_are_made_to_take_long_are_read() -> None:
    """Each case with a long run put in somewhere."""
    draw = random.Random(6)
    runs = [
        "a",
        "0",
        "-",
        "/",
        ".",
        "a-",
        "/a",
        "v1",
        ".a",
        "&a=",
        "@",
        "/full",
        "=",
        "%41",
        "0.",
        "10.1000/",
        "a_",
        "?",
    ]
    for case in (case for case in chain(*CASES["cases"].values()) if case.get("address")):
        address, run = address_of(case)[:200], draw.choice(runs)
        at = draw.randint(0, len(address))
        READ.address((address[:at] + run * MAX_ADDRESS)[: MAX_ADDRESS - 200] + address[at:][:199] + "!")


def test_an_address_ends_at_its_longest_and_a_text_is_cut() -> None:
    address = "https://arxiv.org/abs/2401.01234?"
    assert READ.address(address.ljust(MAX_ADDRESS, "x")) is not None
    assert READ.address(address.ljust(MAX_ADDRESS + 1, "x")) is None
    assert READ.text("2401.01234".rjust(MAX_TEXT), LATEST) == ["2401.01234"]
    assert READ.text("2401.01234".rjust(MAX_TEXT + 1), LATEST) == []


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node") or shutil.which("nodejs")
    if found is None:
        pytest.skip("no Node on this machine: apt-get install nodejs")
    return found


def run(node: str, script: str, told: str = "") -> Any:
    done = subprocess.run([node, str(SCRIPTS / script)], input=told, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_doi_like_and_number_like_texts_hold_ids_as_seldom_as_the_extension_says(
    node: str, record_property: Any
) -> None:
    """The families of texts and their bounds are the extension's; there, a million are read."""
    drawn = run(node, "drawn.mjs")
    wrong = {name: sum(bool(ids_of_arxiv(text)) for text in family["texts"]) for name, family in drawn.items()}
    rates = {name: wrong[name] / len(family["texts"]) for name, family in drawn.items()}
    count = sum(len(family["texts"]) for family in drawn.values())
    some = ", ".join(f"{100 * rate:.3f} % of {name}" for name, rate in rates.items() if rate)
    record_property("figures", f"{count} texts like DOIs and numbers; read as ids: {some}")
    assert {name: rate for name, rate in rates.items() if rate > drawn[name]["bound"]} == {}
    assert count >= 100_000


def pieces_of_addresses() -> tuple[list[str], list[str], list[str], list[str]]:
    """Hosts, parts of paths and of queries, and what stands behind the hosts of the cases."""
    hosts = [host.replace("*.", "x.") for group in READ.table.groups for host in group.hosts]
    addresses = [case["address"] for case in chain(*CASES["cases"].values()) if case.get("address")]
    behind = sorted({address.partition("://")[2].partition("/")[2] for address in addresses})
    parts = sorted({part for each in behind for part in each.partition("?")[0].split("/")})
    queries = sorted({part for each in behind for part in each.partition("?")[2].split("&") if part})
    return [*hosts, "evil.com", "arxiv.org@evil.com"], parts, queries, behind


ODD = [
    "%2F",
    "%zz",
    "%E4%BD%A0",
    "%E4",
    "é",
    "ſ",
    "K",
    "ı",
    "\u200b",
    "\ufeff",
    "😀",
    "\n",
    "%00",
    "\u2028",
    "２",
    "٢",
    "\\",
]
SIGNS = [
    *"0123456789.v/:-@#?&=%+()[]{}<>,;'\"*!_ \t\n",
    *ODD,
    "，",
    "。",
    "论",
    "\u3000",
    "arXiv:",
    "10.1145/",
    "@ACL",
    "hep-th/",
    "https://",
]


def drawn_address(
    draw: random.Random, hosts: list[str], parts: list[str], queries: list[str], behind: list[str]
) -> str:
    begin = draw.choice(["https://", "http://", "", "https:/", "HTTPS://www.", "view-source:https://", "https://a@"])
    if draw.random() < 0.5:
        return f"{begin}{draw.choice(hosts)}/{draw.choice(behind)}"
    path = "".join(f"/{draw.choice(parts if draw.random() < 0.95 else ODD)}" for _ in range(draw.randint(0, 5)))
    query = "&".join(draw.choice(queries) for _ in range(draw.randint(1, 3))) if draw.random() < 0.4 else ""
    return f"{begin}{draw.choice(hosts)}{path}{'?' if query else ''}{query}{draw.choice(['', '', '', '#x', ' '])}"


def changed(draw: random.Random, text: str) -> str:
    """With one sign put in, taken out, or put in the place of another of its kind."""
    at = (
        draw.randrange(len(text) // 2 if draw.random() < 0.7 else 0, len(text)) if text else 0
    )  # oftener behind the host
    if draw.random() < 0.5 and text[at : at + 1].isalnum():
        return text[:at] + draw.choice("0123456789" if text[at].isdigit() else "abcdefvxABCV") + text[at + 1 :]
    return text[: max(0, at - draw.randint(0, 1))] + draw.choice([*SIGNS, ""]) + text[at:]


def drawn_text(draw: random.Random, addresses: list[str], texts: list[str]) -> str:
    number = f"{draw.randint(0, 9999):04}.{draw.randint(0, 99_999):05}"
    noise = "".join(draw.choice(SIGNS) for _ in range(draw.randint(1, 25)))
    some = [
        draw.choice(addresses),
        draw.choice(texts),
        number,
        f"arXiv:{number}",
        noise,
        changed(draw, draw.choice(texts)),
    ]
    return draw.choice([" ", "\n", ",", "；", ""]).join(draw.choice(some) for _ in range(draw.randint(1, 4)))


def test_the_extension_and_the_server_read_the_same(node: str, record_property: Any) -> None:
    draw, pieces = random.Random(5), pieces_of_addresses()
    cases = [address_of(case)[:500] for case in chain(*CASES["cases"].values()) if "address" in case]
    written = [case["text"] for case in chain(*CASES["cases"].values()) if "text" in case]
    addresses = [drawn_address(draw, *pieces) for _ in range(30_000)]
    addresses += [changed(draw, draw.choice(cases)) for _ in range(30_000)]
    texts = [drawn_text(draw, addresses, written) for _ in range(40_000)]
    found, names = run(node, "answers.mjs", json.dumps({"addresses": addresses, "texts": texts, "today": str(LATEST)}))
    ours = [next(iter((told(READ.address(address)) or {}).items()), None) for address in addresses]
    here = [READ.text(text, LATEST) for text in texts]
    assert [each for each in zip(addresses, found, ours, strict=True) if each[1] != (each[2] and list(each[2]))] == []
    assert [each for each in zip(texts, names, here, strict=True) if each[1] != each[2]] == []
    some = sum(map(bool, ours)), sum(map(bool, here))
    record_property("figures", f"100,000 read alike; {some[0]} addresses and {some[1]} texts name something")
    assert some[0] > 7_000 and some[1] > 10_000


def test_ids_of_arxiv_are_read_by_the_identifiers_of_the_server() -> None:
    for case in chain(*CASES["cases"].values()):
        name = case.get("paper", "")
        if name and "@" not in name and not name.startswith("10."):
            found = arxiv_id(name)
            assert found and name == found.id + (f"v{found.version}" if found.version else "")
