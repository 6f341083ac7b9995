"""What the store keeps about harvesting itself: runs, their position, and input it could not use."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
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


class Turnstile(models.Model):
    """When the hosts of a group may be asked again. Held with an advisory lock, see ingest.http.turnstile."""

    group = models.TextField(primary_key=True)
    opens = models.DateTimeField()

    def __str__(self) -> str:
        return self.group


class Queue(StrEnum):
    """Where work waits, the most urgent first."""

    DEMAND = "demand"
    TODAY = "today"
    VENUES = "venues"
    HISTORY = "history"


class Job(models.Model):
    """A piece of harvesting that is to be done. Who works on it holds a lease; `progress` moves in the transaction
    that stores what was fetched, so a worker that was killed loses nothing but its last answer."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead", "given up"

    kind = models.TextField(help_text="which function of ingest.harvest does it")
    key = models.TextField(help_text="what it is about; one open job for each kind and key")
    queue = models.TextField(choices=[(queue.value, queue.value) for queue in Queue])
    priority = models.PositiveSmallIntegerField()
    payload = models.JSONField(default=dict)
    progress = models.JSONField(default=dict, blank=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0, help_text="failures in a row")
    not_before = models.DateTimeField(db_default=Now())
    lease = models.TextField(blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, help_text="why it failed last, or what came of it")
    created = models.DateTimeField(db_default=Now())
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], name="job_open_once", condition=models.Q(state__in=["waiting", "running"])
            ),
        ]
        indexes = [
            models.Index(
                fields=["priority", "not_before", "id"], name="job_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["leased_until"], name="job_leased", condition=models.Q(state="running")),
            models.Index(fields=["kind", "key", "-id"], name="job_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class AnnouncedList(models.Model):
    """The list of a category's day as arXiv announced it. Its papers stand in papers.Listing."""

    category = models.TextField()
    day = models.DateField()
    new = models.PositiveIntegerField()
    cross = models.PositiveIntegerField()
    replaced = models.PositiveIntegerField()
    set_aside = models.PositiveIntegerField(default=0, help_text="entries that could not be used")
    batch = models.BinaryField(help_text="hash of the entries: a feed may give an old list under a new day")
    fetched = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "day"], name="announced_list_once")]
        indexes = [models.Index(fields=["day"], name="announced_list_day")]

    def __str__(self) -> str:
        return f"{self.category} {self.day}"

    @property
    def announced(self) -> int:
        return self.new + self.cross + self.replaced


class Source(models.Model):
    """How a source fares. `enabled` is the operator's switch."""

    name = models.TextField(primary_key=True)
    enabled = models.BooleanField(default=True)
    last_asked = models.DateTimeField(null=True, blank=True)
    last_success = models.DateTimeField(null=True, blank=True)
    last_failure = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    harvested_until = models.DateField(null=True, blank=True, help_text="datestamps up to this day are here (OAI-PMH)")

    def __str__(self) -> str:
        return self.name


class HarvestedEdition(models.Model):
    """What a source of proceedings gave of an edition."""

    source = models.TextField()
    edition = models.TextField()
    papers = models.PositiveIntegerField(default=0)
    announced = models.PositiveIntegerField(null=True, help_text="how many papers the source says there are")
    details_missing = models.PositiveIntegerField(default=0)
    last_success = models.DateTimeField(null=True)
    not_there = models.DateTimeField(null=True, help_text="when the source last said that it has no such edition")
    etag = models.TextField(blank=True)
    digest = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "edition"], name="harvested_edition_once")]

    def __str__(self) -> str:
        return f"{self.edition} from {self.source}"


class Alarm(models.Model):
    """Something that an operator should look at; cleared by itself once it is over, or by hand."""

    subject = models.TextField(help_text="what it is about: one open alarm for each")
    text = models.TextField()
    raised = models.DateTimeField(db_default=Now())
    cleared = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], name="alarm_open_once", condition=models.Q(cleared=None))
        ]

    def __str__(self) -> str:
        return self.text


class Merge(models.Model):
    """Records that came to a paper because something says they are of the same work. See ingest.merging."""

    class Evidence(models.TextChoices):
        ID = "id", "a source says so"
        DOI = "doi", "DOI"
        TITLE = "title", "title and authors"
        NEAR_TITLE = "near-title", "nearly the same title, and authors"

    source = models.TextField()
    source_id = models.TextField(help_text="the record that brought the evidence")
    title = models.TextField()
    paper = models.BigIntegerField(help_text="id of the paper that was kept")
    paper_title = models.TextField()
    records = ArrayField(models.TextField(), help_text="SOURCE:ID of all records that came")
    stayed = ArrayField(models.TextField(), default=list, help_text="SOURCE:ID of those that were left at the undoing")
    emptied = models.BigIntegerField(null=True, help_text="id of the paper that they came from, and go back to")
    evidence = models.TextField(choices=Evidence.choices)
    score = models.FloatField(help_text="from 0 to 1")
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())
    undone = models.DateTimeField(null=True)
    undone_by = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["source", "source_id"], name="merge_record"),
            models.Index(fields=["-at"], name="merge_latest"),
            models.Index(fields=["paper"], name="merge_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.source_id} into {self.paper}"


class Apart(models.Model):
    """Two records, SOURCE:ID, that an operator said are not of one work: nothing joins them again."""

    one = models.TextField(help_text="the name that sorts first")
    other = models.TextField()
    at = models.DateTimeField(db_default=Now())
    by = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "kept apart"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="apart_once")]
        indexes = [models.Index(fields=["other"], name="apart_other")]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"


class PdfText(models.Model):
    """The text of a paper's PDF, or why there is none. See ingest.full_text."""

    paper = models.OneToOneField("papers.Paper", on_delete=models.CASCADE, primary_key=True, related_name="+")
    address = models.TextField(help_text="of the version that was asked for")
    text = models.BinaryField(default=b"", help_text="compressed by zlib")
    pages = models.PositiveIntegerField(default=0)
    is_whole = models.BooleanField(default=True, help_text="all pages were read")
    reason = models.TextField(blank=True, help_text="why there is no text")
    fetched = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.address
