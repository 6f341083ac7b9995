"""A formula as a tree of only what is allowed in a page, whatever the renderer wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from papers.tex.limits import MAX_DEPTH, MAX_FRAGMENT, TooMuch
from papers.tex.names import names
from papers.tex.prepare import prepared
from papers.tex.renderer import rendered

_ELEMENTS: Final = names(
    """
    mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mtable mtr mtd mpadded
    mphantom mstyle mmultiscripts mprescripts
    """
)
_BOOLEAN: Final = re.compile(r"true|false")
_LENGTH: Final = re.compile(r"-?(?:[0-4](?:\.\d{1,12})?(?:em)|0)")
_ATTRIBUTES: Final = {
    "mathvariant": re.compile("normal"), "form": re.compile("prefix|infix|postfix"), "displaystyle": _BOOLEAN,
    "scriptlevel": re.compile(r"\+?[0-2]"), "lspace": _LENGTH, "rspace": _LENGTH, "width": _LENGTH, "minsize": _LENGTH,
    "maxsize": _LENGTH, "linethickness": _LENGTH, "columnspan": re.compile(r"\d{1,2}"),
    "rowspan": re.compile(r"\d{1,2}"),
} | dict.fromkeys(
    ("stretchy", "symmetric", "largeop", "movablelimits", "accent", "accentunder", "fence", "separator"), _BOOLEAN
)  # fmt: skip
_TEXT_CLASSES: Final = {"code": "tex-tt", "b": "tex-bf", "strong": "tex-bf", "i": "tex-it", "em": "tex-it"}
_CLASSED: Final = frozenset(("menclose", "mtd"))
_WRAPPERS: Final = frozenset(("math", "semantics"))
_NAMED: Final = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062", "&nbsp;": "\u00a0"}
_COMBINING_LINE: Final = "\u0332"


@dataclass(slots=True)
class Node:
    """An element of MathML that is allowed, with its attributes as they are written."""

    tag: str
    attributes: str
    children: list[Node | str]
    hints: dict[str, str]  # the attributes, for plain text


def formula_tree(source: str, display: bool, guess: bool) -> Node | None:
    """What the formula looks like, or `None` if it is too much or the renderer does not know it."""
    if len(source) > MAX_FRAGMENT:
        return None
    try:
        markup = rendered(prepared(source), display, guess)
        return None if markup is None else allowed(markup)
    except (TooMuch, ExpatError, RecursionError, ValueError):
        return None


def allowed(markup: str) -> Node:
    """The tree of the renderer's MathML; raises `TooMuch` or `ExpatError` if it is anything else."""
    for name, sign in _NAMED.items():
        markup = markup.replace(name, sign)
    return _Reader().read(markup)


class _Reader:
    def __init__(self) -> None:
        self.root = Node("mrow", "", [], {})
        self.open: list[Node] = [self.root]

    def read(self, markup: str) -> Node:
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.ProcessingInstructionHandler = self._refuse
        parser.Parse(markup, True)
        return self.root

    def _refuse(self, *_: object) -> None:
        raise TooMuch

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _WRAPPERS:
            return
        if len(self.open) > MAX_DEPTH * 2:
            raise TooMuch
        parent = self.open[-1]
        if parent.tag == "mtext":
            _keep_typeface(parent, tag, attributes)
            self.open.append(parent)
            return
        node = _allowed_node(tag, attributes)
        parent.children.append(node)
        self.open.append(node)

    def _end(self, tag: str) -> None:
        if tag not in _WRAPPERS:
            self.open.pop()

    def _characters(self, text: str) -> None:
        if text == _COMBINING_LINE and len(self.open) > 1:  # browsers do not put it under what is before
            text = "_" if self.open[-2].tag == "munder" else "‾"
        self.open[-1].children.append(text)


def _keep_typeface(text: Node, tag: str, attributes: dict[str, str]) -> None:
    """Of HTML within text the words stay, and the typeface."""
    found = _TEXT_CLASSES.get(tag, "tex-sf" if "sans" in attributes.get("class", "") else "")
    if found and not text.attributes:
        text.attributes = f' class="{found}"'


def _allowed_node(tag: str, attributes: dict[str, str]) -> Node:
    own_class = _own_class(tag, attributes) if tag in _CLASSED else ""
    tag = "mrow" if tag == "menclose" else tag
    if tag not in _ELEMENTS:
        raise TooMuch
    kept = {
        name: value
        for name, value in attributes.items()
        if (values := _ATTRIBUTES.get(name)) and values.fullmatch(value)
    }
    written = "".join(f' {name}="{value}"' for name, value in kept.items())
    return Node(tag, f' class="{own_class}"{written}' if own_class else written, [], kept)


def _own_class(tag: str, attributes: dict[str, str]) -> str:
    """Our class for what the renderer says with an element or style that a page may not have."""
    if tag == "menclose":
        return "tex-box" if "box" in attributes.get("notation", "") else "tex-strike"
    style = attributes.get("style", "")
    if "text-align: left" in style:
        return "tex-l0" if "padding-left: 0" in style else "tex-l"
    if "text-align: right" in style:
        return "tex-r0" if "padding-right: 0" in style else "tex-r"
    return ""
