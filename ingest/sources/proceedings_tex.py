"""Values of BibTeX fields -> texts. Pure."""

import re
from collections.abc import Iterator, Mapping

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names

from ingest.items import MAX_ABSTRACT, MAX_NAME, Malformed
from ingest.sources.proceedings_authors import MAX_AUTHORS
from papers.tex import split_math, unicode_accents
from papers.text import clean

MAX_VALUE = 4 * MAX_ABSTRACT  # characters; a field may name a macro as often as it likes
_DELIMITER = re.compile(r'(?<!\\)[{}"#]')
_BARE = re.compile(r"[^\s{}\"]*\Z")
_ESCAPED = re.compile(r"\\([&%#_])")
_TIE = re.compile(r"(?<!\\)~")
_ESCAPED_IN_ADDRESS = re.compile(r"\\([&%#_~$])")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[{}]", re.DOTALL)
_COMMAND = re.compile(r"\\(?:url|href)\s*(?=\{)")


def evaluated(value: str, macros: Mapping[str, str]) -> str:
    """`"a" # macro # {b}` as one text without the delimiters; a macro that nobody defined stands for its name. The
    library resolves a macro only where it is all of the value. Raises Malformed."""
    size, parts = 0, []
    for piece in _pieces(value):
        parts.append(_piece(piece, macros))
        size += len(parts[-1])
        if size > MAX_VALUE:
            raise Malformed(f"a field of more than {MAX_VALUE:,} characters")
    return "".join(parts)


def _pieces(value: str) -> Iterator[str]:
    """What stands between the `#` that are neither in braces nor in quotes."""
    depth, quoted, start = 0, False, 0
    for match in _DELIMITER.finditer(value):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif match[0] == '"' and not depth:
            quoted = not quoted
        elif match[0] == "#" and not depth and not quoted:
            yield value[start : match.start()].strip()
            start = match.end()
    yield value[start:].strip()


def _piece(piece: str, macros: Mapping[str, str]) -> str:
    if _BARE.match(piece):
        return macros.get(piece.lower(), piece)
    if _is_one(piece):
        return piece[1:-1]
    raise Malformed(f"a comma or `#` is missing in a field: {piece!r:.80}")


def _is_one(piece: str) -> bool:
    """Whether the delimiter at the beginning is closed by the one at the end: not so in `{a} b = {c}`."""
    depth = 0
    for match in _DELIMITER.finditer(piece):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        closes = match[0] == "}" if piece[0] == "{" else match[0] == '"' and match.start() > 0
        if closes and depth == 0:
            return match.end() == len(piece)
    return False


def prose(value: str) -> str:
    r"""TeX's accents and escapes as Unicode; braces go where they only protect: `{BERT} \& {\"o}` is `BERT & ö`.
    Formulas and what a command holds stay."""
    text = unicode_accents(clean(value))
    if not any(sign in text for sign in "\\{}~"):
        return text
    parts: list[str] = []
    position = 0
    for segment in split_math(text):
        begin = text.index(segment.source, position)
        change = _without_tex if segment.kind == "text" else str
        parts += (text[position:begin], change(segment.source))
        position = begin + len(segment.source)
    return "".join((*parts, text[position:]))


def _without_tex(text: str) -> str:
    return _without_braces(_TIE.sub(" ", _ESCAPED.sub(r"\1", text)))


def _without_braces(text: str) -> str:
    parts: list[str] = []
    kept: list[bool] = []  # of the braces that are open
    at, argument = 0, -1  # where a brace would begin what belongs to a command
    for match in _TOKEN.finditer(text):
        sign = match[0]
        keep = sign not in "{}"
        if sign == "{":
            keep = match.start() == argument
            kept.append(keep)
        elif sign == "}":
            keep = kept.pop() if kept else False
        parts += (text[at : match.start()], sign if keep else "")
        at = match.end()
        argument = at if sign[1:].isalpha() or (keep and sign == "}") else -1
    return "".join((*parts, text[at:]))


def verbatim(value: str) -> str:
    r"""An address, a DOI, a number: without braces and escapes, `\url{...}` without its command."""
    text = _ESCAPED_IN_ADDRESS.sub(r"\1", _COMMAND.sub("", clean(value)))
    return text.replace("{", "").replace("}", "").strip()


def names(value: str) -> list[dict[str, str]]:
    """`Writer, Ada and {The Kettle Group} and others`. Raises Malformed."""
    told = split_multiple_persons_names(clean(value))
    if len(told) > MAX_AUTHORS:
        raise Malformed(f"more than {MAX_AUTHORS:,} authors")
    return [_name(name) for name in told if name.lower() != "others"]


def _name(name: str) -> dict[str, str]:
    if len(name) > 4 * MAX_NAME:
        raise Malformed(f"author's name of {len(name):,} characters, more than {MAX_NAME:,}")
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError as error:
        raise Malformed(f"an author cannot be read: {error}"[:300]) from error
    given, family, junior = (prose(" ".join(words)) for words in (parts.first, [*parts.von, *parts.last], parts.jr))
    return {"name": " ".join(filter(None, (given, family, junior))), "given": given, "family": family}
