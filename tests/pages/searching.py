"""Searching, for tests that do it in a browser."""

from django.test import Client


def search_once() -> None:
    """The first search of a process loads the models: on a busy machine longer than a browser waits for a page."""
    Client().get("/search?query=sentence")
