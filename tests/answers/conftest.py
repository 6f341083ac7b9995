"""Answers are tested against a stand-in endpoint and papers made by hand."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from library.answers import work
from library.answers.models import Asking
from papers.models import Paper
from tests.answers.standin import StandIn, stand_in
from tests.pages.conftest import Keep, keep
from tests.pages.samples import arxiv

__all__ = ["keep"]

ABSTRACT = (
    "However, sorting papers by hand remains a difficult problem for many readers. "
    "Previous approaches have been proposed for small collections only. "
    "We propose a new method that sorts papers by their questions. "
    "Experiments on three benchmarks show that our method outperforms all baselines by 12%. "
    "In future work we plan to sort whole libraries. "
    "Overall, our results show that questions are enough to sort papers."
)


@pytest.fixture
def endpoint(settings: Any) -> Iterator[StandIn]:
    """A stand-in that answers well, until a test says otherwise."""
    with stand_in() as made:
        settings.ANSWERS_URL = made.url
        settings.ANSWERS_KEY = "sk-secret"
        settings.ANSWERS_MODEL = "stand-in-1"
        yield made


@pytest.fixture
def paper(keep: Keep) -> Paper:
    keep(arxiv("2503.00001", abstract=ABSTRACT))
    return Paper.objects.get(key="2503.00001")


@pytest.fixture(autouse=True)
def unwoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """No broker is asked: tests work by themselves."""
    monkeypatch.setattr("library.tasks.wake", lambda kind: None)


Ask = Callable[..., Any]


@pytest.fixture
def ask(client: Client, django_capture_on_commit_callbacks: Any) -> Ask:
    def post(key: str = "2503.00001", lang: str = "en", **more: Any) -> Any:
        headers = {"Sec-Fetch-Site": "same-origin"}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/answers/{key}/ask", {"lang": lang, **more.pop("data", {})}, headers=headers, **more)

    return post


def write(tries: int = 1) -> None:
    """Does what waits; what failed is due again at once."""
    for _ in range(tries):
        Asking.objects.filter(state="waiting").update(not_before="2020-01-01T00:00Z")
        work.work("written", time.monotonic() + 60)


def extract() -> None:
    work.work("extracted", time.monotonic() + 60)
