"""Which room answers which address."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from coolpapers import extension_download, health
from papers.same_origin import same_origin

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("language", same_origin(set_language), name="language"),
    path("extension/chrome.zip", extension_download.package, {"browser": "chrome"}, name="extension-chrome"),
    path("extension/firefox.xpi", extension_download.package, {"browser": "firefox"}, name="extension-firefox"),
    path("admin/", admin.site.urls),
    path("", include("ingest.urls")),
    path("", include("search.urls")),
    path("", include("library.answers.urls")),
    path("", include("papers.urls")),
]
