"""A small invented map, built on the tables directly: two provinces before and after 1 July 2025."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest

from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.units.models import Lineage, Placement, Unit, UnitState

CHANGE = dt.date(2025, 7, 1)
EVE = dt.date(2025, 6, 30)


@dataclass
class Map:
    """Units by name, and the few words needed to build more."""

    units: dict[str, Unit] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Unit:
        return self.units[name]

    def add(
        self,
        name: str,
        level: str,
        parent: str | None,
        begins: dt.date | None = None,
        ends: dt.date | None = None,
        tree: str = "state",
    ) -> Unit:
        unit = self.units.get(name)
        if unit is None:
            unit = self.units[name] = Unit.objects.create(level=level, is_demo=True)
            UnitState.objects.create(
                unit=unit,
                code=f"M{unit.pk:04d}",
                name=name,
                kind="",
                folded=name,
                sort_key=name,
                valid_from=begins,
                valid_to=ends,
            )
        self.place(name, parent, begins, ends, tree)
        return unit

    def place(
        self,
        name: str,
        parent: str | None,
        begins: dt.date | None = None,
        ends: dt.date | None = None,
        tree: str = "state",
    ) -> None:
        above = self.units[parent] if parent else None
        path = "/"
        if above is not None:
            standing = above.placements.filter(tree=tree).order_by("-pk").first()
            path = standing.path if standing else f"/{above.pk}/"
        Placement.objects.create(
            unit=self.units[name],
            tree=tree,
            parent=above,
            path=f"{path}{self.units[name].pk}/",
            valid_from=begins,
            valid_to=ends,
        )

    def became(self, old: str, new: str, part: str = "whole", on: dt.date = CHANGE) -> None:
        Lineage.objects.create(
            predecessor=self.units[old], successor=self.units[new], part=part, on=on
        )


@pytest.fixture
def land(db: None) -> Map:
    """Minh Họa and Ví Dụ; Bến Mẫu and Cầu Mẫu of today with what they were made of."""
    land = Map()
    land.add("nation", "nation", None)
    land.add("Minh Họa cũ", "province", "nation", ends=EVE)
    land.add("huyện Mẫu", "district", "Minh Họa cũ", ends=EVE)
    land.add("Bến Mẫu cũ", "commune", "huyện Mẫu", ends=EVE)
    land.add("Đò Mẫu cũ", "commune", "huyện Mẫu", ends=EVE)
    land.add("Minh Họa", "province", "nation", begins=CHANGE)
    land.add("Ví Dụ", "province", "nation")
    land.add("Bến Mẫu", "commune", "Minh Họa", begins=CHANGE)
    land.add("Cầu Mẫu", "commune", "Minh Họa", begins=CHANGE)
    land.add("thôn Một", "village", "Bến Mẫu", begins=CHANGE)
    land.add("Chợ Mẫu", "commune", "Ví Dụ")
    # One commune that moved from one province to the other and kept its identity.
    land.add("Đảo Mẫu", "commune", "Ví Dụ", ends=EVE)
    land.place("Đảo Mẫu", "Minh Họa", begins=CHANGE)
    # A workplace that closed without a successor.
    land.add("Xưởng Mẫu", "workplace", "Bến Mẫu cũ", ends=dt.date(2024, 12, 31))
    land.became("Minh Họa cũ", "Minh Họa")
    land.became("Bến Mẫu cũ", "Bến Mẫu")
    land.became("Đò Mẫu cũ", "Bến Mẫu", "part")
    land.became("Đò Mẫu cũ", "Cầu Mẫu", "part")
    land.became("huyện Mẫu", "Bến Mẫu", "part")
    land.became("huyện Mẫu", "Cầu Mẫu", "part")
    return land


def person(name: str, **more: object) -> Account:
    """An account by a short name."""
    return Account.objects.create(email=f"{name}@vi-du.example", name=name, **more)


def grant(
    account: Account,
    role: str,
    unit: Unit,
    begins: dt.date = dt.date(2020, 1, 1),
    ends: dt.date | None = None,
    tree: str = "state",
) -> RoleGrant:
    """A role written straight into the table."""
    return RoleGrant.objects.create(
        account=account, role=role, unit=unit, tree=tree, valid_from=begins, valid_to=ends
    )


def holder(role: str, unit: Unit, **more: object) -> Account:
    """Somebody with one role over one unit, read again as a request would read them."""
    account = person(f"{role}-{unit.pk}-{Account.objects.count()}")
    grant(account, role, unit, **more)
    return Account.objects.get(pk=account.pk)
