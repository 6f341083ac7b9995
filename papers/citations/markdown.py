r"""Markdown: a list with links, which stays a list whatever stands in a title. Pure.

CommonMark lets every sign of ASCII be escaped, so each one that could begin markup is: emphasis, links, code, HTML,
entities, tables and formulas. `://` and `www.` are parted, for GitHub makes links of bare addresses."""

import re
from collections.abc import Iterator

from papers.addresses import encoded
from papers.citations.cited import CitedList, CitedPaper, Kind
from papers.tex import plain_text

MAX_AUTHORS = 10  # before "et al."
_MARKUP = re.compile(r"([\\`*_{}\[\]<>&$|~@!#])|(?<=:)(//)|(?i:(?<=www)(\.))")
_BEGINNING = re.compile(r"\A(\d*)(?=[-+=.)])")  # of a list, of the line under a heading
_IN_ADDRESS = "()[]*';"


def markdown(listed: CitedList) -> str:
    """A file: the list's name, where it is, what is missing, a line for each paper."""
    head = [f"# {text(listed.title)}", f"<{encoded(listed.url, _IN_ADDRESS)}>", text(listed.note)]
    lines = "\n".join(f"- {line(paper)}" for paper in listed.papers)
    return "\n\n".join(filter(None, [*head, lines])) + "\n"


def line(paper: CitedPaper) -> str:
    """`[Title](address). Authors. *Venue*, year. [PDF](...) [arXiv:...](...) [doi:...](...)`"""
    title = _link(plain_text(paper.title) or paper.key, paper.url)
    sentences = filter(None, (title, _authors(paper), _place(paper), "**Withdrawn**" if paper.withdrawn else ""))
    return " ".join([*(f"{sentence}." for sentence in sentences), *_links(paper)])


def text(words: str) -> str:
    """Words that mean nothing but themselves, on one line."""
    escaped = _MARKUP.sub(lambda match: "\\" + match[0], " ".join(words.split()))
    return _BEGINNING.sub(r"\1\\", escaped)


def _authors(paper: CitedPaper) -> str:
    names = [text(author.name) for author in paper.authors]
    more = len(names) - MAX_AUTHORS
    return ", ".join(names) if more <= 1 else ", ".join(names[:MAX_AUTHORS]) + f" et al. ({more:,} more)"


def _place(paper: CitedPaper) -> str:
    year = str(paper.date.year) if paper.date else ""
    if paper.kind is Kind.PREPRINT:
        return year
    name = text(paper.venue if paper.kind is Kind.CONFERENCE and paper.venue else plain_text(paper.container))
    is_told = name.endswith(year)
    return f"*{name}*" + (f" {text(paper.track)}" if paper.track else "") + (f", {year}" if not is_told else "")


def _links(paper: CitedPaper) -> Iterator[str]:
    if paper.pdf_url:
        yield _link("PDF", paper.pdf_url)
    if paper.arxiv_id:
        yield _link(f"arXiv:{paper.arxiv_id}", f"https://arxiv.org/abs/{paper.arxiv_id}")
    if paper.doi:
        yield _link(f"doi:{paper.doi}", f"https://doi.org/{paper.doi}")


def _link(words: str, url: str) -> str:
    return f"[{text(words)}]({encoded(url, _IN_ADDRESS)})" if url else text(words)
