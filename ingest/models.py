"""What the store keeps about harvesting itself: runs, their position, and input it could not use."""

from django.db import models
from django.db.models.functions import Now


class ImportRun(models.Model):
    """One reading of one input. `position` moves in the transaction that stores what was read, so a run that was
    killed goes on behind the last thing stored."""

    source = models.TextField()
    input = models.TextField(help_text="path of the file or folder")
    fingerprint = models.TextField(help_text="changes when the input does")
    position = models.TextField(blank=True, help_text="line number, or name of the last file read")
    read = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    set_aside = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    started = models.DateTimeField(db_default=Now())
    finished = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["source", "input"], name="import_run_input")]

    def __str__(self) -> str:
        return f"{self.source} {self.input}"


class SetAside(models.Model):
    """Input that could not be stored, with the reason. The same fault of the same input is kept once."""

    source = models.TextField()
    file = models.TextField()
    line = models.IntegerField(help_text="from 1; 0 where it is not known")
    reason = models.TextField()
    raw = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "set aside"
        constraints = [
            models.UniqueConstraint(fields=["source", "file", "line", "reason"], name="set_aside_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.reason}"
