"""Where sources are asked. Base URLs by name; COOLPAPERS_SOURCE_URLS moves them: to a mirror, or to a stand-in."""

from urllib.parse import urlsplit

from coolpapers.environment import BadVariable, words

NAME = "COOLPAPERS_SOURCE_URLS"
JOURNALS = "COOLPAPERS_OAI_JOURNALS"
DEFAULTS = {
    "arxiv-feed": "https://rss.arxiv.org",
    "arxiv-oai": "https://oaipmh.arxiv.org/oai",
    "arxiv-api": "https://export.arxiv.org/api",
    "arxiv-pdf": "https://export.arxiv.org",
    "acl": "https://raw.githubusercontent.com/acl-org/acl-anthology/master/data",
    "pmlr": "https://raw.githubusercontent.com/mlresearch",
    "pmlr-index": "https://api.github.com/repos/mlresearch",
    "aaai": "https://ojs.aaai.org/index.php/AAAI/oai",
    "icwsm": "https://ojs.aaai.org/index.php/ICWSM/oai",
    "aiide": "https://ojs.aaai.org/index.php/AIIDE/oai",
    "hcomp": "https://ojs.aaai.org/index.php/HCOMP/oai",
    "jair": "https://www.jair.org/index.php/jair/oai",
    "openreview": "https://api2.openreview.net",
    "openreview-v1": "https://api.openreview.net",
    "cvf": "https://openaccess.thecvf.com",
    "ecva": "https://www.ecva.net",
    "neurips": "https://proceedings.neurips.cc",
    "mlsys": "https://proceedings.mlsys.org",
    "ijcai": "https://www.ijcai.org",
    "isca": "https://www.isca-archive.org",
    "usenix": "https://www.usenix.org",
    "ndss": "https://www.ndss-symposium.org",
    "miccai": "https://papers.miccai.org",
    # Where PDFs are, of sources whose records come from elsewhere (ingest.pdf.addresses).
    "acl-pdf": "https://aclanthology.org",
    "openreview-pdf": "https://openreview.net",
    "pmlr-pdf": "https://proceedings.mlr.press",
    "aaai-pdf": "https://ojs.aaai.org",
    "jair-pdf": "https://www.jair.org",
}

# Hosts of PDFs that readers may open inside of a page. Not raw.githubusercontent.com, where newer PDFs of PMLR are: it
# lets nobody frame them.
_FRAMED = (
    "acl-pdf", "openreview-pdf", "pmlr-pdf", "aaai-pdf", "jair-pdf", "cvf", "ecva", "neurips", "mlsys", "ijcai", "isca",
    "usenix", "ndss", "miccai",
)  # fmt: skip
_FRAMED_BESIDES = ("arxiv.org", "www.aclweb.org", "papers.nips.cc")


def pdf_hosts(journals: dict[str, str]) -> list[str]:
    """Hosts (with a port where it is not the usual one) whose PDFs may be framed: those that sources name, and those
    of the operator's journals."""
    urls = [*(DEFAULTS[name] for name in _FRAMED), *journals.values()]
    return sorted({*_FRAMED_BESIDES, *(urlsplit(url).netloc for url in urls)})


def source_urls(journals: dict[str, str]) -> dict[str, str]:
    """The base URLs in force. `*=URL` asks every source NAME under URL/NAME. Raises BadVariable."""
    known = DEFAULTS | journals
    moved: dict[str, str] = {}
    for name, url in _pairs(NAME, "give NAME=URL,NAME=URL or *=URL").items():
        if name == "*":
            moved |= {each: f"{url}/{each}" for each in known if each not in moved}
        elif name in known:
            moved[name] = url
        else:
            raise BadVariable(NAME, name, f"no source has this name; there are {', '.join(sorted(known))}")
    return known | moved


def oai_journals() -> dict[str, str]:
    """Further journal hosts that speak OAI-PMH: venue name -> base URL. Raises BadVariable."""
    return _pairs(JOURNALS, "give VENUE=URL,VENUE=URL, for example JMLR=https://host/oai")


def _pairs(variable: str, remedy: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in words(variable, ""):
        name, _, url = pair.partition("=")
        parts = urlsplit(url)
        if not name or parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise BadVariable(variable, pair, remedy)
        found[name] = url.rstrip("/")
    return found
