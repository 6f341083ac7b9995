"""A curated file as an input of ingest.runs, its edition under the name that its venue has here."""

from pathlib import Path

from ingest.combine import replaced
from ingest.runs import Input
from ingest.sources.proceedings import MAX_SHORT, SOURCE, Into, Unreadable, edition_parts
from ingest.sources.proceedings_files import Proceedings
from papers.models import Venue
from papers.text import clean


def proceedings(path: Path, edition: str, track: str = "") -> Proceedings:
    """Raises Unreadable where one of them is none."""
    venue, year = edition_parts(edition)
    if len(track) > MAX_SHORT:
        raise Unreadable(f"a track of {len(track):,} characters: give at most {MAX_SHORT}")
    if not path.is_file():
        raise Unreadable(f"{path} is {'a folder' if path.is_dir() else 'not there'}: give the path of one file")
    return Proceedings(path, Into(f"{known_venue(venue)}.{year}", clean(track)))


def input_of(file: Proceedings) -> Input:
    """What ingest.runs imports. A row read again replaces what it told before; one that is gone leaves its paper."""
    return Input(SOURCE, file.path, file.batches, combine=replaced)


def known_venue(typed: str) -> str:
    """The name of the venue that goes by this name or alias, in any case; what was typed where there is none. A name
    goes before an alias, the very spelling before another."""
    venues = list(Venue.objects.order_by("name").values_list("name", "aliases"))
    names = [name for name, _ in venues]
    aliases = [(alias, name) for name, others in venues for alias in others]
    choices = [name for name in names if name == typed]
    choices += [name for name in names if name.lower() == typed.lower()]
    choices += [name for alias, name in aliases if alias.lower() == typed.lower()]
    return choices[0] if choices else typed
