from django.urls import URLPattern, path

from library.answers import search_views, views

urlpatterns: list[URLPattern] = [
    path("answers/search", search_views.search, name="answers-search"),
    path("answers/<path:key>/state", views.state, name="answers-state"),
    path("answers/<path:key>/ask", views.ask, name="answers-ask"),
    path("answers/<path:key>", views.page, name="answers"),
]
