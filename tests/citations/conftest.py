"""Exports are tested on the papers that pages are tested on, and in the same browser."""

from tests.pages.conftest import chromium, index, keep, visit

__all__ = ["chromium", "index", "keep", "visit"]
