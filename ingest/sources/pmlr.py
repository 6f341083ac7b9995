"""The Proceedings of Machine Learning Research, from the repositories behind its site. Pure.

A volume is a repository with one file a paper, whose front matter says all there is. The list of its files names them;
what they hold is read one by one."""

import json
import re
from typing import Any

from ingest.items import Item, Malformed, SetAside, Taken, excerpt
from ingest.sources import pmlr_post, pmlr_volumes
from ingest.sources.source import NotThisPage, NotYet, Page, Parsed, ProceedingsSource, Provenance, SourceEdition
from papers.record import EditionRecord, VenueRecord
from papers.text import clean

NAME = pmlr_post.SOURCE
CONFIG = "_config.yml"

_BRANCH = "gh-pages"
_POST = re.compile(r"_posts/(\d{4}-\d\d-\d\d-\w[\w.-]{0,150}\.(?:md|markdown))\Z", re.ASCII)
_INDEX = re.compile(r"pmlr-index:/v(\d{1,4})/git/trees/", re.ASCII)
_DETAIL = re.compile(r"pmlr:/v(\d{1,4})/[\w-]+/(.+)\Z", re.ASCII)
_VENUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}\Z", re.ASCII)
_YEAR = re.compile(r"\s*(\d{4})\b", re.ASCII)
_HYPHENS = re.compile(r"\s*--+\s*")


def editions(year: int) -> tuple[SourceEdition, ...]:
    """The volumes of the table up to that year. A new volume has a number that nobody can guess: it is found once it
    stands in pmlr_volumes."""
    return tuple(SourceEdition(name, index_address(volume)) for name, volume in pmlr_volumes.volumes(year))


def index_address(volume: int) -> str:
    """Where a volume's list of files stands."""
    return f"pmlr-index:/v{volume}/git/trees/{_BRANCH}?recursive=1"


def is_post(path: str) -> bool:
    """Whether a path within a repository is that of a paper."""
    return bool(_POST.match(path))


def parse(page: Page) -> Parsed:
    """The list of a volume's files. It holds no paper itself."""
    match = _INDEX.match(page.address)
    if not match:
        raise NotThisPage(f"not the address of a list of files: {page.address!r:.100}")
    paths = _paths(page.body)
    posts = sorted(path for path in paths if is_post(path))
    if not posts:
        raise NotYet("no papers among the files")
    config = [CONFIG] if CONFIG in paths else []
    details = tuple(f"pmlr:/v{match[1]}/{_BRANCH}/{path}" for path in [*config, *posts])
    return Parsed((), details=details, announced=len(posts))


def parse_detail(page: Page) -> Parsed:
    """The page of a paper, or the settings of a volume."""
    match = _DETAIL.match(page.address)
    if not match or not (match[2] == CONFIG or is_post(match[2])):
        raise NotThisPage(f"not the address of a paper: {page.address!r:.100}")
    if match[2] == CONFIG:
        return Parsed(_settings(page, int(match[1])))
    return Parsed((parse_post(page.body, page.address, int(match[1]), page.edition.name),))


def parse_post(body: bytes, file: str = "", volume: int | None = None, edition: str = "") -> Taken | SetAside:
    """The paper of one file. `volume` is the one it must belong to; without `edition` the table names it. Raises
    NotThisPage for what is no such file at all."""
    post = pmlr_post.front_matter(body)
    try:
        return Taken(file, 1, pmlr_post.record(post, volume, edition))
    except Malformed as error:
        return SetAside(file, 1, str(error), excerpt(body))


def parse_config(body: bytes, edition: str = "") -> tuple[VenueRecord, EditionRecord]:
    """What a volume's settings say of its conference. Without `edition` the table names it, else its short name and
    year do. Raises NotThisPage, and Malformed where no edition can be told."""
    config = pmlr_post.mapping(body)
    if "booktitle" not in config and "shortname" not in config:
        raise NotThisPage("not the settings of a volume")
    name = edition or pmlr_volumes.edition_of(volume_of(config)) or _own_name(config)
    venue, _, year = name.rpartition(".")
    conference = _mapping(config, "conference")
    return pmlr_volumes.venue(venue, pmlr_post.text(conference, "name")), EditionRecord(
        name=name,
        venue=venue,
        year=int(year),
        title=pmlr_post.text(config, "booktitle").replace("\\&", "&"),
        location=pmlr_post.text(conference, "location") or pmlr_post.text(config, "location"),
        dates=_dates(config, year),
        url=pmlr_post.url(conference, "url"),
    )


def volume_of(config: dict[str, Any]) -> int:
    """The number of the volume, 0 where there is none."""
    number = pmlr_post.text(config, "volume")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0


def _paths(body: bytes) -> set[str]:
    try:
        answer = json.loads(body)
        entries = answer["tree"]
        cut = answer.get("truncated", False)
        paths = {entry["path"] for entry in entries if entry.get("type", "blob") == "blob"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotThisPage(f"no list of files: {clean(str(error))}"[:300]) from error
    if cut:
        raise NotThisPage("the list of files is cut short")
    return {path for path in paths if isinstance(path, str)}


def _settings(page: Page, volume: int) -> tuple[Item, ...]:
    """Venue and edition, unless the settings are of another conference than the table says: then the table is wrong,
    and so is the edition of every paper of this volume."""
    try:
        config = pmlr_post.mapping(page.body)
        venue = pmlr_post.text(config, "shortname").split(" ")[0]
        if volume_of(config) not in (0, volume) or (venue and venue.lower() != page.edition.venue.lower()):
            raise Malformed(f"volume {volume} is said to be {venue!r:.60}, not {page.edition.name}")
        return parse_config(page.body, page.edition.name)
    except Malformed as error:
        if isinstance(error, NotThisPage):
            raise
        return (SetAside(page.address, 1, str(error), excerpt(page.body)),)


def _own_name(config: dict[str, Any]) -> str:
    venue = pmlr_post.text(config, "shortname").split(" ")[0]
    year = _YEAR.match(pmlr_post.text(config, "start")) or _YEAR.match(pmlr_post.text(config, "year"))
    if not _VENUE.match(venue) or not year:
        raise Malformed("neither the venue nor the year of the volume can be told")
    return f"{venue}.{year[1]}"


def _dates(config: dict[str, Any], year: str) -> str:
    days = _HYPHENS.sub("–", pmlr_post.text(config, "date_str"))
    return f"{days} {year}" if days and year not in days else days


def _mapping(config: dict[str, Any], name: str) -> dict[str, Any]:
    value = config.get(name)
    return value if isinstance(value, dict) else {}


SOURCE = ProceedingsSource(
    name=NAME,
    title="Proceedings of Machine Learning Research",
    provenance=Provenance.RECORDED,
    editions=editions,
    parse=parse,
    parse_detail=parse_detail,
)
