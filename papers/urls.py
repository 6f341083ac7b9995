from django.urls import URLPattern, path

from papers.views import arxiv, site, venue

urlpatterns: list[URLPattern] = [
    path("", site.home, name="home"),
    path("arxiv/<path:spec>", arxiv.arxiv, name="arxiv"),
    path("venue/latest", venue.latest, name="latest"),
    path("venue/<path:name>", venue.venue, name="venue"),
    path("robots.txt", site.robots, name="robots"),
    path("opensearch.xml", site.opensearch, name="opensearch"),
    path("favicon.ico", site.favicon, name="favicon"),
]
