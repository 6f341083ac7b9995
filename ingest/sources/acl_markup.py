"""The Anthology's mixed content as one line of text with TeX between dollars, and its URLs as safe ones. Pure."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from papers.text import clean

ANTHOLOGY = "https://aclanthology.org/"

_WEB_URL = re.compile(r"https?://[^\s\"<>\\^`{|}\x00-\x20]{1,2000}\Z", re.IGNORECASE)
_FILE_NAME = re.compile(r"\w[\w.-]{0,199}\Z", re.ASCII)
# `$k$NN` and `$3ˆ{rd}$` are mathematics although no <tex-math> says so; `costs $4, $8 or $10` is money.
_TYPED = re.compile(r"(?<!\\)\$(?=\S)([^$]{1,200}?)(?<=\S)\$(?!\d)")
_MATHEMATICAL = re.compile(r".*[\\^_{ˆ]|[A-Za-z]?[\d.,+-]*\Z", re.DOTALL)
_DOLLAR = re.compile(r"(?<!\\)\$")


def text_of(element: Element | None) -> str:
    """The text on one line: `<tex-math>` as `$...$`, a dollar in prose as `\\$`, other markup without its tags."""
    return clean(_joined(_pieces(element))) if element is not None else ""


def plain_text(element: Element | None) -> str:
    """The text on one line, for places that hold neither markup nor mathematics."""
    return clean("".join(element.itertext())) if element is not None else ""


def web_url(text: str | None) -> str:
    """The address if it is an http(s) URL, else "": `javascript:` and the like must never become a link."""
    text = (text or "").strip()
    return text if _WEB_URL.match(text) else ""


def anthology_url(name: str | None, prefix: str = "", suffix: str = "") -> str:
    """Where a file named in the data stands: a file name at the Anthology, a full URL as it is, else ""."""
    name = (name or "").strip()
    if _FILE_NAME.match(name):
        return f"{ANTHOLOGY}{prefix}{name}{suffix}"
    return web_url(name)


def _pieces(root: Element) -> Iterator[str]:
    # A stack instead of recursion: a thousand <b> in each other must not end the import.
    stack: list[Element | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield _prose(node)
        elif node.tag == "tex-math":
            yield _mathematics("".join(node.itertext()))
        else:
            stack.extend(part for child in reversed(node) for part in (child.tail or "", child))
            yield _prose(node.text or "")


def _joined(pieces: Iterator[str]) -> str:
    parts: list[str] = []
    for piece in filter(None, pieces):
        # `$a$` against `$b$` would make `$$`, the mark of a displayed formula.
        if piece.startswith("$") and parts and parts[-1].endswith("$") and not parts[-1].endswith("\\$"):
            parts.append(" ")
        parts.append(piece)
    return "".join(parts)


def _mathematics(tex: str) -> str:
    tex = tex.replace("$", " ").strip()
    if (len(tex) - len(tex.rstrip("\\"))) % 2:
        tex = tex[:-1]  # a last lone backslash would escape the closing dollar
    return f"${tex}$" if tex else ""


def _prose(text: str) -> str:
    if "$" not in text:
        return text
    parts: list[str] = []
    at = 0
    for match in _TYPED.finditer(text):
        if _MATHEMATICAL.match(match[1]):
            parts += [_escaped(text[at : match.start()]), _mathematics(match[1].replace("ˆ", "^"))]
            at = match.end()
    return "".join([*parts, _escaped(text[at:])])


def _escaped(text: str) -> str:
    return _DOLLAR.sub(r"\\$", text)
