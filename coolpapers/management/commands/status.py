"""Tells what runs. Exit code 0 when the service is up, 3 when it is not."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coolpapers.services import instance, usage

DOWN = 3


class Command(BaseCommand):
    help = "Tells what runs; exit code 0 when the service is up, 3 when it is not."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        running = instance.running(settings.LAYOUT)
        if running:
            self.stdout.write(f"coolpapers  up at {running.url} (process {running.pid}) since {running.started}")
            for name, child in running.children.items():
                self.stdout.write(f"  {name:<9} process {child}")
        else:
            self.stdout.write("coolpapers  down")
        foreign = {"PostgreSQL": not settings.EMBEDDED_POSTGRES, "Valkey": not settings.EMBEDDED_VALKEY}
        variables = {"PostgreSQL": "DATABASE_URL", "Valkey": "REDIS_URL"}
        for server in usage.servers(settings.LAYOUT):
            pid = server.pid()
            state = f"process {pid}, version {server.version()}" if pid else "down"
            self.stdout.write(f"{server.name:<11} {variables[server.name] if foreign[server.name] else state}")
        self.stdout.write(f"data        {settings.DATA_DIR}")
        if not running:
            sys.exit(DOWN)
