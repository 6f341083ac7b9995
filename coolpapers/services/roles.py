"""The processes behind the page: one web server, two workers, one clock.

Workers are prefork with one process each: only there do Celery's time limits hold, and a task that crashes its process
leaves the worker alive. Gossip, mingle and heartbeats are for workers that watch each other; ours watch the database.
"""

import signal
import sys

from coolpapers.services.child import Role
from coolpapers.services.layout import Layout

QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def roles(layout: Layout, log_level: str) -> tuple[Role, ...]:
    return (
        Role(
            "web",
            "web server",
            (sys.executable, "-m", "gunicorn", "-c", "python:coolpapers.gunicorn_config", "coolpapers.wsgi"),
        ),
        _worker("worker", "worker", "default,index", log_level),
        # Making vectors takes all the cores it gets; readers come first.
        _worker("embed", "worker for vectors", "embed", log_level, niceness=10),
        Role(
            "beat",
            "clock",
            _celery("beat", "--schedule", str(layout.data_dir / "beat-schedule"), "--pidfile=", "-l", log_level),
            tell=signal.SIGTERM,
        ),
    )


def _worker(name: str, title: str, queues: str, log_level: str, niceness: int = 0) -> Role:
    options = ("-n", f"{name}@%h", "-Q", queues, "-c", "1", "-P", "prefork", "-O", "fair", "-l", log_level, *QUIET)
    return Role(name, title, _celery("worker", *options), niceness=niceness)


def _celery(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", "-A", "coolpapers", *arguments)
