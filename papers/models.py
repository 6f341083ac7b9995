"""The corpus. A Paper is a work; a Record is one source's version of it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from papers.record import AbstractKind, ListingKind


class Venue(models.Model):
    """A conference or journal; `name` is what stands in URLs (ACL)."""

    name = models.TextField(unique=True)
    full_name = models.TextField(blank=True)
    aliases = ArrayField(models.TextField(), default=list, blank=True)
    url = models.TextField(blank=True)
    field = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One year of a venue: `ICLR.2024`."""

    name = models.TextField(unique=True)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="editions")
    year = models.PositiveSmallIntegerField()
    title = models.TextField(blank=True)
    location = models.TextField(blank=True)
    dates = models.TextField(blank=True)
    url = models.TextField(blank=True)

    class Meta:
        ordering = ["-year", "name"]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A work, with the fields that papers.work.derive takes from its records. A trigger of the database writes a
    Change for every row that is created, deleted, or gets another content_hash."""

    key = models.TextField(unique=True, help_text="id in our URLs: 2401.01234, hep-th/9901001 or P19-1001@ACL")
    title = models.TextField()
    abstract = models.TextField(blank=True)
    abstract_kind = models.TextField(choices=[(kind.value, kind.value) for kind in AbstractKind])
    authors = models.JSONField(default=list, help_text="in order: name, family, given, affiliation, variants")
    editors = models.JSONField(default=list, blank=True)
    author_keys = ArrayField(models.TextField(), default=list, blank=True)
    categories = ArrayField(models.TextField(), default=list, blank=True, help_text="the primary one first")
    subjects = ArrayField(models.TextField(), default=list, blank=True)
    keywords = ArrayField(models.TextField(), default=list, blank=True)
    doi = models.TextField(blank=True)
    comments = models.TextField(blank=True)
    journal_ref = models.TextField(blank=True)
    report_no = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    language = models.TextField(blank=True)
    landing_url = models.TextField(blank=True)
    pdf_url = models.TextField(blank=True)
    submitted = models.DateTimeField(null=True, blank=True)
    updated = models.DateTimeField(null=True, blank=True)
    announced = models.DateField(null=True, blank=True)
    published = models.DateField(null=True, blank=True)
    links = models.JSONField(default=list, blank=True)
    appearances = ArrayField(models.TextField(), default=list, blank=True, help_text="names of editions")
    withdrawn = models.TextField(blank=True, help_text="the notice, where the paper was withdrawn")
    title_key = models.BigIntegerField(db_index=True)
    text_hash = models.BinaryField()
    content_hash = models.BinaryField()

    class Meta:
        indexes = [
            GinIndex(fields=["author_keys"], name="paper_author_keys"),
            models.Index(fields=["doi"], name="paper_doi", condition=~models.Q(doi="")),
        ]

    def __str__(self) -> str:
        return self.key


class Record(models.Model):
    """One source's version of a paper, kept whole so that a Paper can be derived again and a join undone."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="records")
    source = models.TextField()
    source_id = models.TextField()
    record_hash = models.BinaryField()
    data = models.JSONField(help_text="papers.record.PaperRecord")
    arrived = models.DateTimeField(null=True, db_default=Now(), help_text="empty where that was not kept")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="record_source_id")]

    def __str__(self) -> str:
        return f"{self.source}:{self.source_id}"


class Listing(models.Model):
    """A paper's place in a category's list of a day."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="listings")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="listings")
    category = models.TextField()
    day = models.DateField()
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in ListingKind])
    position = models.IntegerField(null=True, help_text="empty where the source's order is not known")
    estimated = models.BooleanField(default=False, help_text="the day was computed from the submission time")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "day", "paper"], name="listing_once_a_day"),
        ]


class Appearance(models.Model):
    """A paper's place in a venue's edition."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="places")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="places")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="places")
    track = models.TextField(blank=True)
    position = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "paper"], name="appearance_once")]


class FeedEntry(models.Model):
    """What the feed of a list has told: a paper, when it told it, and the name under which it did. Written once, with
    the paper's place in the list; see papers.feeds.entries."""

    # No constraint in the database: checking it takes a third of the time that writing an entry does.
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    list = models.TextField(help_text="a category, or the name of an edition")
    track = models.TextField(help_text="of an edition")
    venue = models.TextField(help_text="the edition's; empty for a category")
    told = models.DateTimeField(help_text="in whole seconds; entries of one moment go by id")
    name = models.TextField(help_text="what ids of entries are made of: the first key that the paper was told under")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "list", "track"], name="feed_entry_once"),
        ]
        indexes = [
            models.Index(fields=["list", "told", "id"], name="feed_entry_list"),
            models.Index(fields=["venue", "told", "id"], name="feed_entry_venue", condition=~models.Q(venue="")),
            models.Index(fields=["told", "id"], name="feed_entry_latest", condition=~models.Q(venue="")),
        ]


class DaySalt(models.Model):
    """What a day's readers are hashed with; deleted when the day is over (papers.day_key)."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField()


class Opening(models.Model):
    """Hashes of the readers of one site who opened a paper in one way today; `place` is the hash of those three."""

    place = models.BinaryField(primary_key=True)
    day = models.DateField()
    readers = ArrayField(models.BinaryField())


class Allowance(models.Model):
    """How many counts a site has used today."""

    site = models.BinaryField(primary_key=True)
    day = models.DateField()
    used = models.IntegerField()


class InterestCounts(models.Model):
    """How many readers opened a paper in each way, and starred it."""

    pdf = models.IntegerField(db_default=0)
    answers = models.IntegerField(db_default=0)
    related = models.IntegerField(db_default=0)
    stars = models.IntegerField(db_default=0)
    opens = models.IntegerField(db_default=0)

    class Meta:
        abstract = True


class Interest(InterestCounts):
    """Of all days, for the card of a paper."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, primary_key=True, related_name="interest")


class InterestDay(InterestCounts):
    """Of one day, for the top lists."""

    day = models.DateField()
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "paper"], name="interest_of_day")]


class Change(models.Model):
    """The change log, written by triggers only, in the transaction of the change itself.

    Numbers are given out before transactions commit, so they do not arrive in order: a follower reads only rows whose
    `transaction` is older than every running one (papers.changes), or it would skip the late ones for good."""

    paper_id = models.BigIntegerField()
    kind = models.CharField(max_length=1, choices=[("I", "created"), ("U", "updated"), ("D", "deleted")])
    transaction = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["transaction", "id"], name="change_order"),
            models.Index(fields=["paper_id", "at"], name="change_paper"),
        ]
