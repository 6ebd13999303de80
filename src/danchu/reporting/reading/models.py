"""Past reports, the figures read from them with their exact words, and what people decided."""

from __future__ import annotations

import uuid

from django.db import models


class ReadDocument(models.Model):
    """A report that was taken in. Its text is kept as read; offsets count its code points."""

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="read_document"
    )
    period = models.ForeignKey("calendar.Period", null=True, on_delete=models.PROTECT)
    title = models.CharField(max_length=300)
    source_note = models.CharField(max_length=500, blank=True)  # where it was published
    unit_as_written = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    # The same for two texts of the same words, whatever format they came in (``likeness.py``)
    likeness = models.CharField(max_length=64, blank=True, default="")
    doc_kind = models.CharField(max_length=20)
    event_date = models.DateField(null=True)
    warnings = models.JSONField(default=list)
    # Arithmetic of the text that does not add up (``checks.py``); None: taken in before it was kept
    disagreements = models.JSONField(null=True)
    reader_version = models.CharField(max_length=20)
    closed_at = models.DateTimeField(null=True)  # reviewed: nothing more is decided until reopened

    class Meta:
        indexes = [
            models.Index(fields=["period"]),
            models.Index(fields=["text_hash"]),
            models.Index(fields=["likeness"], name="read_document_likeness"),
        ]


class Decision(models.TextChoices):
    """What a person decided about something read. Nothing counts before it is decided."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class ReadFigure(models.Model):
    """A figure as read, and as decided. ``surface`` is exactly ``text[start:end]``.

    A figure that a person added from words of the text (``by_hand``) was read by nobody else.
    """

    document = models.ForeignKey(ReadDocument, on_delete=models.PROTECT, related_name="figures")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    amount = models.BigIntegerField()  # in the indicator's smallest unit
    stated = models.CharField(max_length=60)  # the number with its own digits: "96%", "4.984"
    denominator = models.BigIntegerField(null=True)
    surface = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    approx = models.BooleanField(default=False)
    scope = models.CharField(max_length=300, blank=True)
    part_of = models.CharField(max_length=60, blank=True)
    previous = models.BigIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(default=0)  # thousandths
    # The rule of the reader that took it; "" for one by hand, or read before rules were kept
    rule = models.CharField(max_length=60, blank=True, default="")
    # The text speaks of another time than its own here; ``read_period`` where that is a period
    own_period = models.BooleanField(default=False)
    read_period = models.ForeignKey(
        "calendar.Period", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_hand = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_key = models.CharField(max_length=60, blank=True)
    decided_amount = models.BigIntegerField(null=True)
    decided_scope = models.CharField(max_length=300, blank=True, default="")
    decided_start = models.PositiveIntegerField(null=True)  # other words, where a person chose them
    decided_end = models.PositiveIntegerField(null=True)
    # What it counts in: its report's period, its own, or what a person said
    period = models.ForeignKey(
        "calendar.Period", null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_in = models.UUIDField(null=True)  # the act by which many were accepted at once
    decided_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="read_figure_once")
        ]


class ReadFinding(models.Model):
    """An achievement, a limitation or a task in the words of the report."""

    class Kind(models.TextChoices):
        ACHIEVEMENT = "achievement"
        LIMITATION = "limitation"
        TASK = "task"

    document = models.ForeignKey(ReadDocument, on_delete=models.PROTECT, related_name="findings")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    surface = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="read_finding_once")
        ]


class Correction(models.Model):
    """What a person made of something read: material to train the reader with.

    Holds no name: who decided stands with the figure and in the ledger. One decided anew is
    withdrawn, never changed.
    """

    class Kind(models.TextChoices):
        CORRECTED = "corrected"
        REJECTED = "rejected"
        ADDED = "added"

    document = models.ForeignKey(ReadDocument, on_delete=models.PROTECT, related_name="corrections")
    figure = models.ForeignKey(ReadFigure, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    reader_version = models.CharField(max_length=20)
    read_key = models.CharField(max_length=60, blank=True)  # nothing was read: ""
    read_amount = models.BigIntegerField(null=True)
    read_scope = models.CharField(max_length=300, blank=True)
    read_start = models.PositiveIntegerField(null=True)
    read_end = models.PositiveIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(default=0)  # thousandths
    rule = models.CharField(max_length=60, blank=True, default="")  # that took it
    key = models.CharField(max_length=60, blank=True)  # rejected: ""
    amount = models.BigIntegerField(null=True)
    scope = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure"],
                condition=models.Q(withdrawn_at=None),
                name="read_correction_standing_once",
            )
        ]


class Batch(models.Model):
    """Files that were handed in together, each read on its own by the worker."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    client_key = models.UUIDField()
    source_note = models.CharField(max_length=500, blank=True)
    public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "client_key"], name="read_batch_once")
        ]
        indexes = [models.Index(fields=["unit", "made_at"])]


class BatchFile(models.Model):
    """A file of a batch: waiting, read, for a person to decide on, or why it failed.

    To decide on are a duplicate, and a text that names another unit than the batch's.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        DUPLICATE = "duplicate"
        OTHER_UNIT = "other_unit"
        FAILED = "failed"
        LEFT_OUT = "left_out"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT)
    client_key = models.UUIDField(default=uuid.uuid4)  # read twice makes one report
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    anyway = models.BooleanField(default=False)  # a person said to read it although it is alike
    is_own = models.BooleanField(default=False)  # a person said so, though it names another unit
    reason_vi = models.CharField(max_length=500, blank=True)
    reason_en = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        ReadDocument, null=True, on_delete=models.PROTECT, related_name="batch_files"
    )
    same_as = models.ForeignKey(ReadDocument, null=True, on_delete=models.PROTECT, related_name="+")
    # the unit its text names, where the person may hand in for it; then what it is read for
    other_unit = models.ForeignKey("units.Unit", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="read_batch_file_once")
        ]
        indexes = [models.Index(fields=["state", "id"], name="read_batch_file_waiting")]
