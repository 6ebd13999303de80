"""Requests from above: a form to be filled by an hour, what its cells mean, what was answered."""

from __future__ import annotations

from django.db import models


class FormLayout(models.Model):
    """A form known by its structure, so that its next copy is mapped already."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)  # of sheet names and header texts
    name = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "fingerprint"], name="layout_once_per_unit")
        ]


class OfPeriod(models.TextChoices):
    """Of which period a cell of a form tells, seen from the period that is asked for."""

    THIS = "this"
    LAST_YEAR = "last_year"  # the same period of the year before: "cùng kỳ"
    BEFORE = "before"  # the period of the same kind just before: "kỳ trước"


class CellMapping(models.Model):
    """What goes into one cell of a layout. ``sheet`` is counted from 1: names carry periods."""

    class What(models.TextChoices):
        VALUE = "value"  # a figure of the unit
        TEXT = "text"  # the same words every time
        DATE = "date"  # the day of the answer
        UNIT = "unit"  # the unit's name

    layout = models.ForeignKey(FormLayout, on_delete=models.PROTECT, related_name="cells")
    sheet = models.PositiveSmallIntegerField()
    cell = models.CharField(max_length=10)
    what = models.CharField(max_length=5, choices=What.choices)
    indicator = models.ForeignKey("figures.Indicator", null=True, on_delete=models.PROTECT)
    dimension = models.CharField(max_length=60, blank=True)
    scale = models.PositiveBigIntegerField(null=True)  # smallest units to one; null: the usual
    text = models.CharField(max_length=300, blank=True)
    of_period = models.CharField(max_length=9, choices=OfPeriod.choices, default=OfPeriod.THIS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layout", "sheet", "cell"], name="cell_mapped_once"),
            models.CheckConstraint(
                condition=models.Q(what="value", indicator__isnull=False)
                | (~models.Q(what="value") & models.Q(indicator__isnull=True)),
                name="value_has_an_indicator",
            ),
            models.CheckConstraint(
                condition=models.Q(scale__isnull=True) | models.Q(scale__gt=0),
                name="mapping_scale_positive",
            ),
        ]


class Request(models.Model):
    """What somebody above asked for, on a form of their own."""

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        CANCELLED = "cancelled"

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="request"
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT, related_name="+")
    layout = models.ForeignKey(FormLayout, on_delete=models.PROTECT, related_name="requests")
    form = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    sender = models.CharField(max_length=200)  # who asks, as the letter names them
    letter_number = models.CharField(max_length=60, blank=True)
    letter_day = models.DateField(null=True)
    due_at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "due_at"])]


class Answer(models.Model):
    """A filled form as it was made; never changed. A later one has the next number."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(max_length=8)  # recorded | stated | reported
    dictionary = models.PositiveIntegerField()  # number of the dictionary's version
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="answer_numbered_once")
        ]


class Sending(models.Model):
    """That an answer went out to who asked, and when; what is only filled has none."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="sending")
    sent_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )


class AnswerCell(models.Model):
    """One filled cell of an answer, with the value as it stood then. Nothing was written: ""."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="cells")
    sheet = models.PositiveSmallIntegerField()
    cell = models.CharField(max_length=10)
    what = models.CharField(max_length=5, choices=CellMapping.What.choices)
    key = models.CharField(max_length=60, blank=True)  # of the indicator
    dimension = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=14, blank=True)  # of the value; "" for not reported
    amount = models.BigIntegerField(null=True)  # in the indicator's smallest unit
    n_reported = models.PositiveIntegerField(default=0)
    n_expected = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(null=True)  # of the submission, in layer "reported"
    scale = models.PositiveBigIntegerField(null=True)
    written = models.CharField(max_length=300, blank=True)
    of_period = models.CharField(max_length=9, choices=OfPeriod.choices, default=OfPeriod.THIS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "sheet", "cell"], name="answer_cell_once")
        ]
