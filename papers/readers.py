"""Who reads, as little of it as counting needs: from where, and with which browser. Pure.

Nobody is named: what is kept are hashes under a key that dies with its day (papers.day_key). A hash is of a reader at
one paper and way of opening it, so that two of them do not even tell that they are of one reader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST_BROWSER = 500
# Of an IPv6 address: what one machine is given, and what one party at most is given to hand out.
_MACHINE, _PARTY = 64, 48
# An IPv6 address is full of colons itself, so with a port it stands in brackets.
_WITH_PORT = re.compile(r"(?:\[(?P<six>[^\]]*)\]|(?P<four>[\d.]+))(?::\d{1,5})?\Z", re.ASCII)
_ROBOT = re.compile(
    r"(?<!cu)bot\b|bot[/_-]|crawl|spider|slurp|scrap|headless|phantom|lighthouse|preview|monitor|archiver|externalhit|curl|wget"
    r"|libwww|python|java/|okhttp|go-http|httpclient|httpx|axios|node-fetch|ruby|perl",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """`site` is the network that one party holds: an IPv4 address, or an IPv6 /48. `name` is the address, of IPv6 its
    /64, with the browser: it tells apart those who share a site."""

    site: str
    name: str


def reader(address: str, browser: str) -> Reader:
    """What is no address counts as one place, whoever comes from there."""
    known = _read(address)
    browser = browser[:LONGEST_BROWSER]
    if known is None:
        return Reader("", f"\x00{browser}")
    return Reader(_within(known, _PARTY), f"{_within(known, _MACHINE)}\x00{browser}")


def client_address(remote: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """The address a request comes from. `remote` is the other end of the connection, `forwarded` the X-Forwarded-For
    that came with it. Each proxy writes behind what it was told, so the last entry that is no proxy of ours is what
    the outermost one saw; all before it may be made up, and all of it where `remote` is no proxy of ours."""
    for told in [remote, *reversed(forwarded.split(","))]:
        if (known := _read(told)) is None:
            return remote
        if not any(known in proxy for proxy in proxies):
            return str(known)
    return remote


def networks(texts: Sequence[str]) -> list[Network]:
    """Addresses and networks (`172.16.0.0/12`). Raises ValueError."""
    return [ip_network(text) for text in texts]


def is_robot(browser: str) -> bool:
    """By what the program says of itself; one that says nothing is no browser either."""
    return not browser.strip() or bool(_ROBOT.search(browser[:LONGEST_BROWSER]))


def mark(key: bytes, *parts: str, size: int = 16) -> bytes:
    """A hash of `size` bytes that nobody can make or try out without the key. Only the last part may hold NUL."""
    return blake2b("\x00".join(parts).encode("utf-8", "replace"), key=key, digest_size=size).digest()


def _read(text: str) -> Address | None:
    """An address as proxies write it, with a port or without; one of IPv4 in its IPv6 form is IPv4."""
    text = text.strip()
    match = _WITH_PORT.match(text)
    try:
        known = ip_address((match["six"] or match["four"]) if match else text)
    except ValueError:
        return None
    return (known.ipv4_mapped or known) if isinstance(known, IPv6Address) else known


def _within(address: Address, bits: int) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address) >> (128 - bits) << (128 - bits), bits)))
