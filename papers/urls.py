from django.urls import URLPattern, path

from papers import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("arxiv/<path:spec>", views.arxiv, name="arxiv"),
    path("venue/latest", views.latest, name="latest"),
    path("venue/<path:name>", views.venue, name="venue"),
    path("robots.txt", views.robots, name="robots"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("favicon.ico", views.favicon, name="favicon"),
]
