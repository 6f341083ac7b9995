"""A screen of its own for a browser, with a keyboard. Chromium takes what comes from here for a reader's own hand: it
gives an extension what only a reader's gesture gives, and shows its menus and questions, which no page can reach."""

import os
import shutil
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
PATIENCE = 60  # seconds; only what is broken takes them
WIDTH, HEIGHT = 1280, 960
# Whoever runs the tests at a desktop would see windows there.
DESKTOP = {"WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"}


def missing() -> list[str]:
    """Debian's packages that have to be installed before there can be a screen."""
    return [package for program, package in PROGRAMS.items() if shutil.which(program) is None]


def wait(holds: Callable[[], Any], what: str) -> Any:
    """What `holds` gives as soon as it is true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")


class Screen:
    def __init__(self, display: str, pixels: Path) -> None:
        self.environment = {name: value for name, value in os.environ.items() if name not in DESKTOP}
        self.environment["DISPLAY"] = display
        self._pixels = pixels

    def press(self, *keys: str) -> None:
        """Each key of xdotool's names, combined ones with +."""
        self._tool("key", *keys)

    def press_until_seen(self, key: str) -> None:
        """Presses a key, and again after a second in which nothing changed on the screen: what has just opened may not
        hear the first one."""
        before = wait(self._still, "a picture that stands still")
        pressed = 0.0

        def is_seen() -> bool:
            nonlocal pressed
            if time.monotonic() > pressed + 1:
                self.press(key)
                pressed = time.monotonic()
            return self._picture() != before

        wait(is_seen, f"what {key} does")

    def write_path(self, path: Path) -> None:
        """Into a window that asks for a file: the first slash opens a field for it."""
        self.press_until_seen("slash")
        wait(self._still, "the field")
        self.press("ctrl+a")
        self._tool("type", str(path))
        wait(self._still, "the path in the field")

    def windows(self) -> int:
        """How many windows are seen. Each menu and each question of the browser is one more."""
        return len(self._tool("search", "--onlyvisible", "--maxdepth", "1", "--name", "").split())

    def wait_for(self, windows: int, what: str) -> None:
        wait(lambda: self.windows() == windows, f"{what}: {windows} windows")

    def point_away(self) -> None:
        """Under a pointer that rests, hints would open: windows that nobody asked for."""
        self._tool("mousemove", str(WIDTH - 1), str(HEIGHT - 1))

    def _picture(self) -> int:
        return zlib.crc32(self._pixels.read_bytes())

    def _still(self) -> int | None:
        """The picture, if it is the same for a moment: what opens is painted after it is there."""
        before = self._picture()
        time.sleep(0.1)
        return before if self._picture() == before else None

    def _tool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout


@contextmanager
def running_screen(folder: Path) -> Iterator[Screen]:
    """The server takes a display that is free, says which, and keeps its pixels in a file of the folder."""
    reading, writing = os.pipe()
    size = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)]
    command = ["Xvfb", "-displayfd", str(writing), *size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        assert number, "Xvfb did not start"
        screen = Screen(f":{number}", folder / "Xvfb_screen0")
        screen.point_away()
        yield screen
    finally:
        server.terminate()
        server.wait()
