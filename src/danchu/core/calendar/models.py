"""Days off, make-up days and report periods: versioned rows an administrator can extend."""

from __future__ import annotations

from django.db import models


class CalendarVersion(models.Model):
    """One state of the calendar. A derivation names the version it was computed with."""

    number = models.PositiveIntegerField(unique=True)
    source = models.CharField(max_length=64, blank=True)  # hash of a release's file; "" = local
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_id = models.BigIntegerField(null=True)


class SpecialDay(models.Model):
    """A day that is not what its weekday says. Later versions override earlier ones, day by day."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday"  # off for everybody
        SWAP_OFF = "swap_off"  # off for the public sector, made up elsewhere
        WORK = "work"  # a weekend day worked instead, public sector
        ORDINARY = "ordinary"  # withdraws an earlier row: the weekday decides again

    version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="days")
    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    certainty = models.CharField(max_length=20, default="sure")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "date"], name="special_day_once")]
        indexes = [models.Index(fields=["date"])]


class PeriodScheme(models.Model):
    """How a body cuts the year: the calendar year, Decree 09/2019, a committee's own dates."""

    code = models.CharField(max_length=40, unique=True)  # "" is not allowed; "cal", "nd09"…
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    basis = models.CharField(max_length=300, blank=True)
    unit_id = models.BigIntegerField(null=True)  # a committee's own scheme


class SchemeDue(models.Model):
    """By when a level hands in a period of the scheme; rounds offer these days and may differ."""

    scheme = models.ForeignKey(PeriodScheme, on_delete=models.PROTECT, related_name="dues")
    level = models.CharField(max_length=20)  # of ``units.Unit.Level``
    days_after = models.PositiveSmallIntegerField()  # the period's end, then the next working day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "level"], name="scheme_due_once_per_level")
        ]


class Period(models.Model):
    """Periods are rows (DESIGN decision 2). [start, end] inclusive."""

    class Kind(models.TextChoices):
        MONTH = "month"
        QUARTER = "quarter"
        HALF_YEAR = "half_year"
        NINE_MONTHS = "nine_months"
        YEAR = "year"
        OTHER = "other"

    scheme = models.ForeignKey(PeriodScheme, on_delete=models.PROTECT, related_name="periods")
    code = models.CharField(max_length=60, unique=True)  # "2019H1", "nd09:2026H1"
    kind = models.CharField(max_length=12, choices=Kind.choices)
    start = models.DateField()
    end = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="period_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["start", "end"])]
