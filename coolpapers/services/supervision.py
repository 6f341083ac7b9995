"""Keeps children and servers running until told to stop, then ends the children in order."""

import signal
import time
from collections.abc import Callable, Sequence

from coolpapers.services import processes, usage
from coolpapers.services.child import Child
from coolpapers.services.errors import ServiceError
from coolpapers.services.layout import Layout
from coolpapers.services.server import Say, Server

# Together with the servers' own patience this stays below ten seconds.
ASKING, TELLING, KILLING = 3.0, 1.0, 1.0
LOOK_EVERY = 0.3
SERVERS_EVERY = 3.0


class Supervisor:
    def __init__(self, layout: Layout, children: Sequence[Child], servers: Sequence[Server], say: Say):
        self.layout, self.children, self.servers, self.say = layout, children, servers, say
        self._servers_seen = time.monotonic()
        self._trouble = ""

    def start(self, answers: Callable[[Child], None]) -> None:
        """Starts the first child alone, until it answers: on a small machine the others would hold it up."""
        first, *others = self.children
        first.start()
        answers(first)
        for child in others:
            child.start()

    def watch(self, each_look: Callable[[], None]) -> None:
        """Watches until a signal interrupts it. `each_look` is called a few times in a second."""
        while True:
            self.look()
            each_look()
            time.sleep(LOOK_EVERY)

    def look(self) -> None:
        """Looks once after everybody and starts the dead again."""
        if time.monotonic() - self._servers_seen > SERVERS_EVERY:
            self._look_after_servers()
            self._servers_seen = time.monotonic()
        for child in self.children:
            if news := child.revive():
                self.say(news)

    def _look_after_servers(self) -> None:
        try:
            usage.revive(self.layout, self.servers, self.say)
            self._trouble = ""
        except ServiceError as error:
            # A full disk, for example: tried again, and said once.
            if str(error) != self._trouble:
                self.say(f"coolpapers: {error}")
            self._trouble = str(error)

    def stop(self) -> None:
        """Ends all children, also those that do not listen."""
        asked = self._signal_all([child.role.ask for child in self.children], ASKING)
        told = asked or self._signal_all([child.role.tell for child in self.children], TELLING)
        # Also after an orderly end: a pool outlives its worker when that was killed.
        self._signal_all([signal.SIGKILL for _child in self.children], 0 if told else KILLING)

    def _signal_all(self, numbers: Sequence[signal.Signals], patience: float) -> bool:
        for child, number in zip(self.children, numbers, strict=True):
            child.signal(number)
        return processes.wait_until(self._all_gone, patience)

    def _all_gone(self) -> bool:
        return all(child.is_gone() for child in self.children)
