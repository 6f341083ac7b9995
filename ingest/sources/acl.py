"""The ACL Anthology from disk: its `data` folder, a .tar, .tar.xz or .tar.gz of it, or one of its XML files."""

import gzip
import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ingest.items import Item, SetAside, excerpt
from ingest.sources import acl_guide, acl_xml
from ingest.sources.acl_guide import Guide, Spellings
from ingest.sources.acl_volumes import Event, Volume, catalogue, editions
from papers.record import EditionRecord

MAX_FILE = 50_000_000  # bytes; the largest real file has 3 million

# Of a name only its tail counts: what a hostile archive puts before it is never used as a path.
_WANTED = re.compile(r"(?:.*/)?((?:xml/\w[\w.+-]{0,99}\.xml)|(?:yaml/(?:venues/)?\w[\w.+-]{0,99}\.yaml))\Z", re.ASCII)
_NAMES = "yaml/name_variants.yaml"
# What a broken archive makes tarfile and the decompressors raise; headers that chain on without end make it recurse.
_BROKEN = (tarfile.TarError, EOFError, lzma.LZMAError, zlib.error, OSError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    data: bytes


@dataclass(slots=True)
class _Survey:
    """What a first pass over all files learns: names come last in an archive, and an edition spans files."""

    venues: dict[str, dict[str, str]] = field(default_factory=dict)
    spellings: Spellings = field(default_factory=Spellings)
    volumes: list[Volume] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    problems: list[SetAside] = field(default_factory=list)


def read(path: Path) -> Iterator[tuple[str, list[Item]]]:
    """(file name, items) for each XML file: its venues, its editions, then its papers and what was set aside.

    The order is the same on every run: by name in a folder, as they stand in an archive. Problems of other files (a
    broken YAML file, an archive cut short) come as pairs of their own. Everything is read twice, since an archive may
    hold the names of venues after the papers; in exchange no more than one file is in memory.
    Raises FileNotFoundError, and ValueError where the path is none of the three forms.
    """
    survey = _surveyed(path)
    guide = Guide(acl_guide.venues(survey.venues), survey.spellings)
    known = editions(survey.volumes, survey.events, guide)
    for problem in survey.problems:
        yield problem.file, [problem]
    for file in _files(path):
        if isinstance(file, SetAside):
            yield file.file, [file]
        elif file.name.endswith(".xml"):
            yield file.name, _items(file, guide, known)


def count(path: Path) -> int | None:
    """The number of XML files, for a progress bar; in an archive it costs a second or two."""
    return sum(1 for file in _files(path) if isinstance(file, _File) and file.name.endswith(".xml"))


def _items(file: _File, guide: Guide, known: dict[str, EditionRecord]) -> list[Item]:
    collection = acl_xml.parse(file.data, file.name, guide)
    # The outline of a file can fail where its whole does not (a comment may hold half a paper): then nothing is known.
    return [*catalogue(collection.volumes, guide, known), *collection.papers]


def _surveyed(path: Path) -> _Survey:
    survey = _Survey()
    for file in _files(path, beside=True):
        if isinstance(file, SetAside):
            continue  # it comes again on the second pass
        if file.name.endswith(".xml"):
            outline = acl_xml.outline(file.data)
            survey.volumes += outline.volumes
            survey.events += outline.events
        else:
            _learn(survey, file)
    return survey


def _learn(survey: _Survey, file: _File) -> None:
    try:
        if file.name == _NAMES:
            survey.spellings = acl_guide.spellings(acl_guide.load(file.data))
        elif file.name.startswith("yaml/venues/"):
            venue = acl_guide.venue_entry(acl_guide.load(file.data))
            survey.venues[Path(file.name).stem] = venue
    except ValueError as error:
        survey.problems.append(SetAside(file.name, 0, f"unreadable YAML: {error}"[:500], excerpt(file.data)))


def _files(path: Path, *, beside: bool = False) -> Iterator[_File | SetAside]:
    """The files of any of the three forms. `beside` adds the YAML files that a single XML file has beside it."""
    if path.is_dir():
        yield from _of_folder(path if (path / "xml").is_dir() else path / "data")
    elif path.suffix == ".xml":
        path.stat()  # the only file must be there; one that vanishes from a folder is set aside
        yield _of_disk(path, path.name)
        # The one file P19.xml out of the folder must get the same names as the whole folder.
        yield from _yaml_of_folder(path.parent.parent) if beside and path.parent.name == "xml" else ()
    else:
        yield from _of_archive(path)


def _of_folder(folder: Path) -> Iterator[_File | SetAside]:
    if not (folder / "xml").is_dir():
        raise ValueError("the folder has no xml folder in it; give the Anthology's data folder")
    for path in sorted((folder / "xml").glob("*.xml")):
        if _WANTED.match(f"xml/{path.name}"):
            yield _of_disk(path, f"xml/{path.name}")
    yield from _yaml_of_folder(folder)


def _yaml_of_folder(folder: Path) -> Iterator[_File | SetAside]:
    for path in [*sorted((folder / "yaml" / "venues").glob("*.yaml")), folder / _NAMES]:
        if path.is_file():
            yield _of_disk(path, path.relative_to(folder).as_posix())


def _of_disk(path: Path, name: str) -> _File | SetAside:
    try:
        if path.stat().st_size > MAX_FILE:
            return _too_large(name)
        return _File(name, path.read_bytes())
    except OSError as error:
        return SetAside(name, 0, f"cannot be read: {error.strerror}", "")


def _of_archive(path: Path) -> Iterator[_File | SetAside]:
    """The wanted files in the archive's order. Links and devices in it are passed over, nothing is unpacked to disk."""
    seen: set[str] = set()
    try:
        with _decompressed(path) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                wanted = _WANTED.match(member.name) if member.isfile() else None
                if wanted and wanted[1] not in seen:
                    seen.add(wanted[1])
                    yield _of_member(archive, member, wanted[1])
    except FileNotFoundError:
        raise
    except _BROKEN as error:
        if not seen:
            raise ValueError(f"{path.name} is neither an archive nor an XML file of the Anthology: {error}") from None
        yield SetAside(path.name, 0, f"the archive breaks off: {error}", "")
    if not seen:
        raise ValueError(f"{path.name} holds no file of the Anthology")


def _of_member(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> _File | SetAside:
    content = archive.extractfile(member) if member.size <= MAX_FILE else None
    return _File(name, content.read()) if content else _too_large(name)


def _decompressed(path: Path) -> IO[bytes]:
    # By their first bytes and not through tarfile's own "r|*", which takes an archive cut short for a whole one.
    with path.open("rb") as file:
        start = file.read(6)
    if start == b"\xfd7zXZ\x00":
        return lzma.open(path)
    return gzip.open(path) if start[:2] == b"\x1f\x8b" else path.open("rb")  # type: ignore[return-value]


def _too_large(name: str) -> SetAside:
    return SetAside(name, 0, f"file of more than {MAX_FILE:,} bytes", "")
