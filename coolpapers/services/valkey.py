"""The embedded Valkey: broker and cache. Losing it loses no paper, star or subscription."""

import signal
import subprocess
import time
from pathlib import Path

import redis

from coolpapers.services import processes, programs, server
from coolpapers.services.layout import Layout
from coolpapers.services.server import Say

STOPPING = ((signal.SIGTERM, 1.0), (signal.SIGKILL, 1.0))
PATIENCE = 60
LARGEST_LOG = 5 << 20


class Valkey:
    name = "Valkey"

    def __init__(self, layout: Layout):
        self.layout = layout
        self.folder = layout.valkey_dir

    def ensure(self, say: Say) -> None:
        """Starts the server unless it answers. Raises ServiceError."""
        if self._answers() is None:
            return
        self._await_answer(self.pid() or self._start(say), say)

    def stop(self) -> None:
        server.end(self, STOPPING)

    def pid(self) -> int | None:
        pid = processes.read_pid(self.folder / "valkey.pid")
        return pid if pid and processes.is_running(pid, self.folder, self.layout.account) else None

    def version(self) -> str:
        output = subprocess.check_output([programs.valkey_server(self.layout), "--version"], text=True)
        return output.partition("v=")[2].split(" ", 1)[0]

    def _start(self, say: Say) -> int:
        server.end_orphans(self)
        for folder in (self.folder, self.layout.socket_dir, self.layout.server_log_dir):
            self.layout.server_folder(folder)
        if self._log().exists() and self._log().stat().st_size > LARGEST_LOG:
            self._log().unlink()
        (self.folder / "valkey.pid").unlink(missing_ok=True)
        options = [part for name, value in self._configuration().items() for part in (f"--{name}", value)]
        say("Starting Valkey ...")
        command: list[str | Path] = [programs.valkey_server(self.layout), *options]
        return server.launch(self.layout, command, self._log(), "Valkey cannot be started")

    def _configuration(self) -> dict[str, str]:
        return {
            "dir": str(self.folder),
            "pidfile": str(self.folder / "valkey.pid"),
            "logfile": str(self._log()),
            "loglevel": "warning",
            "port": "0",
            "unixsocket": str(self.layout.valkey_socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "yes",
            "appendfsync": "everysec",
            # Cached pages have a time to live and may go; the broker's queues have none and stay.
            "maxmemory": "256mb",
            "maxmemory-policy": "volatile-lru",
        }

    def _await_answer(self, pid: int, say: Say) -> None:
        started = told = time.monotonic()
        while (problem := self._answers()) is not None:
            now = time.monotonic()
            if not processes.exists(pid):
                why = server.last_words(server.tail(self._log())) or problem
                raise server.failure("Valkey stopped while starting", why)
            if now - started > PATIENCE:
                raise server.failure(f"Valkey did not answer for {PATIENCE} seconds", problem)
            if now - told > 3:
                told = now
                say(f"Waiting for Valkey for {now - started:.0f} s: {problem}")
            time.sleep(0.03)

    def _answers(self) -> str | None:
        if not self.layout.valkey_socket.exists():
            return "no socket yet"
        client = redis.Redis(unix_socket_path=str(self.layout.valkey_socket), socket_timeout=3)
        try:
            client.ping()
        except redis.RedisError as error:
            return str(error)
        finally:
            client.close()
        return None

    def _log(self) -> Path:
        return self.layout.server_log_dir / "valkey.log"
