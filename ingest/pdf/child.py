"""Reads a hostile PDF in a process of its own, which may be killed at any moment.

Run by its path, without Django: child.py SECONDS MEMORY PAGES CHARACTERS < PDF. Each page is written as soon as it is
read, as a line of JSON, so that what came before a limit is kept: {"pages": 12}, {"text": "..."}, {"error": "..."}."""

import io
import json
import logging
import resource
import sys
from typing import Any


def main(seconds: int, memory: int, pages: int, characters: int) -> None:
    _limit(seconds, memory)
    from pypdf import PdfReader

    logging.disable()  # it complains of each fault, and some files consist of them
    try:
        _read(PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False), pages, characters)
    except (Exception, MemoryError, RecursionError) as error:  # whatever a parser may stumble over
        _say({"error": f"{type(error).__name__}: {error}"[:300]})


def _read(document: Any, pages: int, characters: int) -> None:
    if document.is_encrypted:
        document.decrypt("")  # many are, for printing only
    _say({"pages": len(document.pages)})
    left = characters
    for number in range(min(len(document.pages), pages)):
        text = _text(document.pages[number])[:left]
        left -= len(text)
        _say({"text": text})
        if left <= 0:
            break


def _text(page: Any) -> str:
    """A page that cannot be read leaves the others readable."""
    try:
        return str(page.extract_text())
    except MemoryError:
        raise
    except Exception:
        return ""


def _limit(seconds: int, memory: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:5]))
