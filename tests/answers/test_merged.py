"""Answers on two papers that turn out to be one."""

from dataclasses import replace

import pytest

from library.answers.kinds import Kind, Source, State
from library.answers.models import Answer, Asking
from papers.models import Paper
from papers.record import Author, PaperRecord
from tests.search.conftest import put

pytestmark = pytest.mark.django_db(transaction=True)

PREPRINT = PaperRecord("arxiv", "1803.00001", "One title of a preprint", (Author("Ada Writer", "Writer", "Ada"),))
PUBLISHED = PaperRecord("acl", "P18-0001", "Another title in print", (Author("Bo Reader", "Reader", "Bo"),))


@pytest.fixture(autouse=True)
def two_papers() -> None:
    put(PREPRINT)
    put(PUBLISHED)


def asked(key: str, language: str, state: State) -> Asking:
    paper = Paper.objects.get(key=key)
    asking = Asking.objects.create(
        paper=paper, kind=Kind.WRITTEN.value, language=language, text_hash=b"", priority=1, state=state.value
    )
    Answer.objects.create(asking=asking, question=1, text=key, source=Source.PDF.value, model="m")
    return asking


def test_what_was_answered_on_either_is_kept() -> None:
    finished = [asked("1803.00001", "en", State.DONE), asked("P18-0001@ACL", "en", State.DONE)]
    put(replace(PREPRINT, same_as=("acl:P18-0001",)))
    paper = Paper.objects.get()
    assert {row.pk for row in Asking.objects.filter(paper=paper)} == {row.pk for row in finished}
    assert Answer.objects.count() == 2


def test_of_two_open_askings_one_goes_on_and_other_languages_are_kept() -> None:
    kept = asked("1803.00001", "en", State.WAITING)
    asked("P18-0001@ACL", "en", State.WAITING)
    chinese = asked("P18-0001@ACL", "zh", State.WAITING)
    put(replace(PREPRINT, same_as=("acl:P18-0001",)))
    assert {row.pk for row in Asking.objects.filter(paper=Paper.objects.get())} == {kept.pk, chinese.pk}
