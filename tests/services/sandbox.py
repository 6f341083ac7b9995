"""A data folder of its own with everything that may run on it, for tests that start and kill real processes."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coolpapers.environment import CHECKOUT
from coolpapers.services import processes, removal, usage
from coolpapers.services.layout import Layout

MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]
FOREIGN = ("COOLPAPERS_", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_")


class Sandbox:
    def __init__(self) -> None:
        self.data_dir = Path(tempfile.mkdtemp(prefix="coolpapers-sandbox-"))
        self.data_dir.chmod(0o711)
        self.layout = Layout(self.data_dir)
        self.port = free_port()

    def environment(self, **variables: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        mine = {"COOLPAPERS_DATA_DIR": str(self.data_dir), "COOLPAPERS_PORT": str(self.port)}
        return {**kept, **mine, **variables}

    def manage(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*MANAGE, *arguments],
            env=self.environment(**variables),
            capture_output=True,
            text=True,
            timeout=600,
            stdin=subprocess.DEVNULL,
        )

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Starts a command in a process group of its own, as a terminal would."""
        return subprocess.Popen(
            [*MANAGE, *arguments],
            env=self.environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )

    def commands(self) -> set[int]:
        """Living processes that have this data folder in their environment: `up`, web, workers, clock."""
        wanted = f"COOLPAPERS_DATA_DIR={self.data_dir}".encode()
        return {pid for pid in _all_pids() if wanted in _environment(pid)}

    def servers(self) -> list[str]:
        return [server.name for server in usage.servers(self.layout) if server.pid()]

    @contextmanager
    def servers_up(self) -> Iterator[None]:
        """Holds the servers up, so that commands inside the block need not start and stop them each time."""
        with usage.using(self.layout, usage.servers(self.layout, durable=False), quiet):
            yield

    def close(self) -> None:
        for pid in self.commands():
            processes.send([pid], signal.SIGKILL)
        wait_for(lambda: not self.commands())
        removal.remove(self.layout)
        shutil.rmtree(self.data_dir, ignore_errors=True)


def free_port() -> int:
    """Below those that the system gives to whoever asks for any: it is to be free still when the service starts."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """Reads a command's output until `text` comes. The output ends with the process, so this does too."""
    said = []
    assert process.stdout
    for line in process.stdout:
        said.append(line)
        if text in line:
            return "".join(said)
    raise AssertionError(f"{text!r} never came. What came:\n{''.join(said)}")


def wait_for(condition: Callable[[], bool], seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def quiet(_line: str) -> None:
    pass


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""
