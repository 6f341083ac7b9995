"""kill -9 of a worker in the middle of an answer: nothing is lost, nothing is doubled, nothing cut off is kept."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client

from coolpapers.environment import CHECKOUT
from library.answers import queue
from library.answers.models import Answer, Asking, Spending
from library.answers.questions import QUESTIONS, Language
from papers.models import Paper
from tests.answers.conftest import write
from tests.answers.standin import Exchange, StandIn, answer
from tests.services.sandbox import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORKER = """
import django
django.setup()
import time
from library.answers import work
work.work('written', time.monotonic() + 60)
"""


def worker(url: str) -> subprocess.Popen[bytes]:
    """A worker in a process of its own, on the database of the test."""
    at = connection.settings_dict
    host = quote(str(at["HOST"]), safe="")
    database = f"postgresql://{at['USER']}:{quote(str(at['PASSWORD']), safe='')}@{host}:{at['PORT']}/{at['NAME']}"
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "coolpapers.settings",
        "COOLPAPERS_DATA_DIR": str(configured.DATA_DIR),
        "DATABASE_URL": database,
        "COOLPAPERS_ANSWERS_URL": url,
        "COOLPAPERS_ANSWERS_MODEL": "stand-in-1",
    }
    return subprocess.Popen([sys.executable, "-c", WORKER], cwd=CHECKOUT, env=environment)


@pytest.fixture
def holding() -> Iterator[threading.Event]:
    """Lets a stand-in hold an answer back."""
    released = threading.Event()
    yield released
    released.set()


@pytest.mark.parametrize("at", [1, 4, 6])
def test_another_worker_goes_on_where_a_killed_one_was(
    client: Client, endpoint: StandIn, paper: Paper, holding: threading.Event, at: int
) -> None:
    def behave(exchange: Exchange) -> None:
        if exchange.number != at:
            answer(exchange)
            return
        exchange.begin()
        exchange.piece("This is the beginning of an answer that nobody will end.")
        exchange.piece(" And more.")
        holding.wait(60)

    endpoint.behave = behave
    client.post("/answers/2503.00001/ask", {"lang": "en"}, headers={"Sec-Fetch-Site": "same-origin"})
    victim = worker(endpoint.url)
    wait_for(lambda: "nobody will end" in Asking.objects.get().draft)
    victim.kill()
    victim.wait()
    before: Any = list(Answer.objects.values_list("pk", "text"))
    assert len(before) == at - 1
    write()
    assert len(endpoint.asked) == at  # its lease holds still
    Asking.objects.update(leased_until="2020-01-01T00:00Z")
    queue.sweep()
    assert Asking.objects.get().draft == ""
    write()
    texts = [question.text(Language.EN) for question in QUESTIONS]
    assert endpoint.asked == [*texts[:at], *texts[at - 1 :]]
    assert list(Answer.objects.order_by("question").values_list("question", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert list(Answer.objects.order_by("pk").values_list("pk", "text"))[: at - 1] == before
    assert not Answer.objects.filter(text__contains="nobody will end").exists()
    assert Asking.objects.get().state == "done"
    # What the killed one asked is counted, as far as it can be known.
    assert Spending.objects.get().questions == 7
    assert Spending.objects.get().prompt_tokens > 6_000
