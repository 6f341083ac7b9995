"""The browser extension for this server's readers: its packages with this server's address built in."""

import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from coolpapers.extension_packages import build

KINDS = {"chrome": "application/zip", "firefox": "application/x-xpinstall"}


@require_safe
def package(request: HttpRequest, browser: str) -> HttpResponse:
    """`browser` is one of KINDS. Saved, not run: Firefox would otherwise try to install what nobody signed."""
    name, content = _built(settings.PUBLIC_URL)[browser]
    answer = HttpResponse(content, content_type=KINDS[browser])
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@cache
def _built(server: str) -> dict[str, tuple[str, bytes]]:
    """Name and content of the packages by their browser; some fifty kilobytes each, made once a process."""
    with tempfile.TemporaryDirectory() as folder:
        chrome, firefox = ((path.name, path.read_bytes()) for path in build(Path(folder), server))
    return {"chrome": chrome, "firefox": firefox}
