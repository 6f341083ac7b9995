"""Stops the service that `up` runs, and embedded servers that a killed command left behind."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coolpapers.services import removal


class Command(BaseCommand):
    help = "Stops the running service and its embedded servers."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        removal.stop(settings.LAYOUT, self.stdout.write)
