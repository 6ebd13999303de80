"""An invented country as wide as the real one, one province of it with everything below.

Written in bulk and always the same. Real units never carry invented figures, not even in a
throw-away database, so the communes here are "xã Mẫu 1", "xã Mẫu 2"…
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.units.models import Placement, Unit
from danchu.core.units.naming import new_state
from danchu.core.units.spans import Span

PROVINCES, COMMUNES = 34, 3321  # as many as the country has had since 1 July 2025
VILLAGES, WORKPLACES = 27, 36  # of a commune: 90,000 and 120,000 in the country
BATCH = 2000
SINCE = dt.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Country:
    """The invented country: its root, its provinces and communes, and the one looked at."""

    nation: int
    provinces: tuple[int, ...]
    communes: tuple[int, ...]  # of the first province
    below: tuple[int, ...]  # villages, agencies and workplaces of those communes

    @property
    def province(self) -> int:
        """The province that the groups look at."""
        return self.provinces[0]


@dataclass(frozen=True, slots=True)
class _Row:
    level: str
    code: str
    name: str
    kind: str
    parent: int | None


@cache
def country() -> Country:
    """The invented country, written once for all groups of one run."""
    paths: dict[int, str] = {}
    (nation,) = _written([_Row("nation", "MM", "Quốc gia Mẫu", "quốc gia", None)], paths)
    provinces = _written(
        [
            _Row("province", f"M{n:02d}", f"tỉnh Mẫu {n}", "tỉnh", nation)
            for n in range(1, PROVINCES + 1)
        ],
        paths,
    )
    communes = [
        _Row(
            "commune",
            f"M{n % PROVINCES + 1:02d}{n:04d}",
            f"xã Mẫu {n}",
            "xã",
            provinces[n % PROVINCES],
        )
        for n in range(1, COMMUNES + 1)
    ]
    written = _written(communes, paths)
    looked_at = [
        (unit, row.code)
        for unit, row in zip(written, communes, strict=True)
        if row.parent == provinces[0]
    ]
    lower = [
        _Row(level, f"{code}.{level[0]}{n}", f"{kind} Mẫu {n}", kind, unit)
        for unit, code in looked_at
        for level, kind, many in (
            ("village", "thôn", VILLAGES),
            ("workplace", "doanh nghiệp", WORKPLACES),
        )
        for n in range(1, many + 1)
    ]
    return Country(
        nation,
        tuple(provinces),
        tuple(unit for unit, _code in looked_at),
        tuple(_written(lower, paths)),
    )


def _written(rows: Sequence[_Row], paths: dict[int, str]) -> list[int]:
    span = Span(SINCE, None)
    units = [Unit(level=row.level, is_demo=True) for row in rows]
    Unit.objects.bulk_create(units, batch_size=BATCH)
    states, places = [], []
    for unit, row in zip(units, rows, strict=True):
        paths[unit.pk] = f"{paths[row.parent] if row.parent else '/'}{unit.pk}/"
        states.append(
            new_state(
                unit.pk,
                code=row.code,
                name=row.name,
                kind=row.kind,
                span=span,
                known_from=None,
                basis="",
            )
        )
        places.append(
            Placement(unit=unit, parent_id=row.parent, path=paths[unit.pk], valid_from=SINCE)
        )
    type(states[0]).objects.bulk_create(states, batch_size=BATCH)
    Placement.objects.bulk_create(places, batch_size=BATCH)
    return [unit.pk for unit in units]


@cache
def people(province: int) -> tuple[Account, Account]:
    """A reporter who may hand in for every commune of a province, and its committee."""
    found = []
    for role in ("reporter", "committee"):
        account, is_new = Account.objects.get_or_create(
            email=f"{role}.mau@minhhoa.example",
            defaults={"name": "Nguyễn Mẫu Đo", "post": "Cán bộ đo đạc mẫu", "is_demo": True},
        )
        if is_new:
            RoleGrant.objects.create(account=account, role=role, unit_id=province, valid_from=SINCE)
        found.append(account)
    return found[0], found[1]
