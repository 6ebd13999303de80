"""Tasks with an owner and a date: "việc hôm nay" reads this one table."""

from __future__ import annotations

from django.db import models


class Task(models.Model):
    """Something a unit has to do by a day; closed when done, never deleted."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="tasks")
    owner = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="tasks"
    )
    record = models.ForeignKey(
        "records.Record", null=True, on_delete=models.PROTECT, related_name="tasks"
    )
    kind = models.CharField(max_length=40)  # "opinion.answer", "dialogue.publish_result"…
    title = models.CharField(max_length=300)
    basis = models.CharField(max_length=200, blank=True)  # the article it rests on
    starts_on = models.DateField()
    due_on = models.DateField(null=True)
    day_unit = models.CharField(max_length=8, default="calendar")  # working | calendar
    path = models.CharField(max_length=200, blank=True)  # address of the page where it is done
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Who asked for it, where a person did; most tasks come of the law itself.
    asked_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    inside = models.BooleanField(default=False)  # told to the unit itself, not to those above it
    key = models.CharField(max_length=120, unique=True)  # makes assigning repeatable

    class Meta:
        indexes = [models.Index(fields=["unit", "done_at", "due_on"])]
