"""What a title or an abstract may ask for, which characters none may have, and what no browser may translate."""

import re
from typing import Final

MAX_TEXT: Final = 100_000  # characters of one title or abstract; what is longer is shown as it is
MAX_FRAGMENT: Final = 4_000  # characters of one formula
MAX_SEGMENTS: Final = 4_000  # formulas and stretches of prose of one text
MAX_SEARCHES: Final = 200  # long and vain searches for what closes something, in one text
MAX_COMMANDS: Final = 200  # commands of one formula: each may nest one level deeper
MAX_DEPTH: Final = 40  # open braces, brackets and environments, and elements within elements
MAX_BRACKETS: Final = 10  # of one formula, before they are shown as text
MAX_REPAIRS: Final = 5  # of one formula that the renderer refuses
CACHED_FORMULAS: Final = 8_192
CACHED_LENGTH: Final = 300  # longer formulas are rare and are rendered anew

# A browser that translates a page would translate names of variables too. Extensions look for the class only.
UNTRANSLATED: Final = 'class="notranslate" translate="no"'
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class TooMuch(Exception):
    """The formula is too long, too deep, or asks for what no formula may."""
