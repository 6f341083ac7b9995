"""The trie against Python's own sorting and a nested dict, and what it refuses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.title import trie as trie_module
from search.title.block import build
from search.title.identifiers import END, LONGEST, joined, pack, shared_prefixes, sorted_order
from search.title.trie import Node, Trie, difference

# Few tokens and short lists: prefixes of each other and equal ones come all the time. Some tokens are wide.
TOKENS = st.sampled_from([1, 2, 3, 255, 256, 65_535])
IDENTIFIER = st.lists(TOKENS, max_size=7)
NAMED = st.dictionaries(st.integers(0, 40), IDENTIFIER.filter(bool), max_size=30)
CHANGES = st.lists(st.dictionaries(st.integers(0, 12), st.lists(TOKENS, max_size=4), max_size=8), max_size=6)


def trie_of(named: Mapping[int, Sequence[int]]) -> Trie:
    return Trie([build(pack(list(named.values())), list(named))])


def layered(changes: Sequence[Mapping[int, Sequence[int]]]) -> tuple[Trie, dict[int, list[int]]]:
    """A trie of one block for each change, and what it should hold."""
    blocks: list[Any] = []
    gone: list[Any] = []
    named: dict[int, list[int]] = {}
    for change in changes:
        block, taken = difference(Trie(blocks, gone), change)
        blocks, gone = [*blocks, block], [*gone, taken]
        named = {paper: [*tokens] for paper, tokens in {**named, **change}.items() if tokens}
    return Trie(blocks, gone), named


def walk(trie: Trie, node: Node | None = None, written: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    """Each identifier, with its node, in the order in which children come."""
    children = trie.children(node or trie.root)
    for number, token in enumerate(children.tokens.tolist()):
        if token == END:
            yield written, children.node(number)
        else:
            yield from walk(trie, children.node(number), (*written, token))


def nested(named: Mapping[int, Sequence[int]]) -> dict[int, Any]:
    root: dict[int, Any] = {}
    for tokens in named.values():
        node = root
        for token in [*tokens, END]:
            node = node.setdefault(token, {})
    return root


def nested_of(trie: Trie, node: Node) -> dict[int, Any]:
    children = trie.children(node)
    return {token: nested_of(trie, children.node(at)) for at, token in enumerate(children.tokens.tolist())}


@given(st.lists(IDENTIFIER, max_size=40))
def test_the_order_is_that_of_python_and_equal_identifiers_keep_theirs(lists: list[list[int]]) -> None:
    assert sorted_order(pack(lists)).tolist() == sorted(range(len(lists)), key=lambda number: lists[number])


@given(st.lists(st.integers(0, 3).map(lambda more: [7] * (120 + more)), max_size=12))
def test_identifiers_that_differ_late_are_told_apart(lists: list[list[int]]) -> None:
    assert sorted_order(pack(lists)).tolist() == sorted(range(len(lists)), key=lambda number: lists[number])


@given(st.lists(IDENTIFIER, max_size=20))
def test_shared_prefixes_are_counted_with_the_end_of_equal_ones(lists: list[list[int]]) -> None:
    closed = [[*each, END] for each in sorted(lists)]
    counted = [0] * len(closed)
    for row in range(1, len(closed)):
        before, here = closed[row - 1], closed[row]
        counted[row] = next((at for at in range(len(here)) if before[: at + 1] != here[: at + 1]), len(here))
    assert shared_prefixes(pack(sorted(lists))).tolist() == counted


@given(st.lists(IDENTIFIER, max_size=10), st.lists(IDENTIFIER, max_size=10))
def test_joined_identifiers_stand_one_after_the_other(first: list[list[int]], second: list[list[int]]) -> None:
    both = joined([pack(first), pack(second)])
    assert [both[number].tolist() for number in range(len(both))] == [[*each, END] for each in first + second]


@given(NAMED)
def test_children_are_those_of_a_nested_dict(named: dict[int, list[int]]) -> None:
    trie = trie_of(named)
    assert nested_of(trie, trie.root) == nested(named)
    assert len(trie) == len(named)


@given(CHANGES)
def test_several_blocks_look_like_one_trie_of_what_is_left(changes: list[dict[int, list[int]]]) -> None:
    trie, named = layered(changes)
    one = trie_of(named)
    assert nested_of(trie, trie.root) == nested(named)
    assert [written for written, _ in walk(trie)] == [written for written, _ in walk(one)]
    for written, node in walk(trie):
        assert sorted(trie.paper_ids(trie.rows(node)).tolist()) == [
            paper for paper in sorted(named) if tuple(named[paper]) == written
        ]
    assert len(trie) == len(named)


@given(CHANGES)
def test_kept_children_of_wide_nodes_are_the_same(changes: list[dict[int, list[int]]]) -> None:
    trie, named = layered(changes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trie_module, "WIDE", 1)
        for _ in range(2):
            assert nested_of(trie, trie.root) == nested(named)


@given(CHANGES)
def test_rows_papers_and_identifiers_belong_together(changes: list[dict[int, list[int]]]) -> None:
    trie, named = layered(changes)
    rows = trie.rows(trie.root)
    papers = trie.paper_ids(rows).tolist()
    assert sorted(papers) == sorted(named)
    found = trie.identifiers(trie.root)
    assert [found[number].tolist() for number in range(len(found))] == [[*named[paper], END] for paper in papers]
    assert trie.rows_of_papers(papers).tolist() == rows.tolist()
    backwards = trie.identifiers_of(rows[::-1])
    assert [backwards[number].tolist()[:-1] for number in range(len(rows))] == [named[paper] for paper in papers[::-1]]
    assert trie.paper_ids(rows[::-1]).tolist() == papers[::-1]
    for row, paper in zip(rows.tolist(), papers, strict=True):
        assert trie.suffix(row, 1).tolist() == [*named[paper][1:], END]


@given(CHANGES, IDENTIFIER)
def test_a_prefix_is_found_if_an_identifier_begins_with_it(
    changes: list[dict[int, list[int]]], strange: list[int]
) -> None:
    trie, named = layered(changes)
    prefixes = {tuple(tokens[:length]) for change in changes for tokens in change.values() for length in range(5)}
    for prefix in map(list, {*prefixes, tuple(strange)}):
        under = sorted(paper for paper, tokens in named.items() if tokens[: len(prefix)] == prefix)
        node = trie.find(prefix)
        assert (node is not None) == bool(under)
        assert trie.allowed_next(prefix).tolist() == sorted({[*named[paper], END][len(prefix)] for paper in under})
        if node:
            check_node(trie, node, under, named)


def check_node(trie: Trie, node: Node, under: list[int], named: Mapping[int, Sequence[int]]) -> None:
    rows = trie.rows(trie.root)
    assert sorted(trie.paper_ids(trie.rows(node)).tolist()) == under
    assert sorted(trie.paper_ids(rows[trie.holds(node, rows)]).tolist()) == under
    assert trie.is_leaf_run(node) == (len({tuple(named[paper]) for paper in under}) == 1)


def test_a_title_that_begins_another_is_a_leaf_of_its_own_and_equal_titles_share_one() -> None:
    trie = trie_of({5: [1, 2], 9: [1, 2, 3], 2: [1, 2], 7: [4]})
    node = trie.find([1, 2])
    assert node is not None
    children = trie.children(node)
    assert children.tokens.tolist() == [END, 3]
    assert trie.paper_ids(trie.rows(children.node(0))).tolist() == [2, 5]
    assert trie.paper_ids(trie.rows(children.node(1))).tolist() == [9]
    assert trie.is_leaf_run(children.node(0))
    assert not trie.is_leaf_run(node)
    assert len(trie.children(children.node(0))) == 0


def test_a_subtree_whose_papers_are_all_gone_is_not_produced() -> None:
    trie, _ = layered([{1: [5, 6], 2: [5, 6], 3: [7]}, {1: [8], 2: []}])
    assert trie.allowed_next([]).tolist() == [7, 8]
    assert trie.find([5]) is None
    assert trie.rows_of_papers([1, 2, 3, 99]).tolist() == [3, -1, 2, -1]


def test_only_living_rows_decide_whether_one_identifier_is_left() -> None:
    before = {1: [5, 6], 2: [5, 7], 3: [5, 7], 4: [5, 8]}
    for taken, alone in (([1, 4], True), ([1], False), ([4], False), ([2], False), ([1, 2, 3], True), ([], False)):
        trie, _ = layered([before, {paper: [] for paper in taken}])
        node = trie.find([5])
        assert node is not None
        assert trie.is_leaf_run(node) == alone


def test_what_did_not_change_is_left_where_it_is() -> None:
    trie = trie_of({1: [5, 6], 2: [5, 7]})
    block, gone = difference(trie, {1: [5, 6], 2: [5, 8], 3: [9], 4: []})
    assert sorted(block.papers.tolist()) == [2, 3]
    assert gone.tolist() == [2]


def test_an_empty_trie_has_no_way_to_go() -> None:
    for trie in (Trie([]), trie_of({}), layered([{1: [2]}, {1: []}])[0]):
        assert len(trie) == 0
        assert trie.find([]) is None
        assert len(trie.children(trie.root)) == 0
        assert trie.rows_of_papers([1]).tolist() == [-1]
        assert trie.rows(trie.root).tolist() == []


@pytest.mark.parametrize("token", [-1, 65_536, 2**70])
def test_tokens_that_cannot_be_are_not_found(token: int) -> None:
    assert trie_of({1: [5, 65_535]}).find([5, token]) is None


def test_papers_that_cannot_be_have_no_row() -> None:
    assert trie_of({1: [5]}).rows_of_papers([-1, 1, 2**32 + 1, 2**62]).tolist() == [-1, 0, -1, -1]


@pytest.mark.parametrize("paper", [-1, 2**31, 2**40])
def test_a_paper_id_that_does_not_fit_is_refused(paper: int) -> None:
    with pytest.raises(ValueError, match=r"outside 0 to 2,147,483,647"):
        trie_of({1: [5], paper: [6]})
    assert trie_of({2**31 - 1: [5]}).rows_of_papers([2**31 - 1]).tolist() == [0]


def test_a_paper_with_two_identifiers_is_refused() -> None:
    with pytest.raises(ValueError, match="more than one identifier"):
        build(pack([[1], [2]]), [7, 7])
    with pytest.raises(ValueError, match="2 identifiers cannot name 1 papers"):
        build(pack([[1], [2]]), [7])


@pytest.mark.parametrize("tokens", [[0], [1, 0, 2], [-1], [65_536]])
def test_token_ids_that_do_not_fit_are_refused(tokens: list[int]) -> None:
    with pytest.raises(ValueError, match="outside 1 to 65,535"):
        pack([[1, 2], tokens])


def test_the_longest_identifiers_are_held_and_longer_ones_refused() -> None:
    longest = [3] * LONGEST
    trie = trie_of({1: longest, 2: longest, 3: [*longest[:-1], 4]})
    assert [len(written) for written, _ in walk(trie)] == [LONGEST, LONGEST]
    with pytest.raises(ValueError, match="255 tokens: at most 254"):
        pack([[3] * (LONGEST + 1)])
