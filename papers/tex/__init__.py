"""The TeX in titles and abstracts: to HTML with MathML, to plain text, and accents to Unicode.

Titles and abstracts are hostile text. What `render_html` returns is safe to insert unescaped: prose is escaped, and of
the renderer's output only the elements, attributes and values listed in `tree` are kept. The renderer is native code: a
deeply nested formula would overflow its stack, which ends the process, and brackets that nothing closes take it
exponential time, so every formula is measured before it gets there: see `limits`, `prepare` and `renderer`.

In the order of reading: `fragments` finds the formulas and `accents` turns accents into Unicode. `prepare` rewrites a
formula for the `renderer`, `tree` keeps what is allowed of the outcome; `mathml` writes that down as MathML, `linear`
as a line of text. `prose` reads what stands between the formulas, and `output` puts all of it together.
"""

from papers.tex.accents import unicode_accents
from papers.tex.fragments import Segment, split_math
from papers.tex.mathml import render_math
from papers.tex.output import plain_text, render_html

__all__ = ["Segment", "plain_text", "render_html", "render_math", "split_math", "unicode_accents"]
