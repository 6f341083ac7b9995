"""Where the original of a paper stands, by the paper's name alone: for papers that are not here. Pure."""

import re
from urllib.parse import quote

from papers.identifiers import arxiv_id, split_venue_key

_SITES = {
    "acl": "https://aclanthology.org/{0}",
    "openreview": "https://openreview.net/forum?id={0}",
    "pmlr": "https://proceedings.mlr.press/{1}/{0}.html",
    "ijcai": "https://www.ijcai.org/proceedings/{1}/{0}",
    "aaai": "https://ojs.aaai.org/index.php/AAAI/article/view/{0}",
    "icwsm": "https://ojs.aaai.org/index.php/ICWSM/article/view/{0}",
    "aiide": "https://ojs.aaai.org/index.php/AIIDE/article/view/{0}",
    "hcomp": "https://ojs.aaai.org/index.php/HCOMP/article/view/{0}",
    "jair": "https://www.jair.org/index.php/jair/article/view/{0}",
    "ndss": "https://www.ndss-symposium.org/ndss-paper/{0}/",
    "usenix": "https://www.usenix.org/conference/{1}/presentation/{0}",
}
_DOI = re.compile(r"10\.\d{4,9}/.", re.ASCII)


def original(name: str) -> str:
    """The address of a paper by its name (`2401.01234`, `P19-1001@ACL`, a DOI); "" where the name does not tell it."""
    if _DOI.match(name):
        return f"https://doi.org/{quote(name)}"
    if found := arxiv_id(name):
        return f"https://arxiv.org/abs/{found.id}" + (f"v{found.version}" if found.version else "")
    return _at_a_venue(*(split_venue_key(name) or ("", "")))


def _at_a_venue(source_id: str, source: str) -> str:
    site = _SITES.get(source, "")
    parts = [quote(part, safe="") for part in source_id.split("@")]
    return site.format(*parts) if site and len(parts) == site.count("{") else ""
