"""Keeps the trie of titles right by following the change log."""

from collections.abc import Callable

from papers import changes
from papers.models import Paper
from search.indexing import documents, follow
from search.title import segments, tokens
from search.title.block import build
from search.title.identifiers import joined, pack
from search.title.reader import title_tokeniser
from search.title.segments import Opened
from search.title.tokens import Tokeniser

CHUNK = 10_000  # changes of one commit


def follow_titles(tokeniser: Tokeniser | None = None) -> int:
    """Brings the trie of titles up to the change log, building it first if there is none of this tokeniser (the title
    model's own unless another is given). Returns how many papers it looked at; 0 too when another process is at it."""
    chosen = tokeniser or title_tokeniser()
    try:
        with segments.writing(segments.folder()):
            opened = segments.current(segments.folder())
            return _catch_up(opened, chosen) if opened and _is_ours(opened, chosen) else rebuild_titles(chosen)
    except segments.WriterBusy:
        return 0


def rebuild_titles(tokeniser: Tokeniser, on_progress: Callable[[int], object] = lambda papers: None) -> int:
    """Builds the trie anew; the old one is read meanwhile. Call inside segments.writing()."""
    mark = follow._now()
    parts, papers = [], list[int]()
    for chunk in documents.all_paper_ids():
        named = {paper_id: each for paper_id, each in _title_tokens(chunk, tokeniser).items() if each}
        parts.append(pack(list(named.values())))
        papers += named
        on_progress(len(chunk))
    base = build(joined(parts), papers)
    opened = segments.replace_all(segments.folder(), base, tokeniser.fingerprint, mark)
    return len(papers) + _catch_up(opened, tokeniser)


def _is_ours(opened: Opened, tokeniser: Tokeniser) -> bool:
    """Whether the trie can be followed on: whole, of this tokeniser and of this server's log."""
    whole = segments.is_whole(segments.folder(), opened) and opened.manifest.fingerprint == tokeniser.fingerprint
    return whole and not changes.is_from_another_server(opened.manifest.mark)


def _catch_up(opened: Opened, tokeniser: Tokeniser) -> int:
    looked_at = 0
    while True:
        paper_ids, mark = changes.after(opened.manifest.mark, CHUNK)
        if not paper_ids:
            return looked_at
        opened = segments.update(segments.folder(), opened, _title_tokens(paper_ids, tokeniser), mark)
        looked_at += len(paper_ids)


def _title_tokens(paper_ids: list[int], tokeniser: Tokeniser) -> dict[int, list[int]]:
    """The tokens of each paper's title, none for a paper that is gone."""
    rows = list(Paper.objects.filter(id__in=paper_ids).values_list("id", "title"))
    found = tokens.title_tokens(tokeniser, [title for _, title in rows])
    named = {paper_id: each for (paper_id, _), each in zip(rows, found, strict=True)}
    return {paper_id: named.get(paper_id, []) for paper_id in paper_ids}
