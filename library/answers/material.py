"""What answers are made from: the text of the paper's PDF where it can be had, the abstract otherwise."""

from library.answers.kinds import Source
from library.answers.prompts import Material
from papers import full_texts
from papers.full_texts import FullText, NotNow
from papers.models import Paper
from papers.record import AbstractKind

# Seconds to fetch and read a PDF: its host is asked in turn with all others.
FETCHING = 600.0


class NothingToRead(Exception):
    """Neither a PDF that can be read nor an abstract."""


def of(paper: Paper, *, is_patient: bool) -> Material:
    """Raises NothingToRead, and NotNow where a PDF may be had later, if it `is_patient`."""
    if found := _full_text(paper, is_patient):
        return Material(paper.title, found.text, is_full_text=True, is_part=not found.is_whole)
    if not paper.abstract:
        raise NothingToRead("there is neither a PDF that can be read nor an abstract")
    return Material(paper.title, paper.abstract, is_full_text=False)


def source(material: Material, paper: Paper) -> Source:
    """What pages say of it."""
    if material.is_full_text:
        return Source.PDF_PART if material.is_part else Source.PDF
    return Source.SUMMARY if paper.abstract_kind == AbstractKind.SUMMARY else Source.ABSTRACT


def _full_text(paper: Paper, is_patient: bool) -> FullText | None:
    try:
        return full_texts.of(paper)
    except NotNow:
        if is_patient:
            raise
        return None
