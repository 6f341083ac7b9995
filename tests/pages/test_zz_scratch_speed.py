import json, time, os
from typing import Any
import pytest
from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.test_zz_scratch_triage import corpus

@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    keep(*corpus(1000))
    return str(live_server.url)

MEASURE = """() => { window.times = []; document.addEventListener('keydown', () => { const t = performance.now(); requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => window.times.push(performance.now() - t); c.port2.postMessage(0); }); }, true) }"""
NAMES = ["ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration", "LayoutCount", "RecalcStyleCount"]

def test_speed(visit: Open, site: str) -> None:
    seen = visit("/arxiv/cs.CL?show=1000")
    page = seen.page
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    def metrics():
        return {m["name"]: m["value"] for m in cdp.send("Performance.getMetrics")["metrics"]}
    def spent(label, n, act):
        a = metrics(); page.evaluate("window.times = []"); act(); page.wait_for_timeout(300); b = metrics()
        print(label, {k: round((b[k]-a[k]) * (1000 if 'Duration' in k else 1) / n, 1) for k in NAMES}, [round(t) for t in page.evaluate("window.times")])
    page.evaluate(MEASURE)
    spent("open", 1, lambda: (page.keyboard.press("/"), page.wait_for_timeout(900)))
    spent("type", 9, lambda: page.keyboard.type("attention", delay=200))
    spent("type2", 14, lambda: page.keyboard.type(" -speech neura", delay=200))
    def back():
        for _ in range(14): page.keyboard.press("Backspace"); page.wait_for_timeout(200)
    spent("back", 14, back)
    spent("close", 1, lambda: page.keyboard.press("Escape"))
    def jj():
        for _ in range(10): page.keyboard.press("j"); page.wait_for_timeout(250)
    spent("j", 10, jj)
    print(seen.complaints)
