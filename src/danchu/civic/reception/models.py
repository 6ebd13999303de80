"""Reception of citizens: the days held, and when leaders receive (C1).

Visits (lượt), people (người) and matters (vụ việc) are three counts and are never ordered
against each other: a group is one visit of several people, one person may come often.
"""

from __future__ import annotations

from django.db import models


class Reception(models.Model):
    """One reception day or an ad hoc reception, as totals. Holds no person who came."""

    class Form(models.TextChoices):
        REGULAR = "regular"  # thường xuyên
        PERIODIC = "periodic"  # định kỳ, by a leader
        AD_HOC = "ad_hoc"  # đột xuất

    class Receiver(models.TextChoices):
        HEAD = "head"
        PARTY_SECRETARY = "party_secretary"
        DEPUTY = "deputy"  # sitting in for the head does not count for the head
        OFFICER = "officer"

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="reception"
    )
    form = models.CharField(max_length=10, choices=Form.choices)
    receiver = models.CharField(max_length=16, choices=Receiver.choices)
    receiver_post = models.CharField(max_length=160)
    place = models.CharField(max_length=200, blank=True)
    visits = models.PositiveIntegerField()
    people = models.PositiveIntegerField(null=True)  # None: the register did not count them
    matters = models.PositiveIntegerField(null=True)
    mass_groups = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)


class ScheduleLine(models.Model):
    """Who receives citizens when; shown on the citizens' page of the unit."""

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="reception_schedule"
    )
    leader_post = models.CharField(max_length=160)
    leader_name = models.CharField(max_length=120, blank=True)
    weekday = models.PositiveSmallIntegerField()  # 0 Monday … 6 Sunday
    weeks = models.CharField(max_length=9, blank=True)  # "" every week, else "1,3" of the month
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="schedule_weekday_exists"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="schedule_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["unit", "valid_to"])]
