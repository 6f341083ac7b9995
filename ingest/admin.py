"""What an operator sees of harvesting."""

from django.contrib import admin
from django.http import HttpRequest

from ingest.models import ImportRun, SetAside


class ReadOnly(admin.ModelAdmin):
    """Shown, not edited: these rows are written by imports."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(SetAside)
class SetAsideAdmin(ReadOnly):
    list_display = ("at", "source", "file", "line", "reason")
    list_filter = ("source",)
    search_fields = ("file", "reason", "raw")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly):
    list_display = ("started", "source", "input", "read", "created", "updated", "set_aside", "finished")
    list_filter = ("source",)
