"""Units in bulk: what ``register_demo_unit`` and ``register_unit`` leave."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping

from danchu.core.ledger.services import Deed
from danchu.core.units.naming import new_state
from danchu.core.units.release import public_id
from danchu.core.units.spans import Span

from .frame import BASIS
from .plan import CommunePlan, Time, UnitPlan
from .tables import Tables


class Units:
    """Writes the units of one province. ``ids``: code -> unit."""

    def __init__(self, tables: Tables, time: Time, nation_id: int, province_id: int) -> None:
        self.ids: dict[str, int] = {}
        self._tables = tables
        self._since = time.since
        self._path = f"/{nation_id}/{province_id}/"
        self._province_id = province_id
        self._shown: Counter[int] = Counter()  # unit -> changes that its public pages show
        self._sort_keys: dict[int, tuple[str, str]] = {}

    def found(self, commune: CommunePlan) -> None:
        """Write a commune and the units below it."""
        key = f"{commune.unit.code}@{self._since}"
        above = self._unit(
            commune.unit, public_id("demo:commune", key), self._province_id, self._path
        )
        data = {"unit": above, "code": commune.unit.code}
        self._tables.deeds.append(Deed("units.demo_registered", None, None, data))
        path = f"{self._path}{above}/"
        for unit in commune.below:
            made = self._unit(unit, uuid.uuid4(), above, path)
            data = {"unit": made, "parent": above, "code": unit.code, "from": str(self._since)}
            self._tables.deeds.append(Deed("units.registered", None, None, data))
        self._shown[above] += len(commune.below)

    def in_order(self, unit_ids: list[int]) -> list[int]:
        """The units in the order of their names."""
        return sorted(unit_ids, key=self._sort_keys.__getitem__)

    def write_public_versions(self, shown: Mapping[int, int]) -> None:
        """Write how often what is public of each unit changed; ``shown``: by its records."""
        self._shown.update(shown)
        for unit_id, number in self._shown.items():
            if number:
                self._tables.public_versions.add(unit_id, number)

    def _unit(self, unit: UnitPlan, public: uuid.UUID, parent: int, path: str) -> int:
        registered = unit.code if unit.short_code else None
        made = self._tables.units.add(public, unit.level, True, bool(registered), registered)
        state = new_state(
            made,
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            span=Span(self._since, None),
            known_from=None,
            basis=BASIS,
        )
        self._tables.states.add(
            made,
            state.code,
            state.name,
            state.kind,
            state.folded,
            state.bare_folded,
            state.sort_key,
            self._since,
            BASIS,
        )
        self._tables.placements.add(made, parent, f"{path}{made}/", self._since, BASIS)
        self.ids[unit.code] = made
        self._sort_keys[made] = (state.sort_key, state.code)
        return made
