"""The way back to the page that a reader came from. Only hosts of the table are linked: an address of ours must not
lead anywhere else."""

import re
from dataclasses import dataclass

from papers.recognition.rules import reader

PARAMETER = "from"
MAX_ADDRESS = 2_000
# Stricter than addresses are read: nothing stands before the host that a browser could take for the host.
_PLAIN = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#][^\\\x00-\x20\x7f\"<>]*)?", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class WayBack:
    """`host` is what readers know the page by."""

    url: str
    host: str


def way_back(url: str) -> WayBack | None:
    if len(url) > MAX_ADDRESS or not _PLAIN.fullmatch(url) or not reader().group(url):
        return None
    return WayBack(url, url.split("/")[2].lower().removeprefix("www."))
