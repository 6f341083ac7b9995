"""The font of formulas, cut out of a package at install time: browsers bring none, and without one formulas are ugly.

STIX Two Math 2.11, (c) 2001-2021 The STIX Fonts Project Authors, SIL Open Font License 1.1; its name table, which
the cut keeps, says so. The package that carries it is never imported."""

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PACKAGE, INSIDE = "ziamath", "ziamath/fonts/STIXTwoMath-Regular.ttf"
NAME = "papers/stix-two-math.woff2"

# Letters, accents, symbols, mathematical alphabets and variation selectors: a fifth of the font's size.
RANGES = [(0x20, 0x17F), (0x2B0, 0x3F6), (0x2000, 0x2BFF), (0x1D400, 0x1D7FF), (0xFE00, 0xFE01)]
FEATURES = ["ssty", "dtls", "flac", "ccmp", "kern", "mark", "mkmk", "rtlm"]
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright, names, version, licence and its address


class MathFontFinder(BaseFinder):
    """Gives the font to collectstatic and the development server, making it when it is first asked for."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        return [str(built())] if find_all else str(built())

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        yield NAME, FileSystemStorage(location=built().parent.parent)


def built() -> Path:
    """The font's file in the data folder. Made beside its place and moved there, so that nobody reads half of it."""
    target = Path(settings.DATA_DIR) / "assets" / NAME
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}")
        _cut(_source(), part)
        part.replace(target)
    return target


def _source() -> Path:
    try:
        return Path(str(distribution(PACKAGE).locate_file(INSIDE)))
    except PackageNotFoundError as error:
        missing = f"the package {PACKAGE} with the font of formulas is missing: run `make setup`"
        raise FileNotFoundError(missing) from error


def _cut(source: Path, target: Path) -> None:
    from fontTools import subset

    options = subset.Options(
        flavor="woff2",
        hinting=False,
        notdef_outline=True,
        drop_tables=["DSIG"],
        layout_features=FEATURES,
        name_IDs=NAMES,
    )
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    subset.save_font(font, str(target), options)
