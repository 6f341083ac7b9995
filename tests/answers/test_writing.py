"""What an endpoint may do to us, and what readers see then."""

import threading
import time
from typing import Any

import pytest
from django.test import Client

from library.answers import endpoint as asking_endpoint
from library.answers import queue, work, writing
from library.answers.models import Answer, Asking, Spending
from library.answers.questions import QUESTIONS, Language
from papers.models import Paper
from tests.answers.conftest import Ask, write
from tests.answers.standin import (
    Exchange,
    StandIn,
    answer,
    cutting_off,
    ending_for,
    first,
    refusing,
    saying,
    stand_in,
)
from tests.pages.reading import text, words

pytestmark = pytest.mark.django_db


def page(client: Client, lang: str = "en", key: str = "2503.00001") -> Any:
    return client.get(f"/answers/{key}?lang={lang}")


def test_six_questions_are_asked_one_after_the_other_and_answered(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask
) -> None:
    assert ask().status_code == 303
    write()
    assert endpoint.asked == [question.text(Language.EN) for question in QUESTIONS]
    assert [row.question for row in Answer.objects.order_by("question")] == [1, 2, 3, 4, 5, 6]
    assert Asking.objects.get().state == "done"
    shown = words(page(client))
    assert "It says this about “What problem does this paper try to solve?”." in shown
    assert "Written by the language model stand-in-1 from the abstract" in shown
    assert "Version 1 was read." in shown


def test_the_endpoint_gets_the_text_the_key_and_a_wish_to_stream(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    ask()
    write()
    assert set(endpoint.paths) == {"/v1/chat/completions"}
    assert endpoint.headers[0]["Authorization"] == "Bearer sk-secret"
    body = endpoint.bodies[0]
    assert (body["model"], body["stream"]) == ("stand-in-1", True)
    assert "sorting papers by hand" in body["messages"][1]["content"]


def test_chinese_and_english_are_asked_apart(client: Client, endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    ask(lang="zh")
    write()
    assert endpoint.asked == [question.text(Language.ZH) for question in QUESTIONS]
    assert "这篇论文试图解决什么问题？" in text(page(client, "zh"))
    assert "Nobody has asked about this paper yet" in text(page(client, "en"))
    ask(lang="en")
    write()
    assert len(endpoint.asked) == 12
    assert Asking.objects.count() == 2


def test_two_who_ask_at_once_cause_one_generation(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    ask()
    ask(REMOTE_ADDR="10.1.2.3")
    write()
    ask()
    assert Asking.objects.count() == 1
    assert len(endpoint.asked) == 6


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (cutting_off, "cut"),
        (ending_for("length"), "“length”"),
        (ending_for("content_filter"), "“content_filter”"),
        (refusing(500), "answers 500"),
        (refusing(401), "answers 401"),
        (refusing(404), "answers 404"),
        (saying(" \n "), "empty answer"),
        (saying("x" * 30_000), "longer than 20,000"),
    ],
    ids=["cut off", "length", "filter", "500", "401", "404", "empty", "too long"],
)
def test_what_is_not_complete_is_never_an_answer_and_is_tried_again(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask, behave: Any, reason: str
) -> None:
    endpoint.behave = first(behave)
    ask()
    write()
    row = Asking.objects.get()
    assert (row.state, row.attempts, row.draft, Answer.objects.count()) == ("waiting", 1, "", 0)
    assert reason in row.error
    shown = text(page(client))
    assert "It is tried again soon." in shown
    assert "Half an answer" not in shown
    assert "The beginning of" not in shown
    write()
    assert Asking.objects.get().state == "done"
    assert Answer.objects.count() == 6
    assert endpoint.asked[0] == endpoint.asked[1]


def test_after_several_failures_the_reason_is_shown_and_one_can_ask_again(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask
) -> None:
    endpoint.behave = cutting_off
    ask()
    write(tries=queue.MOST_FAILURES)
    assert Asking.objects.get().state == "failed"
    shown = text(page(client))
    assert "The answers could not be completed" in shown
    assert "Try again" in shown
    endpoint.behave = answer
    ask()
    write()
    assert Asking.objects.get().state == "done"
    assert "could not be completed" not in text(page(client))


def test_answers_before_a_failure_are_kept_and_not_asked_again(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    endpoint.behave = lambda exchange: (cutting_off if exchange.number == 3 else answer)(exchange)
    ask()
    write()
    assert Answer.objects.count() == 2
    write()
    asked = [question.text(Language.EN) for question in QUESTIONS]
    assert endpoint.asked == [*asked[:3], *asked[2:]]


def test_an_endpoint_that_falls_silent_is_left(
    endpoint: StandIn, paper: Paper, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_endpoint, "QUIET", 0.2)
    done = threading.Event()

    def stall(exchange: Exchange) -> None:
        exchange.begin()
        exchange.piece("Hm")
        done.wait(20)

    endpoint.behave = stall
    ask()
    write()
    done.set()
    assert Asking.objects.get().error == "the endpoint fell silent"
    assert Answer.objects.count() == 0


def test_an_endpoint_that_never_begins_is_left(
    endpoint: StandIn, paper: Paper, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_endpoint, "FIRST", 0.2)
    done = threading.Event()
    endpoint.behave = lambda exchange: done.wait(20)
    ask()
    write()
    done.set()
    assert Asking.objects.get().error == "the endpoint fell silent"
    assert Spending.objects.get().prompt_tokens == 0


def test_an_endpoint_that_only_keeps_the_line_open_is_left(
    endpoint: StandIn, paper: Paper, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_endpoint, "WHOLE", 0.3)

    def ping(exchange: Exchange) -> None:
        exchange.begin()
        for _ in range(2_000):
            exchange.raw(b": ping\n\n")
            time.sleep(0.01)

    endpoint.behave = ping
    ask()
    write()
    assert "took longer than 0.3 seconds" in Asking.objects.get().error


def test_a_busy_endpoint_says_how_long_everybody_waits(endpoint: StandIn, paper: Paper, ask: Ask, keep: Any) -> None:
    from tests.pages.samples import arxiv

    keep(arxiv("2503.00002"))
    endpoint.behave = refusing(429, Retry_After="900")
    ask()
    ask("2503.00002")
    work.work("written", time.monotonic() + 60)
    assert len(endpoint.asked) == 1
    waits = [(row.not_before - row.created).total_seconds() for row in Asking.objects.all()]
    assert len(waits) == 2
    assert all(890 < seconds < 1_500 for seconds in waits)


def test_a_redirect_elsewhere_is_not_followed(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    with stand_in() as elsewhere:
        endpoint.behave = refusing(307, Location=f"{elsewhere.url}/chat/completions")
        ask()
        write()
        assert elsewhere.paths == []
    assert "redirects elsewhere (307)" in Asking.objects.get().error


def garbage(exchange: Exchange) -> None:
    exchange.begin()
    exchange.raw(b"\x00\xff\xfe not an event\n\n")
    exchange.finish()


def half_json(exchange: Exchange) -> None:
    exchange.begin()
    exchange.raw(b'data: {"choices": [{"del\n\n')
    exchange.finish()


def endless_line(exchange: Exchange) -> None:
    exchange.begin()
    for _ in range(40):
        exchange.raw(b"data: " + b"x" * 65_536)


def an_error_in_the_middle(exchange: Exchange) -> None:
    exchange.begin()
    exchange.piece("So ")
    exchange.event({"error": {"message": "the model was unloaded"}})
    exchange.finish()


def no_stream(exchange: Exchange) -> None:
    exchange.refuse(200, b'{"choices": []}', Content_Type="application/json")


def strange_shapes(exchange: Exchange) -> None:
    exchange.begin()
    for value in (None, [], 7, "x"):
        exchange.event({"choices": value, "usage": value})
    exchange.event({"choices": [{"delta": {"content": ["no", "text"]}, "finish_reason": 3}]})
    exchange.finish("stop", None)


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (garbage, "no event"),
        (half_json, "no JSON"),
        (endless_line, "a line without end"),
        (an_error_in_the_middle, "the model was unloaded"),
        (no_stream, "does not stream"),
        (strange_shapes, "empty answer"),
    ],
    ids=["garbage", "half", "endless", "error", "no stream", "shapes"],
)
def test_what_is_not_of_the_protocol_is_no_answer(
    endpoint: StandIn, paper: Paper, ask: Ask, behave: Any, reason: str
) -> None:
    endpoint.behave = behave
    ask()
    write()
    assert reason in Asking.objects.get().error
    assert Answer.objects.count() == 0


def test_a_key_that_an_error_repeats_is_not_shown(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    endpoint.behave = lambda exchange: exchange.refuse(401, b"wrong key: sk-secret")
    ask()
    write()
    assert Asking.objects.get().error == "the endpoint answers 401: wrong key: ***"


def test_an_answer_that_was_complete_before_the_line_broke_is_one(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    def behave(exchange: Exchange) -> None:
        exchange.begin()
        exchange.piece("All of it.")
        exchange.event({"choices": [{"delta": {}, "finish_reason": "stop"}]})
        exchange.cut()

    endpoint.behave = behave
    ask()
    write()
    assert Asking.objects.get().state == "done"


def test_readers_see_an_answer_grow_and_it_is_marked_as_incomplete(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PIECE", 0.0)
    seen: list[dict[str, Any]] = []
    pages: list[str] = []
    kept = queue.keep_draft

    def look(taken: Any, draft: str) -> None:
        kept(taken, draft)
        after = seen[-1]["after"] if seen else ""
        seen.append(client.get(f"/answers/2503.00001/state?lang=en&after={after}").json())
        pages.append(text(page(client)))

    monkeypatch.setattr(queue, "keep_draft", look)
    paragraphs = [f"Paragraph {number} tells something.\n\n" for number in range(5)]

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        for each in paragraphs if exchange.number == 1 else ["Short."]:
            exchange.piece(each)
        exchange.finish()

    endpoint.behave = behave
    ask()
    write()
    shown: list[str] = []
    for told in seen[: next(at for at, told in enumerate(seen) if told["finished"])]:
        assert told["status"] == "Question 1 of 6 is being answered."
        assert len(told["blocks"]) <= 3
        shown[told["first"] :] = told["blocks"]
    assert "".join(shown) == "".join(f"<p>{each.strip()}</p>\n" for each in paragraphs)
    finished = [html for told in seen for html in told["finished"]]
    assert len(finished) == 5
    assert all("Being written: not complete yet." in each for each in pages)
    told = client.get(f"/answers/2503.00001/state?lang=en&after={seen[-1]['after']}").json()
    assert told == {"is_over": True}


def test_a_draft_that_was_thrown_away_is_sent_anew(client: Client, endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    ask()
    taken = queue.take("written")
    assert taken
    queue.keep_draft(taken, "One.\n\nTwo.\n\nThree.")
    before = client.get("/answers/2503.00001/state?lang=en").json()
    queue.fail(taken, "cut")
    Asking.objects.update(not_before="2020-01-01T00:00Z")
    taken = queue.take("written")
    assert taken
    queue.keep_draft(taken, "Another.\n\nBeginning.")
    after = client.get(f"/answers/2503.00001/state?lang=en&after={before['after']}").json()
    assert (after["first"], len(after["blocks"])) == (0, 2)


@pytest.mark.parametrize("after", ["x", "1-2", "-1-0-0-0", "9" * 40, "1-1-1-99999", "\x00", "1-0-0-0' OR 1=1"])
def test_a_made_up_mark_is_answered(client: Client, endpoint: StandIn, paper: Paper, ask: Ask, after: str) -> None:
    ask()
    assert client.get("/answers/2503.00001/state", {"after": after}).status_code == 200


def test_tokens_are_counted_as_the_endpoint_tells_them(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    ask()
    write()
    spent = Spending.objects.get()
    assert (spent.prompt_tokens, spent.completion_tokens, spent.questions, spent.failures) == (6_000, 600, 6, 0)
    assert Answer.objects.filter(prompt_tokens=1_000, completion_tokens=100).count() == 6


def test_failures_cost_an_estimate_where_the_endpoint_does_not_say(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    endpoint.behave = cutting_off
    ask()
    write()
    spent = Spending.objects.get()
    assert spent.failures == 1
    assert spent.prompt_tokens > 100


def test_where_the_days_tokens_are_spent_nothing_more_is_asked(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask, settings: Any
) -> None:
    settings.ANSWERS_DAILY_TOKENS = 2_000
    ask()
    write()
    assert len(endpoint.asked) == 2
    row = Asking.objects.get()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert "It goes on at midnight UTC" in text(page(client))
    settings.ANSWERS_DAILY_TOKENS = 0
    write()
    assert len(endpoint.asked) == 6


def test_a_new_version_keeps_the_old_answers_and_may_be_asked_anew(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask, keep: Any
) -> None:
    from dataclasses import replace

    from papers.record import Version
    from tests.pages.samples import arxiv

    ask()
    write()
    keep(replace(arxiv("2503.00001"), abstract="Another abstract, of the second version.",
                 versions=(Version(1), Version(2))))  # fmt: skip
    shown = text(page(client))
    assert "Version 1 was read." in shown
    assert "The paper has changed since." in shown
    assert "Ask anew" in shown
    ask()
    write()
    assert Asking.objects.count() == 2
    shown = text(page(client))
    assert "Version 2 was read." in shown
    assert "From an earlier text of the paper" in shown
    assert "Version 1 was read." in shown


def test_a_paper_that_goes_away_meanwhile_ends_nothing_else(endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    def behave(exchange: Exchange) -> None:
        answer(exchange)

    ask()
    taken = queue.take("written")
    assert taken
    Paper.objects.all().delete()
    work.do(taken)
    assert endpoint.asked == []
