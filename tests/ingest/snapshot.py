"""Snapshot files made up for tests."""

import gzip
import json
from pathlib import Path
from typing import Any


def paper(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"2503.{number:05d}",
        "authors": "Ada Writer",
        "title": f"A study of subject number {number} in some depth",
        "comments": None,
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.CL cs.LG" if number % 2 else "hep-th",
        "license": None,
        "abstract": f"We study subject {number}.",
        "versions": [{"version": "v1", "created": "Mon, 17 Mar 2025 09:00:00 GMT"}],
        "update_date": "2025-03-18",
        "authors_parsed": [["Writer", "Ada", ""], [f"Family{number}", "Bo", ""]],
        **changes,
    }


def write(path: Path, lines: list[Any]) -> Path:
    """Lines are papers, or texts and bytes taken as they are. A name that ends in .gz is compressed."""
    data = b"".join(_line(line) + b"\n" for line in lines)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def _line(line: Any) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line)).encode()
