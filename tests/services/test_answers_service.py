"""The whole service with its workers: a reader asks, a worker is killed in the middle, all is answered in the end."""

import os
import signal
import threading
import urllib.request
from typing import Any

import psycopg
import pytest

from coolpapers.services import instance
from tests.answers.standin import Exchange, answer, stand_in
from tests.services.sandbox import Sandbox, read_until, wait_for

pytestmark = pytest.mark.slow

PAPER = "1706.03762"


def query(sandbox: Sandbox, statement: str) -> list[tuple[Any, ...]]:
    at = sandbox.layout.database()
    with psycopg.connect(host=at.host, port=at.port, user=at.user, password=at.password, dbname=at.name) as connection:
        cursor = connection.execute(statement)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def ask(sandbox: Sandbox) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{sandbox.port}/answers/{PAPER}/ask",
        data=b"lang=en",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    with urllib.request.urlopen(request, timeout=60) as answered:
        assert answered.status == 200


def state(sandbox: Sandbox) -> list[tuple[Any, ...]]:
    return query(sandbox, "SELECT kind, state, (SELECT count(*) FROM library_answer) FROM library_asking")


def test_a_killed_worker_for_answers_is_replaced_and_loses_nothing(sandbox: Sandbox) -> None:
    released = threading.Event()

    def behave(exchange: Exchange) -> None:
        if exchange.number != 2:
            answer(exchange)
            return
        exchange.begin()
        exchange.piece("Never ended")
        released.wait(600)

    with stand_in() as endpoint:
        endpoint.behave = behave
        up = sandbox.start("up", COOLPAPERS_ANSWERS_URL=endpoint.url, COOLPAPERS_ANSWERS_MODEL="stand-in-1")
        assert f"by stand-in-1 at {endpoint.url}" in read_until(up, "stop ")
        ask(sandbox)
        wait_for(lambda: query(sandbox, "SELECT 1 FROM library_asking WHERE draft <> ''") != [])
        running = instance.running(sandbox.layout)
        assert running
        os.killpg(running.children["answers"], signal.SIGKILL)
        query(sandbox, "UPDATE library_asking SET leased_until = now() WHERE state = 'running'")
        wait_for(lambda: state(sandbox) == [("written", "done", 6)], 600)
        released.set()
        assert len(endpoint.asked) == 7
        assert query(sandbox, "SELECT 1 FROM library_answer WHERE text LIKE 'Never%'") == []
        sandbox.manage("stop")
        up.wait(120)


def test_without_an_endpoint_the_worker_for_vectors_chooses_key_sentences(sandbox: Sandbox) -> None:
    up = sandbox.start("up")
    read_until(up, "stop ")
    ask(sandbox)
    wait_for(lambda: [row[:2] for row in state(sandbox)] == [("extracted", "done")], 600)
    running = instance.running(sandbox.layout)
    assert running
    assert "answers" not in running.children
    sandbox.manage("stop")
    up.wait(120)
