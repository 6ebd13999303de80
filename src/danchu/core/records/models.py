"""The spine: one row for every act written down (DESIGN decision 14)."""

from __future__ import annotations

import uuid

from django.db import models


class Record(models.Model):
    """An act written down. The package's own table points here, one to one."""

    class State(models.TextChoices):
        RECORDED = "recorded"
        CANCELLED = "cancelled"

    class Visibility(models.TextChoices):
        INTERNAL = "internal"
        PUBLIC = "public"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)  # "dialogue", "reception", "otherwork", "reading"…
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="records")
    occurred_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECORDED)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    author = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="records"
    )
    client_key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(auto_now_add=True)
    # When everybody was first shown what had been written down for inside; else NULL.
    public_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client_key"], name="record_once_per_client_key"
            ),
            # NULLs are never equal to each other, so records without an author need their own.
            models.UniqueConstraint(
                fields=["client_key"],
                condition=models.Q(author__isnull=True),
                name="record_once_per_anonymous_key",
            ),
            models.CheckConstraint(
                condition=models.Q(state="recorded") | ~models.Q(cancel_reason=""),
                name="record_cancelled_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind", "occurred_on"])]


class RecordVersion(models.Model):
    """What a record said before it was corrected: a correction is a new version, never an edit."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_version_once")
        ]


class Draft(models.Model):
    """An autosaved, private draft: one row per form and person, overwritten (decision 19)."""

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE)
    form = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    row_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "form"], name="one_draft_per_form")
        ]
