from django.urls import URLPattern, path

from ingest import views

urlpatterns: list[URLPattern] = [
    path("status", views.status_page, name="status"),
    path("metrics", views.metrics_page, name="metrics"),
]
