"""Whether HTML has only what a page may have, whatever the text was."""

import re
from html.parser import HTMLParser

from papers.tex import render_math


def words(text: str) -> list[str]:
    return text.split()


ELEMENTS = words(
    """
    math semantics annotation mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot
    mtable mtr mtd mpadded mphantom mstyle mmultiscripts mprescripts em i b code u sup sub span
    """
)
ATTRIBUTES = words(
    """
    display encoding class mathvariant form displaystyle scriptlevel lspace rspace width minsize maxsize linethickness
    columnspan rowspan stretchy symmetric largeop movablelimits accent accentunder fence separator translate
    """
)
CLASSES = [
    "tex notranslate",
    *words("notranslate tex-sc tex-tt tex-bf tex-it tex-sf tex-l tex-l0 tex-r tex-r0 tex-box tex-strike"),
]


class Auditor(HTMLParser):
    """Reads HTML as it was written and notes what is not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [tag] * (tag not in ELEMENTS)
        for name, value in attrs:
            if name not in ATTRIBUTES or (name == "class" and value not in CLASSES) or not value:
                self.wrong.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"declaration {data}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"instruction {data}")


def audited(html: str) -> str:
    auditor = Auditor()
    auditor.feed(html)
    auditor.close()
    assert not auditor.wrong, auditor.wrong
    assert not auditor.open
    return html


def math(source: str, display: bool = False) -> str:
    """The MathML without the wrapper and the annotation."""
    rendered = render_math(source, display)
    assert rendered is not None, source
    audited(rendered)
    return re.sub(r"</?math[^>]*>|</?semantics>|<annotation.*?</annotation>", "", rendered)
