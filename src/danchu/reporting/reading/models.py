"""Past reports, the figures read from them with their exact words, and what people decided."""

from __future__ import annotations

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
    doc_kind = models.CharField(max_length=20)
    event_date = models.DateField(null=True)
    warnings = models.JSONField(default=list)
    # Arithmetic of the text that does not add up (``checks.py``); None: taken in before it was kept
    disagreements = models.JSONField(null=True)
    reader_version = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["period"]), models.Index(fields=["text_hash"])]


class Decision(models.TextChoices):
    """What a person decided about something read. Nothing counts before it is decided."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class ReadFigure(models.Model):
    """A figure as read, and as decided. ``surface`` is exactly ``text[start:end]``."""

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
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_key = models.CharField(max_length=60, blank=True)
    decided_amount = models.BigIntegerField(null=True)
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
