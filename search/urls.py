from django.urls import URLPattern, path

from search import related_views, views

urlpatterns: list[URLPattern] = [
    path("search", views.search, name="search"),
    path("search/help", views.search_help, name="search-help"),
    path("related/<path:key>", related_views.related_papers, name="related"),
    # Addresses of the reference site. One search covers both branches.
    path("arxiv/search", views.search, name="search-arxiv"),
    path("venue/search", views.search, name="search-venue"),
]
