"""What a page shows of the answers to a paper: rows -> plain values."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from library.answers import asking as asked
from library.answers import endpoint, queue
from library.answers.kinds import Kind, State
from library.answers.models import Answer, Asking
from library.answers.questions import QUESTIONS, Language
from papers.models import Paper

OLDER = 5  # askings of other texts of the paper that are shown


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """A complete answer; key sentences are `sentences`, what a model wrote is `text`, as Markdown."""

    number: int
    question: str
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownAsking:
    """An asking with its answers. `ahead` counts what comes before it in the queue; `version` is that of the preprint
    that was read, 0 where there is none; `sources` are what the answers were made from."""

    id: int
    kind: str
    language: Language
    state: str
    attempts: int
    error: str
    ahead: int
    draft: str
    answers: tuple[ShownAnswer, ...]
    sources: tuple[str, ...]
    models: tuple[str, ...]
    at: datetime | None
    version: int
    is_current: bool

    @property
    def is_open(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def is_extracted(self) -> bool:
        return self.kind == Kind.EXTRACTED

    @property
    def writing(self) -> str:
        """The question that is being answered, "" for none."""
        if self.state != State.RUNNING or self.is_extracted or self.is_answered:
            return ""
        return QUESTIONS[len(self.answers)].text(self.language)

    @property
    def is_answered(self) -> bool:
        return len(self.answers) >= len(QUESTIONS)


@dataclass(frozen=True, slots=True)
class Shown:
    """`latest` is what the page is about, None where nobody has asked; `sentences` are key sentences beside what a
    model has not written to its end; `older` were made from another text of the paper."""

    language: Language
    version: int
    latest: ShownAsking | None
    sentences: ShownAsking | None
    older: tuple[ShownAsking, ...]

    @property
    def may_ask(self) -> bool:
        """Whether asking would begin something."""
        if self.latest is None:
            return True
        if self.latest.is_open:
            return False
        is_less = self.latest.is_extracted and endpoint.is_there()
        return is_less or not self.latest.is_current or self.latest.state == State.FAILED

    @property
    def followed(self) -> ShownAsking | None:
        """What is under way."""
        return next((each for each in (self.latest, self.sentences) if each and each.is_open), None)


def of(paper: Paper, language: Language) -> Shown:
    """Four queries, or five where something waits."""
    version = asked.version_of(paper)
    wanted = ["", language.value]
    rows = list(Asking.objects.filter(paper=paper, language__in=wanted).order_by("-id")[: 4 * OLDER])
    answers = _answers(rows)
    shown = [_shown(row, answers[row.pk], language, asked.is_current(row, paper, version)) for row in rows]
    written = [each for each in shown if not each.is_extracted and (each.answers or endpoint.is_there())]
    sentences = [each for each in shown if each.is_extracted]
    latest = next(iter(written or sentences), None)
    beside = bool(written) and written[0].state != State.DONE
    older = [each for each in [*written[1:], *sentences[: 0 if written else None][1:]] if each.answers]
    return Shown(
        language=language,
        version=version,
        latest=latest,
        sentences=sentences[0] if sentences and beside else None,
        older=tuple(older[:OLDER]),
    )


def _answers(rows: Sequence[Asking]) -> defaultdict[int, list[Answer]]:
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(asking__in=[row.pk for row in rows]).defer("terms").order_by("question"):
        found[answer.asking_id].append(answer)
    return found


def _shown(row: Asking, answers: list[Answer], language: Language, is_current: bool) -> ShownAsking:
    return ShownAsking(
        id=row.pk,
        kind=row.kind,
        language=language,
        state=row.state,
        attempts=row.attempts,
        error=row.error,
        ahead=queue.ahead_of(row) if row.state == State.WAITING else 0,
        draft=row.draft,
        answers=tuple(_answer(each, row.kind, language) for each in answers),
        sources=tuple(dict.fromkeys(each.source for each in answers)),
        models=tuple(dict.fromkeys(each.model for each in answers)),
        at=max((each.at for each in answers), default=None),
        version=row.version,
        is_current=is_current,
    )


def _answer(row: Answer, kind: str, language: Language) -> ShownAnswer:
    is_extracted = kind == Kind.EXTRACTED
    return ShownAnswer(
        number=row.question,
        question=QUESTIONS[row.question - 1].text(language),
        text="" if is_extracted else row.text,
        sentences=tuple(row.text.split("\n")) if is_extracted else (),
    )
