"""Addresses that strangers wrote. Pure."""

from urllib.parse import quote, urlsplit

_SAFE = "%/:=&?~#+!$,;'@()*[]"  # as they are: what is encoded already stays so


def web(url: str) -> str:
    """The address if it is http(s), else "": nothing else may become a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if url.startswith(("https://", "http://")) and parts.hostname else ""


def host(url: str) -> str:
    """The name of the host of an address that `web` lets through."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if web(url) else ""


def encoded(url: str, without: str = "") -> str:
    """The address in characters that may stand in any file: all others, and those of `without`, are %-encoded."""
    return quote(url, safe="".join(sign for sign in _SAFE if sign not in without), errors="replace")
