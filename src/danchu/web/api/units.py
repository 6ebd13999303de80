"""Units of the map in time."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query

from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, NotFound
from danchu.core.units.selectors import (
    ON_THE_MAP,
    Kin,
    UnitOnDay,
    find_units,
    listed_units,
    trace,
    unit_on,
)
from danchu.reporting.reading.selectors import newest_stated
from danchu.reporting.reviews.published import published_reports
from danchu.web.portal.addresses import address_on

from .api import next_piece, operation
from .parameters import Code, Limit, On
from .schemas import CountedPage, LineageOut, Page, UnitOut

Level = Literal["nation", "province", "district", "commune"]
_AFTER = re.compile(r"([0-9A-Za-z.-]{1,40})~([0-9]{1,15})")


@operation("units", CountedPage[UnitOut], tag="units")
def list_units(
    request: HttpRequest,
    on: On = None,
    level: Annotated[Level | None, Query(description="Only this level")] = None,
    parent: Annotated[
        str | None,
        Query(pattern=r"^[0-9A-Za-z.-]{1,40}$", description="Only directly below this unit"),
    ] = None,
    after: Annotated[
        str | None, Query(max_length=60, description="From the address in next")
    ] = None,
    limit: Limit = 100,
) -> Any:
    """Units of the official map on a day, in the order of their codes."""
    day = on or today()
    above = _public_unit(parent, day, field="parent") if parent else None
    found, total = listed_units(
        day,
        level=level,
        parent_id=above.id if above else None,
        after=_after(after),
        limit=limit + 1,
    )
    shown = found[:limit]
    last = f"{shown[-1].code}~{shown[-1].id}" if shown else ""
    return {
        "items": [unit_out(unit) for unit in shown],
        "next": next_piece(request, last, is_last=len(found) <= limit),
        "total": total,
    }


def _after(text: str | None) -> tuple[str, int] | None:
    if text is None:
        return None
    match = _AFTER.fullmatch(text)
    if match is None:
        raise BadInput(
            "Giá trị của “after” không dùng được.",
            "The value of “after” cannot be used.",
            field="after",
        )
    return match[1], int(match[2])


@operation("unit-search", Page[UnitOut], tag="units")
def search_units(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Name or code")],
    on: Annotated[
        dt.date | None, Query(description="Only units of this day; of all times if not given")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="At most this many items")] = 50,
) -> Any:
    """Units whose name or code fits, best first, with or without accents; old names too."""
    found = [unit for unit in find_units(q, on, limit=limit) if unit.level in ON_THE_MAP]
    return {"items": [unit_out(unit) for unit in found], "next": None}


@operation("units/{code}", UnitOut, tag="units")
def one_unit(request: HttpRequest, code: Code, on: On = None) -> Any:
    """The unit that holds the code on a day."""
    return unit_out(_public_unit(code, on or today()))


@operation("units/{code}/lineage", LineageOut, tag="units")
def lineage(
    request: HttpRequest,
    code: Code,
    since: Annotated[
        dt.date | None, Query(alias="from", description="The day on which the code is read")
    ] = None,
    until: Annotated[
        dt.date | None, Query(alias="to", description="The day up to which it is followed")
    ] = None,
) -> Any:
    """What a code became and was made of: merges, splits, new names."""
    try:
        found = trace(code, since, until)
    except NotFound:
        raise _no_unit(code) from None
    _require_public(found.unit, code)
    return {
        "unit": unit_out(found.unit),
        "on": found.on,
        "ended_on": found.ended_on,
        "successors": [_kin_out(kin) for kin in found.successors],
        "predecessors": [_kin_out(kin) for kin in found.predecessors],
        "warnings_vi": [one.vi for one in found.warnings],
        "warnings_en": [one.en for one in found.warnings],
    }


def _public_unit(code: str, day: dt.date, *, field: str = "code") -> UnitOnDay:
    try:
        unit = unit_on(code, day)
    except NotFound:  # its sentence names whoever had the code, internal units too
        raise _no_unit(code, field) from None
    _require_public(unit, code)
    return unit


def _require_public(unit: UnitOnDay, code: str) -> None:
    """A registered unit is told of only when something public hangs on it."""
    if unit.level in ON_THE_MAP:
        return
    if not published_reports(NOBODY, unit_id=unit.id, limit=1)[1] and not newest_stated(
        NOBODY, unit.id
    ):
        raise _no_unit(code)


def _no_unit(code: str, field: str = "code") -> NotFound:
    return NotFound(
        f"Không có đơn vị nào mang mã {code} vào ngày này.",
        f"No unit has the code {code} on that day.",
        field=field,
    )


def unit_out(unit: UnitOnDay) -> dict[str, Any]:
    """A unit as the API tells it."""
    return {
        "id": unit.public_id,
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "parent_code": unit.parent_code or None,
        "parent_name": unit.parent_name or None,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "known_from": unit.known_from,
        "basis": unit.basis,
        "demonstration": unit.is_demo,
        "page": address_on(unit, today()),
    }


def _kin_out(kin: Kin) -> dict[str, Any]:
    return {
        "unit": unit_out(kin.unit),
        "part": kin.part,
        "share": None if kin.share is None else str(kin.share),
        "on": kin.on,
        "name_then": kin.then.name,
        "parent_name_then": kin.then.parent_name,
        "basis": kin.basis,
    }
