"""A paper's PDF -> the address under which it is asked for, where its host is one of ours. Pure."""

from urllib.parse import urlsplit

# Hosts of PDFs by the source whose base URL is the host's root. arXiv wants programs at its export host.
_SOURCES = {
    "arxiv.org": "arxiv-pdf",
    "www.arxiv.org": "arxiv-pdf",
    "export.arxiv.org": "arxiv-pdf",
    "aclanthology.org": "acl-pdf",
    "www.aclweb.org": "acl-pdf",
    "openreview.net": "openreview-pdf",
    "proceedings.mlr.press": "pmlr-pdf",
    "ojs.aaai.org": "aaai-pdf",
    "www.jair.org": "jair-pdf",
    "openaccess.thecvf.com": "cvf",
    "www.ecva.net": "ecva",
    "proceedings.neurips.cc": "neurips",
    "papers.nips.cc": "neurips",
    "proceedings.mlsys.org": "mlsys",
    "www.ijcai.org": "ijcai",
    "www.isca-archive.org": "isca",
    "www.usenix.org": "usenix",
    "www.ndss-symposium.org": "ndss",
    "papers.miccai.org": "miccai",
}


def of_arxiv(arxiv_id: str, version: int) -> str:
    """That of a version, or of the latest one where `version` is 0."""
    return f"arxiv-pdf:/pdf/{arxiv_id}" + (f"v{version}" if version else "")


def of_url(url: str) -> str:
    """The address of a URL, "" for a host that we do not ask."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    source = _SOURCES.get((parts.hostname or "").lower(), "")
    if not source or parts.scheme not in {"http", "https"}:
        return ""
    return f"{source}:{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
