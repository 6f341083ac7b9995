"""What an operator sees of harvesting."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from ingest import jobs
from ingest.harvest import state
from ingest.models import Alarm, AnnouncedList, HarvestedEdition, ImportRun, Job, SetAside, Source


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


@admin.register(Job)
class JobAdmin(ReadOnly):
    list_display = (
        "id",
        "kind",
        "key",
        "queue",
        "state",
        "attempts",
        "error",
        "not_before",
        "leased_until",
        "finished",
    )
    list_filter = ("state", "queue", "kind")
    search_fields = ("key", "error")
    actions = ("try_again",)

    @admin.action(description="Try again those that were given up")
    def try_again(self, request: HttpRequest, chosen: "QuerySet[Job]") -> None:
        revived = jobs.retry(chosen.values_list("pk", flat=True))
        self.message_user(request, ngettext("%d job waits again.", "%d jobs wait again.", revived) % revived)


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """The switch is the operator's, the rest is written by harvesting."""

    list_display = ("name", "enabled", "last_success", "last_failure", "error", "harvested_until")
    list_editable = ("enabled",)
    readonly_fields = ("last_asked", "last_success", "last_failure", "error", "harvested_until")


@admin.register(Alarm)
class AlarmAdmin(ReadOnly):
    list_display = ("raised", "subject", "text", "cleared")
    list_filter = (("cleared", admin.EmptyFieldListFilter),)
    actions = ("clear",)

    @admin.action(description="Clear")
    def clear(self, request: HttpRequest, chosen: "QuerySet[Alarm]") -> None:
        state.clear_alarms(pk__in=list(chosen.values_list("pk", flat=True)))


@admin.register(AnnouncedList)
class AnnouncedListAdmin(ReadOnly):
    list_display = ("day", "category", "new", "cross", "replaced", "set_aside", "fetched")
    list_filter = ("day",)
    search_fields = ("category",)


@admin.register(HarvestedEdition)
class HarvestedEditionAdmin(ReadOnly):
    list_display = ("edition", "source", "papers", "announced", "details_missing", "last_success", "not_there")
    list_filter = ("source",)
    search_fields = ("edition",)
