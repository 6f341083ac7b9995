"""Who is served first, who sees which place, and what becomes of work whose worker died."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from library.answers import limits, queue, work
from library.answers.models import Answer, Asker, Asking
from library.answers.questions import QUESTIONS, Language
from library.answers.queue import LeaseLost
from papers.models import Paper
from tests.answers.conftest import Ask, write
from tests.answers.standin import Exchange, StandIn, answer, stand_in
from tests.pages.conftest import Keep
from tests.pages.reading import text
from tests.pages.samples import arxiv

TODAY = datetime.now(UTC).date()


@pytest.fixture
def papers(keep: Keep) -> None:
    keep(*(arxiv(f"2503.0000{number}") for number in range(1, 6)), arxiv("2503.00009", day=TODAY))


@pytest.mark.django_db
def test_papers_of_today_come_before_others(endpoint: StandIn, papers: None, ask: Ask) -> None:
    for key in ("2503.00001", "2503.00002", "2503.00009"):
        ask(key)
    order = [taken.paper_id for _ in range(3) if (taken := queue.take("written"))]
    keys = dict(Paper.objects.values_list("pk", "key"))
    assert [keys[paper_id] for paper_id in order] == ["2503.00009", "2503.00001", "2503.00002"]


@pytest.mark.django_db
def test_readers_see_their_place(client: Client, endpoint: StandIn, papers: None, ask: Ask) -> None:
    ask("2503.00001")
    assert "Next in the queue." in text(client.get("/answers/2503.00001?lang=en"))
    ask("2503.00002")
    ask("2503.00009")
    assert "2 papers come before it in the queue." in text(client.get("/answers/2503.00002?lang=en"))
    assert "1 paper comes before it in the queue." in text(client.get("/answers/2503.00001?lang=en"))
    queue.take("written")
    told = client.get("/answers/2503.00002/state?lang=en").json()
    assert told["status"] == "2 papers come before it in the queue."
    assert "Question 1 of 6" in client.get("/answers/2503.00009/state?lang=en").json()["status"]


@pytest.mark.django_db
def test_between_two_questions_a_paper_of_today_is_let_before(endpoint: StandIn, papers: None, ask: Ask) -> None:
    def behave(exchange: Exchange) -> None:
        if exchange.number == 1:
            Asking.objects.filter(paper__key="2503.00009").update(not_before="2020-01-01T00:00Z")
        answer(exchange)

    ask("2503.00001")
    taken = queue.take("written")
    ask("2503.00009")
    assert taken
    work.do(taken)
    assert endpoint.asked == []
    write()
    titles = [body["messages"][1]["content"].splitlines()[0] for body in endpoint.bodies]
    assert titles == ["A paper called 2503.00009"] * 6 + ["A paper called 2503.00001"] * 6


@pytest.mark.django_db
def test_who_lost_the_lease_writes_nothing_more(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    ask()
    first = queue.take("written")
    assert first
    Asking.objects.update(leased_until="2020-01-01T00:00Z")
    assert queue.sweep() == 1
    second = queue.take("written")
    assert second
    for write_on in (
        lambda: queue.keep_draft(first, "x"),
        lambda: queue.keep(first, [Answer(asking_id=first.id, question=1, text="x")], is_last=False),
        lambda: queue.fail(first, "x"),
        lambda: queue.give_back(first),
    ):
        with pytest.raises(LeaseLost):
            write_on()
    assert Answer.objects.count() == 0
    queue.keep_draft(second, "y")
    assert Asking.objects.get().draft == "y"


@pytest.mark.django_db
def test_an_asking_that_kills_its_worker_each_time_ends(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    ask()
    for _ in range(queue.MOST_FAILURES):
        assert queue.take("written")
        Asking.objects.update(leased_until="2020-01-01T00:00Z")
        queue.sweep()
    row = Asking.objects.get()
    assert (row.state, row.error) == ("failed", "the worker that had it fell silent")


def test_pauses_grow_and_heed_the_endpoint() -> None:
    assert all(queue.pause(failures) < queue.pause(failures + 2) for failures in range(1, 4))
    assert queue.pause(1, 300.0) == 300.0
    assert queue.pause(1, 1e9) == queue.pause(99, 1e9) == 3_600.0


@pytest.mark.django_db
def test_a_network_may_ask_so_often_and_then_sees_key_sentences_and_why(
    client: Client, endpoint: StandIn, papers: None, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.MOST, "written", 2)
    for key in ("2503.00001", "2503.00002", "2503.00003"):
        last = ask(key)
    assert "said=reader" in last["Location"]
    assert "so many answers were asked for today" in text(client.get(last["Location"]))
    assert list(Asking.objects.filter(paper__key="2503.00003").values_list("kind", flat=True)) == ["extracted"]
    assert "said" not in ask("2503.00002")["Location"]  # it was asked about already
    assert "said" not in ask("2503.00003", REMOTE_ADDR="10.9.9.9")["Location"]
    assert "said" not in ask("2503.00004", REMOTE_ADDR="2001:db8::1")["Location"]
    ask("2503.00005", REMOTE_ADDR="2001:db8::2:1")
    assert Asker.objects.filter(asked=2).count() == 2
    assert not any(b"10.9" in bytes(row.network) for row in Asker.objects.all())


@pytest.mark.django_db
def test_a_full_queue_takes_no_more(
    client: Client, endpoint: StandIn, papers: None, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MOST_WAITING", 1)
    ask("2503.00001")
    assert "said=full" in ask("2503.00002")["Location"]


@pytest.mark.django_db
def test_a_spent_day_says_so(client: Client, endpoint: StandIn, papers: None, ask: Ask, settings: Any) -> None:
    settings.ANSWERS_DAILY_TOKENS = 1
    ask("2503.00001")
    write()
    location = ask("2503.00002")["Location"]
    assert "said=budget" in location
    assert "It goes on at midnight UTC" in text(client.get(location))


@pytest.mark.django_db
def test_papers_announced_days_ago_are_not_new(endpoint: StandIn, keep: Keep, ask: Ask) -> None:
    keep(arxiv("2503.00001", day=TODAY - timedelta(days=3)), arxiv("2503.00002", day=TODAY - timedelta(days=4)))
    ask("2503.00001")
    ask("2503.00002")
    assert list(Asking.objects.order_by("id").values_list("priority", flat=True)) == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_answer_each_question_once(papers: None, settings: Any, client: Client) -> None:
    def run() -> None:
        try:
            write()
        finally:
            connection.close()

    with stand_in() as made:
        settings.ANSWERS_URL, settings.ANSWERS_MODEL = made.url, "m"
        for key in ("2503.00001", "2503.00002", "2503.00003"):
            client.post(f"/answers/{key}/ask", {"lang": "en"}, headers={"Sec-Fetch-Site": "same-origin"})
        threads = [threading.Thread(target=run) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(made.asked) == sorted([question.text(Language.EN) for question in QUESTIONS] * 3)
    assert Answer.objects.count() == 18
    assert set(Asking.objects.values_list("state", flat=True)) == {"done"}
