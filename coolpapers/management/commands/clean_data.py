"""Removes all data of the embedded servers, after asking."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coolpapers.services import removal


class Command(BaseCommand):
    help = "Removes the data folder's contents: database, indexes, logs, keys. Asks first."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        layout = settings.LAYOUT
        found = sorted(removal.belongings(layout))
        if not options["yes"] and not self._agreed([str(path) for path in found]):
            raise CommandError("Nothing was removed.")
        removal.remove(layout)
        self.stdout.write(f"Removed the data in {layout.data_dir}.")

    def _agreed(self, paths: list[str]) -> bool:
        self.stdout.write("\n".join(["This removes all papers, readers and settings stored here:", *paths]))
        if settings.DATABASE_URL:
            self.stdout.write("The database that DATABASE_URL names is not touched.")
        try:
            return input("Type yes to go on: ").strip() == "yes"
        except EOFError:
            return False
