"""Invented units that stand where official ones would, for the demonstration and for tests."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger import log_action

from ..models import Lineage, Unit, UnitState
from ..naming import new_state
from ..placing import standings_of, write_standings
from ..release import LEVELS, public_id
from ..selectors.states import require_unit
from ..spans import Span, joined, standings
from .checks import (
    checked_basis,
    checked_kind,
    checked_name,
    checked_span,
    is_of_map,
    own_unit,
)
from .registering import place


def register_demo_unit(
    *,
    actor: Actor,
    level: str,
    code: str,
    name: str,
    kind: str,
    parent_id: int | None,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    known_from: dt.date | None = None,
    basis: str = "",
    continues: int | None = None,
) -> Unit:
    """An invented nation, province, district or commune; returns it.

    ``code`` must hold a letter (province "9A", commune "9A001"), so that it lies outside the
    official ranges. ``continues`` is an invented unit of which this is a later state: another
    name, kind or parent under the same identity. The public id follows from level, code and
    first day, so every demonstration has the same addresses.

    Raises ``NotAllowed`` without "units.register", ``BadInput`` for an official code or a
    parent that does not exist on those days, ``Conflict`` when days overlap.
    """
    require(actor, "units.register", parent_id)
    name, kind, basis = checked_name(name), checked_kind(kind), checked_basis(basis)
    code, span = checked_demo_code(code), checked_span(valid_from, valid_to)
    if level not in LEVELS:
        raise BadInput(
            "Đơn vị minh họa loại này được đăng ký như đơn vị thật, dưới một xã minh họa.",
            "Invented units of this level are registered like real ones, below an invented "
            "commune.",
            field="level",
        )
    with acting_as(actor):
        if parent_id is not None:
            require_unit(parent_id, span.first or span.last or dt.date.max, field="parent_id")
        _free(code, span)
        if continues is None:
            key = f"{code}@{span.first or ''}"
            unit = Unit.objects.create(
                level=level, is_demo=True, public_id=public_id(f"demo:{level}", key)
            )
            place(unit.pk, "state", [(span, parent_id)], basis)
        else:
            unit = _continued(continues, level)
            _go_on(unit.pk, span, parent_id)
        new_state(
            unit.pk, code=code, name=name, kind=kind, span=span, known_from=known_from, basis=basis
        ).save()
        log_action("units.demo_registered", actor=actor, data={"unit": unit.pk, "code": code})
    return unit


def record_lineage(
    *,
    actor: Actor,
    predecessor_id: int,
    successor_id: int,
    part: str,
    on: dt.date,
    share: Fraction | None = None,
    basis: str = "",
    of_map: bool = False,
) -> Lineage:
    """Say that one unit became another, whole or part, from the day ``on``.

    Only between units registered here or invented; the lineage of the official map comes with
    it, unless ``of_map`` says that a change of the map is ahead of it.

    Raises ``NotAllowed`` without "units.register" over the successor, ``BadInput`` for an
    unknown part or a share outside ]0, 1], ``Conflict`` for a line that is there already.
    """
    require(actor, "units.register", successor_id)
    if part not in Lineage.Part.values:
        raise BadInput(f"“{part}” không phải whole hay part.", f"{part!r}: whole or part.")
    if share is not None and not 0 < share <= 1:
        raise BadInput(
            "Tỷ phần phải lớn hơn 0 và không quá 1.",
            "A share is greater than 0 and at most 1.",
            field="share",
        )
    basis = checked_basis(basis)
    with acting_as(actor):
        units = [
            own_unit(unit_id, of_map=of_map) for unit_id in sorted({predecessor_id, successor_id})
        ]
        line, created = Lineage.objects.get_or_create(
            predecessor_id=predecessor_id,
            successor_id=successor_id,
            on=on,
            defaults={
                "part": part,
                "share_numerator": share.numerator if share else None,
                "share_denominator": share.denominator if share else None,
                "basis": basis,
                "is_ahead": all(is_of_map(unit) for unit in units),
            },
        )
        if not created:
            raise Conflict(
                "Quan hệ kế thừa này đã được ghi.", "This line of lineage is recorded already."
            )
        data = {"predecessor": predecessor_id, "successor": successor_id, "on": str(on)}
        log_action("units.lineage_recorded", actor=actor, data=data)
    return line


def _free(code: str, span: Span) -> None:
    for state in UnitState.objects.filter(code=code):
        if Span(state.valid_from, state.valid_to).meets(span):
            raise Conflict(
                f"Mã {code} đã thuộc {state.name} trong những ngày đó.",
                f"The code {code} belongs to {state.name} on those days.",
                field="code",
            )


def _continued(unit_id: int, level: str) -> Unit:
    unit = own_unit(unit_id)
    if not unit.is_demo or unit.level != level:
        raise BadInput(
            "Chỉ nối tiếp một đơn vị minh họa cùng cấp.",
            "Only an invented unit of the same level can be continued.",
            field="continues",
        )
    for state in UnitState.objects.filter(unit_id=unit_id):
        if state.valid_to is None:
            raise Conflict(f"{state.name} chưa có ngày cuối.", f"{state.name} has no last day yet.")
    return unit


def _go_on(unit_id: int, span: Span, parent_id: int | None) -> None:
    above = standings_of([] if parent_id is None else [parent_id], "state")
    places, _gaps = standings(unit_id, [(span, parent_id)], above)
    before = standings_of([unit_id], "state").get(unit_id, [])
    write_standings("state", {unit_id: joined([*before, *places])})


def checked_demo_code(code: str) -> str:
    """The code of an invented province or commune, capital. ``BadInput`` for an official one."""
    code = code.strip().upper()
    if not code.isalnum() or code.isdigit() or not code.isascii() or len(code) > LONGEST_CODE:
        raise BadInput(
            "Mã của đơn vị minh họa chỉ gồm chữ cái không dấu và chữ số, và phải có chữ cái để "
            "không trùng mã chính thức.",
            "The code of an invented unit has plain letters and digits, a letter at least, so "
            "that no official one is met.",
            field="code",
        )
    return code


LONGEST_CODE = 12
