"""A formula as MathML."""

from functools import lru_cache
from html import escape

from papers.tex.limits import CACHED_FORMULAS, CACHED_LENGTH, CONTROL, UNTRANSLATED
from papers.tex.tree import Node, formula_tree


def render_math(source: str, display: bool, *, guess: bool = True) -> str | None:
    """The formula as MathML that is safe to insert unescaped, or `None`.

    With `guess`, a command that nobody knows and that takes no argument is shown as its name in upright letters.
    """
    return (_render_cached if len(source) <= CACHED_LENGTH else _render)(source, display, guess)


def serialised(node: Node) -> str:
    """The markup of a tree."""
    out: list[str] = []
    _serialise(node, out)
    return "".join(out)


def _serialise(node: Node, out: list[str]) -> None:
    out.append(f"<{node.tag}{node.attributes}")
    if not node.children:
        out.append("/>")
        return
    out.append(">")
    for child in node.children:
        if isinstance(child, str):
            out.append(escape(child, quote=False))
        else:
            _serialise(child, out)
    out.append(f"</{node.tag}>")


def _render(source: str, display: bool, guess: bool) -> str | None:
    root = formula_tree(source, display, guess)
    if root is None or not root.children:
        return None
    only = root.children[0] if len(root.children) == 1 else root
    if isinstance(only, str):
        return None
    opening = f'<math display="block" {UNTRANSLATED}>' if display else f"<math {UNTRANSLATED}>"
    readable = escape(CONTROL.sub(" ", source).strip(), quote=False)
    annotation = f'<annotation encoding="application/x-tex">{readable}</annotation>'
    return f"{opening}<semantics>{serialised(only)}{annotation}</semantics></math>"


_render_cached = lru_cache(CACHED_FORMULAS)(_render)
