"""Where a unit usually posts, so that the form of the next notice begins with it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

from danchu.core.contracts import Actor
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.core.text import fold
from danchu.core.units.selectors import child_units

from ..models import Place, Posting

_NEWEST = 200


def usual_places(viewer: Actor, unit_id: int, on: dt.date) -> dict[str, tuple[str, ...]]:
    """The places of a unit's newest postings, by kind of place, of what the viewer may see.

    With them the halls of those villages below that day of which none was ever written down:
    article 13 has a notice hang in each.
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
    known = [fold(place) for places in found.values() for place in places]
    for child in child_units(unit_id, on):
        if child.level != "village":
            continue
        named = re.compile(rf"(?<!\w){re.escape(fold(child.name))}(?!\w)")
        if not any(named.search(place) for place in known):
            found[Place.CULTURE_HOUSE].setdefault(f"Nhà văn hóa {child.name}")
    return {kind: tuple(places) for kind, places in found.items() if places}
