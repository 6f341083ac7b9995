"""Reads COOLPAPERS_... variables. A wrong value stops the start with the variable, the value and the remedy."""

import os
import re
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from papers import taxonomy

CHECKOUT = Path(__file__).resolve().parent.parent


class BadVariable(ImproperlyConfigured):
    """A variable of the environment that cannot be used."""

    def __init__(self, name: str, value: str, remedy: str):
        self.name, self.value, self.remedy = name, value, remedy
        super().__init__(f"{name}={value!r} cannot be used: {remedy}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def whole_number(name: str, default: int, low: int, high: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not low <= int(value) <= high:
        raise BadVariable(name, value, f"give a whole number from {low} to {high}")
    return int(value)


def switch(name: str, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no", "on", "off"}:
        raise BadVariable(name, value, "give 1 or 0")
    return value in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def networks(name: str, default: str) -> list[str]:
    """Addresses and networks of machines."""
    typed = words(name, default)
    for each in typed:
        try:
            ip_network(each)
        except ValueError:
            raise BadVariable(name, each, "give addresses or networks with commas: 127.0.0.1,172.16.0.0/12") from None
    return typed


def folder(name: str, default: Path) -> Path:
    value = text(name)
    if value and not Path(value).expanduser().is_absolute():
        raise BadVariable(name, value, "give an absolute path")
    return Path(value).expanduser() if value else default


def contact(name: str) -> str:
    """An address at which the operator can be reached; it is sent along with every request to a source."""
    value = text(name)
    if value and not _CONTACT.match(value):
        raise BadVariable(name, value, "give an e-mail address or an https:// page at which you can be reached")
    return value


_CONTACT = re.compile(r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)*|https?://[!-~]+)\Z", re.ASCII)


def endpoint(name: str) -> str:
    """The base URL of an OpenAI-compatible endpoint, without a slash at its end."""
    value = text(name)
    parts = _split(value)
    if value and (parts is None or parts.username or parts.query or parts.fragment):
        raise BadVariable(name, "***" if "@" in value else value, "give a base URL: https://api.example.com/v1")
    return value.rstrip("/")


def _split(url: str) -> SplitResult | None:
    """None for what is no address of the web."""
    try:
        parts = urlsplit(url)
        is_right = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return None
    return parts if is_right and _VISIBLE.match(url) else None


def secret(name: str) -> str:
    """What goes into a header, and is never shown."""
    value = text(name)
    if value and not _VISIBLE.match(value):
        raise BadVariable(name, "***", "give it in visible ASCII characters without spaces")
    return value


_VISIBLE = re.compile(r"[!-~]+\Z")


def needed_with(name: str, other: str) -> str:
    """A text that must be there where another variable is."""
    value = text(name)
    if text(other) and not value:
        raise BadVariable(name, value, f"{other} is set, so it must be too")
    return value


def categories(name: str) -> list[str]:
    """Categories or archives of arXiv; none means all. A code is taken in any case."""
    known = {code.lower(): code for code in taxonomy.categories()}
    known |= {archive: archive for archive in taxonomy.archives()}
    typed = words(name, "")
    for code in typed:
        if code.lower() not in known:
            raise BadVariable(name, code, "give categories or archives of arXiv with commas: cs.CL,stat,hep-th")
    return [known[code.lower()] for code in typed]


def own_hosts(host: str, public_url: str) -> list[str]:
    """Names under which this machine and its readers reach the service."""
    parts = urlsplit(public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadVariable("COOLPAPERS_PUBLIC_URL", public_url, "give the address that readers open: https://host")
    return list(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", host, parts.hostname]))


@dataclass(frozen=True)
class DatabaseAddress:
    """Where PostgreSQL is. `host` may be a folder: that of its Unix socket."""

    host: str
    port: int
    name: str
    user: str
    password: str


def database_address(url: str) -> DatabaseAddress:
    """Reads postgresql://user:password@host:port/name. Raises BadVariable."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise BadVariable("DATABASE_URL", _without_password(url), "give postgresql://user:password@host:5432/name")
    try:
        port = parts.port or 5432
    except ValueError as error:
        raise BadVariable("DATABASE_URL", _without_password(url), str(error)) from error
    return DatabaseAddress(
        host=_host(parts.netloc),
        port=port,
        name=unquote(parts.path[1:]),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _host(netloc: str) -> str:
    """Not urlsplit's hostname, which is in lower case: a host may be the percent-encoded folder of a socket."""
    host = netloc.rpartition("@")[2]
    bare = host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    return unquote(bare) or "localhost"


@dataclass(frozen=True)
class RedisAddress:
    """Where Redis or Valkey is, as Django's cache and as Celery spell it: they differ for sockets."""

    cache: str
    broker: str


def redis_address(url: str) -> RedisAddress:
    """Reads redis://host:6379/0, rediss://... or unix:///path/of.sock?db=0. Raises BadVariable."""
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        return RedisAddress(cache=url, broker=url)
    if parts.scheme == "unix" and parts.path:
        number = parse_qs(parts.query).get("db", ["0"])[0]
        return RedisAddress(cache=url, broker=f"redis+socket://{parts.path}?virtual_host={number}")
    remedy = "give redis://host:6379/0 or unix:///path/of.sock?db=0"
    raise BadVariable("REDIS_URL", _without_password(url), remedy)


def _without_password(url: str) -> str:
    password = urlsplit(url).password
    return url.replace(password, "***") if password else url
