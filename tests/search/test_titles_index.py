"""The trie of titles follows the papers."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from papers.models import Paper
from papers.record import PaperRecord
from search import tasks
from search.indexing import titles
from search.indexing.status import status
from search.title import segments, tokens
from search.title.identifiers import END, LONGEST
from search.title.segments import NoTitles, Opened
from search.title.tokens import Tokeniser
from search.title.trie import Trie
from tests.search.conftest import papers, put

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index_dir")]

_NUMBERS: dict[str, int] = {}


def word_numbers(texts: list[str]) -> list[list[int]]:
    split = [[word for word in text.split() if word.isalnum()] for text in texts]
    return [[_NUMBERS.setdefault(word, len(_NUMBERS) + 1) for word in each] for each in split]


WORDS = Tokeniser("words@1", word_numbers)


def trie() -> Trie:
    return segments.catalogue(WORDS.fingerprint)


def opened() -> Opened:
    found = segments.current(segments.folder())
    assert found is not None
    return found


def told() -> dict[str, str]:
    """The title in the trie for each paper, as words."""
    words = {number: word for word, number in _NUMBERS.items()} | {END: "."}
    rows = trie().rows(trie().root)
    keys = dict(Paper.objects.values_list("id", "key"))
    identifiers = trie().identifiers_of(rows)
    return {
        keys[paper]: " ".join(words[token] for token in identifiers[number].tolist())
        for number, paper in enumerate(trie().paper_ids(rows).tolist())
    }


def titled(*named: str, first: int = 1) -> list[PaperRecord]:
    return papers([(title, "An abstract.") for title in named], first=first)


def test_there_is_no_trie_before_the_first_follow() -> None:
    with pytest.raises(NoTitles, match=r"index follow"):
        trie()


def test_the_first_follow_builds_the_trie_and_later_ones_add_to_it() -> None:
    put(*titled("Deep nets", "Deep trees", "Deep nets"))
    assert titles.follow_titles(WORDS) == 3
    assert told() == {"2503.00001": "deep nets .", "2503.00002": "deep trees .", "2503.00003": "deep nets ."}
    base = opened().manifest.segments[0]
    put(*titled("Shallow trees", first=4))
    assert titles.follow_titles(WORDS) == 1
    assert told()["2503.00004"] == "shallow trees ."
    assert titles.follow_titles(WORDS) == 0
    assert len(told()) == 4
    assert base.rows == 3


def test_a_changed_title_replaces_the_old_one() -> None:
    put(*titled(*(f"Paper {number}" for number in range(30))))
    titles.follow_titles(WORDS)
    put(*titled("Another name", first=2))
    assert titles.follow_titles(WORDS) == 1
    assert told()["2503.00002"] == "another name ."
    assert len(told()) == 30
    assert len(opened().manifest.segments) == 2
    assert trie().find(word_numbers(["paper 1"])[0]) is None


def test_a_deleted_paper_leaves_the_trie() -> None:
    put(*titled(*(f"Paper {number}" for number in range(30))))
    titles.follow_titles(WORDS)
    Paper.objects.filter(key="2503.00002").delete()
    titles.follow_titles(WORDS)
    assert len(told()) == 29
    assert trie().find(word_numbers(["paper 1"])[0]) is None


def test_a_change_of_another_field_writes_no_segment() -> None:
    put(*titled("Deep nets", "Deep trees"))
    titles.follow_titles(WORDS)
    before = opened().manifest
    put(*papers([("Deep nets", "Another abstract.")]))
    assert titles.follow_titles(WORDS) == 1
    assert opened().manifest.segments == before.segments
    assert opened().manifest.mark > before.mark


def test_a_restart_reads_the_files_and_builds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*titled("Deep nets", "Deep trees"))
    titles.follow_titles(WORDS)
    segments._open.clear()

    def never(*_: object) -> None:
        raise AssertionError("rebuilt")

    monkeypatch.setattr(titles, "rebuild_titles", never)
    put(*titled("Shallow trees", first=3))
    assert titles.follow_titles(WORDS) == 1
    assert len(told()) == 3


def test_many_changes_are_followed_in_several_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(titles, "CHUNK", 7)
    put(*titled("Deep nets"))
    titles.follow_titles(WORDS)
    for start in range(2, 62, 20):
        put(*titled(*(f"Paper {number}" for number in range(start, start + 20)), first=start))
    put(*titled("Paper the last", first=30))
    Paper.objects.filter(key="2503.00031").delete()
    titles.follow_titles(WORDS)
    assert set(told()) == set(Paper.objects.values_list("key", flat=True))
    assert told()["2503.00030"] == "paper the last ."


def test_a_deleted_folder_comes_back_and_so_does_a_deleted_file() -> None:
    put(*titled("Deep nets", "Deep trees"))
    titles.follow_titles(WORDS)
    for pattern in ("*", "*.segment"):
        for file in segments.folder().glob(pattern):
            file.unlink()
        assert titles.follow_titles(WORDS) == 2
        assert len(told()) == 2
        segments._open.clear()
        assert len(told()) == 2


def test_another_tokeniser_forces_a_rebuild() -> None:
    put(*titled("Deep nets", "Deep trees"))
    titles.follow_titles(WORDS)
    letters = Tokeniser("letters@1", lambda texts: [[ord(letter) for letter in text] for text in texts])
    assert titles.follow_titles(letters) == 2
    assert segments.catalogue("letters@1").find([ord(letter) for letter in "deep t"]) is not None
    with pytest.raises(NoTitles, match="another tokeniser"):
        trie()


def test_a_watermark_of_another_server_forces_a_rebuild() -> None:
    put(*titled("Deep nets"))
    titles.follow_titles(WORDS)
    ahead = segments.Watermark(opened().manifest.mark.transaction + 1_000_000, 1)
    segments.update(segments.folder(), opened(), {999: [7]}, ahead)
    assert titles.follow_titles(WORDS) == 1
    assert told() == {"2503.00001": "deep nets ."}


def test_a_second_writer_steps_back() -> None:
    put(*titled("Deep nets"))
    with segments.writing(segments.folder()):
        assert titles.follow_titles(WORDS) == 0
    assert titles.follow_titles(WORDS) == 1


def test_changes_that_were_not_committed_are_applied_again(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*titled("Deep nets"))
    titles.follow_titles(WORDS)
    put(*titled("Deep trees", first=2))
    with monkeypatch.context() as patch:
        patch.setattr(segments, "_commit", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            titles.follow_titles(WORDS)
    assert len(told()) == 1
    assert titles.follow_titles(WORDS) == 1
    assert len(told()) == 2
    assert len(list(segments.folder().glob("*.segment"))) == len(opened().manifest.segments)


def test_titles_are_folded_and_read_as_text_and_those_without_words_are_left_out() -> None:
    put(*titled("Schrödinger and $\\alpha$", "Ｗide  Letters", "$ $"))
    titles.follow_titles(WORDS)
    assert told() == {"2503.00001": "schrodinger and α .", "2503.00002": "wide letters ."}


def test_hostile_titles_are_cut_and_their_ids_kept_within_bounds() -> None:
    put(*titled("word " * 399))
    hostile = Tokeniser("hostile@1", lambda texts: [[0, -3, 70_000, *range(1, 400)] for _ in texts])
    titles.follow_titles(hostile)
    found = segments.catalogue("hostile@1")
    assert found.suffix(0, 0).tolist() == [*range(1, LONGEST + 1), END]


def test_a_title_cannot_write_the_end_of_an_identifier_into_the_packaged_tokeniser() -> None:
    packaged = tokens.packaged()
    (written,), (plain,) = packaged.tokenise(["[PAD] [SEP] x"]), packaged.tokenise(["pad"])
    assert END not in written
    assert plain[0] in written
    assert packaged.fingerprint.startswith("wordpiece@")


def test_the_task_the_command_and_the_status_know_the_trie(monkeypatch: pytest.MonkeyPatch, word_encoder: Any) -> None:
    monkeypatch.setattr(tasks.embed_papers, "delay", lambda: None)
    monkeypatch.setattr(titles, "title_tokeniser", lambda: WORDS)
    assert status()["titles"] == {"built": False, "identifiers": 0, "segments": 0, "bytes": 0, "behind": 0}
    assert "titles   not built yet" in command("status")
    put(*titled("Deep nets", "Deep trees"))
    assert status()["titles"]["behind"] == 2
    tasks.follow_changes()
    assert len(told()) == 2
    put(*titled("Shallow trees", first=3))
    assert "1 titles looked at" in command("follow")
    shown = json.loads(command("status", "--json"))["titles"]
    assert (shown["built"], shown["identifiers"], shown["behind"]) == (True, 3, 0)
    assert shown["bytes"] == sum(file.stat().st_size for file in segments.folder().glob("*.segment"))
    assert "titles   3 in" in command("status")


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("index", *arguments, stdout=out)
    return out.getvalue()


def test_two_indexes_do_not_share_a_trie(tmp_path: Path, settings: Any) -> None:
    put(*titled("Deep nets"))
    titles.follow_titles(WORDS)
    settings.INDEX_DIR = tmp_path / "other"
    with pytest.raises(NoTitles):
        trie()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE papers_paper SET title = 'Deep trees'")
    titles.follow_titles(WORDS)
    assert told() == {"2503.00001": "deep trees ."}
    settings.INDEX_DIR = tmp_path / "index"
    assert told() == {"2503.00001": "deep nets ."}
