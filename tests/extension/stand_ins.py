# ruff: noqa: E501 - markup stands in lines as hosts write it
"""Pages with the markup of the hosts that the extension knows, in words of our own.

Each function returns the HTML of one page. Names of papers are made up, in the form that the host gives them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape

ABSTRACT = (
    "We look at how long lists are read and show that most readers stop after the first screens. "
    "A small change to the order of the list brings what they want nearer to its beginning, at no cost to the rest. "
    "The effect holds for three collections, for readers on small screens, and when titles alone are shown. "
)

ARXIV_STYLE = """
body { font: 16px/1.4 "Lucida Grande", Helvetica, Arial, sans-serif; margin: 0 }
#content { padding: 10px } dl { margin: 0 } dt { margin: 1em 0 .2em; font-size: .95em } dd { margin: 0 0 1em 2em }
.list-title { font-size: 1.15em; font-weight: bold } .list-authors, .list-subjects { font-size: .9em } .meta p { max-width: 60em }
.leftcolumn { float: left; width: 70% } .extra-services { float: right; width: 26% } .full-text ul { list-style: none; padding: 0 }
"""
OPENREVIEW_STYLE = """
body { font: 14px/1.5 "Noto Sans", Arial, sans-serif; margin: 0 } .container { width: 90%; margin: 0 auto }
.forum-title { display: flex } .note { border-bottom: 1px solid #ddd; padding: 8px 0 } .note h4 { margin: 0 0 4px; font-size: 1rem }
.tab-content > .tab-pane { display: none } .tab-content > .active { display: block } ul { list-style: none; padding: 0 }
"""
ACL_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 } .container { max-width: 1140px; margin: 0 auto }
.d-sm-flex { display: flex } .d-block { display: block } .me-2 { margin-right: .5rem } .mb-3 { margin-bottom: 1rem }
.badge { font-size: .75em; padding: .25em .4em; border-radius: .25rem; background: #357 ; color: #fff } .collapse { display: none }
.acl-paper-details { display: flex } .acl-paper-link-block { display: flex; flex-direction: column } .btn { padding: .4rem .75rem; border: 1px solid #357 }
"""
HF_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 } .container { max-width: 1280px; margin: 0 auto }
.grid { display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px } article { border: 1px solid #ddd; border-radius: 12px; overflow: hidden }
article img { display: block; width: 100%; height: 160px } h3 { font-size: 1.1rem } .flex { display: flex } .btn { border: 1px solid #ccc; border-radius: 8px; padding: 4px 10px }
"""


def arxiv_ids(count: int, month: str = "2401") -> list[str]:
    """The first papers of a month: 2401.00001, 2401.00002, …"""
    return [f"{month}.{number:05}" for number in range(1, count + 1)]


def arxiv_list(count: int, *, abstracts: bool = False) -> str:
    """/list/cs.CL/new (with abstracts), /list/cs.CL/recent or /list/cs.CL/2024-01?skip=0&show=2000, `count` entries long."""
    return arxiv_list_of(arxiv_ids(count), abstracts=abstracts)


def arxiv_list_of(ids: Sequence[str], *, abstracts: bool = False) -> str:
    entries = "".join(_arxiv_entry(number, key, abstracts) for number, key in enumerate(ids, start=1))
    body = f"""<div id="content"><div id="dlpage"><h1>Computation and Language</h1>
<div class="paging">Total of {len(ids)} entries</div>
<dl id='articles'><h3>Wed, 3 Jan 2024 (showing {len(ids)} of {len(ids)} entries )</h3>{entries}</dl></div></div>"""
    return _page("Computation and Language", body, style=ARXIV_STYLE)


def _arxiv_entry(number: int, key: str, abstracts: bool) -> str:
    abstract = f"<p class='mathjax'>{ABSTRACT * 3}</p>" if abstracts else ""
    return f"""
<dt>
  <a name='item{number}'>[{number}]</a>
  <a href ="/abs/{key}" title="Abstract" id="{key}">
    arXiv:{key}
  </a>
  [<a href="/pdf/{key}" title="Download PDF" id="pdf-{key}" aria-labelledby="pdf-{key}">pdf</a>,
  <a href="https://arxiv.org/html/{key}v1" title="View HTML" id="html-{key}" rel="noopener noreferrer" target="_blank">html</a>,
  <a href="/format/{key}" title="Other formats" id="oth-{key}">other</a>]
</dt>
<dd><div class='meta'>
  <div class='list-title mathjax'><span class='descriptor'>Title:</span> How lists are read, part {number}</div>
  <div class='list-authors'><a href="https://arxiv.org/search/cs?searchtype=author&amp;query=Reader,+A">A. Reader</a>,
    <a href="https://arxiv.org/search/cs?searchtype=author&amp;query=Writer,+B">B. Writer</a></div>
  <div class='list-subjects'><span class='descriptor'>Subjects:</span>
    <span class="primary-subject">Computation and Language (cs.CL)</span>; Information Retrieval (cs.IR)</div>
  {abstract}</div>
</dd>"""


def arxiv_search(ids: Iterable[str]) -> str:
    """/search/?query=lists: results with the links of arXiv's search, which stands on other pages than its lists."""
    results = "".join(
        f"""<li class="arxiv-result"><div class="is-marginless">
<p class="list-title is-inline-block"><a href="https://arxiv.org/abs/{key}">arXiv:{key}</a>
<span>&nbsp;[<a href="https://arxiv.org/pdf/{key}">pdf</a>, <a href="https://arxiv.org/format/{key}">other</a>]&nbsp;</span></p>
<div class="tags is-inline-block"><span class="tag is-small is-link tooltip">cs.CL</span></div></div>
<p class="title is-5 mathjax">How <span class="search-hit mathjax">lists</span> are read</p>
<p class="authors"><a href="/search/?searchtype=author&amp;query=Reader">A. Reader</a></p>
<p class="abstract mathjax"><span class="abstract-short">{ABSTRACT}</span></p></li>"""
        for key in ids
    )
    return _page(
        "Search | arXiv e-print repository",
        f'<main><ol class="breathe-horizontal" start="1">{results}</ol></main>',
        style=ARXIV_STYLE,
    )


def arxiv_abs(key: str) -> str:
    """/abs/2401.01234"""
    body = f"""<div id="content"><div id="content-inner"><div id="abs-outer"><div class="leftcolumn"><div id="abs">
<div class="dateline">[Submitted on 3 Jan 2024]</div>
<h1 class="title mathjax"><span class="descriptor">Title:</span>How lists are read</h1>
<div class="authors"><span class="descriptor">Authors:</span><a href="https://arxiv.org/search/cs?searchtype=author&amp;query=Reader,+A">A. Reader</a></div>
<blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>{ABSTRACT}It goes on from <a href="https://arxiv.org/abs/2301.00042">arXiv:2301.00042</a>.</blockquote>
<div class="metatable"><table summary="Additional metadata"><tr><td class="tablecell label">Cite as:</td>
<td class="tablecell arxivid"><span class="arxivid"><a href="https://arxiv.org/abs/{key}">arXiv:{key}</a> [cs.CL]</span></td></tr></table></div>
</div></div></div>
<div class="extra-services"><div class="full-text"><a name="other"></a><h2>Access Paper:</h2><ul>
<li><a href="/pdf/{key}" aria-describedby="download-button-info" accesskey="f" class="abs-button download-pdf">View PDF</a></li>
<li><a href="https://arxiv.org/html/{key}v1" class="abs-button" id="latexml-download-link">HTML (experimental)</a></li>
<li><a href="/src/{key}" class="abs-button download-eprint">TeX Source</a></li></ul></div>
<div class="extra-ref-cite"><h3>References &amp; Citations</h3><ul><li><a class="abs-button" href="https://scholar.google.com/scholar_lookup?arxiv_id={key}">Google Scholar</a></li></ul></div></div></div></div>"""
    return _page(
        f"[{key}] How lists are read",
        body,
        style=ARXIV_STYLE,
        metas=[("citation_title", "How lists are read"), ("citation_arxiv_id", key)],
    )


def openreview_forum(key: str) -> str:
    """/forum?id=KEY, drawn by script once the page has loaded, as the real one is."""
    forum = f"""<div class="forum-container"><div class="forum-note"><div class="forum-title mt-2 mb-2"><h2 class="citation_title">How lists are read</h2>
<div class="forum-content-link"><a class="citation_pdf_url" href="/pdf?id={escape(key)}" title="Download PDF" target="_blank" rel="noreferrer"><img alt="Download PDF"></a></div></div>
<div class="forum-authors mb-2"><h3><a href="/profile?id=~A_Reader1">A Reader</a></h3></div>
<div class="note-content"><strong class="note-content-field">Abstract:</strong> <span class="note-content-value">{ABSTRACT}</span></div></div></div>
<div class="note-replies"><a href="/forum?id={escape(key)}&noteId=aB3xY_-9qZ">link to a reply</a></div>"""
    return _single_page_app("How lists are read | OpenReview", forum)


def openreview_group(ids: Iterable[str], *, redraws: bool = False) -> str:
    """/group?id=Conf.cc/2024/Conference: two tabs, of which the second is hidden, drawn by script once the page has loaded.

    With `redraws`, whatever is drawn is thrown away and drawn anew a moment later, and again by the button #redraw,
    which also turns the order round while it keeps the elements: the first <h4> gets the last paper's address.
    How often it was drawn stands in data-drawn of the body.
    """
    keys = list(ids)
    half = (len(keys) + 1) // 2
    panes = "".join(
        f"""<div role="tabpanel" class="tab-pane {"active" if tab == "oral" else ""}" id="accept-{tab}"><div class="submissions-list"><ul class="list-unstyled list-paginated">
{"".join(map(_openreview_note, part))}</ul></div></div>"""
        for tab, part in (("oral", keys[:half]), ("poster", keys[half:]))
    )
    group = f"""<header class="venue-header"><h1>Conference 2024</h1></header><div class="tabs-container"><ul class="nav nav-tabs" role="tablist">
<li class="active"><a href="#accept-oral" role="tab">Accept (oral)</a></li><li><a href="#accept-poster" role="tab">Accept (poster)</a></li></ul>
<div class="tab-content">{panes}</div></div><button id="redraw">Draw again</button>"""
    return _single_page_app("Conference 2024 | OpenReview", group, redraws=redraws)


def _openreview_note(key: str) -> str:
    key = escape(key)
    return f"""<li><div class="note undefined"><h4><a href="/forum?id={key}">How lists are read, {key}</a>
<a class="pdf-link" href="/pdf?id={key}" title="Download PDF" target="_blank" rel="noreferrer"><img alt="pdf_icon"></a></h4>
<div class="note-authors"><span><a href="/profile?id=~A_Reader1">A Reader</a></span></div>
<ul class="list-inline note-meta-info"><li>Published: 16 Jan 2024</li><li class="readers">Readers: Everyone</li></ul></div></li>"""


def acl_paper(key: str) -> str:
    """/P19-1001/ or /2024.acl-long.12/"""
    body = f"""<div id="main-container" class="container"><section id="main"><div><h2 id="title"><a href=https://aclanthology.org/{key}.pdf>How lists are read</a></h2>
<p class="lead"><a href=/people/a/a-reader/>A. Reader</a></p></div><hr><div class="row acl-paper-details"><div class="col col-lg-10 order-2">
<div class="card bg-light mb-2 mb-lg-3"><div class="card-body acl-abstract"><h5 class="card-title">Abstract</h5><span>{ABSTRACT}</span></div></div>
<dl><dt>Anthology ID:</dt><dd>{key}</dd><dt>URL:</dt><dd><a href=https://aclanthology.org/{key}/>https://aclanthology.org/{key}/</a></dd>
<dt>DOI:</dt><dd><a href=https://doi.org/10.18653/v1/{key}>10.18653/v1/{key}</a></dd></dl></div>
<div class="acl-paper-link-block order-lg-last"><a class="btn btn-primary" href=https://aclanthology.org/{key}.pdf title="Open PDF"><i class="far fa-file-pdf"></i><span class=ps-2>PDF</span></a>
<a class="btn btn-secondary" href=# data-bs-toggle=modal data-bs-target=#citeModal><span class=ps-2>Cite</span></a></div></div></section></div>"""
    return _page(
        "How lists are read - ACL Anthology",
        body,
        style=ACL_STYLE,
        metas=[("citation_title", "How lists are read"), ("citation_doi", f"10.18653/v1/{key}")],
    )


def acl_volume(ids: Iterable[str]) -> str:
    """/volumes/2024.acl-long/, whose entries are those of events, venues and people too."""
    entries = "".join(
        f"""<div class="d-sm-flex align-items-stretch mb-3"><div class="d-block me-2 list-button-row">
<a class="badge text-bg-primary align-middle me-1" href=https://aclanthology.org/{key}.pdf title="Open PDF">pdf</a>
<a class="badge text-bg-secondary align-middle me-1" href=https://aclanthology.org/{key}.bib title="Export to BibTeX">bib</a>
<a class="badge text-bg-info align-middle me-1" href=#abstract-{key.replace(".", "--")} data-bs-toggle=collapse title="Show abstract">abs</a></div>
<span class=d-block><strong><a class=align-middle href=/{key}/>How lists are read, {key}</a></strong><br><a href=/people/a/a-reader/>A. Reader</a></span></div>
<div class="card bg-light mb-2 mb-lg-3 collapse abstract-collapse" id=abstract-{key.replace(".", "--")}><div class="card-body p-3 small">{ABSTRACT}</div></div>"""
        for key in ids
    )
    body = f"""<div class="container"><section id="main"><h2 id="title">Proceedings of a Conference on Lists</h2><section id="papers">{entries}</section></section></div>"""
    return _page("Proceedings - ACL Anthology", body, style=ACL_STYLE)


def hf_paper(key: str) -> str:
    """huggingface.co/papers/2401.01234"""
    body = f"""<main class="flex flex-1 flex-col"><div class="container relative"><section class="pt-8"><div class="pb-10 md:pb-5">
<h1 class="mb-2 text-2xl font-semibold">How lists are read</h1><div class="mb-4 flex flex-wrap"><div>Published on Jan 3, 2024</div></div></div>
<div class="pb-8"><h2 class="mb-3 text-xl font-semibold">Abstract</h2><p class="text-gray-600">{ABSTRACT}</p></div>
<div class="flex flex-wrap gap-2.5 mt-4"><a class="btn inline-flex h-9 items-center" href="https://arxiv.org/abs/{key}" target="_blank">View arXiv page</a>
<a class="btn inline-flex h-9 items-center" href="https://arxiv.org/pdf/{key}" target="_blank">View PDF</a></div>
<p>Similar: <a href="/papers/2301.00042">another paper</a></p></section></div></main>"""
    return _page("Paper page - How lists are read", body, style=HF_STYLE)


def hf_daily(ids: Iterable[str]) -> str:
    """huggingface.co/papers: cards in three columns."""
    cards = "".join(
        f"""<article class="relative flex flex-col overflow-hidden rounded-xl border"><a href="/papers/{key}" class="shadow-alternate-sm"><img alt=""></a>
<div class="-mt-2 px-4 pb-4"><h3 class="mb-1 text-lg/6 font-semibold"><a href="/papers/{key}" class="line-clamp-3 cursor-pointer text-balance">How lists are read, {key}</a></h3>
<div class="flex"><ul class="flex items-center"><li>A. Reader</li></ul><a href="/papers/{key}#community">3</a></div></div></article>"""
        for key in ids
    )
    return _page(
        "Daily Papers - Hugging Face",
        f'<main><div class="container"><h1>Daily Papers</h1><div class="relative grid grid-cols-1">{cards}</div></div></main>',
        style=HF_STYLE,
    )


def scholar_results(entries: Iterable[Sequence[str]]) -> str:
    """scholar.google.com/scholar?q=lists: each entry is the title's address and, where there are any, those of its files at the side."""
    results = "".join(
        f"""<div class="gs_r gs_or gs_scl" data-cid="c{number}" data-rp="{number}">{_scholar_files(addresses[1:])}<div class="gs_ri">
<h3 class="gs_rt"><a id="c{number}" href="{escape(addresses[0])}">How lists are read</a></h3><div class="gs_a">A Reader - Journal of Lists, 2024 - example.org</div>
<div class="gs_rs">{ABSTRACT}</div><div class="gs_fl gs_flb"><a href="/scholar?cites={number}&amp;hl=en">Cited by 12</a> <a href="/scholar?cluster={number}">All 3 versions</a></div></div></div>"""
        for number, addresses in enumerate(entries)
    )
    return _page(
        "lists - Google Scholar",
        f'<div id="gs_top"><div id="gs_bdy"><div id="gs_res_ccl_mid">{results}</div></div></div>',
    )


def _scholar_files(addresses: Sequence[str]) -> str:
    links = "".join(
        f'<a href="{escape(each)}"><span class="gs_ctg2">[PDF]</span> example.org</a>' for each in addresses
    )
    return (
        f'<div class="gs_ggs gs_fl"><div class="gs_ggsd"><div class="gs_or_ggsm">{links}</div></div></div>'
        if links
        else ""
    )


def dblp_page(entries: Iterable[Sequence[str]]) -> str:
    """dblp.org/db/conf/…: each entry is the addresses of its electronic editions."""
    items = "".join(
        f"""<li class="entry inproceedings toc" id="conf/lists/Reader24{number}" itemscope itemtype="http://schema.org/ScholarlyArticle">
<nav class="publ"><ul><li class="drop-down"><div class="head">{"".join(f'<a href="{escape(each)}"><img alt=""></a>' for each in addresses)}</div></li>
<li><div class="head"><a href="https://dblp.org/rec/conf/lists/Reader24{number}.html?view=bibtex"><img alt=""></a></div></li></ul></nav>
<cite class="data tts-content"><span itemprop="author"><a href="https://dblp.org/pid/1/1.html"><span itemprop="name">A. Reader</span></a></span>:<br>
<span class="title" itemprop="name">How lists are read.</span> <span itemprop="pagination">1-10</span></cite></li>"""
        for number, addresses in enumerate(entries)
    )
    return _page("dblp: Conference on Lists 2024", f'<div id="main"><ul class="publ-list">{items}</ul></div>')


def page_with_metas(metas: Iterable[tuple[str, str]], body: str = "<p>A page of a publisher.</p>") -> str:
    """Any page that says in its meta tags what it is about."""
    return _page("A page of a publisher", body, metas=metas)


def _page(title: str, body: str, *, style: str = "", metas: Iterable[tuple[str, str]] = ()) -> str:
    tags = "".join(f'<meta name="{escape(name)}" content="{escape(content)}">' for name, content in metas)
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{tags}<style>{style}</style></head><body>{body}</body></html>'


def _single_page_app(title: str, drawn: str, *, redraws: bool = False) -> str:
    """A page that is empty when it arrives and draws itself after it has loaded; links of the same host are followed by script."""
    script = f"""
const drawn = {json.dumps(drawn).replace("</", "<" + chr(92) + "/")};
const root = document.getElementById("__next");
function draw() {{
  root.innerHTML = '<main class="container" id="content">' + drawn + "</main>";
  for (const tab of root.querySelectorAll(".nav-tabs a")) tab.onclick = (event) => {{
    event.preventDefault();
    for (const pane of root.querySelectorAll(".tab-pane")) pane.classList.toggle("active", "#" + pane.id === tab.getAttribute("href"));
  }};
  document.body.dataset.drawn = 1 + Number(document.body.dataset.drawn ?? 0);
  const again = root.querySelector("#redraw");
  if (again) again.onclick = turn;
}}
function turn() {{
  const links = [...root.querySelectorAll("h4 > a:first-child")];
  const addresses = links.map((link) => link.getAttribute("href")).reverse();
  links.forEach((link, at) => {{ link.setAttribute("href", addresses[at]); link.textContent = "How lists are read, " + addresses[at].split("=")[1]; }});
}}
addEventListener("load", () => setTimeout(draw, 100));
{"addEventListener('load', () => setTimeout(draw, 700));" if redraws else ""}
"""
    return _page(
        title,
        f'<div id="__next"><div class="spinner">Loading</div></div><script>{script}</script>',
        style=OPENREVIEW_STYLE,
    )
