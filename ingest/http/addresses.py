"""Addresses of sources -> URLs, and which of them may be asked.

An address is `BASE:/path?query`. What a page, a feed or a redirect names is a stranger's word: only hosts that the
settings name are asked, and none that resolves to a private network, unless the operator put a base there."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from ingest.http.errors import Refused, Unavailable

ARXIV = "arxiv"
PAUSES = {ARXIV: 3.0}  # seconds between calls; arXiv's terms of use for its feeds, OAI-PMH and API together
PAUSE = 1.0
_MAX_URL = 8_000
_PATH = re.compile(r"(?:[/?](?!/)[!-~]*)?\Z")
_URL = re.compile(r"[!-~]*\Z")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: to one address of the network that was looked at, whatever DNS says a moment later."""

    url: str
    scheme: str
    host: str
    port: int
    ip: str
    path: str
    group: str

    @property
    def host_header(self) -> str:
        usual = {"http": 80, "https": 443}[self.scheme]
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == usual else f"{name}:{self.port}"


def url_of(address: str) -> str:
    """The URL of an address. Raises Refused."""
    base, colon, path = address.partition(":")
    root = settings.SOURCE_URLS.get(base)
    if not colon or root is None:
        raise Refused(address, "no source has this name")
    if (
        (path and not path.startswith(("/", "?")))
        or path.startswith("//")
        or not _PATH.match(path)
        or len(path) > _MAX_URL
    ):
        raise Refused(address, "not a path")
    if any(part in {".", ".."} for part in path.partition("?")[0].split("/")):
        raise Refused(address, "a path that climbs")
    return f"{root}{path}"


def group_of(address: str) -> str:
    """The group of hosts that are asked one after the other, never faster than their pause."""
    base = address.partition(":")[0]
    return ARXIV if base.startswith("arxiv-") else urlsplit(settings.SOURCE_URLS.get(base, "")).netloc or base


def pause_of(group: str) -> float:
    """Seconds between the end of a call and the beginning of the next one."""
    return PAUSES.get(group, PAUSE)


def redirected(address: str, url: str, location: str) -> str:
    """Where a redirect leads. Raises Refused where that is no http(s) address."""
    try:
        found = urljoin(url, location.strip())
        scheme = urlsplit(found).scheme
    except ValueError as error:
        raise Refused(address, f"redirected to what is no address: {location[:200]!r}") from error
    if scheme not in {"http", "https"}:
        raise Refused(address, f"redirected to {location[:200]!r}")
    return found


def target(address: str, url: str) -> Target:
    """The place in the network behind a URL. Raises Refused for a host or network that must not be asked, Unavailable
    where the host's name is not known just now."""
    if len(url) > _MAX_URL or not _URL.match(url):
        raise Refused(address, "an address that cannot be asked")
    parts = _split(address, url)
    host, port = parts.hostname or "", parts.port or {"http": 80, "https": 443}[parts.scheme]
    chosen = _bases().get((host, port), "")
    if not chosen:
        raise Refused(address, f"{host}:{port} is not among the hosts of our sources")
    ip = _resolved(address, host, port)
    if not ipaddress.ip_address(ip).is_global and not _is_private_by_choice(host):
        raise Refused(address, f"{host} is at {ip}, which is not on the public network")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, ip, path, group_of(address))


def _split(address: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises ValueError for what is no port
    except ValueError as error:
        raise Refused(address, f"not an address: {error}") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise Refused(address, "not an address that is asked")
    return parts


def _bases() -> dict[tuple[str, int], str]:
    found = {}
    for name, url in settings.SOURCE_URLS.items():
        parts = urlsplit(url)
        found[parts.hostname or "", parts.port or {"http": 80, "https": 443}[parts.scheme]] = name
    return found


def _is_private_by_choice(host: str) -> bool:
    """Whether the operator wrote a private address into the settings: a name that merely resolves to one is none."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost"


def _resolved(address: str, host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable(address, f"the name {host} cannot be resolved: {error}") from error
    return str(found[0][4][0])
