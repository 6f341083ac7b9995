"""What becomes of the commands in formulas that the renderer does not know, or that nobody may give it."""

import re
from typing import Final

from papers.tex.macros import MACROS
from papers.tex.names import names

# Commands that define, read or fetch something, or that only a page can have.
FORBIDDEN: Final = names(
    """
    def gdef edef xdef let futurelet newcommand renewcommand providecommand newenvironment renewenvironment
    newtheorem DeclareMathOperator DeclareRobustCommand DeclarePairedDelimiter global long outer csname catcode
    expandafter input include includegraphics usepackage documentclass write openout read loop require htmlClass
    htmlStyle htmlId htmlData eqref tabular
    """
)
# Commands for text within a formula, and as what it is written if it has commands of mathematics in turn.
TEXT: Final = dict.fromkeys(
    names("text mbox hbox fbox textnormal textrm textup textmd textsc intertext shortintertext makebox vbox"), "text"
) | {
    "textsl": "textit", "textit": "textit", "textbf": "textbf", "texttt": "texttt", "textsf": "textsf",
    "emph": "textit",
}  # fmt: skip
AS_MATH: Final = {"text": "mathrm", "textit": "mathit", "textbf": "mathbf", "texttt": "mathtt", "textsf": "mathsf"}
TEXT_ESCAPES: Final = str.maketrans(
    {
    "\\": r"\textbackslash ", "_": r"\_", "&": r"\&", "#": r"\#", "%": r"\%", "$": r"\$", "{": r"\{", "}": r"\}",
    "^": r"\textasciicircum{}", "~": "\u00a0",
}
)  # fmt: skip
DROPPED_WITH_ARGUMENT: Final = names(
    """
    label tag vspace cite citep citet ref footnote color pagecolor textcolor href hypertarget
    """
)
_DROPPED: Final = names(
    """
    nonumber notag allowbreak nobreak break newline noindent centering tiny scriptsize footnotesize small normalsize
    large Large LARGE huge Huge protect relax unboldmath hfill hfil vfill smallskip medskip bigskip par null
    linebreak pagebreak normalfont ignorespaces mathsurround nobreakdash qedhere hline
    """
)
REPLACED: Final = dict.fromkeys(_DROPPED, " ") | {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciitilde": r"\sim ", "textasciicircum": r"\wedge ",
    "textdegree": r"{}^\circ ", "textmu": r"\mu ", "textbackslash": r"\backslash ", "textendash": r"\text{–}",
    "textemdash": r"\text{—}", "textquoteright": "'", "textquotesingle": "'", "lbrack": "[", "rbrack": "]",
    "textsubscript": "_", "textsuperscript": "^", "sp": "^", "sb": "_", "lq": "`", "rq": "'", "textregistered": "®",
    "texttrademark": "™", "texttimes": r"\times ", "textsection": "§", "em": r"\it ", "sl": r"\it ", "sc": r"\rm ",
    "itshape": r"\it ", "bfseries": r"\bf ", "ttfamily": r"\tt ", "sffamily": r"\sf ", "cr": r"\\",
    "tabularnewline": r"\\", "bigstrut": "", "thinspace": r"\,", "medspace": r"\:", "thickspace": r"\;",
    "negthinspace": r"\!",
    "-": "", "/": "", "@": "", "": "", "+": "+", "(": "(", ")": ")", "[": "[", "]": "]", ".": ".", "*": "*", "=": "=",
    "?": "?", "<": "<", "1": r"\mathbf{1}", "0": r"\mathbf{0}", "&": r"\&", "\n": r"\ ", "\t": r"\ ", "\u00a0": "~",
    "'": r"\acute ", '"': r"\ddot ", "`": r"\grave ", "^": r"\hat ", "~": r"\tilde ",
}  # fmt: skip
STARRED: Final = names("operatorname tag hspace vspace")  # with a star they are other commands
SIZED: Final = names("left right middle") | {
    size + side for size in ("big", "bigg", "Big", "Bigg") for side in ("", "l", "m", "r")
}
DELIMITERS: Final = {"<": r"\langle ", ">": r"\rangle "}  # after those of SIZED
ADDRESSES: Final = names("url nolinkurl")

# Our macros that put brackets and the like around their argument: without one they are only a name.
BRACKETING: Final = frozenset(
    name
    for name, what in MACROS.items()
    if "#1" in what and not what.startswith(("#", "\\math", "\\bold", "\\wide", "\\over", "\\tilde"))
)
# Our macros that are a letter take no argument, but some write O{n} for O(n).
LANDAU: Final = frozenset((r"\mathcal{O}", r"\tilde{O}", r"\tilde{\Theta}", r"\tilde{\Omega}"))
LETTERLIKE: Final = re.compile(r"(?:\\(?:math(?:cal|bf|bb|frak|rm)|tilde|hat)\{\\?[A-Za-z]+\}|[a-z])$")

# Environments besides those that are formulas by themselves.
RENAMED_ENVIRONMENTS: Final = {"split": "aligned", "smallmatrix": "matrix", "dcases": "cases"}
POSITIONED_ENVIRONMENTS: Final = names("aligned gathered array")  # may have a [t] that the renderer does not know
