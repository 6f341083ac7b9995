"""What an operator sees of the indexes."""

from django.contrib import admin
from django.http import HttpRequest

from search.models import EmbeddingModel


@admin.register(EmbeddingModel)
class EmbeddingModelAdmin(admin.ModelAdmin):
    list_display = ("name", "dimension", "active", "created", "waiting", "failed")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(description="waiting")
    def waiting(self, row: EmbeddingModel) -> int:
        return int(row.jobs.filter(error="").count())

    @admin.display(description="failed")
    def failed(self, row: EmbeddingModel) -> int:
        return int(row.jobs.exclude(error="").count())
