"""PDF -> the text of its pages, by a child process that has little memory, little time and nothing of ours."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("child.py")
SECONDS = 90  # of processor time; on a busy machine it may take WAIT
WAIT = 180.0
MEMORY = 1 << 30
PAGES = 80
CHARACTERS = 600_000


class NotReadable(Exception):
    """No text could be read out of the file; the message says why."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The texts of the first pages, of `total` that the file has."""

    texts: tuple[str, ...]
    total: int


def extract(pdf: bytes) -> Pages:
    """Raises NotReadable. Where a limit is reached, the pages before it are given."""
    if b"%PDF-" not in pdf[:1024]:
        raise NotReadable("it is no PDF")
    said = [_parsed(line) for line in _run(pdf).decode("utf-8", errors="replace").splitlines()]
    texts = [str(each["text"]) for each in said if "text" in each]
    total = next((int(each["pages"]) for each in said if "pages" in each), 0)
    error = next((str(each["error"]) for each in said if "error" in each), "")
    if not any(text.strip() for text in texts):
        raise NotReadable(
            error or ("it has no text" if len(texts) == total > 0 else "it takes too much time or memory")
        )
    return Pages(tuple(texts), max(total, len(texts)))


def _run(pdf: bytes) -> bytes:
    limits = (SECONDS, MEMORY, PAGES, CHARACTERS)
    with subprocess.Popen(
        [sys.executable, "-I", str(CHILD), *map(str, limits)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
    ) as child:  # fmt: skip
        try:
            return child.communicate(pdf, timeout=WAIT)[0]
        except subprocess.TimeoutExpired:
            child.kill()
            return child.communicate()[0]


def _parsed(line: str) -> dict[str, Any]:
    """A line that the child's end cut in two says nothing."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
