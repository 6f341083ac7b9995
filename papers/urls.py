from django.urls import URLPattern, path
from django.views.generic import RedirectView

from papers.feeds import top as top_feeds
from papers.feeds import views as feeds
from papers.views import arxiv, author, counting, export, go, mine, site, sitemaps, top, venue, venues

urlpatterns: list[URLPattern] = [
    path("", site.home, name="home"),
    path("export", export.selected, name="selection"),
    path("export.<str:extension>", export.selected, name="selection-export"),
    path("arxiv/<path:spec>/export.<str:extension>", export.arxiv, name="arxiv-export"),
    path("arxiv/<path:spec>/feed", feeds.arxiv, name="arxiv-feed"),
    path("arxiv/<path:spec>", arxiv.arxiv, name="arxiv"),
    path("venue", venues.venues, name="venues"),
    path("venue/", RedirectView.as_view(pattern_name="venues", permanent=True, query_string=True)),
    path("venue/latest/export.<str:extension>", export.latest, name="latest-export"),
    path("venue/<path:name>/export.<str:extension>", export.venue, name="venue-export"),
    path("venue/latest/feed", feeds.latest, name="latest-feed"),
    path("venue/<path:name>/feed", feeds.venue, name="venue-feed"),
    path("venue/latest", venue.latest, name="latest"),
    path("venue/<path:name>", venue.venue, name="venue"),
    path("author/<path:name>/export.<str:extension>", export.author, name="author-export"),
    path("author/<path:name>/feed", feeds.author, name="author-feed"),
    path("author/<path:name>", author.author, name="author"),
    path("top/feed", top_feeds.of_all, name="top-feed"),
    path("top/venue/<path:name>/feed", top_feeds.of_venue, name="top-venue-feed"),
    path("top/<path:spec>/feed", top_feeds.of_categories, name="top-of-feed"),
    path("top", top.of_all, name="top"),
    path("top/", RedirectView.as_view(pattern_name="top", permanent=True, query_string=True)),
    path("top/venue/<path:name>", top.of_venue, name="top-venue"),
    path("top/<path:spec>", top.of_categories, name="top-of"),
    path("mine", mine.mine, name="mine"),
    path("mine/lists", mine.lists, name="mine-lists"),
    path("count", counting.count, name="count"),
    path("go", go.go, name="go"),
    path("go/", go.go),
    path("go/<path:address>", go.go, name="go-address"),
    path("extension.json", go.about, name="extension"),
    path("opml", feeds.chosen, name="opml"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemaps/papers-<int:number>.xml", sitemaps.papers, name="sitemap-papers"),
    path("opensearch.xml", site.opensearch, name="opensearch"),
    path("favicon.ico", site.favicon, name="favicon"),
]
