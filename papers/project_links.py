"""Links to code, data, models and project pages that authors wrote into an abstract or a comment. Pure.

A rule finds them: what it finds is shown as such, and only to those who ask for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST = 6  # of one paper
_LONGEST = 300
_TEX_LINK = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}")
_URL = re.compile(
    r"https?://[^\s<>{}\"'`^|\\]+|(?<![\w/.@-])(?:www\.)?(?:github|gitlab|huggingface)\.(?:com|co)/[^\s<>{}\"'`^|\\]+"
)
_ESCAPED = re.compile(r"\\([_%#&~$])")
_ENDS = ".,;:!?)]}'\"*’”»、。，；：！？）】》"
_CODE = {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "sourceforge.net", "git.io"}
_DATA = {"zenodo.org", "kaggle.com", "figshare.com", "osf.io", "dataverse.harvard.edu", "physionet.org", "openslr.org"}
# Where papers themselves are: no project's page.
_PAPERS = ("arxiv.org", "doi.org", "aclanthology.org", "openreview.net", "creativecommons.org")


@dataclass(frozen=True, slots=True)
class ProjectLink:
    """`kind` is "code", "data", "model" or "page"; `label` is the address without what says nothing."""

    kind: str
    url: str
    label: str


def project_links(texts: Iterable[str]) -> tuple[ProjectLink, ...]:
    """The links in some texts, each once, in the order of the texts. Addresses are http(s) and have a host."""
    found: dict[str, ProjectLink] = {}
    for text in texts:
        for url in _urls(text):
            link = _link(url)
            if link and link.label.lower() not in found and len(found) < MOST:
                found[link.label.lower()] = link
    return tuple(found.values())


def _urls(text: str) -> list[str]:
    if "http" not in text and "github." not in text and "huggingface." not in text and "gitlab." not in text:
        return []
    plain = _ESCAPED.sub(r"\1", _TEX_LINK.sub(r" \1 ", text))
    return [_trimmed(match[0]) for match in _URL.finditer(plain)]


def _trimmed(url: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays where its opening one is inside."""
    while url and url[-1] in _ENDS:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url if url.startswith("http") else f"https://{url}"


def _link(url: str) -> ProjectLink | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if "." not in host or len(url) > _LONGEST or parts.username or host.endswith(_PAPERS):
        return None
    if host in _CODE and not parts.path.strip("/"):
        return None
    label = host + parts.path.rstrip("/").removesuffix(".git")
    return ProjectLink(_kind(host, parts.path), url, label)


def _kind(host: str, path: str) -> str:
    if host == "huggingface.co" or host == "modelscope.cn":
        return "data" if path.startswith("/datasets/") else "page" if path.startswith("/spaces/") else "model"
    if host in _CODE or host.startswith(("gitlab.", "git.")):
        return "code"
    if host in _DATA or "/dataset" in path.lower():
        return "data"
    return "page"
