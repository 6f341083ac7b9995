"""A formula in a line of Unicode."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from papers.tex.limits import CACHED_FORMULAS, CACHED_LENGTH, MAX_FRAGMENT
from papers.tex.tree import Node, formula_tree

_ACCENTS: Final = {
    "~": "\u0303", "˜": "\u0303", "^": "\u0302", "ˆ": "\u0302", "\u0302": "\u0302", "¯": "\u0304", "\u0304": "\u0304",
    "→": "\u20d7", "\u20d7": "\u20d7", "˙": "\u0307", "\u0307": "\u0307", "¨": "\u0308", "\u0308": "\u0308",
    "´": "\u0301", "`": "\u0300", "ˇ": "\u030c", "˘": "\u0306",
}  # fmt: skip
_ATOM: Final = re.compile(r"[\w.∞]*(?:\([^()]*\))?|\W|\([^()]*\)|-[\w.]+")
_PRIME: Final = re.compile("[′″‴⁗'*∗†⊤⊥°∘+]+")
_INDEXED: Final = re.compile(r"[_^][\w.]+$")
_STYLED: Final = re.compile("[\U0001d400-\U0001d7ffℊℋℌℎℐℒℛℨℬℭℯℰℱℳℴ]")
_INVISIBLE: Final = re.compile("[\u2061-\u2064\ufe00-\ufe0f]")
_SPACED: Final = frozenset("≤≥<>≪≫≈≃≅∼≡≠∝∈∉⊂⊆⊃⊇→↦⇒⇔⟹⟺⟶∧∨∪∩⊕⊗∘≺≻⪯⪰⊢⊨∣∀∃")
_SPACES: Final = re.compile(r"\s+")
_SPACE_AT_BRACKET: Final = re.compile(r"(?<=[(\[{]) | (?=[)\],;}])")
_TYPEFACE: Final = re.compile(
    r"\\(?:left|right|mathrm|mathbf|mathcal|mathbb|mathsf|mathit|text\w*|mbox|operatorname)(?![A-Za-z])"
)
_COMMAND: Final = re.compile(r"\\([A-Za-z]+) ?(?=([A-Za-z{]?))")
_SIGN: Final = re.compile(r"\\([^A-Za-z])|[{}$]")


def linear(source: str) -> str:
    """The formula as plain text: `x^2 ≤ (a+b)/c`. What the renderer does not know is given as its author wrote it."""
    return (_linear_cached if len(source) <= CACHED_LENGTH else _linear)(source)


@lru_cache(maxsize=4096)
def symbol(name: str) -> str:
    """What a command without argument looks like, if that is a sign, a letter or a word."""
    root = formula_tree("\\" + name, False, False) if len(name) <= 24 else None
    return _unstyled(_flat(root)).strip() if root is not None else ""


def _linear(source: str) -> str:
    root = formula_tree(source, False, True) if source else None
    text = _source_as_text(source[:MAX_FRAGMENT]) if root is None else _flat(root)
    text = unicodedata.normalize("NFC", _unstyled(text).replace("−", "-"))
    return _SPACE_AT_BRACKET.sub("", _SPACES.sub(" ", text).strip())


_linear_cached = lru_cache(CACHED_FORMULAS)(_linear)


def _unstyled(text: str) -> str:
    return _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), _INVISIBLE.sub("", text))


def _source_as_text(source: str) -> str:
    text = _COMMAND.sub(lambda match: (symbol(match[1]) or match[1]) + " " * len(match[2]), _TYPEFACE.sub("", source))
    return _SIGN.sub(lambda match: match[1] or "", text)


def _flat(node: Node | str) -> str:
    if isinstance(node, str):
        return node
    parts = [_flat(child) for child in node.children]
    write = _WRITERS.get(node.tag) or _WRITERS_OF_SOME.get((node.tag, len(parts)), _together)
    return write(node, parts)


def _together(_: Node, parts: list[str]) -> str:
    return "".join(parts)


def _row(_: Node, parts: list[str]) -> str:
    return _joined(parts)


def _operator(_: Node, parts: list[str]) -> str:
    sign = "".join(parts)
    return f" {sign} " if sign in _SPACED else sign


def _space(node: Node, _: list[str]) -> str:
    width = node.hints.get("width", "")
    return " " if width.endswith("em") and float(width[:-2]) > 0.2 else ""


def _nothing(_: Node, __: list[str]) -> str:
    return ""


def _below(_: Node, parts: list[str]) -> str:
    return f"{parts[0]}_{_wrapped(parts[1].strip())}"


def _above(node: Node, parts: list[str]) -> str:
    return _raised(parts[0], parts[1].strip(), node.tag == "mover")


def _below_and_above(node: Node, parts: list[str]) -> str:
    return _raised(_below(node, parts), parts[2].strip(), False)


def _fraction(node: Node, parts: list[str]) -> str:
    if node.hints.get("linethickness") == "0":
        return f"{parts[0]} choose {parts[1]}"
    return f"{_wrapped(parts[0])}/{_wrapped(parts[1])}"


def _square_root(_: Node, parts: list[str]) -> str:
    return f"√{_wrapped(_joined(parts))}"


def _root(_: Node, parts: list[str]) -> str:
    return f"{_wrapped(parts[0])}^(1/{parts[1]})"


def _table(_: Node, parts: list[str]) -> str:
    return "; ".join(part for part in parts if part.strip())


def _table_row(_: Node, parts: list[str]) -> str:
    return " ".join(part for part in parts if part.strip())


_Writer = Callable[[Node, list[str]], str]
_WRITERS: Final[dict[str, _Writer]] = {
    "mrow": _row, "mstyle": _row, "mpadded": _row, "mtd": _row, "mo": _operator, "mspace": _space,
    "mphantom": _nothing, "msqrt": _square_root, "mtable": _table, "mtr": _table_row,
}  # fmt: skip
_WRITERS_OF_SOME: Final[dict[tuple[str, int], _Writer]] = {
    ("msub", 2): _below, ("munder", 2): _below, ("msup", 2): _above, ("mover", 2): _above,
    ("msubsup", 3): _below_and_above, ("munderover", 3): _below_and_above, ("mfrac", 2): _fraction,
    ("mroot", 2): _root,
}  # fmt: skip


def _wrapped(text: str) -> str:
    return text if _ATOM.fullmatch(text) else f"({text})"


def _raised(base: str, over: str, accent: bool) -> str:
    if not over:
        return base
    if accent and over in _ACCENTS:
        return base + _ACCENTS[over] if len(base) == 1 else base
    if accent and over in "_‾\u0332⏞":
        return base
    if _PRIME.fullmatch(over) and not over.startswith(("+", "*", "∗")):
        return base + over.replace("∘", "°").replace("′", "'").replace("″", "''").replace("‴", "'''")
    return f"{base}^{_wrapped(over)}"


def _joined(parts: list[str]) -> str:
    """The parts one after the other, with a space where two words or a word and a letter would run together."""
    kept = [part for part in parts if part and part not in "\u2061\u2062"]
    out = kept[:1]
    for before, part in pairwise(kept):
        out += (" ", part) if _run_together(before, part) else (part,)
    return "".join(out)


def _run_together(before: str, part: str) -> bool:
    tail, head = before[-1], part[0]
    if head.isalnum() and _INDEXED.search(before):
        return True
    begins_word = _is_word(part[:2])
    if tail.isalpha() and (head.isalnum() or head in "√∑∏") and (begins_word or _is_word(before[-2:])):
        return True
    return begins_word and (tail.isalnum() or tail in ")]}")


def _is_word(two: str) -> bool:
    return len(two) == 2 and two.isalpha()
