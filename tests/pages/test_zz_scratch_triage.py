import json
import time
from pathlib import Path
from typing import Any
import pytest
from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.samples import arxiv, author

OUT = Path("/tmp/mine")

def corpus(n):
    rows = [json.loads(line) for line in Path("ingest/starter/papers.jsonl").read_text().splitlines()]
    out = []
    for i in range(n):
        row = rows[i % len(rows)]
        text = (row.get("summary") or row.get("abstract") or "") + r" We show $\ell_1$ and $\mathcal{O}(n^2)$ bounds. "
        out.append(arxiv(f"2503.{i+1:05}", title=row["title"], abstract=text * 3, authors=tuple(author(a) for a in row["authors"][:6]) if isinstance(row["authors"][0], str) else tuple(author(a["name"]) for a in row["authors"][:6]),
            categories=("cs.CL", "cs.AI", "stat.ML")[: 1 + i % 3], keywords=("attention", "parsing of trees", "translation")))
    return out

@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    keep(*corpus(120))
    return str(live_server.url)

def test_look(visit: Open, site: str) -> None:
    for scheme, width in [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]:
        seen = visit("/arxiv/cs.CL", width, color_scheme=scheme)
        page = seen.page
        page.wait_for_timeout(700)
        tag = f"{scheme}{width}"
        page.screenshot(path=OUT / f"{tag}-1.png")
        page.keyboard.press("j"); page.keyboard.press("j"); page.keyboard.press("s"); page.keyboard.press("r")
        page.wait_for_timeout(900)
        page.screenshot(path=OUT / f"{tag}-2.png")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("attention -speech")
        page.wait_for_timeout(1500)
        page.screenshot(path=OUT / f"{tag}-3.png")
        page.keyboard.press("ArrowDown"); page.keyboard.press("x"); page.keyboard.press("j"); page.keyboard.press("x")
        page.wait_for_timeout(300)
        page.screenshot(path=OUT / f"{tag}-4.png")
        page.keyboard.press("Escape"); page.keyboard.press("Escape")
        page.keyboard.press("p")
        page.wait_for_timeout(500)
        page.screenshot(path=OUT / f"{tag}-5.png")
        page.keyboard.press("?")
        page.wait_for_timeout(300)
        page.screenshot(path=OUT / f"{tag}-6.png")
        print(tag, seen.complaints, len(seen.requests))
