"""What search keeps in PostgreSQL: vectors, the work to make them, and how far followers have read."""

from django.db import models
from django.db.models.functions import Now
from pgvector.django import HalfVectorField

from papers.models import Paper


class EmbeddingModel(models.Model):
    """A model that turns texts into vectors. Queries are encoded with the active one; another becomes active when it
    has a vector for every paper, so changing the model never leaves search without vectors."""

    name = models.TextField(unique=True, help_text="name and fingerprint of the weights")
    location = models.TextField(blank=True, help_text="the setting it was loaded from; empty: the packaged model")
    dimension = models.PositiveSmallIntegerField()
    active = models.BooleanField(default=False)
    created = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["active"], condition=models.Q(active=True), name="embedding_model_one_active"
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
