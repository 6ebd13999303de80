"""The dictionary of indicators and the cells of the roll-up."""

from __future__ import annotations

from django.db import models


class DictionaryVersion(models.Model):
    """One state of the dictionary; a report names the version it was made with."""

    number = models.PositiveIntegerField(unique=True)
    source_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Indicator(models.Model):
    """An indicator's identity. What it means lives in its definitions."""

    key = models.CharField(max_length=60, unique=True)


class Definition(models.Model):
    """What an indicator means from one version of the dictionary on, until a later row."""

    class Nature(models.TextChoices):
        FLOW = "flow"
        STOCK = "stock"
        DISTINCT = "distinct"
        RATIO = "ratio"
        COVERAGE = "coverage"
        DURATION = "duration"
        CHANGE = "change"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    version = models.ForeignKey(DictionaryVersion, on_delete=models.PROTECT)
    order = models.PositiveIntegerField()
    section = models.CharField(max_length=20)
    tier = models.CharField(max_length=4)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    definition_vi = models.TextField()
    definition_en = models.TextField()
    unit = models.CharField(max_length=60)
    unit_vi = models.CharField(max_length=30)
    unit_en = models.CharField(max_length=30)
    scale = models.PositiveIntegerField(default=1)  # smallest units in one display unit
    decimals = models.PositiveSmallIntegerField(default=0)
    nature = models.CharField(max_length=10, choices=Nature.choices)
    time_operator = models.CharField(max_length=10)  # sum | last | distinct | none
    unit_operator = models.CharField(max_length=10)  # sum | distinct | none
    numerator = models.CharField(max_length=60, blank=True)  # key, for rates
    denominator = models.CharField(max_length=60, blank=True)
    part_of = models.CharField(max_length=60, blank=True)
    sensitive = models.BooleanField(default=False)  # counts under 5 are shown as "dưới 5"
    work_kind = models.BooleanField(default=False)  # may be written down as "việc khác"
    people_key = models.CharField(max_length=60, blank=True)
    computed_from = models.CharField(max_length=20, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "version"], name="definition_once_per_version"
            )
        ]


class CellState(models.TextChoices):
    """The four states of a value (DESIGN decision 3)."""

    REPORTED = "reported"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class Layer(models.TextChoices):
    """Where a value comes from. Layers are shown side by side, never mixed."""

    RECORDED = "recorded"  # computed from records
    STATED = "stated"  # read from a report and confirmed
    REPORTED = "reported"  # in a submitted version


class Cell(models.Model):
    """One value of the roll-up: unit × period × indicator × dimension, in one layer.

    Plain numbers instead of foreign keys, period and province on every row, and nothing
    points here: PostgreSQL may partition this table (DESIGN decision 20). ``reach`` "own" is
    what the unit itself did, "all" the unit and everything below it on the map of the day.
    A cell that does not exist is a value not reported.
    """

    class Reach(models.TextChoices):
        OWN = "own"
        ALL = "all"

    unit_id = models.BigIntegerField()
    period_id = models.BigIntegerField()
    province_id = models.BigIntegerField(null=True)
    indicator_id = models.BigIntegerField()
    layer = models.CharField(max_length=8, choices=Layer.choices)
    reach = models.CharField(max_length=3, choices=Reach.choices)
    dimension = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=14, choices=CellState.choices)
    amount = models.BigIntegerField(null=True)  # in the indicator's smallest unit
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    n_reported = models.PositiveIntegerField(default=0)
    n_zero = models.PositiveIntegerField(default=0)
    n_not_applicable = models.PositiveIntegerField(default=0)
    n_missing = models.PositiveIntegerField(default=0)
    n_expected = models.PositiveIntegerField(default=0)
    sources = models.PositiveIntegerField(default=0)  # records or statements behind it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "period_id", "layer", "reach", "indicator_id", "dimension"],
                name="cell_once",
            )
        ]
        # No index by period: of one that has just begun PostgreSQL knows no cell yet and would
        # rather read all of them than the few of one unit.


class ConfirmedState(models.Model):
    """An officer's word that there was nothing, or that the question does not apply and why."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT)
    state = models.CharField(
        max_length=14,
        choices=[("zero", "zero"), ("not_applicable", "not_applicable")],
    )
    reason = models.CharField(max_length=300, blank=True)
    confirmed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    confirmed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period", "indicator"], name="confirmed_state_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="not_applicable") | ~models.Q(reason=""),
                name="not_applicable_says_why",
            ),
        ]


class Comparison(models.Model):
    """The cells of a period held against cells computed anew from their sources, on one day.

    ``differing`` is how many did not agree and were put right; None where something was still
    waiting to be folded, so that nothing can be said.
    """

    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT)
    compared_at = models.DateTimeField()
    cells = models.PositiveBigIntegerField()
    differing = models.PositiveBigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["compared_at"])]
