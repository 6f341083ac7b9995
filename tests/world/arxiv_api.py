r"""arXiv's API: papers by their ids, in Atom. It writes accents as characters, where the other hosts keep \'e."""

import re
from base64 import b64encode
from hashlib import sha1
from html import escape

from tests.world import NOT_FOUND, Answer, Asked, Paper, Version
from tests.world.population import World

_ID = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>[1-9]\d*))?\Z", re.ASCII)
_ACCENTS = {
    r"{\H o}": "ő", r"\'a": "á", r"\'e": "é", r"\'i": "í", r"\'o": "ó", r"\"o": "ö", r"\"u": "ü", r"\"e": "ë",
    r"{\o}": "ø", r"{\~n}": "ñ",
}  # fmt: skip
_HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/{id}</id>
  <title>{title}</title>
  <updated>{now}</updated>
{link}  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
"""
_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{name}</id>
    <title>{title}</title>
    <updated>{updated}</updated>
    <link href="https://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf" title="pdf"/>
    <summary>{abstract}</summary>
{categories}    <published>{published}</published>
{comment}    <arxiv:primary_category term="{primary}"/>
{journal}{authors}{doi}  </entry>
"""
_ERROR = """  <entry>
    <id>https://arxiv.org/api/errors#{anchor}</id>
    <title>Error</title>
    <updated>{now}</updated>
    <link href="https://arxiv.org/api/errors#{anchor}" rel="alternate" type="text/html"/>
    <summary>{text}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
"""


def answer(world: World, asked: Asked) -> Answer:
    """`/query?id_list=...`; searches find nothing in this world."""
    if asked.path.rstrip("/") != "/query":
        return NOT_FOUND
    names = [name.strip() for name in asked.query.get("id_list", "").split(",") if name.strip()]
    now = f"{world.clock():%Y-%m-%dT%H:%M:%SZ}"
    for name in names:
        if not _ID.match(name):
            return _error(f"incorrect id format for {name}", now)
    start, size = asked.query.get("start", "0"), asked.query.get("max_results", "10")
    for field, number in (("start", start), ("max_results", size)):
        if not number.isdecimal():
            return _error(f"{field} must be an integer", now)
    return _found(world, asked, names, now, int(start), int(size))


def _found(world: World, asked: Asked, names: list[str], now: str, start: int, size: int) -> Answer:
    known = world.as_of(world.shown_day())
    entries = [entry for name in names if (entry := _entry(known, name))]
    search = asked.query.get("search_query", "")
    told = f"search_query={search}&id_list={','.join(names)}&start={start}&max_results={size}"
    url = (
        f"https://arxiv.org/api/query?search_query={search}&start={start}&max_results={size}&id_list={','.join(names)}"
    )
    name = b64encode(sha1(told.encode(), usedforsecurity=False).digest()).decode().rstrip("=")
    head = _HEAD.format(
        id=f"api/{name}",
        title=_text(f"arXiv Query: {told}"),
        now=now,
        link=f'  <link href="{escape(url)}" type="application/atom+xml"/>\n',
        size=size,
        total=len(entries),
        start=start,
    )
    return _feed(head, entries[start : start + size])


def _error(text: str, now: str) -> Answer:
    anchor = escape(text.replace(" ", "_"))
    head = _HEAD.format(id="", title="arXiv Search Results", now=now, link="", size=1, total=1, start=0)
    return _feed(head, [_ERROR.format(anchor=anchor, text=_text(text), now=now)], 400)


def _feed(head: str, entries: list[str], status: int = 200) -> Answer:
    body = "".join([head, *entries, "</feed>\n"])
    return Answer(body.encode(), "application/atom+xml; charset=utf-8", status)


def _entry(known: dict[str, Paper], name: str) -> str:
    """The entry of an id, "" for one that is not there."""
    match = _ID.match(name)
    paper = known.get(match["id"]) if match else None
    if match is None or paper is None or paper.deleted:
        return ""
    version = paper.version(int(match["version"])) if match["version"] else paper.last
    return _written(paper, version) if version else ""


def _written(paper: Paper, version: Version) -> str:
    terms = (f'    <category term="{code}" scheme="http://arxiv.org/schemas/atom"/>\n' for code in paper.categories)
    people = (f"    <author>\n      <name>{_text(name)}</name>\n    </author>\n" for name in paper.authors)
    link = f'    <link rel="related" href="https://doi.org/{version.doi}" title="doi"/>\n'
    return _ENTRY.format(
        name=f"{paper.id}v{version.number}",
        title=_text(version.title),
        abstract=_text(version.abstract),
        updated=f"{version.submitted:%Y-%m-%dT%H:%M:%SZ}",
        published=f"{paper.versions[0].submitted:%Y-%m-%dT%H:%M:%SZ}",
        categories="".join(terms),
        primary=paper.categories[0],
        comment=_optional("comment", version.comments),
        journal=_optional("journal_ref", version.journal_ref),
        authors="".join(people),
        doi=_optional("doi", version.doi) + (link if version.doi else ""),
    )


def _optional(name: str, text: str) -> str:
    return f"    <arxiv:{name}>{_text(text)}</arxiv:{name}>\n" if text else ""


def _text(text: str) -> str:
    for tex, character in _ACCENTS.items():
        text = text.replace(tex, character)
    return escape(text, quote=False)
