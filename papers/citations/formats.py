"""The formats that lists are exported in, by what an address ends with. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from papers.citations.bibtex import bibtex
from papers.citations.cited import CitedList
from papers.citations.csl_json import csl_json
from papers.citations.markdown import markdown
from papers.citations.ris import ris
from papers.citations.table import table


@dataclass(frozen=True, slots=True)
class Format:
    """`label` is the format's own name, the same in every language."""

    extension: str
    label: str
    content_type: str
    write: Callable[[CitedList], str]


FORMATS = {
    each.extension: each
    for each in (
        Format("bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
        Format("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris),
        Format("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
        Format("md", "Markdown", "text/markdown; charset=utf-8", markdown),
        Format("csv", "CSV", "text/csv; charset=utf-8", table),
    )
}
