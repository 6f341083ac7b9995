from pathlib import Path
from typing import Any
import os
import pytest
from tests.pages.everything import PAGES, bring_in
from tests.pages.samples import arxiv
from papers.record import Version
from datetime import date

@pytest.fixture
def site(live_server: Any, keep: Any, index: Any, settings: Any) -> str:
    keep(
      arxiv("2503.01001", title=r"Scaling Sparse Attention with $O(n\log n)$ Memory for Long-Context Language Models", abstract=r"We study the memory of attention over sequences of length $n$ and show that $\mathcal{O}(n \log n)$ suffices when keys are $\epsilon$-close: $$\|QK^\top - S\|_F \le \epsilon \sqrt{n}.$$ On five benchmarks the model keeps its accuracy with a third of the memory. Code is at https://github.com/example/sparse.", categories=("cs.CL","cs.LG","stat.ML"), keywords=("sparse attention","memory","long context"), comments="8 pages, accepted at ACL 2025"),
      arxiv("2503.01002", title="面向低资源语言的神经机器翻译方法研究", abstract="本文研究低资源语言的机器翻译。我们提出一种“双语词典”约束的解码方法，在 $k=5$ 的设置下，BLEU 提高 2.1；实验表明，该方法不需要额外的平行语料，并且可以与回译结合。", language="zh", keywords=("机器翻译","低资源语言")),
    )
    bring_in(keep, index, settings)
    return str(live_server.url)

def test_shots(visit: Any) -> None:
    out = Path("/work/exp/zh/shots"); out.mkdir(exist_ok=True)
    names = os.environ.get("SHOTS", "home,list,paper,search with filters,status").split(",")
    for name in names:
        path = PAGES.get(name, name)
        if name == "paper": path = "/arxiv/2503.01001"
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                if (scheme == "dark") != (name in ("list",) ) and width == 390: continue
                if scheme == "dark" and width == 1280 and name not in ("home",): continue
                page = visit(path, width, color_scheme=scheme, locale="zh-CN").page
                page.wait_for_timeout(300)
                page.screenshot(path=str(out / f"{name.strip('/').replace('/','_')}-{width}-{scheme}.png"), full_page=False)
