"""What a unit says beside what its records show: each difference noticed, and its story."""

from __future__ import annotations

from django.db import models


class Difference(models.Model):
    """An indicator of a unit and period for which the unit says something else than its records.

    Noticed by the fold. The amounts are those of the last time they differed; what came before
    stands in the steps. ``stated_in``: the version, issued report or confirmed old report that
    says it. ``recorded_until``: the last day whose facts are meant. Whether it is open to the unit
    only follows from ``explain_by``, ``explained_at`` and ``settled_on``.
    """

    class Settled(models.TextChoices):
        AMENDED = "amended"  # the unit says another figure now
        MENDED = "mended"  # the records were put right
        WITHDRAWN = "withdrawn"  # nothing that says it stands any more

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="differences")
    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT)
    indicator = models.ForeignKey("figures.Indicator", on_delete=models.PROTECT)
    stated_in = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    stated_on = models.DateField(null=True)
    stated_state = models.CharField(max_length=14)
    stated_amount = models.BigIntegerField(null=True)  # in the indicator's smallest unit
    recorded_state = models.CharField(max_length=14)
    recorded_amount = models.BigIntegerField(null=True)
    recorded_sources = models.PositiveIntegerField(default=0)  # records behind it
    recorded_until = models.DateField()
    noticed_on = models.DateField()
    explain_by = models.DateField()
    calendar_version = models.PositiveIntegerField()  # the days off ``explain_by`` was counted with
    explanation = models.TextField(blank=True)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    explained_late = models.BooleanField(default=False)
    # The explanation speaks of these amounts; False once one of them changed after it.
    explanation_stands = models.BooleanField(default=False)
    settled_on = models.DateField(null=True)
    settled_how = models.CharField(max_length=9, choices=Settled.choices, blank=True)
    row_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period", "indicator"],
                condition=models.Q(settled_on__isnull=True),
                name="one_difference_alive",
            ),
            models.CheckConstraint(
                condition=models.Q(explained_at__isnull=True) | ~models.Q(explanation=""),
                name="difference_explained_with_words",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_on__isnull=True) | ~models.Q(settled_how=""),
                name="difference_settled_somehow",
            ),
        ]
        indexes = [models.Index(fields=["period", "unit"])]


class DifferenceStep(models.Model):
    """One thing that happened to a difference; rows are only added."""

    class Kind(models.TextChoices):
        NOTICED = "noticed"
        CHANGED = "changed"
        EXPLAINED = "explained"
        SETTLED = "settled"
        AGAIN = "again"  # the same difference is there once more

    difference = models.ForeignKey(Difference, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    on = models.DateField()
    stated_in = models.ForeignKey(
        "records.Record", null=True, on_delete=models.PROTECT, related_name="+"
    )
    stated_state = models.CharField(max_length=14, blank=True)  # blank: nothing says it any more
    stated_amount = models.BigIntegerField(null=True)
    recorded_state = models.CharField(max_length=14, blank=True)
    recorded_amount = models.BigIntegerField(null=True)
    text = models.TextField(blank=True)  # of an explanation
    written_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["difference", "number"], name="difference_step_once")
        ]
