"""Which unit a report that is taken in belongs to."""

from __future__ import annotations

import datetime as dt

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, NotFound
from danchu.core.text import format_date
from danchu.core.units.selectors import unit_on, units_by_ids
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


def unit_in_period(actor: Actor, unit_id: int, end: dt.date) -> int:
    """The unit a text of a period ending on ``end`` is about, when ``unit_id`` took it in.

    A commune that kept its code through a merger is another unit than before: an older text
    belongs to the one that bore the code then. Raises ``BadInput`` when the unit was made later
    and nothing within the actor's scope bore its code on that day.
    """
    if unit_id in units_by_ids([unit_id], end):
        return unit_id
    now = units_by_ids([unit_id], today()).get(unit_id)
    if now is None or now.valid_from is None or now.valid_from <= end:
        return unit_id  # it ended within the period: what was read stays with it
    for state in states_with_code(now.code):
        on_day = (state.valid_from is None or state.valid_from <= end) and (
            state.valid_to is None or end <= state.valid_to
        )
        if on_day and actor.may("readings.write", state.unit_id):
            return state.unit_id
    raise BadInput(
        f"{now.name} được lập ngày {format_date(now.valid_from)}, sau kỳ của báo cáo này. Ghi mã "
        "của đơn vị đã lập báo cáo.",
        f"{now.name} was made on {now.valid_from.isoformat()}, after the period of this report. "
        "Give the code of the unit that wrote it.",
        field="unit_code",
    )
