"""The commands that authors write between their formulas."""

import re
from typing import Final

from papers.tex.names import names

# The names of styles are those of HTML's elements; "sc" has none.
STYLED: Final = {
    "emph": "em", "textit": "i", "textsl": "i", "textbf": "b", "texttt": "code", "code": "code", "underline": "u",
    "uline": "u", "textsuperscript": "sup", "textsubscript": "sub", "textsc": "sc",
}  # fmt: skip
SWITCHES: Final = {
    "em": "em", "it": "i", "sl": "i", "itshape": "i", "bf": "b", "bfseries": "b", "tt": "code", "ttfamily": "code",
    "sc": "sc", "scshape": "sc",
}  # fmt: skip
TRANSPARENT: Final = names(
    """
    mbox hbox fbox text textrm textsf textnormal textup textmd ensuremath protect centerline mathrm emphasize
    """
)
SPACES: Final = names("par newline linebreak smallskip medskip bigskip space quad qquad")
GONE: Final = names(
    """
    noindent centering maketitle xspace footnotemark hfill vfill relax small large Large tiny footnotesize scriptsize
    normalsize rm sf sffamily normalfont upshape indent null newpage clearpage sloppy allowbreak nobreak break
    displaystyle textstyle limits
    """
)
WORDS: Final = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e", "ldots": "…", "dots": "…",
    "textellipsis": "…", "textregistered": "®", "copyright": "©", "textcopyright": "©", "texttrademark": "™",
    "textdegree": "°", "deg": "°", "degree": "°", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
    "textasciitilde": "~", "textbackslash": "\\", "textunderscore": "_", "textless": "<", "textgreater": ">",
    "textbar": "|", "textasciicircum": "^", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "pounds": "£", "euro": "€",
    "texteuro": "€", "textmu": "µ", "textbullet": "•", "slash": "/", "surd": "√", "bs": "\\", "textdollar": "$",
    "textpm": "±", "texttimes": "×", "percent": "%", "lbrace": "{", "rbrace": "}", "th": "th", "aa": "å",
}  # fmt: skip
ESCAPED_SIGNS: Final = {
    "%": "%", "&": "&", "_": "_", "#": "#", "$": "$", "{": "{", "}": "}", " ": " ", "\n": " ", ",": " ", ";": " ",
    ":": " ", "!": "", "/": "", "-": "", "\\": " ", "@": "", "|": "‖", "*": "*", "<": "<", ">": ">", "(": "(", ")": ")",
    "[": "[", "]": "]", "": "\\",
}  # fmt: skip
CITING: Final = re.compile(r"(?:cite|ref|eqref|autoref|cref|Cref)\w*|(?:text|paren|foot)cite")
NOTES: Final = names("footnote footnotetext thanks")
DECORATED: Final = names("textcolor colorbox href")  # what is shown is the second argument
ADDRESSES: Final = names("url nolinkurl path")
DROPPED_WITH_ARGUMENT: Final = names("begin end label vspace hspace color index bibliography")
# Commands of mathematics whose author forgot the dollar signs, and how many arguments they take.
MATH_ARGUMENTS: Final = dict.fromkeys(names("frac tfrac dfrac binom"), 2) | dict.fromkeys(
    names(
        """
        math sqrt mathbb mathcal mathbf mathsf mathit mathfrak mathscr mathtt operatorname hat bar tilde vec overline
        widetilde widehat bm boldsymbol dot ddot check breve ceil floor norm abs
        """
    ),
    1,
)
