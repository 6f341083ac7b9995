"""The simulated time, and a worker process that lives in it. Imported before Django is set up: models come later."""

import os
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.sharedctypes import Synchronized
from typing import Any

SCALE = 100.0


@dataclass(frozen=True)
class Time:
    """The simulated time. `offset` is shared by all processes, as is the machine's monotonic clock."""

    start: datetime
    began: float
    offset: "Synchronized[float]"

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=self.offset.value + (time.monotonic() - self.began) * SCALE)

    def leap(self, seconds: float) -> None:
        with self.offset.get_lock():
            self.offset.value += seconds


def serve_jobs(
    name: str, url: str, start: datetime, began: float, offset: "Synchronized[float]", codes: list[str], stop: Any
) -> None:
    """What the Celery task does, in a process of its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from coolpapers.source_urls import DEFAULTS
    from ingest import clock
    from ingest.harvest import work
    from ingest.http import client

    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    settings.ARXIV_CATEGORIES = codes
    client.QUIET = 4.0  # a host on a busy machine is as slow as that without being silent
    settings.CONTACT = "simulation@example.org"
    settings.SOURCE_URLS = {source: f"{url}/{source}" for source in DEFAULTS}
    clock.simulate(Time(start, began, offset), SCALE)
    while not stop.is_set():
        if not work.work(time.monotonic() + 1.0):
            time.sleep(0.005)
