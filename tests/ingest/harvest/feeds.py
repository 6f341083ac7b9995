"""Feeds made up for tests, in arXiv's Atom form."""

from datetime import date
from xml.sax.saxutils import escape

ENTRY = """<entry>
<id>oai:arXiv.org:{id}v{version}</id><title>{title}</title><updated>{day}T04:00:20+00:00</updated>
<link href="https://arxiv.org/abs/{id}" rel="alternate" type="text/html"/>
<summary>arXiv:{id}v{version} Announce Type: {kind}
Abstract: {abstract}</summary>
{categories}<published>{day}T00:00:00-04:00</published>
<arxiv:announce_type>{kind}</arxiv:announce_type>
<dc:rights>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</dc:rights><dc:creator>{authors}</dc:creator>
</entry>"""


def entry(
    identifier: str, kind: str = "new", version: int = 1, *, categories: tuple[str, ...] = ("cs.CL",), title: str = "",
    authors: str = "Ada Writer, Bo Reader",
) -> dict[str, object]:  # fmt: skip
    return {
        "id": identifier, "kind": kind, "version": version, "title": escape(title or f"On the subject of {identifier}"),
        "abstract": f"We study {identifier}.", "authors": escape(authors),
        "categories": "".join(f'<category term="{code}"/>' for code in categories),
    }  # fmt: skip


def atom(code: str, day: date, *entries: dict[str, object]) -> bytes:
    body = "\n".join(ENTRY.format(day=day, **each) for each in entries)
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
<id>http://rss.arxiv.org/atom/{code}</id><title>{code} updates on arXiv.org</title>
<updated>{day}T04:00:19.866337+00:00</updated>{body}</feed>""".encode()
