"""For which unit a report is taken in."""

from __future__ import annotations

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.units.selectors import unit_on
from danchu.core.units.selectors.states import states_with_code


def unit_of_text(actor: Actor, code: str, own_unit_id: int) -> int:
    """The unit named by ``code``, today or ended, within the actor's scope; else the own unit.

    Raises ``NotFound`` for a code outside the scope, as if it did not exist.
    """
    if not code:
        return own_unit_id
    candidates = [state.unit_id for state in states_with_code(code)] or [unit_on(code, today()).id]
    for unit_id in candidates:
        if actor.may("readings.write", unit_id):
            return unit_id
    raise NotFound(
        f"Không tìm thấy đơn vị {code} trong phạm vi của tài khoản này.",
        f"There is no unit {code} within this account's scope.",
        field="unit_code",
    )
