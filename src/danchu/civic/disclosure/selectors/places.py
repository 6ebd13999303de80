"""Where a unit usually posts, so that the form of the next notice begins with it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from danchu.core.contracts import Actor
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.core.units.selectors import child_units

from ..models import Place, Posting

_NEWEST = 200


def usual_places(viewer: Actor, unit_id: int, on: dt.date) -> dict[str, tuple[str, ...]]:
    """The places of a unit's newest postings, by kind of place, of what the viewer may see.

    Where no village hall was ever written down, those of the villages below that day: article 13
    names them, and each village has one or none.
    """
    records = visible_records(viewer, unit_id=unit_id, kinds=["posting"], end=on)
    rows = (
        Posting.objects.filter(record__in=records, record__state=Record.State.RECORDED)
        .exclude(kind=Place.PORTAL)
        .order_by("-record__occurred_on", "-record_id")
        .values_list("kind", "place")[:_NEWEST]
    )
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for kind, place in rows:
        found[kind].setdefault(place)
    if not found[Place.CULTURE_HOUSE]:
        for child in child_units(unit_id, on):
            if child.level == "village":
                found[Place.CULTURE_HOUSE].setdefault(f"Nhà văn hóa {child.name}")
    return {kind: tuple(places) for kind, places in found.items() if places}
