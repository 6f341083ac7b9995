"""What `up` tells the person who started it."""

import shutil
import sys
import time


class Terminal:
    """Plain lines. On a terminal `progress` rewrites one line in place, elsewhere it speaks twice a minute at most."""

    QUIET_SECONDS = 30

    def __init__(self) -> None:
        self._rewrites = sys.stdout.isatty()
        self._unfinished = False
        self._last = 0.0

    def say(self, line: str) -> None:
        self._finish()
        self._write(f"{line}\n")

    def progress(self, line: str) -> None:
        if self._rewrites:
            width = shutil.get_terminal_size().columns - 1
            self._write(f"\r{line[:width]:<{width}}")
            self._unfinished = True
        elif time.monotonic() - self._last > self.QUIET_SECONDS:
            self._last = time.monotonic()
            self._write(f"{line}\n")

    def _finish(self) -> None:
        if self._unfinished:
            self._write("\n")
            self._unfinished = False

    def _write(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:
            # The terminal was closed; what runs goes on or ends by its signals, not by a failed line of text.
            self._rewrites = False
