"""Celery wakes workers; what there is to do stands in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coolpapers.settings")

app = Celery("coolpapers")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.update(
    task_default_queue="default",
    task_routes={
        "search.follow": {"queue": "index"},
        "search.embed": {"queue": "embed"},
        "library.extract": {"queue": "embed"},
        "library.answer": {"queue": "answers"},
    },
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    # A task that ran longer than the broker keeps it hidden would be given to a second worker.
    task_time_limit=3_000,
    broker_transport_options={"visibility_timeout": 3_600},
    beat_schedule={
        "follow the change log": {
            "task": "search.follow",
            "schedule": 5.0,
            "options": {"expires": 5},
        },
        "what is due": {"task": "ingest.tick", "schedule": 20.0, "options": {"expires": 20}},
        "is everything here": {
            "task": "ingest.check",
            "schedule": 300.0,
            "options": {"expires": 300},
        },
        "forget yesterday's readers": {
            "task": "papers.forget_readers",
            "schedule": 600.0,
            "options": {"expires": 600},
        },
        "answers that wait": {"task": "library.tick", "schedule": 10.0, "options": {"expires": 10}},
        "make vectors": {"task": "search.embed", "schedule": 15.0, "options": {"expires": 15}},
    },
)
