"""The processes behind the page: one web server, two workers, one clock; more workers where sources or a language
model are asked.

Workers are prefork: only there do Celery's time limits hold, and a task that crashes its process
leaves the worker alive. Gossip, mingle and heartbeats are for workers that watch each other; ours watch the database.
"""

import signal
import sys

from coolpapers.services.child import Role
from coolpapers.services.layout import Layout

QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


# Any of its processes takes the most urgent job, whichever queue woke it; two, so that a reader's wish need not wait
# for a venue's page.
HARVEST_QUEUES, HARVESTERS = "demand,today,venues,history", 2
ANSWERERS = 2  # they wait for the endpoint nearly all of the time


def roles(layout: Layout, log_level: str, *, harvest: bool = False, answers: bool = False) -> tuple[Role, ...]:
    return (
        Role(
            "web",
            "web server",
            (sys.executable, "-m", "gunicorn", "-c", "python:coolpapers.gunicorn_config", "coolpapers.wsgi"),
        ),
        _worker("worker", "worker", "default,index", log_level),
        # Making vectors takes all the cores it gets; readers come first.
        _worker("embed", "worker for vectors", "embed", log_level, niceness=10),
        *([_worker("harvest", "worker for sources", HARVEST_QUEUES, log_level, HARVESTERS)] if harvest else []),
        *([_worker("answers", "worker for answers", "answers", log_level, ANSWERERS)] if answers else []),
        Role(
            "beat",
            "clock",
            _celery("beat", "--schedule", str(layout.data_dir / "beat-schedule"), "--pidfile=", "-l", log_level),
            tell=signal.SIGTERM,
        ),
    )


def _worker(name: str, title: str, queues: str, log_level: str, processes: int = 1, niceness: int = 0) -> Role:
    options = (
        "-n",
        f"{name}@%h",
        "-Q",
        queues,
        "-c",
        str(processes),
        "-P",
        "prefork",
        "-O",
        "fair",
        "-l",
        log_level,
        *QUIET,
    )
    return Role(name, title, _celery("worker", *options), niceness=niceness)


def _celery(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", "-A", "coolpapers", *arguments)
