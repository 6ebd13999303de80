"""The invented units and people: the fixed cast of the demonstration and of the tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from danchu.civic.reception.services import ScheduleInput, add_schedule_line
from danchu.core.accounts.models import Account
from danchu.core.accounts.services import add_person, grant_role
from danchu.core.contracts import OPERATOR
from danchu.core.units.services import (
    place_unit,
    record_lineage,
    register_demo_unit,
    register_unit,
    update_contact,
)
from danchu.reporting.reviews.issuers import set_issuer

from .data import invented

# The same for everybody, printed at the start: a demonstration holds nothing worth guarding.
PASSWORD = "Minh-Hoa-2026"  # noqa: S105 - a demonstration's password is meant to be known
LONG_AGO = dt.date(2020, 1, 1)


@dataclass(slots=True)
class Cast:
    """Invented units and people by their names in the file."""

    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)


def load_cast(*, with_people: bool = True, roles_from: dt.date = LONG_AGO) -> Cast:
    """Make the invented units, and the people with their roles, contacts and schedules."""
    cast = Cast()
    document = invented()
    for row in document["units"]:
        cast.units[row["key"]] = _unit(cast, row)
    for row in document["lineage"]:
        record_lineage(
            actor=OPERATOR,
            predecessor_id=cast.units[row["predecessor"]],
            successor_id=cast.units[row["successor"]],
            part=row["part"],
            on=row["since"],
            share=Fraction(row["share"]) if row.get("share") else None,
            basis=row["basis"],
        )
    if with_people:
        for row in document["people"]:
            cast.people[row["email"]] = _person(cast, row, roles_from)
        _surroundings(cast, document)
    return cast


def _unit(cast: Cast, row: dict[str, Any]) -> int:
    parent = cast.units[row["parent"]] if row["parent"] else None
    if not row.get("registered"):
        return register_demo_unit(
            actor=OPERATOR,
            level=row["level"],
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent_id=parent,
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
            basis=row.get("basis", ""),
        ).pk
    seat = cast.units[row["seat"]] if row.get("seat") else parent
    assert seat is not None
    unit = register_unit(
        actor=OPERATOR,
        parent_id=seat,
        level=row["level"],
        name=row["name"],
        kind=row["kind"],
        short_code=row["code"].split(".", 1)[1],
        valid_from=row["valid_from"],
        basis=row.get("basis", ""),
    )
    if row["tree"] != "state":
        place_unit(
            actor=OPERATOR,
            unit_id=unit.pk,
            tree=row["tree"],
            parent_id=parent,
            valid_from=row["valid_from"],
        )
    return unit.pk


def _person(cast: Cast, row: dict[str, Any], roles_from: dt.date) -> Account:
    first, *others = row["grants"]
    account = add_person(
        actor=OPERATOR,
        email=row["email"],
        name=row["name"],
        post=row["post"],
        unit_id=cast.units[first["unit"]],
        role=first["role"],
        tree=first["tree"],
        valid_from=roles_from,
        is_demo=True,
    ).account
    for grant in others:
        grant_role(
            actor=OPERATOR,
            account_id=account.pk,
            unit_id=cast.units[grant["unit"]],
            role=grant["role"],
            tree=grant["tree"],
            valid_from=roles_from,
        )
    return account


def _surroundings(cast: Cast, document: dict[str, Any]) -> None:
    for row in document["contacts"]:
        update_contact(
            actor=OPERATOR,
            unit_id=cast.units[row["unit"]],
            row_version=0,
            address=row["address"],
            telephone=row["telephone"],
            email=row["email"],
            hours=row["hours"],
            counter_note=row["counter_note"],
        )
    for row in document["schedules"]:
        add_schedule_line(
            actor=OPERATOR,
            unit_id=cast.units[row["unit"]],
            content=ScheduleInput(
                leader_post=row["leader_post"],
                leader_name=row.get("leader_name", ""),
                weekday=row["weekday"],
                weeks=tuple(row.get("weeks", ())),
                starts_at=dt.time.fromisoformat(row["starts_at"]),
                ends_at=dt.time.fromisoformat(row["ends_at"]),
                place=row["place"],
            ),
        )
    for row in document["issuers"]:
        set_issuer(
            actor=OPERATOR,
            unit_id=cast.units[row["unit"]],
            layout=row["layout"],
            parent_body=row["parent_body"],
            issuing_body=row["issuing_body"],
            symbol=row["symbol"],
            place=row["place"],
            addressee=row["addressee"],
            authority=row["authority"],
            post=row["post"],
            recipients=row["recipients"],
        )
