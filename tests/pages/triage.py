"""What a reader does with a list in the browser, and what is seen of it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.pages.browsing import PATIENCE
from tests.pages.samples import DAY, arxiv, author

LIST = "/arxiv/cs.CL?date=2025-03-18"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
# [how far, [what, where from, where to]] of all that moved by itself. What stands behind the list does not count: where
# a reader is there before the next papers are, it has to give way to them.
SHIFTS = """(() => {
  const papers = document.querySelector('.papers');
  const isBehind = ({node}) => node && papers.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
  const moves = each => !each.hadRecentInput && !(each.sources.length && each.sources.every(isBehind));
  const told = ({node, previousRect, currentRect}) => [node?.className, previousRect.top, currentRect.top];
  const observer = new PerformanceObserver(() => {});
  observer.observe({type: 'layout-shift', buffered: true});
  return observer.takeRecords().filter(moves).map(({value, sources}) => [value, sources.map(told)]);
})()"""
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def press(page: Any, keys: str) -> None:
    """Keys with blanks between; what they start may go on afterwards."""
    for key in keys.split():
        page.keyboard.press(key)


def follow(page: Any, link: str) -> None:
    """Clicks what leads to another page, and waits for it: a click alone may leave the page of before, or an empty
    one."""
    with loading_anew(page):
        page.click(link)


@contextmanager
def loading_anew(page: Any) -> Iterator[None]:
    """Waits for another page. Playwright's own way also takes an entry in the history for one, and a list makes such
    an entry a moment after the reader has scrolled."""
    with page.expect_event("load"):
        yield


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def shown(page: Any) -> list[str]:
    """Ids of the cards that are not hidden, on the screen or not."""
    cards = "[...document.querySelectorAll('.papers > .paper')]"
    return list(page.evaluate(f"{cards}.filter(card => getComputedStyle(card).display != 'none').map(card => card.id)"))


def kept(page: Any, part: str) -> Any:
    """What the browser keeps, None where it keeps nothing."""
    stored = page.evaluate("name => localStorage.getItem('coolpapers.' + name)", part)
    return json.loads(stored)["data"] if stored else None


def until(page: Any, condition: str) -> None:
    """Waits for an expression of the page to hold. Playwright's own way evaluates it in the page, whose policy forbids
    that."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        if time.monotonic() > end:
            raise AssertionError(f"never held: {condition}")
        page.wait_for_timeout(50)


def look(page: Any) -> None:
    """Waits until the page knows what is on the screen now: browsers tell all observers at once, with the frame."""
    page.evaluate("""new Promise(told => new IntersectionObserver((_, own) => {
      own.disconnect();
      told();
    }).observe(document.documentElement))""")


@contextmanager
def still_clock(page: Any) -> Iterator[None]:
    """Pages that are loaded from here on have time only when `page.clock.run_for` gives it to them."""
    now = datetime.now(UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(minutes=5))  # only the future will do, and the clock goes on until then
    yield
    page.clock.resume()


def says(page: Any) -> str:
    return str(page.locator(".saying").inner_text())


def numbered(count: int, **fields: Any) -> list[Any]:
    """Preprints of one day, 2503.00001 and so on, in this order on their list only if it is sorted by id backwards."""
    return [arxiv(f"2503.{number:05}", **fields) for number in range(1, count + 1)]


def three_days() -> list[Any]:
    """Three papers on LIST, among two other days; its first bears another category and formulas."""
    return [
        arxiv("2503.00001", day=DAY.replace(day=17)),
        arxiv("2503.00009", title=HOSTILE, abstract=f"About {HOSTILE}.", keywords=("a", HOSTILE)),
        arxiv("2503.00010", abstract="A paper. " * 300),
        arxiv(
            "2503.00011",
            title=r"Bounds in $\ell_1$",
            abstract=r"We show $$\frac{a}{b}$$ at last.",
            categories=("cs.CL", "cs.AI"),
            keywords=("norms", "trees"),
        ),
        arxiv("2504.00001", day=DAY.replace(month=4)),
    ]


def speaking(count: int) -> list[Any]:
    """Preprints with abstracts of common length; every tenth is about graphs, every fiftieth by Noether."""
    filler = "We present a method that improves over strong baselines on several benchmarks and give an analysis. " * 11
    return [
        arxiv(
            f"2503.{number:05}",
            title=f"Paper {number} about {'graphs' if number % 10 == 0 else 'sentences'}",
            abstract=filler + rf"It needs $\mathcal{{O}}(n^{{{number}}})$ steps and $\ell_1$ norms. It is {number}.",
            authors=(author("Emmy Noether" if number % 50 == 0 else "Ada Lovelace"), author("Søren Łukasz")),
        )
        for number in range(1, count + 1)
    ]


class Host(BaseHTTPRequestHandler):
    """A host of PDFs."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.send_header("Content-Length", str(len(PDF)))
        self.end_headers()
        self.wfile.write(PDF)

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def pdf_host() -> Iterator[str]:
    """Its name and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def let_in(settings: Any, *hosts: str) -> None:
    """As an operator would, whose settings say so from the start."""
    policy = settings.CONTENT_SECURITY_POLICY
    directives = {**policy["DIRECTIVES"], "frame-src": list(hosts)}
    settings.PDF_HOSTS = list(hosts)
    settings.CONTENT_SECURITY_POLICY = {**policy, "DIRECTIVES": directives}
