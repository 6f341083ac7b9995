"""What search keeps in PostgreSQL: vectors and keywords, the work to make them, and how far followers have read."""

from collections.abc import Sequence
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from pgvector.django import HalfVectorField

from papers.models import Paper


class Role(StrEnum):
    """What a model's vectors are for: those of the encoder that the operator chose, and those that queries in any
    language are compared with."""

    DENSE = "dense"
    MULTILINGUAL = "multilingual"


class EmbeddingModel(models.Model):
    """A model that turns texts into vectors. Queries are encoded with the active one of each role; another becomes
    active when it has a vector for every paper, so changing the model never leaves search without vectors."""

    name = models.TextField(unique=True, help_text="name and fingerprint of the weights")
    location = models.TextField(blank=True, help_text="the setting it was loaded from; empty: the packaged model")
    dimension = models.PositiveSmallIntegerField()
    role = models.TextField(choices=[(role.value, role.value) for role in Role], default=Role.DENSE.value)
    active = models.BooleanField(default=False)
    created = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(active=True), name="embedding_model_one_active"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Embedding(models.Model):
    """One paper's vector by one model. The column has no fixed dimension: each model has an index of its own, over
    its rows cast to its dimension (search.indexing.vectors)."""

    pk = models.CompositePrimaryKey("model_id", "paper_id")
    model = models.ForeignKey(EmbeddingModel, on_delete=models.CASCADE, related_name="embeddings")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="embeddings")
    text_hash = models.BinaryField()
    vector = HalfVectorField()


class EmbedJob(models.Model):
    """A paper that needs a vector. A worker leases rows; a lease that ran out (a killed worker) is taken again."""

    pk = models.CompositePrimaryKey("model_id", "paper_id")
    model = models.ForeignKey(EmbeddingModel, on_delete=models.CASCADE, related_name="jobs")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+", db_index=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.IntegerField(null=True, help_text="the server's process that serves the worker")
    error = models.TextField(blank=True)


class Follower(models.Model):
    """How far a reader of the change log has come (papers.changes.Watermark)."""

    name = models.TextField(primary_key=True)
    transaction = models.BigIntegerField(default=0)
    change_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class PhraseCorpus(models.Model):
    """What the usage of phrases was counted over: how many texts, by which version of the rules, and how many there
    were when the keywords of all papers were last chosen."""

    version = models.PositiveSmallIntegerField(primary_key=True)
    texts = models.IntegerField(default=0)
    texts_at_choice = models.IntegerField(default=0)


class PhraseCounts(models.Model):
    """In how many texts phrases stand: a block of counters (search.indexing.usage)."""

    block = models.PositiveSmallIntegerField(primary_key=True)
    counters = models.BinaryField()


class CountedText(models.Model):
    """What a paper's text added to the counters, so that it can be taken back when the text is another or gone. No
    foreign key: the row must outlive the paper until then."""

    paper_id = models.BigIntegerField(primary_key=True)
    text_hash = models.BinaryField()
    slots = models.BinaryField()


class KeywordJob(models.Model):
    """A paper whose text is to be counted, if it is another, and whose keywords are then to be chosen."""

    paper_id = models.BigIntegerField(primary_key=True)
    is_counted = models.BooleanField()


class PaperKeywords(models.Model):
    """A paper's keywords, the authors' own first, and their numbers (search.phrases) to find papers that share them."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, primary_key=True, related_name="+")
    phrases = ArrayField(models.TextField())
    numbers = ArrayField(models.IntegerField())

    class Meta:
        indexes = [GinIndex(fields=["numbers"], name="paper_keyword_numbers")]

    @staticmethod
    def of_papers(papers: Sequence[Paper]) -> dict[int, list[str]]:
        """Keywords by paper id, of the papers that have a row."""
        rows = PaperKeywords.objects.filter(paper_id__in=[paper.pk for paper in papers])
        return dict(rows.values_list("paper_id", "phrases"))
