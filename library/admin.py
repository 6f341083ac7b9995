"""What an operator sees of the library."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from library.answers import queue
from library.answers.models import Answer, Asking, Spending


class ReadOnly(admin.ModelAdmin):
    """Shown, not edited: these rows are written by workers."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Asking)
class AskingAdmin(ReadOnly):
    """The queue, and what was given up; deleting an asking deletes its answers, so that they can be asked anew."""

    list_display = ("id", "paper", "kind", "language", "state", "priority", "question", "attempts", "error",
                    "not_before", "created", "finished")  # fmt: skip
    list_filter = ("state", "kind", "language", "priority")
    list_select_related = ("paper",)
    search_fields = ("paper__key", "error")
    ordering = ("-id",)
    actions = ("try_again",)

    @admin.action(description="Try again those that were given up")
    def try_again(self, request: HttpRequest, chosen: "QuerySet[Asking]") -> None:
        revived = queue.revive(chosen.values_list("pk", flat=True))
        self.message_user(request, ngettext("%d asking waits again.", "%d askings wait again.", revived) % revived)


@admin.register(Answer)
class AnswerAdmin(ReadOnly):
    list_display = ("at", "asking", "question", "source", "model", "prompt_tokens", "completion_tokens")
    list_filter = ("source", "question")
    list_select_related = ("asking",)
    search_fields = ("text", "model")
    ordering = ("-id",)


@admin.register(Spending)
class SpendingAdmin(ReadOnly):
    list_display = ("day", "prompt_tokens", "completion_tokens", "questions", "failures")
    ordering = ("-day",)
