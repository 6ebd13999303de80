"""Việc khác: plain rows for every kind of work that has no package of its own yet.

A later package takes its rows over; until then they count like all others.
"""

from __future__ import annotations

from django.db import models


class OtherWork(models.Model):
    """A number of something done on a day, its kind taken from the dictionary of indicators."""

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="other_work"
    )
    kind = models.CharField(max_length=60)  # key of the dictionary
    base_kind = models.CharField(max_length=16, default="commune")
    place = models.CharField(max_length=200, blank=True)
    number = models.PositiveBigIntegerField()  # in the smallest unit of the indicator
    people = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    taken_over_by = models.ForeignKey(
        "records.Record", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["kind"])]
