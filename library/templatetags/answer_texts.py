"""A model's answers on their way into a page: beside papers.templatetags.paper_texts the only place that marks anything
as safe HTML."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from library.answers import markdown
from library.answers.terms import QueryMarks
from papers.templatetags.paper_texts import marked

register = template.Library()

_PROSE = re.compile(r"(<math\b.*?</math>|<code\b.*?</code>|<[^>]*>|&[#\w]+;)", re.DOTALL)


@register.filter
def answer(text: str) -> SafeString:
    """The whole of an answer."""
    return mark_safe("".join(answer_blocks(text)))  # noqa: S308 - each block is safe


def answer_blocks(text: str) -> list[SafeString]:
    """An answer block by block, for one that still grows."""
    return [mark_safe(block) for block in markdown.blocks(text)]  # noqa: S308 - markdown.blocks escapes


@register.filter
def found(rendered: SafeString, marks: QueryMarks) -> SafeString:
    """`<mark>` around the words of a query in what `answer` or `tex` gave."""
    return _marked_runs(marked(rendered, marks), marks.runs)


def _marked_runs(rendered: SafeString, runs: tuple[str, ...]) -> SafeString:
    """Chinese words stand in the middle of others. They have no sign that HTML escapes, so they are sought as they are,
    outside of tags, entities and formulas."""
    if not runs:
        return rendered
    wanted = re.compile("|".join(re.escape(escape(run)) for run in sorted(runs, key=len, reverse=True)))
    parts = _PROSE.split(rendered)
    parts[::2] = [wanted.sub(lambda match: f"<mark>{match[0]}</mark>", part) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 - only <mark> was added
