"""Reading what was changed on the map here, with the receipts."""

from __future__ import annotations

import uuid

from danchu.core.contracts import Actor
from danchu.core.errors import NotFound

from .models import MapChange, Receipt


def map_change(viewer: Actor, public_id: uuid.UUID) -> MapChange:
    """One change, for who may change or read one of its units. Raises ``NotFound``."""
    found = MapChange.objects.filter(public_id=public_id).first()
    if found is not None:
        for unit_id in found.units.values_list("unit_id", flat=True):
            if viewer.may("units.change", unit_id) or viewer.may("records.read", unit_id):
                return found
    raise NotFound("Không tìm thấy lần sắp xếp này.", "There is no such change of the map.")


def receipts(viewer: Actor, change: MapChange) -> list[Receipt]:
    """What became of each touched thing, in order; of units the viewer may read."""
    rows = change.receipts.select_related("account").order_by("position")
    seen = {
        unit_id
        for unit_id in set(change.receipts.values_list("unit_id", flat=True))
        if viewer.may("units.change", unit_id) or viewer.may("records.read", unit_id)
    }
    return [row for row in rows if row.unit_id in seen]
