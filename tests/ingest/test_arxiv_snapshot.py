from pathlib import Path

import pytest

from ingest.batches import Batch, prefetched
from ingest.items import SetAside, Taken
from ingest.sources import arxiv_snapshot
from tests.ingest.snapshot import paper, write


def read(path: Path, position: str = "") -> list[Batch]:
    return list(arxiv_snapshot.batches(path, position))


def taken(batches: list[Batch]) -> list[tuple[int, str]]:
    items = [item for batch in batches for item in batch.items]
    return [(item.line, item.record.source_id) for item in items if isinstance(item, Taken)]


def faults(batches: list[Batch]) -> list[tuple[int, str]]:
    items = [item for batch in batches for item in batch.items]
    return [(item.line, item.reason) for item in items if isinstance(item, SetAside)]


@pytest.mark.parametrize("name", ["snapshot.json", "snapshot.jsonl.gz"])
def test_plain_and_compressed_files_read_alike(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, [paper(1), paper(2)])
    assert taken(read(path)) == [(1, "2503.00001"), (2, "2503.00002")]


def test_batches_follow_a_position(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arxiv_snapshot, "BATCH", 2)
    path = write(tmp_path / "s.json", [paper(number) for number in range(5)])
    batches = read(path)
    assert [batch.position for batch in batches] == ["2", "4", "5"]
    assert taken(read(path, "4")) == [(5, "2503.00004")]
    assert read(path, "5") == []


def test_bad_lines_are_set_aside_with_line_and_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = write(
        tmp_path / "s.json",
        [paper(1), "{broken", "[]", paper(2, title=None), b"\xff\xfe", "", "null", "[" * 100_000, paper(3)],
    )
    batches = read(path)
    assert taken(batches) == [(1, "2503.00001"), (9, "2503.00003")]
    found = dict(faults(batches))
    assert found.keys() == {2, 3, 4, 5, 7, 8}
    assert found[2].startswith("not JSON")
    assert found[3] == found[7] == "not a JSON object"
    assert found[4] == "no title"


def test_a_line_without_end_is_set_aside_without_filling_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arxiv_snapshot, "MAX_LINE", 5_000)
    path = write(tmp_path / "s.json", [paper(1), paper(2, abstract="x" * 20_000), paper(3)])
    batches = read(path)
    assert taken(batches) == [(1, "2503.00001"), (3, "2503.00003")]
    assert faults(batches) == [(2, "line longer than 5,000 bytes")]


def test_a_ten_megabyte_abstract_is_set_aside(tmp_path: Path) -> None:
    path = write(tmp_path / "s.json", [paper(1, abstract="word " * 2_000_000), paper(2)])
    batches = read(path)
    assert taken(batches) == [(2, "2503.00002")]
    assert faults(batches) == [(1, "abstract of 10,000,000 characters, more than 100,000")]
    assert len(batches[0].items[0].raw) <= 2_000  # type: ignore[union-attr]


def test_a_repeated_id_is_set_aside_across_batches_and_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arxiv_snapshot, "BATCH", 1)
    path = write(tmp_path / "s.json", [paper(1), paper(2), paper(1, title="Another title altogether")])
    expected = [(3, "duplicate id 2503.00001: the first one was taken")]
    assert faults(read(path)) == expected
    assert faults(read(path, "2")) == expected


def test_a_compressed_file_that_breaks_off_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "s.json.gz", [paper(number) for number in range(200)])
    path.write_bytes(path.read_bytes()[:-200])
    batches = read(path)
    assert len(taken(batches)) > 100
    assert len(faults(batches)) == 1
    assert "the compressed file is broken after line" in faults(batches)[0][1]


def test_prefetching_changes_nothing_and_passes_errors_on(tmp_path: Path) -> None:
    path = write(tmp_path / "s.json", [paper(number) for number in range(3)])
    assert list(prefetched(arxiv_snapshot.batches(path, ""))) == read(path)
    with pytest.raises(FileNotFoundError):
        list(prefetched(arxiv_snapshot.batches(tmp_path / "missing", "")))
