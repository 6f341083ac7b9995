from django.urls import URLPattern, path

from search import views

urlpatterns: list[URLPattern] = [
    path("search", views.search, name="search"),
    # Addresses of the reference site. One search covers both branches.
    path("arxiv/search", views.search, name="search-arxiv"),
    path("venue/search", views.search, name="search-venue"),
]
