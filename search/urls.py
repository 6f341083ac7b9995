from django.urls import URLPattern, path

from search import completion_views, export_views, feed_views, related_views, views

urlpatterns: list[URLPattern] = [
    path("search", views.search, name="search"),
    path("search/export.<str:extension>", export_views.search, name="search-export"),
    path("search/feed", feed_views.search, name="search-feed"),
    path("suggest", completion_views.suggest, name="suggest"),
    path("search/help", views.search_help, name="search-help"),
    path("related/<path:key>/export.<str:extension>", export_views.related_papers, name="related-export"),
    path("related/<path:key>/feed", feed_views.related_papers, name="related-feed"),
    path("related/<path:key>", related_views.related_papers, name="related"),
    # Addresses of the reference site. One search covers both branches.
    path("arxiv/search/feed", feed_views.search, name="search-arxiv-feed"),
    path("venue/search/feed", feed_views.search, name="search-venue-feed"),
    path("arxiv/search", views.search, name="search-arxiv"),
    path("venue/search", views.search, name="search-venue"),
]
