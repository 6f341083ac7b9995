"""What an operator sees of harvesting."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from ingest import jobs, merging
from ingest.harvest import state
from ingest.models import (
    Alarm,
    AnnouncedList,
    Apart,
    HarvestedEdition,
    ImportRun,
    Job,
    Merge,
    PdfText,
    SetAside,
    Source,
)


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


@admin.register(Merge)
class MergeAdmin(ReadOnly):
    """Both titles side by side; what was wrongly merged is parted here, and never joined again."""

    list_display = ("at", "title", "paper_title", "evidence", "score", "records", "undone", "undone_by")
    list_filter = ("evidence", ("undone", admin.EmptyFieldListFilter))
    search_fields = ("title", "paper_title", "source_id", "records")
    ordering = ("-id",)
    actions = ("undo", "redo")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.action(description="Undo: the records leave for a paper of their own")
    def undo(self, request: HttpRequest, chosen: "QuerySet[Merge]") -> None:
        self._each(request, chosen, lambda merge_id: merging.undo(merge_id, by=request.user.get_username()))

    @admin.action(description="Redo: bring together again what was parted")
    def redo(self, request: HttpRequest, chosen: "QuerySet[Merge]") -> None:
        self._each(request, chosen, merging.redo)

    def _each(self, request: HttpRequest, chosen: "QuerySet[Merge]", act: Callable[[int], object]) -> None:
        """One at a time, so that one that cannot be done holds up no other."""
        done = 0
        for merge_id in chosen.order_by("-id").values_list("pk", flat=True):
            try:
                act(merge_id)
                done += 1
            except merging.CannotMerge as error:
                self.message_user(request, f"Merge {merge_id}: {error}.", messages.WARNING)
        if done:
            self.message_user(request, ngettext("%d merge changed.", "%d merges changed.", done) % done)


@admin.register(Apart)
class ApartAdmin(ReadOnly):
    """What operators parted. A row that is deleted lets the two be joined again."""

    list_display = ("at", "one", "other", "by")
    search_fields = ("one", "other")


@admin.register(PdfText)
class PdfTextAdmin(ReadOnly):
    """A row that is deleted is fetched again when somebody asks for answers."""

    list_display = ("fetched", "paper", "address", "pages", "is_whole", "reason")
    list_filter = (("reason", admin.EmptyFieldListFilter),)
    list_select_related = ("paper",)
    search_fields = ("address", "reason")
    exclude = ("text",)
