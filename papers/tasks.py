"""Celery tasks of papers."""

from celery import shared_task

from papers import day_key


@shared_task(name="papers.forget_readers", ignore_result=True, expires=600)
def forget_readers() -> int:
    """Deletes what was kept for a day to count each reader once, as soon as the day is over."""
    return day_key.forget(day_key.today())
