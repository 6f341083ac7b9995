"""The text of PDFs: fetched politely, read in a child process, cleaned and kept; and what hostile files do."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from ingest.http import addresses
from ingest.models import PdfText
from ingest.pdf import addresses as pdf_addresses
from ingest.pdf import extract
from ingest.pdf.extract import NotReadable
from ingest.pdf.prose import running_text
from library.answers.models import Answer, Asking
from papers import full_texts
from papers.full_texts import NotNow
from papers.models import Paper
from papers.record import Version
from tests.answers.conftest import ABSTRACT, Ask, write
from tests.answers.pdfs import bomb, circle, deep, pdf, toil
from tests.answers.standin import StandIn
from tests.ingest.http.scripted import Script, scripted
from tests.pages.samples import acl, arxiv

TEXT = [
    "A Paper About Sorting",
    "Ada Lovelace",
    "1 Introduction",
    "However, sorting papers by hand remains a diffi-",
    "cult problem for many readers, and state-of-the-art",
    "methods (2001) do not help. " + "We say more about it in many words here. " * 4,
] + ["We propose a new method that sorts papers by the questions they answer, and by nothing else at all."] * 8


@pytest.fixture
def host(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """arXiv's export host and the Anthology."""
    monkeypatch.setitem(addresses.PAUSES, addresses.ARXIV, 0.0)
    monkeypatch.setattr(addresses, "PAUSE", 0.0)
    with scripted() as script:
        settings.CONTACT = "tests@example.org"
        settings.USER_AGENT = "coolpapers/test (tests@example.org)"
        settings.SOURCE_URLS = {"arxiv-pdf": script.url, "acl-pdf": script.url}
        script.says("/pdf/2503.00001v1", body=pdf([TEXT]))
        yield script


pytestmark = pytest.mark.django_db


def test_the_text_is_fetched_once_and_answers_are_made_from_it(
    host: Script, endpoint: StandIn, paper: Paper, ask: Ask
) -> None:
    ask()
    write()
    assert "sorting papers by hand remains a difficult problem" in endpoint.bodies[0]["messages"][1]["content"]
    assert set(Answer.objects.values_list("source", flat=True)) == {"pdf"}
    assert [path for path, *_ in host.asked] == ["/pdf/2503.00001v1"]
    assert "tests@example.org" in host.asked[0][2]["User-Agent"]
    ask(lang="zh")
    write()
    assert len(host.asked) == 1


def test_without_a_contact_nobody_is_asked_and_the_abstract_is_used(
    host: Script, endpoint: StandIn, paper: Paper, ask: Ask, settings: Any
) -> None:
    settings.CONTACT = ""
    ask()
    write()
    assert host.asked == []
    assert set(Answer.objects.values_list("source", flat=True)) == {"abstract"}
    assert ABSTRACT in endpoint.bodies[0]["messages"][1]["content"]


@pytest.mark.parametrize("status", [404, 410])
def test_where_there_is_no_pdf_the_abstract_is_used_and_the_host_is_not_asked_again(
    host: Script, endpoint: StandIn, paper: Paper, ask: Ask, status: int
) -> None:
    host.says("/pdf/2503.00001v1", status=status)
    ask()
    ask(lang="zh")
    write()
    assert set(Answer.objects.values_list("source", flat=True)) == {"abstract"}
    assert len(host.asked) == 1
    assert "no such page" in PdfText.objects.get().reason


def test_a_busy_host_is_waited_for_before_the_abstract_has_to_do(
    host: Script, endpoint: StandIn, paper: Paper, ask: Ask
) -> None:
    host.says("/pdf/2503.00001v1", status=500)
    ask()
    write()
    assert (Asking.objects.get().state, endpoint.asked) == ("waiting", [])
    host.says("/pdf/2503.00001v1", body=pdf([TEXT]))
    write()
    assert set(Answer.objects.values_list("source", flat=True)) == {"pdf"}


def test_a_host_that_stays_busy_leaves_the_abstract(host: Script, endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    host.says("/pdf/2503.00001v1", status=500)
    ask()
    write(tries=3)
    assert Asking.objects.get().state == "done"
    assert set(Answer.objects.values_list("source", flat=True)) == {"abstract"}
    with pytest.raises(NotNow):
        full_texts.of(paper)


def test_a_new_version_is_fetched_anew(host: Script, paper: Paper, keep: Any) -> None:
    assert full_texts.of(paper)
    host.says("/pdf/2503.00001v2", body=pdf([[*TEXT, "This is what the second version says besides."]]))
    keep(replace(arxiv("2503.00001"), versions=(Version(1), Version(2))))
    found = full_texts.of(Paper.objects.get())
    assert found
    assert found.text.endswith("This is what the second version says besides.")
    assert PdfText.objects.count() == 1


def test_a_paper_of_a_venue_is_read_at_its_host(host: Script, keep: Any) -> None:
    host.says("/P19-1001.pdf", body=pdf([TEXT]))
    keep(acl("P19-1001"))
    assert full_texts.of(Paper.objects.get())


def test_hosts_that_are_not_ours_are_not_asked(host: Script, keep: Any) -> None:
    keep(acl("P19-1001", pdf_url="https://evil.example/P19-1001.pdf"))
    assert full_texts.of(Paper.objects.get()) is None
    assert host.asked == []


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://arxiv.org/pdf/2503.00001", "arxiv-pdf:/pdf/2503.00001"),
        ("https://openreview.net/pdf?id=a_-b", "openreview-pdf:/pdf?id=a_-b"),
        ("https://OpenAccess.thecvf.com/a/b.pdf", "cvf:/a/b.pdf"),
        ("https://arxiv.org.evil.example/pdf/1", ""),
        ("https://user@evil.example/arxiv.org", ""),
        ("file://arxiv.org/etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_urls_become_addresses_of_our_sources(url: str, address: str) -> None:
    assert pdf_addresses.of_url(url) == address


def test_a_pdf_that_is_no_pdf_leaves_the_abstract(host: Script, endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    host.says("/pdf/2503.00001v1", body=b"<html>Please prove that you are human</html>")
    ask()
    write()
    assert set(Answer.objects.values_list("source", flat=True)) == {"abstract"}
    assert "it is no PDF" in PdfText.objects.get().reason


@pytest.mark.parametrize(
    "file",
    [bomb, circle, deep, lambda: pdf([TEXT])[:400], lambda: b"%PDF-1.7\n" + b"\xff" * 9_999],
    ids=["bomb", "circle", "deep", "cut", "noise"],
)
def test_hostile_files_are_not_readable_and_nothing_worse(file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "SECONDS", 10)
    monkeypatch.setattr(extract, "MEMORY", 400 << 20)
    with pytest.raises(NotReadable):
        extract.extract(file())


def test_a_file_that_takes_too_long_ends_with_its_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "SECONDS", 1)
    with pytest.raises(NotReadable, match="too much time or memory"):
        extract.extract(toil())


def test_a_page_that_takes_too_long_leaves_the_pages_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "SECONDS", 2)
    found = extract.extract(pdf([TEXT, ["x"] * 3_000_000], filters=1))
    assert len(found.texts) == 1
    assert found.total == 2


def test_a_book_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "PAGES", 3)
    found = extract.extract(pdf([[f"Page {number}"] for number in range(10)]))
    assert ([text.strip() for text in found.texts], found.total) == (["Page 0", "Page 1", "Page 2"], 10)


def test_the_child_has_nothing_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    spy = tmp_path / "child.py"
    spy.write_text("import json, os\nprint(json.dumps({'text': ','.join(os.environ) + '|' + os.getcwd()}))")
    monkeypatch.setattr(extract, "CHILD", spy)
    monkeypatch.setenv("COOLPAPERS_ANSWERS_KEY", "sk-secret")
    [text] = extract.extract(b"%PDF-1.5").texts
    assert "COOLPAPERS" not in text
    assert text.endswith("|/")


def test_running_text_is_without_heads_feet_hyphens_and_references() -> None:
    pages = [
        f"Proceedings of the Test, pages {number}\nLovelace and Turing\nThis is the body of page number {number}, "
        f"with a ﬁne exam-\nple of state-of-\nthe-art text that the state-of-the-art {name} knows\n"
        f"{name} says more\n{number}"
        for number, name in enumerate(["Ada", "Alan", "Grace", "Kurt", "Emmy"], start=1)
    ]
    pages[4] += "\nReferences\n[1] Somebody. Something. 2001."
    text = running_text(pages)
    assert "Proceedings of the Test" not in text
    assert "Lovelace and Turing" not in text
    assert "a fine example of state-of-the-art text" in text
    assert "Somebody" not in text
    assert not text.endswith("5")


def test_running_text_keeps_headings_apart_and_has_an_end() -> None:
    text = running_text(["1 Introduction\n" + "Words that fill a line of the page up to its end and\n" * 40 + "end."])
    assert text.startswith("1 Introduction\nWords that fill")
    assert text.count("\n") == 1
    assert len(running_text(["x" * 90 + "\n"] * 9_000)) <= 300_000


def test_running_text_of_chinese_has_no_spaces_between_lines() -> None:
    assert running_text(["本文研究论文的自动分类方法并提出\n一种新的模型用于解决这一问题。"]) == (
        "本文研究论文的自动分类方法并提出一种新的模型用于解决这一问题。"
    )
