"""The files of the trie: what is in them after any commits, after kills, and for readers meanwhile."""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from papers.changes import Watermark
from search.title import segments, tokens
from search.title.block import build
from search.title.identifiers import pack
from search.title.segments import Opened
from tests.search.title_commits import FINGERPRINT, begin, commit, expected, held

CHECKOUT = Path(__file__).parents[2]
DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or CHECKOUT.parent / "shared" / "data")
SNAPSHOT = DATA / "papers" / "arxiv-snapshot-2025.jsonl.gz"


@pytest.fixture
def at(index_dir: Path) -> Path:
    folder = segments.folder()
    folder.mkdir(parents=True)
    return folder


def forget() -> None:
    """As in a process that has just started."""
    segments._open.clear()


def files(at: Path) -> set[str]:
    return {file.name for file in at.iterdir()}


def read(at: Path) -> Opened:
    opened = segments.current(at)
    assert opened is not None
    return opened


def check(at: Path) -> int:
    """The number of the last commit, of which all must be there and nothing else."""
    opened = read(at)
    assert held(opened.trie) == expected(opened.manifest.mark.id)
    return opened.manifest.mark.id


@pytest.mark.parametrize("share", [0.0, 0.1, 100.0])
def test_every_commit_holds_what_it_should_whether_merged_into_the_base_or_among_each_other(
    at: Path, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "LARGEST_DELTAS", share)
    opened = begin(at)
    most = 0
    for number in range(1, 80):
        opened = commit(at, opened)
        if number % 7 == 0:
            forget()
        assert check(at) == number
        assert opened.manifest.segments[0].gone == 0
        most = max(most, len(opened.manifest.segments))
        assert files(at) == {"manifest.json", *(f"{each.name}.segment" for each in opened.manifest.segments)}
    assert most in {0.0: [1], 0.1: [2, 3, 4], 100.0: [1 + segments.MOST_DELTAS]}[share]


def test_a_base_that_grows_from_nothing_is_merged_now_and_then(at: Path) -> None:
    opened = segments.replace_all(at, build(pack([]), []), FINGERPRINT, Watermark())
    bases = set()
    for number in range(120):
        opened = segments.update(at, opened, {number: [1 + number % 5, 1 + number]}, Watermark(1, number))
        bases.add(opened.manifest.segments[0].name)
    assert len(opened.trie) == 120
    assert len(bases) < 60


def test_a_commit_without_a_change_of_identifiers_writes_no_segment(at: Path) -> None:
    opened = begin(at)
    before = opened.manifest
    after = segments.update(at, opened, {0: [1, 1], 1: [2, 1], 999: []}, Watermark(8, 5))
    assert after.manifest.segments == before.segments
    assert after.manifest.mark == Watermark(8, 5)


def test_a_reader_maps_only_what_is_new(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "LARGEST_DELTAS", 100.0)
    first = begin(at)
    second = segments.update(at, first, {77: [9]}, Watermark(7, 1))
    assert second.parts[0][0] is first.parts[0][0]
    assert segments.current(at) is second


def test_a_reader_keeps_what_it_has_open_after_a_merge(at: Path) -> None:
    before = begin(at)
    old = before.trie
    opened = before
    for _ in range(30):
        opened = commit(at, opened)
    assert not {each.name for each in before.manifest.segments} & {each.name for each in opened.manifest.segments}
    assert held(old) == expected(0)


def test_arrays_are_mapped_read_only(at: Path) -> None:
    block = begin(at).parts[0][0]
    for array in (block.identifiers.tokens, block.identifiers.offsets, block.papers, block.shared):
        assert not array.flags.writeable
        assert not array.flags.owndata


class Killed(BaseException):
    pass


def stop_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """So many touches of the disk succeed, and none after them."""
    left = iter(range(steps))

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            if next(left, None) is None:
                raise Killed
            return real(*arguments, **named)

        return step

    monkeypatch.setattr(segments.os, "fsync", counted(os.fsync))
    for name in ("open", "replace", "unlink"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))


@pytest.mark.parametrize("share", [0.0, 100.0])
def test_a_writer_that_stops_anywhere_leaves_the_state_before_or_after(
    at: Path, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "LARGEST_DELTAS", share)
    opened = begin(at)
    seen = set()
    for number in range(1, 20):
        for stop_at in range(number % 13, 50):
            with pytest.MonkeyPatch.context() as patch:
                stop_after(patch, stop_at)
                try:
                    done = commit(at, opened)
                except Killed:
                    done = None
            forget()
            seen.add((done is None, check(at) - opened.manifest.mark.id))
            opened = read(at)
            if opened.manifest.mark.id == number:
                break
    assert seen == {(True, 0), (True, 1), (False, 1)}
    commit(at, opened)
    assert len(list(at.glob("*.segment"))) == len(read(at).manifest.segments)


def test_a_writer_killed_by_the_system_goes_on_where_it_was(at: Path) -> None:
    """And a reader meanwhile sees whole commits only."""
    reached = 0
    for kill in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.search.title_commits", str(at), "100000"],
            cwd=CHECKOUT, stdout=subprocess.PIPE, env={**os.environ, "DJANGO_SETTINGS_MODULE": ""},
        )  # fmt: skip
        try:
            assert writer.stdout is not None
            for _ in range(5 + 3 * kill):
                told = int(writer.stdout.readline())
                assert check(at) >= told > reached
        finally:
            writer.kill()
            writer.wait()
        forget()
        assert check(at) >= told
        reached = check(at)
    opened = commit(at, read(at))
    assert check(at) == reached + 1
    assert len(list(at.glob("*.segment"))) == len(opened.manifest.segments)


def test_readers_see_whole_commits_while_one_writes(at: Path) -> None:
    opened = begin(at)
    stop, wrong = threading.Event(), []

    def look() -> None:
        last = 0
        while not stop.is_set():
            found = read(at)
            number = found.manifest.mark.id
            if number < last or held(found.trie) != expected(number):
                wrong.append(number)
            last = number

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(60):
        opened = commit(at, opened)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_a_reader_whose_files_vanish_looks_again(at: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the reading of the manifest and the opening of its files, another process replaces all of them."""
    begin(at)
    segments.replace_all(tmp_path, build(pack([[9]]), [77]), FINGERPRINT, Watermark(7, 1))
    forget()
    real, newer = segments._map, iter(sorted(tmp_path.glob("*.*"), key=lambda file: file.suffix == ".json"))

    def late(folder: Path, segment: Any) -> Any:
        for file in newer:
            file.replace(at / file.name)
            segments._file(at, segment).unlink(missing_ok=True)
        return real(folder, segment)

    monkeypatch.setattr(segments, "_map", late)
    assert held(read(at).trie) == [((9,), [77])]


@pytest.mark.parametrize("damage", ["version", "cut", "no file", "no json", "no field", "a list"])
def test_what_is_damaged_or_of_another_version_counts_as_none(at: Path, damage: str) -> None:
    opened = begin(at)
    manifest, (file,) = at / "manifest.json", at.glob("*.segment")
    told = json.loads(manifest.read_text())
    {
        "version": lambda: manifest.write_text(json.dumps({**told, "version": segments.VERSION + 1})),
        "cut": lambda: file.write_bytes(file.read_bytes()[:-1]),
        "no file": file.unlink,
        "no json": lambda: manifest.write_text(json.dumps(told)[:-3]),
        "no field": lambda: manifest.write_text(json.dumps({**told, "segments": [{"name": "x"}]})),
        "a list": lambda: manifest.write_text("[]"),
    }[damage]()
    if damage in ("cut", "no file"):
        assert not segments.is_whole(at, opened)
    forget()
    assert segments.current(at) is None
    begin(at)
    assert check(at) == 0
    assert segments.is_whole(at, read(at))


def test_there_is_no_catalogue_before_the_first_build_after_a_deletion_or_for_another_tokeniser(at: Path) -> None:
    with pytest.raises(segments.NoTitles, match=r"not been built yet: run `manage\.py index follow`"):
        segments.catalogue(FINGERPRINT)
    begin(at)
    assert held(segments.catalogue(FINGERPRINT)) == expected(0)
    with pytest.raises(segments.NoTitles, match="another tokeniser"):
        segments.catalogue("letters@1")
    for file in at.iterdir():
        file.unlink()
    at.rmdir()
    with pytest.raises(segments.NoTitles, match="not been built"):
        segments.catalogue(FINGERPRINT)


def test_a_second_writer_is_turned_away(at: Path) -> None:
    with segments.writing(at), pytest.raises(segments.WriterBusy), segments.writing(at):
        pass
    with segments.writing(at):
        pass


def test_a_trie_of_many_rows_is_read_back_as_it_was_written(at: Path) -> None:
    chance = np.random.default_rng(5)
    lists = [chance.integers(1, 60_000, chance.integers(1, 30)).tolist() for _ in range(3_000)]
    papers = chance.permutation(1_000_000)[:3_000].tolist()
    segments.replace_all(at, build(pack(lists), papers), FINGERPRINT, Watermark(3, 4))
    forget()
    opened = read(at)
    assert opened.manifest.mark == Watermark(3, 4)
    found = opened.trie.identifiers_of(opened.trie.rows_of_papers(papers))
    assert [found[number].tolist()[:-1] for number in range(3_000)] == lists
    assert opened.nbytes == sum(file.stat().st_size for file in at.glob("*.segment"))


@pytest.mark.real_data
@pytest.mark.skipif(not SNAPSHOT.exists(), reason="the real papers are not beside the checkout")
def test_the_trie_of_real_titles_is_smaller_than_their_text_and_holds_each_of_them(at: Path) -> None:
    with gzip.open(SNAPSHOT, "rt", encoding="utf-8") as lines:
        written = [json.loads(line)["title"] for line in lines]
    lists = tokens.title_tokens(tokens.packaged(), written)
    opened = segments.replace_all(at, build(pack(lists), range(1, len(lists) + 1)), FINGERPRINT, Watermark())
    assert opened.nbytes < sum(len(title.encode()) for title in written)
    rows = opened.trie.rows(opened.trie.root)
    found = opened.trie.identifiers_of(rows)
    ordered = sorted(range(len(lists)), key=lambda number: lists[number])
    assert opened.trie.paper_ids(rows).tolist() == [number + 1 for number in ordered]
    assert [found[row].tolist()[:-1] for row in range(len(rows))] == [lists[number] for number in ordered]
