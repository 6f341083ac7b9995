"""The browser extension, handed out by the server that it is to open."""

import io
import json
import zipfile
from typing import Any

import pytest


@pytest.mark.parametrize("name", ["chrome.zip", "firefox.xpi"])
def test_readers_get_the_extension_with_the_address_of_their_server(client: Any, settings: Any, name: str) -> None:
    settings.PUBLIC_URL = "https://papers.example.org"
    answer = client.get(f"/extension/{name}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    assert json.loads(package.read("defaults.json")) == {"server": "https://papers.example.org"}
    background = json.loads(package.read("manifest.json"))["background"]
    assert ("service_worker" in background) == (name == "chrome.zip")


@pytest.mark.django_db
def test_the_page_of_ways_to_here_links_the_packages(client: Any) -> None:
    page = client.get("/go").content.decode()
    for name in ("chrome.zip", "firefox.xpi"):
        assert f'href="/extension/{name}"' in page
    assert client.get("/extension/safari.zip").status_code == 404
