"""Reading what was changed on the map here, with the receipts."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from danchu.core.accounts.models import Account
from danchu.core.contracts import Actor, Touched
from danchu.core.errors import NotFound

from .models import ChangedUnit, MapChange, Receipt


def map_change(viewer: Actor, public_id: uuid.UUID) -> MapChange:
    """One change, for who may change or read one of its units. Raises ``NotFound``."""
    found = MapChange.objects.filter(public_id=public_id).first()
    if found is not None and _may_see(viewer, found.units.values_list("unit_id", flat=True)):
        return found
    raise NotFound("Không tìm thấy lần sắp xếp này.", "There is no such change of the map.")


def receipts(viewer: Actor, change: MapChange) -> list[Receipt]:
    """What became of each touched thing, in order; of units the viewer may read."""
    rows = change.receipts.select_related("account").order_by("of_withdrawal", "position")
    seen = {
        unit_id
        for unit_id in set(change.receipts.values_list("unit_id", flat=True))
        if _may_see(viewer, [unit_id])
    }
    return [row for row in rows if row.unit_id in seen]


@dataclass(frozen=True, slots=True)
class UnitsOfChange:
    """The units that took part: those there were before, and those that go on or begin.

    ``gone``: what the units were called that began with a change which was taken back.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    gone: tuple[str, ...]


def units_of(change: MapChange) -> UnitsOfChange:
    """The units of a change, for who may see the change."""
    rows = list(change.units.order_by("unit_id").values_list("unit_id", "was", "goes_on", "name"))
    return UnitsOfChange(
        tuple(unit for unit, was, _goes_on, _name in rows if was),
        tuple(unit for unit, _was, goes_on, _name in rows if goes_on),
        tuple(name for _unit, _was, _goes_on, name in rows if name),
    )


def changes_of(viewer: Actor, unit_id: int) -> list[MapChange]:
    """The changes in which a unit took part, the latest first; none where it may not be read."""
    if not _may_see(viewer, [unit_id]):
        return []
    own = ChangedUnit.objects.filter(unit_id=unit_id).values("change_id")
    return list(MapChange.objects.filter(pk__in=own).order_by("-on", "-pk"))


def change_confirmed_on(viewer: Actor, fingerprint: str) -> MapChange | None:
    """The change that stands by exactly that dry run, where the viewer may see it."""
    found = (
        MapChange.objects.filter(fingerprint=fingerprint, withdrawn_at=None).order_by("-pk").first()
    )
    if found is None or not fingerprint:
        return None
    seen = _may_see(viewer, found.units.values_list("unit_id", flat=True))
    return found if seen else None


def holders(viewer: Actor, items: Iterable[Touched | Receipt]) -> dict[int, str]:
    """The names of the people whose roles are meant, by account; of units where the viewer
    manages people."""
    wanted = {
        item.account_id
        for item in items
        if item.account_id is not None and viewer.may("people.manage", item.unit_id)
    }
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _may_see(viewer: Actor, unit_ids: Collection[int] | Iterable[int]) -> bool:
    return any(
        viewer.may("units.change", unit_id) or viewer.may("records.read", unit_id)
        for unit_id in unit_ids
    )
