"""Registering what is not on the official map: villages, agencies, workplaces, committees."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger import log_action

from ..models import Placement, Unit
from ..naming import new_state
from ..placing import standings_of
from ..selectors.states import UnitOnDay
from ..selectors.tree import ancestors
from ..spans import Span, standings
from .checks import (
    checked_basis,
    checked_kind,
    checked_name,
    checked_short_code,
    checked_span,
    checked_tree,
    parent_for,
)
from .public import raise_public_version

REGISTERED_LEVELS = frozenset(
    {
        Unit.Level.VILLAGE,
        Unit.Level.AGENCY,
        Unit.Level.STATE_ENTERPRISE,
        Unit.Level.WORKPLACE,
        Unit.Level.COMMITTEE,
    }
)


def register_unit(
    *,
    actor: Actor,
    parent_id: int,
    level: str,
    name: str,
    kind: str,
    short_code: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    basis: str = "",
    tree: str = "state",
) -> Unit:
    """Register a unit under another from ``valid_from`` on; returns it.

    Its code is that of the commune above it (or province, or the nation) on that day, a dot
    and ``short_code`` in capitals, given once and never to another unit. A unit under an
    invented one is itself invented.

    Raises ``NotAllowed`` without "units.register" over the parent, ``BadInput`` for a level of
    the official map, a village outside a commune or a parent that does not exist that day,
    ``Conflict`` when the code was given before or the parent ends while the unit goes on.
    """
    require(actor, "units.register", parent_id)
    name, kind, basis = checked_name(name), checked_kind(kind), checked_basis(basis)
    short_code, tree = checked_short_code(short_code), checked_tree(tree)
    span = checked_span(valid_from, valid_to)
    if level not in REGISTERED_LEVELS:
        raise BadInput(
            "Chỉ đăng ký thôn, tổ dân phố, cơ quan, doanh nghiệp, nơi làm việc và ban chỉ đạo; "
            "tỉnh và xã đã có trong danh mục.",
            "Only villages, agencies, enterprises, workplaces and committees are registered; "
            "provinces and communes come with the map.",
            field="level",
        )
    with acting_as(actor):
        parent = parent_for(parent_id, span, tree)
        if level == Unit.Level.VILLAGE and parent.level != Unit.Level.COMMUNE:
            raise BadInput(
                "Thôn, tổ dân phố thuộc xã, phường, đặc khu.",
                "A village stands under a commune.",
                field="parent_id",
            )
        code = f"{_code_above(parent, valid_from)}.{short_code}"
        unit = _created(level, code, parent)
        new_state(
            unit.pk, code=code, name=name, kind=kind, span=span, known_from=None, basis=basis
        ).save()
        place(unit.pk, tree, [(span, parent_id)], basis)
        raise_public_version(parent_id)
        log_action(
            "units.registered",
            actor=actor,
            data={"unit": unit.pk, "parent": parent_id, "code": code, "from": str(valid_from)},
        )
    return unit


def place(unit_id: int, tree: str, parents: list[tuple[Span, int | None]], basis: str = "") -> None:
    """Write the placements of a new unit, as many as its parents have paths."""
    above = standings_of({parent for _span, parent in parents if parent is not None}, tree)
    places, _gaps = standings(unit_id, parents, above)
    Placement.objects.bulk_create(
        Placement(
            unit_id=unit_id,
            tree=tree,
            parent_id=place.parent_id,
            path=place.path,
            valid_from=place.span.first,
            valid_to=place.span.last,
            basis=basis,
        )
        for place in places
    )


def _created(level: str, code: str, parent: UnitOnDay) -> Unit:
    try:
        with transaction.atomic():
            return Unit.objects.create(
                level=level, is_registered=True, registered_code=code, is_demo=parent.is_demo
            )
    except IntegrityError:
        raise Conflict(
            f"Mã {code} đã cấp cho một đơn vị khác và không dùng lại. Chọn mã ngắn khác.",
            f"The code {code} was given to another unit and is never reused. Choose another "
            "short code.",
            field="short_code",
        ) from None


def _code_above(parent: UnitOnDay, day: dt.date) -> str:
    """The code that codes below ``parent`` begin with: the nearest commune's, else province's."""
    above = [*ancestors(parent.id, day), parent]
    for level in (Unit.Level.COMMUNE, Unit.Level.PROVINCE, Unit.Level.NATION):
        for unit in above:
            if unit.level == level:
                return unit.code
    raise BadInput(
        f"{parent.name} không thuộc xã hay tỉnh nào vào ngày này nên chưa có gốc để cấp mã.",
        f"{parent.name} is below no commune or province on this day, so no code can be given.",
        field="parent_id",
    )
