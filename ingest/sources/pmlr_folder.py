"""A volume of the Proceedings of Machine Learning Research from disk: a clone of its repository."""

from collections.abc import Iterator
from pathlib import Path

from ingest.items import Item, Malformed, SetAside
from ingest.sources import pmlr
from ingest.sources.pmlr_post import MAX_FILE
from papers.record import EditionRecord


def read(path: Path) -> Iterator[tuple[str, list[Item]]]:
    """(file name, items) for the volume's settings and then for each of its papers, in the order of their names.
    Raises ValueError where the folder is no volume."""
    posts = [file for file in sorted((path / "_posts").glob("*")) if pmlr.is_post(f"_posts/{file.name}")]
    if not posts:
        raise ValueError("the folder has no papers in a _posts folder; give the clone of a volume")
    settings = _settings(path / pmlr.CONFIG)
    yield pmlr.CONFIG, settings
    edition = next((item.name for item in settings if isinstance(item, EditionRecord)), "")
    for file in posts:
        yield f"_posts/{file.name}", [_post(file, edition)]


def _settings(file: Path) -> list[Item]:
    body = _body(file)
    if isinstance(body, SetAside):
        return [body]
    try:
        return list(pmlr.parse_config(body))
    except Malformed as error:
        return [SetAside(file.name, 0, str(error))]


def _post(file: Path, edition: str) -> Item:
    body = _body(file)
    if isinstance(body, SetAside):
        return body
    try:
        return pmlr.parse_post(body, f"_posts/{file.name}", edition=edition)
    except Malformed as error:
        return SetAside(f"_posts/{file.name}", 0, str(error))


def _body(file: Path) -> bytes | SetAside:
    try:
        if file.stat().st_size > MAX_FILE:
            return SetAside(file.name, 0, f"file of more than {MAX_FILE:,} bytes")
        return file.read_bytes()
    except OSError as error:
        return SetAside(file.name, 0, f"cannot be read: {error.strerror}")
