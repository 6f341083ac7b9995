"""arXiv's OAI-PMH host: records by datestamp, in pages, in the formats arXivRaw and arXiv."""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from threading import Lock

from papers.taxonomy import categories
from tests.world import NOT_FOUND, Answer, Asked, Paper
from tests.world.population import World

URL = "http://export.arxiv.org/oai2"
_EARLIEST = date(2005, 9, 16)
_TOP = ("cs", "econ", "eess", "math", "physics", "q-bio", "q-fin", "stat")
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_OAI = "http://www.openarchives.org/OAI/2.0/"
_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="{oai}" {xsi} xsi:schemaLocation="{oai} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
<responseDate>{now}</responseDate>
<request{attributes}>{url}</request>
{content}
</OAI-PMH>
"""
_ARGUMENTS = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
}  # what is required, what is allowed


class _Refused(Exception):
    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


@dataclass
class _List:
    """A list that is given out page by page: it stays as it was when it was asked for."""

    verb: str
    prefix: str
    papers: list[Paper]
    begun: datetime
    uses: int = 0


class Oai:
    """The host. It forgets its tokens when it is started anew."""

    def __init__(self, world: World) -> None:
        self._world, self._lock = world, Lock()
        self._lists: dict[int, _List] = {}
        self._verbs: dict[str, Callable[[Mapping[str, str]], str]] = {
            "Identify": self._identify,
            "ListMetadataFormats": self._formats,
            "ListSets": self._sets,
            "GetRecord": self._record,
            "ListIdentifiers": self._list,
            "ListRecords": self._list,
        }

    def answer(self, asked: Asked, *, fault: str = "") -> Answer:
        """Faults that are the host's own: "expired" knows no token, "repeated" gives the page before again."""
        if asked.path.strip("/"):
            return NOT_FOUND
        query = dict(asked.query)
        try:
            if fault == "expired":
                raise _no_token()
            if fault == "repeated":
                query = self._page_before(query)
            content = self._content(query)
        except _Refused as error:
            attributes = {} if error.code in {"badVerb", "badArgument"} else query
            return self._enclosed(f'<error code="{error.code}">{escape(error.text, quote=False)}</error>', attributes)
        return self._enclosed(content, query)

    def _enclosed(self, content: str, query: Mapping[str, str]) -> Answer:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in query.items())
        now = f"{self._world.clock():%Y-%m-%dT%H:%M:%SZ}"
        text = _ENVELOPE.format(oai=_OAI, xsi=_XSI, now=now, url=URL, attributes=attributes, content=content)
        return Answer(text.encode())

    def _content(self, query: Mapping[str, str]) -> str:
        verb = query.get("verb", "")
        if verb not in _ARGUMENTS:
            raise _Refused("badVerb", f"Bad verb. Verb '{verb}' not implemented.")
        required, allowed = _ARGUMENTS[verb]
        alone = "resumptionToken" in query and "resumptionToken" in allowed
        allowed = {"resumptionToken"} if alone else required | allowed
        for name in query:
            if name != "verb" and name not in allowed:
                raise _Refused("badArgument", f"Verb '{verb}', illegal argument '{name}'.")
        for name in () if alone else sorted(required - set(query)):
            raise _Refused("badArgument", f"Verb '{verb}', missing argument '{name}'.")
        if query.get("metadataPrefix", "arXiv") not in _FORMATS:
            raise _Refused("cannotDisseminateFormat", f"Metadata format '{query['metadataPrefix']}' not available")
        return self._verbs[verb](query)

    def _identify(self, _: Mapping[str, str]) -> str:
        told = {
            "repositoryName": "arXiv",
            "baseURL": URL,
            "protocolVersion": "2.0",
            "adminEmail": "help@arxiv.org",
            "earliestDatestamp": _EARLIEST.isoformat(),
            "deletedRecord": "persistent",
            "granularity": "YYYY-MM-DD",
        }
        return _element("Identify", "".join(f" <{name}>{text}</{name}>\n" for name, text in told.items()))

    def _formats(self, _: Mapping[str, str]) -> str:
        one = (
            "<metadataFormat>\n <metadataPrefix>{0}</metadataPrefix>\n <schema>http://arxiv.org/OAI/{0}.xsd</schema>\n"
        )
        one += " <metadataNamespace>http://arxiv.org/OAI/{0}/</metadataNamespace>\n</metadataFormat>\n"
        return _element("ListMetadataFormats", "".join(one.format(prefix) for prefix in _FORMATS))

    def _sets(self, query: Mapping[str, str]) -> str:
        if "resumptionToken" in query:
            raise _no_token()
        one = "<set>\n <setSpec>{0}</setSpec>\n <setName>{0}</setName>\n</set>\n"
        return _element("ListSets", "".join(one.format(name) for name in sorted(_known_sets())))

    def _record(self, query: Mapping[str, str]) -> str:
        name = query["identifier"]
        paper = self._world.as_of(self._world.shown_day()).get(name.removeprefix("oai:arXiv.org:"))
        if paper is None or not name.startswith("oai:arXiv.org:"):
            told = f"Identifier '{name}' has correct form but does not correspond to an item in this repository"
            raise _Refused("idDoesNotExist", told)
        return _element("GetRecord", _written(paper, query["metadataPrefix"]))

    def _list(self, query: Mapping[str, str]) -> str:
        with self._lock:
            if "resumptionToken" in query:
                number, start = self._resumed(query["verb"], query["resumptionToken"])
            else:
                number, start = self._begun(query), 1
            found = self._lists[number]
        stop = start - 1 + self._world.page_size
        papers = found.papers[start - 1 : stop]
        write = _header if found.verb == "ListIdentifiers" else _written
        records = "".join(write(paper, found.prefix) for paper in papers)
        return _element(found.verb, records + self._token(number, start, stop))

    def _token(self, number: int, start: int, stop: int) -> str:
        """None for a list of one page; an empty one ends a longer list."""
        size = len(self._lists[number].papers)
        if size <= self._world.page_size:
            return ""
        text = f"{number}|{stop + 1}" if stop < size else ""
        return f'<resumptionToken cursor="{start - 1}" completeListSize="{size}">{text}</resumptionToken>\n'

    def _begun(self, query: Mapping[str, str]) -> int:
        since, until = _day(query.get("from")) or date.min, _day(query.get("until")) or date.max
        if since > until:
            raise _Refused("badArgument", "The from date is after the until date.")
        wished = query.get("set", "")
        if wished and wished not in _known_sets():
            raise _Refused("noRecordsMatch", f"Set argument doesn't match any sets. The setSpec was '{wished}'")
        papers = self._world.as_of(self._world.shown_day()).values()
        chosen = [each for each in papers if since <= each.datestamp <= until and (not wished or _is_in(each, wished))]
        if not chosen:
            raise _Refused("noRecordsMatch", "No records match the from, until, set and metadataPrefix arguments.")
        number = 726_959 + len(self._lists)
        self._lists[number] = _List(query["verb"], query["metadataPrefix"], chosen, self._world.clock())
        return number

    def _resumed(self, verb: str, token: str) -> tuple[int, int]:
        number, _, start = token.partition("|")
        found = self._lists.get(int(number)) if number.isdecimal() and start.isdecimal() else None
        if found is None or found.verb != verb or not 1 <= int(start) <= len(found.papers) or self._is_over(found):
            raise _no_token()
        found.uses += 1
        return int(number), int(start)

    def _is_over(self, found: _List) -> bool:
        age = (self._world.clock() - found.begun).total_seconds()
        uses = self._world.token_uses
        return age > self._world.token_seconds or (uses is not None and found.uses >= uses)

    def _page_before(self, query: dict[str, str]) -> dict[str, str]:
        number, _, start = query.get("resumptionToken", "").partition("|")
        if not start.isdecimal():
            return query
        return query | {"resumptionToken": f"{number}|{max(1, int(start) - self._world.page_size)}"}


def _no_token() -> _Refused:
    return _Refused("badResumptionToken", "The resumptionToken supplied is illegal for this repository")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _Refused("badArgument", f"Illegal date '{text}'.") from error


def _set(code: str) -> str:
    archive = code.partition(".")[0]
    return archive if archive in _TOP else f"physics:{archive}"


def _known_sets() -> set[str]:
    return {*_TOP, *(_set(code) for code in categories())}


def _is_in(paper: Paper, wished: str) -> bool:
    return any(wished in {name, name.partition(":")[0]} for name in map(_set, paper.categories))


def _element(name: str, content: str) -> str:
    return f"<{name}>\n{content}</{name}>"


def _header(paper: Paper, _: str = "") -> str:
    sets = "".join(f" <setSpec>{name}</setSpec>\n" for name in sorted(set(map(_set, paper.categories))))
    status = ' status="deleted"' if paper.deleted else ""
    name = f" <identifier>oai:arXiv.org:{paper.id}</identifier>\n"
    return f"<header{status}>\n{name} <datestamp>{paper.datestamp}</datestamp>\n{sets}</header>\n"


def _written(paper: Paper, prefix: str) -> str:
    if paper.deleted:
        return f"<record>\n{_header(paper)}</record>\n"
    space = f"http://arxiv.org/OAI/{prefix}"
    head = f'<{prefix} xmlns="{space}/" {_XSI} xsi:schemaLocation="{space}/ {space}.xsd">'
    metadata = f"{head}\n {_FORMATS[prefix](paper)}</{prefix}>"
    return f"<record>\n{_header(paper)}<metadata>\n {metadata}\n</metadata>\n</record>\n"


def _raw(paper: Paper) -> str:
    names = [_text(name) for name in paper.authors]
    authors = ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]
    versions = "".join(
        f'<version version="v{each.number}"><date>{each.submitted:%a}, {each.submitted.day}'
        f" {each.submitted:%b %Y %H:%M:%S} GMT</date><size>{0 if each.withdrawn else len(each.abstract)}kb</size>"
        f"{'<source_type>I</source_type>' if each.withdrawn else ''}</version>"
        for each in paper.versions
    )
    head = f"<id>{paper.id}</id><submitter>{names[0]}</submitter>{versions}<title>{_wrapped(paper.last.title)}</title>"
    return f"{head}<authors>{authors}</authors>{_common(paper)}"


def _plain(paper: Paper) -> str:
    days = f"<created>{paper.versions[0].submitted:%Y-%m-%d}</created>"
    if paper.last.number > 1:
        days += f"<updated>{paper.last.submitted:%Y-%m-%d}</updated>"
    names = (name.rpartition(" ") for name in paper.authors)
    authors = "".join(
        f"<author><keyname>{_text(family)}</keyname><forenames>{_text(given)}</forenames></author>"
        for given, _, family in names
    )
    head = f"<id>{paper.id}</id>{days}<authors>{authors}</authors><title>{_wrapped(paper.last.title)}</title>"
    return f"{head}{_common(paper)}"


_FORMATS = {"arXivRaw": _raw, "arXiv": _plain}


def _common(paper: Paper) -> str:
    told = {
        "comments": _wrapped(paper.last.comments),
        "journal-ref": _wrapped(paper.last.journal_ref),
        "doi": _text(paper.last.doi),
        "license": paper.license,
    }
    optional = "".join(f"<{name}>{text}</{name}>" for name, text in told.items() if text)
    abstract = textwrap.fill(paper.last.abstract, 78, break_long_words=False, break_on_hyphens=False)
    categories = f"<categories>{' '.join(paper.categories)}</categories>"
    return f"{categories}{optional}<abstract>  {_text(abstract)}\n</abstract>"


def _wrapped(text: str) -> str:
    """arXiv breaks long lines, and indents what follows."""
    return _text(textwrap.fill(text, 78, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False))


def _text(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")
