"""What a person adds to the six-month report: the issuer's head and foot, and findings."""

from __future__ import annotations

from django.db import models


class Issuer(models.Model):
    """Who issues a unit's report, from one day to another; it decides the layout."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="issuers")
    layout = models.CharField(max_length=5)  # state | party
    parent_body = models.CharField(max_length=200, blank=True)
    issuing_body = models.CharField(max_length=200)
    symbol = models.CharField(max_length=40)  # "BC-UBND", "BC/BCĐ"
    place = models.CharField(max_length=100)
    addressee = models.CharField(max_length=300, blank=True)
    authority = models.CharField(max_length=100)  # "TM. ỦY BAN NHÂN DÂN", "T/M BAN CHỈ ĐẠO"
    post = models.CharField(max_length=100)
    recipients = models.JSONField(default=list)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)


class Note(models.Model):
    """A finding written or chosen for one unit's report of one period."""

    class Kind(models.TextChoices):
        ACHIEVEMENT = "achievement"
        LIMITATION = "limitation"
        CAUSE = "cause"
        TASK = "task"
        RECOMMENDATION = "recommendation"

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    order = models.PositiveIntegerField()
    text = models.TextField()
    author = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    written_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["unit", "period", "kind"])]
