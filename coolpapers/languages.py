"""In which language a page is written."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

# Programs read these, and caches keep one copy for everybody.
_FOR_PROGRAMS = re.compile(
    r"/feed$|/export\.\w+$|\.(?:xml|txt|json|ico)$|^/(?:static/|(?:livez|readyz|metrics|opml|suggest)$)"
)


class ReaderLanguageMiddleware(LocaleMiddleware):
    """The language that the reader chose, else the one that the browser asks for; English for programs."""

    def process_request(self, request: HttpRequest) -> None:
        if not is_for_programs(request):
            super().process_request(request)
            return
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        if is_for_programs(request):
            return response
        # Django leaves out that the choice is a cookie.
        patch_vary_headers(response, ("Cookie",))
        return super().process_response(request, response)


def is_for_programs(request: HttpRequest) -> bool:
    return _FOR_PROGRAMS.search(request.path_info) is not None
