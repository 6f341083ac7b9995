import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults

from papers.views import site
from tests.pages.reading import links, text


def test_an_address_of_nothing_leads_back(client: Client, db: None) -> None:
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert "No page has this address" in text(response)
    assert {"/", "/search"} <= set(links(response))


def test_refusals_are_told_in_plain_words(rf: RequestFactory) -> None:
    bad = defaults.bad_request(rf.get("/"), SuspiciousOperation("secret detail"))
    closed = defaults.permission_denied(rf.get("/"), PermissionDenied("secret detail"))
    assert (bad.status_code, closed.status_code) == (400, 403)
    assert "could not be read" in text(bad)
    assert "not open to you" in text(closed)
    assert "secret detail" not in text(bad) + text(closed)


def test_an_expired_form_is_told_in_plain_words(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/")
    assert response.status_code == 403
    assert "form has expired" in text(response)


def test_a_failure_is_told_without_the_machinery_that_failed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(site, "front", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something broke on our side" in text(response)
    assert "secret detail" not in text(response)


def test_the_page_of_a_failure_needs_no_context_and_no_manifest() -> None:
    page = render_to_string("500.html")
    assert f'href="/{settings.STATIC_URL.strip("/")}/papers/coolpapers.css"' in page


def test_a_page_names_the_language_it_is_written_in(client: Client, db: None) -> None:
    """English for languages that there is no catalogue of."""
    for wanted, written in (("zh-CN", "zh-Hans"), ("fr", "en"), ("en", "en")):
        assert f'<html lang="{written}">' in text(client.get("/search", headers={"accept-language": wanted}))
