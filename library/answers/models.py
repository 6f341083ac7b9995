"""Askings, which are the queue too, the answers that are complete, and what they cost."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from library.answers.kinds import Kind, Source, State
from papers.models import Paper


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in values]


class Asking(models.Model):
    """A paper of which somebody wants answers, in one language. Who works on it holds a lease; answers are kept one by
    one, so a worker that was killed loses nothing but the one in hand, whose beginning is the draft."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.TextField(choices=_choices(Kind))
    language = models.TextField(
        blank=True, help_text="en or zh; empty for key sentences, which are as the paper has them"
    )
    version = models.PositiveSmallIntegerField(default=0, help_text="of the preprint; 0 where there is none")
    text_hash = models.BinaryField(help_text="of title and abstract")
    priority = models.PositiveSmallIntegerField(help_text="0 for papers that are new, 1 for others")
    state = models.TextField(choices=_choices(State), default=State.WAITING.value)
    question = models.PositiveSmallIntegerField(default=0, help_text="that is being answered, from 1")
    draft = models.TextField(blank=True, help_text="the beginning of its answer")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="failures in a row")
    error = models.TextField(blank=True, help_text="why it failed last")
    not_before = models.DateTimeField(db_default=Now())
    lease = models.TextField(blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(db_default=Now())
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "kind", "language"],
                name="asking_open_once",
                condition=models.Q(state__in=["waiting", "running"]),
            ),
        ]
        indexes = [
            models.Index(fields=["paper", "-id"], name="asking_of_paper"),
            models.Index(
                fields=["kind", "priority", "id"],
                name="asking_open",
                condition=models.Q(state__in=["waiting", "running"]),
            ),
            models.Index(fields=["-id"], name="asking_failed", condition=models.Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.kind} {self.language}".rstrip()


class Answer(models.Model):
    """A complete answer to one question; `terms` is what search finds it by."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="answers", db_index=False)
    question = models.PositiveSmallIntegerField(help_text="from 1")
    text = models.TextField(help_text="Markdown with TeX; of key sentences one on each line")
    source = models.TextField(choices=_choices(Source))
    model = models.TextField(help_text="what wrote it, or chose the sentences")
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    terms = ArrayField(models.TextField(), default=list)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asking", "question"], name="answer_once")]
        indexes = [GinIndex(fields=["terms"], name="answer_terms")]

    def __str__(self) -> str:
        return f"question {self.question} of {self.asking_id}"


class Spending(models.Model):
    """What a day's questions cost, in tokens. What is on its way stands in it as an estimate."""

    day = models.DateField(primary_key=True, help_text="in UTC")
    prompt_tokens = models.BigIntegerField(default=0)
    completion_tokens = models.BigIntegerField(default=0)
    questions = models.IntegerField(default=0)
    failures = models.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.day)


class Asker(models.Model):
    """How often the readers of one network have asked in an hour; the hash is made with a key that dies with its day
    (papers.day_key)."""

    network = models.BinaryField(primary_key=True)
    day = models.DateField()
    asked = models.IntegerField()
