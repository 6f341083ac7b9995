"""Commits to a trie of titles, each a pure function of its number: whoever reads a manifest knows what must be in it.

Run as a program: python -m tests.search.title_commits FOLDER LAST, which goes on after the last commit it finds."""

import random
import sys
from pathlib import Path

from papers.changes import Watermark
from search.title import segments
from search.title.block import build
from search.title.identifiers import END, pack
from search.title.segments import Opened
from search.title.trie import Trie

FINGERPRINT = "numbers@1"
Named = dict[int, list[int]]


def change(number: int) -> Named:
    """Papers with new tokens, or none."""
    chance = random.Random(number)
    papers = chance.sample(range(60), chance.choice([0, 1, 1, 2, 5]))
    return {paper: [chance.randint(1, 3) for _ in range(chance.choice([0, 1, 2, 2, 3]))] for paper in papers}


def named_after(number: int) -> Named:
    named = {paper: [1 + paper % 3, 1] for paper in range(30)}
    for each in range(1, number + 1):
        named = {paper: tokens for paper, tokens in {**named, **change(each)}.items() if tokens}
    return named


def begin(at: Path) -> Opened:
    named = named_after(0)
    return segments.replace_all(at, build(pack(list(named.values())), list(named)), FINGERPRINT, Watermark(7, 0))


def commit(at: Path, opened: Opened) -> Opened:
    number = opened.manifest.mark.id + 1
    return segments.update(at, opened, change(number), Watermark(7, number))


def held(trie: Trie) -> list[tuple[tuple[int, ...], list[int]]]:
    """All identifiers with their papers, reached through children."""
    found, waiting = [], [((), trie.root)]
    while waiting:
        written, node = waiting.pop()
        children = trie.children(node)
        for number, token in enumerate(children.tokens.tolist()):
            child = children.node(number)
            if token == END:
                found.append((written, sorted(trie.paper_ids(trie.rows(child)).tolist())))
            else:
                waiting.append(((*written, token), child))
    return sorted(found)


def expected(number: int) -> list[tuple[tuple[int, ...], list[int]]]:
    papers: dict[tuple[int, ...], list[int]] = {}
    for paper, tokens in sorted(named_after(number).items()):
        papers.setdefault(tuple(tokens), []).append(paper)
    return sorted(papers.items())


def main(at: Path, last: int) -> None:
    with segments.writing(at):
        opened = segments.current(at) or begin(at)
        while opened.manifest.mark.id < last:
            opened = commit(at, opened)
            print(opened.manifest.mark.id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
