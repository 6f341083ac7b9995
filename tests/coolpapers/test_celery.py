"""Each task reaches a worker that reads its queue."""

import pytest
from django.conf import settings

from coolpapers.celery import app
from coolpapers.services.layout import Layout
from coolpapers.services.roles import roles

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))


def queues(layout: Layout) -> set[str]:
    commands = [role.command for role in roles(layout, "info", harvest=True, answers=True)]
    read = [command[command.index("-Q") + 1] for command in commands if "-Q" in command]
    return set(",".join(read).split(","))


def queue_of(task: str) -> str:
    return str(app.amqp.router.route({}, task)["queue"].name)


def test_there_are_tasks_of_every_room() -> None:
    assert {name.partition(".")[0] for name in TASKS} == {"ingest", "papers", "search", "library"}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_goes_to_a_queue_that_a_worker_reads(task: str) -> None:
    assert queue_of(task) in queues(settings.LAYOUT)


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("search.embed", "embed"),
        ("library.extract", "embed"),  # by the encoder, which that worker has loaded
        ("library.answer", "answers"),
        ("search.follow", "index"),
        ("ingest.tick", "default"),
    ],
)
def test_what_takes_long_holds_nothing_else_up(task: str, queue: str) -> None:
    assert queue_of(task) == queue


@pytest.mark.parametrize("schedule", app.conf.beat_schedule.values(), ids=lambda each: each["task"])
def test_the_clock_names_tasks_that_there_are(schedule: dict[str, object]) -> None:
    assert schedule["task"] in TASKS
