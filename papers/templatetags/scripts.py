"""Scripts of a page. A module names its imports only when it is there, and each of these theirs: over a slow line that
is one wait after the other. The page names all of them at once."""

import posixpath
import re
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_IMPORT = re.compile(r'^\s*(?:import|export)\b[^"\n]*"(\.\.?/[^"\n]+)"', re.MULTILINE)


@register.simple_tag(takes_context=True)
def module(context: Context, path: str) -> SafeString:
    """The script element of a module, and a hint for each that it imports, at whatever depth, once in a page."""
    page = context.render_context.dicts[0]  # those above it are of the included templates
    named: set[str] = page.setdefault("scripts that have their hint", set())
    fresh = [each for each in imported(path) if each not in named]
    named.update(fresh)
    hints = format_html_join("", '<link rel="modulepreload" href="{}">', ((static(each),) for each in fresh))
    return format_html('{}<script type="module" src="{}"></script>', hints, static(path))


@cache
def imported(path: str) -> tuple[str, ...]:
    """The modules that a module needs, itself left out, in the order in which they are named."""
    found: dict[str, None] = {path: None}
    waiting = [path]
    while waiting:
        for each in _imports(waiting.pop()):
            if each not in found:
                found[each] = None
                waiting.append(each)
    return tuple(found)[1:]


def _imports(path: str) -> list[str]:
    file = finders.find(path)
    text = Path(file).read_text(encoding="utf-8") if file else ""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in _IMPORT.findall(text)]
