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
    # Entered by mistake and taken back, with everything it had handed over.
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=500, blank=True)


class ChangedUnit(models.Model):
    """A unit's part in a change: whether it was there before, and whether it goes on."""

    change = models.ForeignKey(MapChange, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="map_changes")
    was = models.BooleanField()
    goes_on = models.BooleanField()
    # "xã Hợp Mẫu (9A010)": of a unit that began with a change that was taken back; the map has
    # forgotten it.
    name = models.CharField(max_length=250, blank=True)

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
    was = models.CharField(max_length=10, blank=True)  # its last day until then (ISO)
    of_withdrawal = models.BooleanField(default=False)  # written when the change was taken back

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "area", "ref", "effect", "of_withdrawal"],
                name="receipt_once_per_thing",
            )
        ]
