"""A new unit of the official map, entered here before a release of the map brings it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from django.db.models import Q

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger import log_action

from ..models import Unit, UnitState
from ..naming import new_state
from ..release import public_id
from ..spans import Span
from .checks import checked_basis, checked_kind, checked_name, parent_for
from .public import raise_public_version
from .registering import place

COMMUNE_KINDS = ("xã", "phường", "đặc khu")
_CODE = re.compile(r"[0-9]{5}")


def begin_map_commune(
    *,
    actor: Actor,
    parent_id: int,
    code: str,
    name: str,
    kind: str,
    on: dt.date,
    basis: str,
    ending: Collection[int] = (),
) -> Unit:
    """A commune of the official map that begins on a day; returns it, marked as ahead.

    Its identity is made of code and first day, as a release makes it, so that the release which
    tells the same is recognised (``ahead_of_release``). Of the units ``ending``, which end the
    day before, one may have had the code.

    Raises ``NotAllowed`` without "units.register" over the province, ``BadInput`` for a code
    that is not of five digits, a kind that is none of a commune or a name without its kind in
    front, ``Conflict`` for a code that somebody else holds on or after that day.
    """
    require(actor, "units.register", parent_id)
    name, kind, basis = checked_name(name), checked_kind(kind), checked_basis(basis)
    code = check_map_name(code=code, name=name, kind=kind)
    with acting_as(actor):
        parent_for(parent_id, Span(on, None), "state")
        require_free_code(code, on, ending)
        identity = public_id(Unit.Level.COMMUNE, f"{code}@{on.isoformat()}")
        unit = Unit.objects.create(level=Unit.Level.COMMUNE, public_id=identity)
        state = new_state(
            unit.pk,
            code=code,
            name=name,
            kind=kind,
            span=Span(on, None),
            known_from=on,
            basis=basis,
        )
        state.is_ahead = True
        state.save()
        place(unit.pk, "state", [(Span(on, None), parent_id)], basis)
        raise_public_version(parent_id)
        log_action(
            "units.begun_ahead",
            actor=actor,
            data={"unit": unit.pk, "parent": parent_id, "code": code, "from": str(on)},
        )
    return unit


def check_map_name(*, code: str, name: str, kind: str) -> str:
    """The code in order; ``BadInput`` unless code, name and kind are those of a commune."""
    code = code.strip()
    if not _CODE.fullmatch(code):
        raise BadInput(
            "Mã của xã, phường, đặc khu gồm năm chữ số, theo danh mục đơn vị hành chính.",
            "The code of a commune has five digits, as in the list of administrative units.",
            field="code",
        )
    check_commune_name(name=name, kind=kind)
    return code


def check_commune_name(*, name: str, kind: str) -> None:
    """``BadInput`` unless the kind is one of a commune and the name begins with it."""
    if kind.strip().lower() not in COMMUNE_KINDS:
        raise BadInput(
            "Loại đơn vị cấp xã là xã, phường hoặc đặc khu.",
            "A commune is a xã, phường or đặc khu.",
            field="kind",
        )
    if not name.strip().lower().startswith(f"{kind.strip().lower()} "):
        raise BadInput(
            f"Ghi cả loại ở đầu tên: {kind} {name}.",
            f"Write the kind in front of the name: {kind} {name}.",
            field="name",
        )


def require_free_code(code: str, on: dt.date, ending: Collection[int] = ()) -> None:
    """``Conflict`` when a unit other than those ``ending`` holds the code from that day on."""
    after = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    held = UnitState.objects.filter(after, code=code).exclude(unit_id__in=ending).first()
    if held is not None:
        if not ending:
            raise Conflict(
                f"Mã {code} đang thuộc {held.name}. Chọn mã khác.",
                f"The code {code} belongs to {held.name}. Choose another.",
                field="code",
            )
        raise Conflict(
            f"Mã {code} đang thuộc {held.name}. Ghi mã mới theo danh mục, hoặc mã của đơn vị sẽ "
            "kết thúc.",
            f"The code {code} belongs to {held.name}. Give the new one of the official list, or "
            "that of a unit that ends.",
            field="code",
        )
