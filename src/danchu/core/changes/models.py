"""Changes of the map that were carried out here, each with its receipts."""

from __future__ import annotations

import uuid

from django.db import models


class MapChange(models.Model):
    """One act: units merged, split, renamed, abolished or moved, and everything handed over."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8)
    on = models.DateField()  # first day of the new state
    basis = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64)  # of the dry run it was confirmed on
    carried_out_at = models.DateTimeField()
    carried_out_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )


class ChangedUnit(models.Model):
    """A unit's part in a change: whether it was there before, and whether it goes on."""

    change = models.ForeignKey(MapChange, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="map_changes")
    was = models.BooleanField()
    goes_on = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "unit"], name="changed_unit_once")]


class Receipt(models.Model):
    """What became of one touched thing. Kept as it was written; names no person."""

    change = models.ForeignKey(MapChange, on_delete=models.PROTECT, related_name="receipts")
    position = models.PositiveIntegerField()
    area = models.CharField(max_length=20)
    ref = models.CharField(max_length=80)
    effect = models.CharField(max_length=6)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("units.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True)
    number = models.PositiveIntegerField(default=1)
    text_vi = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "area", "ref", "effect"], name="receipt_once_per_thing"
            )
        ]
