"""A paper's place in print, read from the line in which sources and authors tell it. Pure.

Sources of proceedings write `Computational Linguistics 45(2), 1–40`, `Proceedings of ..., pages 1–11` or
`Proceedings of ..., PMLR 195:2552–2623`; authors write on arXiv whatever they like. What is not understood stays in
one piece: a wrong volume is worse than none."""

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_REFERENCE = 500  # characters; what is longer is no place in print

_PAGE = r"(?:[A-Za-z]{0,3}\d{1,7}[A-Za-z]?|[ivxlc]{1,8})"
_PAGES = rf"(?P<pages>{_PAGE}(?: ?[-–—]{{1,3}} ?{_PAGE})?)"
_YEAR = r"(?:1[89]|20)\d\d"
_MONTH = r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? )?"
_VOLUME = rf"(?P<volume>(?!{_YEAR}\b)\d{{1,5}}[A-Z]?|[A-Z]\d{{1,3}})"
_NUMBER = r"(?P<number>\d{1,4}(?:[-–/]\d{1,4})?)"
_BEFORE_PAGES = r"[,:] ?(?:pp?\. ?|[Pp]ages?:? )?"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<container>.+), (?P<series>PMLR) {_VOLUME}(?:: ?{_PAGES})?",
        rf"(?P<container>.+?),? {_VOLUME} \((?P<year>{_YEAR})\),? {_PAGES}",
        rf"(?P<container>.+?),? [Vv]ol(?:ume|\.)? ?{_VOLUME}"
        rf"(?:,? (?:[Nn]o\.?|[Nn]umber|[Ii]ssue) ?{_NUMBER})?(?:{_BEFORE_PAGES}{_PAGES})?",
        rf"(?P<container>.+?),? {_VOLUME} ?\({_NUMBER}\)(?:{_BEFORE_PAGES}{_PAGES})?",
        rf"(?P<container>.+?),? (?:pp?\.|pages?:?) ?{_PAGES}",
        rf"(?P<container>.+?),? {_VOLUME}(?:{_BEFORE_PAGES}{_PAGES})?",
        rf"(?P<container>\D+), (?P<pages>{_PAGE} ?[-–—]{{1,3}} ?{_PAGE})",
    )
)
_OUTER_YEAR = re.compile(rf",? ?(?:\({_MONTH}({_YEAR})\)|, ?{_MONTH}({_YEAR}))\Z")
_MIDDLE_YEAR = re.compile(rf", {_MONTH}({_YEAR})(?=, )")
_YEAR_OF_NAME = re.compile(rf"(?<=[A-Za-z.)] )({_YEAR})\Z")  # it stays: ICML 2019
_IN = re.compile(r"(?:(?:to appear|published|accepted|presented|appeared|appears)? ?(?:in|at)[: ] ?(?:the )?)", re.I)
_PROCEEDINGS = re.compile(
    r"\b(?:proc(?:eedings|\.)?|conference|conf\.|workshops?|symposium|symp\.|findings|advances in neural|congress|"
    r"meeting|lecture notes|lncs|lnai)(?!\w)",
    re.IGNORECASE,
)
# Their names begin as those of conferences do.
_JOURNAL = re.compile(
    r"proc(?:eedings|\.) (?:of the |of )?(?:national academy|natl|nat\. ?acad|ieee(?! (?:international )?conf|/| int)|"
    r"royal soc|r\. ?soc|a?acm on |vldb|amer|london math)",
    re.IGNORECASE,
)
_PERIODICAL = re.compile(
    r"\b(?:journal|transactions|trans\.|letters|lett\.|annals|reviews?|rev\.|magazine|bulletin|archive for)(?!\w)",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"\bvol(?:ume|\.)? ?\d+,? (?:no\.?|num[ée]ro|number|issue) ?\d", re.IGNORECASE)
_SEVERAL = re.compile(r", .*\d.*,|,? (?:vol|no|pp?|pages?|issue|number|volume)[.:]?\Z", re.IGNORECASE)
_ACRONYM = re.compile(
    r"(?:AAAI|AAMAS|ACCV|ACL|ACL-IJCNLP|AISTATS|ASRU|BMVC|CAV|CCS|CHI|CIKM|COLING|COLM|COLT|CoNLL|CoRL|CRYPTO|CVPR|"
    r"EACL|ECAI|ECCV|ECIR|ECML|EMNLP|EMNLP-IJCNLP|EUROCRYPT|FOCS|ICALP|ICASSP|ICCV|ICDE|ICDM|ICLR|ICML|ICPR|ICRA|"
    r"ICSE|IJCAI|IJCNN|INFOCOM|INTERSPEECH|IROS|ISCA|ISIT|ISMIR|IWSLT|KDD|LICS|LREC|MICCAI|MLSys|NAACL|NAACL-HLT|"
    r"NDSS|NeurIPS|NIPS|NSDI|OSDI|PLDI|POPL|RSS|SIGGRAPH|SIGIR|SIGMOD|SLT|SODA|SOSP|STOC|TREC|UAI|VLDB|WACV|WMT|WSDM|"
    r"WWW)\b"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """`pages` are joined by an en dash. `container` is the whole line where no more is understood."""

    container: str = ""
    series: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    year: int = 0

    @property
    def is_proceedings(self) -> bool:
        return is_proceedings(self.container)


@lru_cache(maxsize=4096)
def read(text: str) -> Reference:
    """The place in print that a line tells."""
    line = " ".join(text.split())[:MAX_REFERENCE].rstrip(" .;")
    if not line:
        return Reference()
    rest, year = _without_year(line)
    for form in _FORMS:
        if (match := form.fullmatch(rest)) and _is_name(match["container"]):
            return _reference(match.groupdict(), year)
    own = _YEAR_OF_NAME.search(rest)
    return Reference(_named(rest), year=year or (int(own[1]) if own else 0))


def is_proceedings(name: str) -> bool:
    """Whether a name is that of a conference's proceedings rather than of a journal."""
    if _JOURNAL.search(name):
        return False
    return bool(_PROCEEDINGS.search(name)) or bool(_ACRONYM.match(name) and not _PERIODICAL.search(name))


def is_periodical(name: str) -> bool:
    """Whether a name is that of a journal, or of an issue of one."""
    return bool(_PERIODICAL.search(name) or _ISSUE.search(name)) and not _PROCEEDINGS.search(name)


def _without_year(line: str) -> tuple[str, int]:
    match = _OUTER_YEAR.search(line) or _MIDDLE_YEAR.search(line)
    if not match or not match.start():
        return line, 0
    year = next(group for group in match.groups() if group)
    return line[: match.start()] + line[match.end() :], int(year)


def _reference(found: dict[str, str | None], year: int) -> Reference:
    parts = {name: value or "" for name, value in found.items()}
    pages = re.sub(r" ?[-–—]{1,3} ?", "–", parts.pop("pages", ""))
    year = year or int(parts.pop("year", "") or 0)
    return Reference(_named(parts.pop("container")), pages=pages, year=year, **parts)


def _named(name: str) -> str:
    """The name without `In the` before it."""
    found = _IN.match(name)
    return name[found.end() :].strip(" ,") if found and len(name) > found.end() + 2 else name.strip(" ,")


def _is_name(text: str) -> bool:
    """A name begins with a letter; what holds numbers between commas is several things."""
    return text[0].isalpha() and len(text) > 1 and not _SEVERAL.search(text)
