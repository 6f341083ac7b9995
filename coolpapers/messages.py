"""The catalogues of what readers read: gathered from templates, Python and the list of categories, kept in
locale/*/LC_MESSAGES/django.po, and compiled beside it into the .mo that the service reads. `make messages` runs it.

For developers: Babel is installed for tests only, so the compiled files are committed."""

import csv
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import extract
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[1]
ROOMS = ("coolpapers", "ingest", "papers", "search", "library")
TAXONOMY = CHECKOUT / "papers" / "taxonomy.tsv"
WIDTH = 110
_KEYWORDS: dict[str, Any] = extract.DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

# What a translator is given of a text: itself (singular and plural, if it counts), and its context or "".
Message = tuple[str | tuple[str, ...], str]


def from_python(source: str) -> Iterator[Message]:
    """What the calls of gettext and its kin in a module name."""
    for _, found, _, context in extract.extract("python", BytesIO(source.encode()), keywords=_KEYWORDS):
        yield (tuple(found[:2]) if isinstance(found, tuple) else found), context or ""


def from_template(source: str) -> Iterator[Message]:
    """What the tags and `_()` of a template name. Django turns it into calls between blanked text; parentheses keep
    Python's reader from minding its indentation."""
    return from_python(f"({templatize(source)}\n)")


def from_taxonomy(rows: list[dict[str, str]]) -> Iterator[Message]:
    """arXiv's names of its groups and categories, see papers.category_names."""
    for row in rows:
        yield row["group"], "arXiv group"
        yield row["name"], "arXiv category"


def gathered() -> Catalog:
    """Every text there is, with the files it stands in."""
    catalog = Catalog(project="coolpapers", charset="utf-8")
    for path, found in _all():
        for text, context in found:
            catalog.add(text, locations=[(path.relative_to(CHECKOUT).as_posix(), 0)], context=context or None)
    return catalog


def files() -> list[Path]:
    """The catalogues that there are, one for each language but English."""
    return sorted(CHECKOUT.glob("locale/*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3], domain="django")


def compiled(catalog: Catalog) -> bytes:
    """What gettext reads."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def written(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def update(path: Path, texts: Catalog) -> list[str]:
    """Brings a catalogue to the texts that there are now, compiles it, and names those without a translation."""
    catalog = read(path)
    catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    path.write_bytes(written(catalog))
    path.with_suffix(".mo").write_bytes(compiled(read(path)))
    return [str(message.id) for message in catalog if message.id and not all(strings(message))]


def strings(message: Any) -> tuple[str, ...]:
    """The forms of a message's translation."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)


def main() -> int:
    texts = gathered()
    missing = [f"{path.parts[-3]}: {text}" for path in files() for text in update(path, texts)]
    sys.stdout.writelines(f"not translated: {line}\n" for line in missing)
    return 1 if missing else 0


def _all() -> Iterator[tuple[Path, Iterator[Message]]]:
    for path in _found("*.py", *ROOMS):
        if "migrations" not in path.parts:
            yield path, from_python(path.read_text(encoding="utf-8"))
    for path in _found("*", "templates", *(f"{room}/templates" for room in ROOMS)):
        yield path, from_template(path.read_text(encoding="utf-8"))
    with TAXONOMY.open(encoding="utf-8", newline="") as lines:
        yield TAXONOMY, from_taxonomy(list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)))


def _found(pattern: str, *folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (CHECKOUT / folder).rglob(pattern) if path.is_file())


if __name__ == "__main__":
    sys.exit(main())
