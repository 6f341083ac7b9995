"""arXiv's daily feeds, in Atom and in RSS 2.0."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape

from papers.taxonomy import categories
from tests.world import NOT_FOUND, Answer, Asked, Entry, midnight
from tests.world.population import World

LARGEST = 2_000
_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>\n"
_ARXIV, _DC = "http://arxiv.org/schemas/atom", "http://purl.org/dc/elements/1.1/"
_ATOM_HEAD = """<feed xmlns:arxiv="{arxiv}" xmlns:dc="{dc}" xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/{code}</id>
  <title>{code} updates on arXiv.org</title>
  <updated>{built}</updated>
  <link href="http://rss.arxiv.org/atom/{code}" rel="self" type="application/atom+xml"/>
  <subtitle>{code} updates on the arXiv.org e-print archive.</subtitle>
"""
_RSS_HEAD = """<rss xmlns:arxiv="{arxiv}" xmlns:dc="{dc}" xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>{code} updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/{code}</link>
    <description>{code} updates on the arXiv.org e-print archive.</description>
    <atom:link href="http://rss.arxiv.org/rss/{code}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>{built}</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>{published}</pubDate>
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>
"""
_ATOM_ENTRY = """  <entry>
    <id>oai:arXiv.org:{name}</id>
    <title>{title}</title>
    <updated>{built}</updated>
    <link href="https://arxiv.org/abs/{id}" rel="alternate" type="text/html"/>
    <summary>{summary}</summary>
{categories}    <published>{published}</published>
{more}  </entry>
"""
_RSS_ITEM = """    <item>
      <title>{title}</title>
      <link>https://arxiv.org/abs/{id}</link>
      <description>{summary}</description>
      <guid isPermaLink="false">oai:arXiv.org:{name}</guid>
{categories}      <pubDate>{published}</pubDate>
{more}    </item>
"""


def answer(world: World, asked: Asked, *, stale: bool = False) -> Answer:
    """The feed of `/atom/CODE` or `/rss/CODE`. A stale one gives the list before under today's date."""
    _, form, code, *rest = [*asked.path.split("/"), "", ""]
    if (
        form not in {"atom", "rss"}
        or any(rest)
        or not all(_is_known(each) for each in code.replace(" ", "+").split("+"))
    ):
        return NOT_FOUND
    code, day = code.replace(" ", "+"), world.shown_day()
    entries = world.announcements(world.list_day_before(day) if stale else day, code)[:LARGEST]
    text = _atom(code, day, entries) if form == "atom" else _rss(code, day, entries)
    return Answer((_DECLARATION + text).encode(), "application/xml; charset=utf-8")


def _is_known(code: str) -> bool:
    return any(code in {known, known.partition(".")[0]} for known in categories())


def _built(day: date) -> datetime:
    """Feeds are written some seconds after midnight in arXiv's time zone."""
    return midnight(day).astimezone(UTC) + timedelta(seconds=19, microseconds=866_337)


def _atom(code: str, day: date, entries: list[Entry]) -> str:
    built, published = _built(day).isoformat(), midnight(day).isoformat()
    parts = [_ATOM_HEAD.format(arxiv=_ARXIV, dc=_DC, code=code, built=built)]
    for entry in entries:
        terms = "".join(f'    <category term="{code}"/>\n' for code in entry.paper.categories)
        parts.append(_ATOM_ENTRY.format(**_fields(entry, 4), categories=terms, built=built, published=published))
    return "".join([*parts, "</feed>\n"])


def _rss(code: str, day: date, entries: list[Entry]) -> str:
    built, published = format_datetime(_built(day)), format_datetime(midnight(day))
    parts = [_RSS_HEAD.format(arxiv=_ARXIV, dc=_DC, code=code, built=built, published=published)]
    for entry in entries:
        terms = "".join(f"      <category>{code}</category>\n" for code in entry.paper.categories)
        parts.append(_RSS_ITEM.format(**_fields(entry, 6), categories=terms, published=published))
    return "".join([*parts, "  </channel>\n</rss>\n"])


def _fields(entry: Entry, indent: int) -> dict[str, str]:
    summary = f"arXiv:{entry.name} Announce Type: {entry.kind} \nAbstract: {entry.version.abstract}"
    return {
        "id": entry.paper.id,
        "name": entry.name,
        "title": escape(entry.version.title, quote=False),
        "summary": escape(summary, quote=False),
        "more": "".join(f"{' ' * indent}{line}\n" for line in _more(entry)),
    }


def _more(entry: Entry) -> Iterator[str]:
    """The elements of arXiv's own and of Dublin Core, which both forms have."""
    yield f"<arxiv:announce_type>{entry.kind}</arxiv:announce_type>"
    yield f"<dc:rights>{entry.paper.license}</dc:rights>"
    if entry.version.journal_ref:
        yield f"<arxiv:journal_reference>{escape(entry.version.journal_ref, quote=False)}</arxiv:journal_reference>"
    if entry.version.doi:
        yield f"<arxiv:DOI>{escape(entry.version.doi, quote=False)}</arxiv:DOI>"
    yield f"<dc:creator>{escape(', '.join(entry.paper.authors), quote=False)}</dc:creator>"
