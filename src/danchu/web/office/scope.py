"""For which unit a person works on a page: named in the address, else the person's own."""

from __future__ import annotations

from django.http import HttpRequest

from danchu.core.clock import today
from danchu.core.errors import NotAllowed, NotFound
from danchu.core.units.selectors import UnitOnDay, unit_on
from danchu.web.design.access import viewer_of
from danchu.web.design.office_bar import own_unit_of


def own_unit(request: HttpRequest) -> UnitOnDay:
    """The unit the person holds a role over; ``NotAllowed`` for a person without one today."""
    unit = own_unit_of(request)
    if unit is None:
        raise NotAllowed(
            "Tài khoản này chưa được giao vai trò ở đơn vị nào. Liên hệ người quản trị đơn vị.",
            "This account holds no role in any unit yet. Ask the unit's administrator.",
        )
    return unit


def chosen_unit(request: HttpRequest, code: str | None, right: str) -> UnitOnDay:
    """The unit named by ``code``, else the person's own, over which the right is held.

    A code of a unit the person has nothing to do with answers as if it did not exist.
    """
    if code is None:
        return own_unit(request)
    unit = unit_on(code, today())
    if not viewer_of(request).may(right, unit.id):
        raise NotFound(
            f"Không tìm thấy đơn vị {code} trong phạm vi của tài khoản này.",
            f"There is no unit {code} within this account's scope.",
        )
    return unit
