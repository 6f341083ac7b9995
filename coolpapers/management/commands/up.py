"""Runs the whole service in the foreground: servers, web, workers, clock."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coolpapers.services import instance, preflight, preparation, usage
from coolpapers.services.child import Child
from coolpapers.services.connection import connected, embedded_servers
from coolpapers.services.instance import Claim, Instance
from coolpapers.services.roles import roles
from coolpapers.services.static_files import StaticFiles
from coolpapers.services.supervision import Supervisor
from coolpapers.services.terminal import Terminal

CHILDREN_END = 2.0  # seconds; the pool of a worker outlives it for a moment
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Starts everything and keeps it running until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        terminal = Terminal()
        claim = Claim(settings.LAYOUT)
        if not claim.take():
            other = instance.running(settings.LAYOUT)
            where = f"at {other.url} (process {other.pid})" if other else "and just stopping"
            terminal.say(f"coolpapers is already running {where}, with the data in {settings.DATA_DIR}.")
            return
        try:
            with _interruptible():
                Service(terminal, claim).run()
        except KeyboardInterrupt:
            terminal.say("coolpapers has stopped.")
        finally:
            claim.drop()


@contextmanager
def _interruptible() -> Iterator[None]:
    """The first signal to stop interrupts the block. More of them would only disturb the orderly end."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in STOPPING:
        signal.signal(number, interrupt)
    yield


class Service:
    """One run of `up`, from the first look at the port to the last child's end."""

    def __init__(self, terminal: Terminal, claim: Claim):
        self.terminal, self.claim, self.layout = terminal, claim, settings.LAYOUT
        host = preparation.local_address(settings.HOST)
        self.host = host
        self.me = Instance(
            pid=os.getpid(),
            url=f"http://[{host}]:{settings.PORT}" if ":" in host else f"http://{host}:{settings.PORT}",
            started=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        self._progress_due = 0.0
        self._embedding = True

    def run(self) -> None:
        self.claim.publish(self.me)
        preflight.check_port(settings.HOST, settings.PORT)
        preflight.check_disk(self.layout)
        with connected(self.terminal.say, CHILDREN_END), usage.lent(self.layout) as lock:
            self._prepare()
            supervisor = self._supervisor(lock)
            try:
                self.terminal.say("Starting the web server and the workers ...")
                supervisor.start(lambda web: preparation.await_web(web, self.host, settings.PORT))
                self._introduce()
                supervisor.watch(lambda: self._look(supervisor))
            finally:
                self.terminal.say("Stopping ...")
                supervisor.stop()

    def _prepare(self) -> None:
        static_files = StaticFiles()
        try:
            preparation.migrate(self.terminal.say)
            preparation.load_starter_papers(self.terminal.say)
            static_files.wait()
        finally:
            static_files.cancel()

    def _supervisor(self, lock: int) -> Supervisor:
        logs = self.layout.folder(self.layout.log_dir)
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        children = [
            Child(role, logs / f"{role.name}.log", (lock,), environment)
            for role in roles(
                self.layout, settings.LOG_LEVEL, harvest=bool(settings.CONTACT), answers=bool(settings.ANSWERS_URL)
            )
        ]
        return Supervisor(self.layout, children, embedded_servers(), self.terminal.say)

    def _introduce(self) -> None:
        public = "" if settings.PUBLIC_URL in {self.me.url, ""} else f" (for readers: {settings.PUBLIC_URL})"
        for line in (
            "",
            f"coolpapers is running at {self.me.url}{public}",
            f"  papers  {preparation.count_papers()}",
            f"  data    {settings.DATA_DIR}",
            f"  logs    {self.layout.log_dir}",
            f"  sources {_harvesting()}",
            f"  answers {_answering()}",
            "  stop    Ctrl-C here, or `make stop` elsewhere",
            "",
        ):
            self.terminal.say(line)

    def _look(self, supervisor: Supervisor) -> None:
        children = {child.role.name: child.pid for child in supervisor.children if child.pid}
        if children != self.me.children:
            self.me.children = children
            self.claim.publish(self.me)
        if self._embedding and time.monotonic() > self._progress_due:
            self._tell_progress()
            self._progress_due = time.monotonic() + 3

    def _tell_progress(self) -> None:
        done = preparation.vector_progress()
        if done is None:
            return
        if not done.is_complete:
            self.terminal.progress(f"Making vectors in the background: {done.embedded} of {done.papers} papers")
            return
        self._embedding = False
        failed = f"; {done.failed} failed, see {self.layout.log_dir / 'embed.log'}" if done.failed else ""
        self.terminal.say(f"Vectors are made: {done.embedded} of {done.papers} papers{failed}.")


def _answering() -> str:
    if not settings.ANSWERS_URL:
        return "key sentences; set COOLPAPERS_ANSWERS_URL to have a language model asked"
    return f"by {settings.ANSWERS_MODEL} at {settings.ANSWERS_URL}"


def _harvesting() -> str:
    if not settings.CONTACT:
        return "none is asked; set COOLPAPERS_CONTACT to your e-mail address to follow arXiv and venues"
    return f"asked as {settings.USER_AGENT}; see /status"
