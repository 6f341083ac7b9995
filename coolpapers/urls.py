"""Which room answers which address."""

from django.contrib import admin
from django.urls import include, path

from coolpapers import health

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("ingest.urls")),
    path("", include("search.urls")),
    path("", include("papers.urls")),
]
