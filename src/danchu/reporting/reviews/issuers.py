"""Who issues a unit's report, and by that in which layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, cast

from django.db.models import F

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line, clean_text
from danchu.core.units.selectors import UnitOnDay
from danchu.core.units.selectors.validity import in_force

from .letterheads import IssuerView, letterhead_of
from .models import Issuer

MOST_RECIPIENTS = 40


def issuer_of(unit: UnitOnDay, on: dt.date) -> IssuerView:
    """The issuer set for the unit on that day, or that of its kind where none is set."""
    row = (
        Issuer.objects.filter(unit_id=unit.id)
        .filter(in_force(on))
        .order_by(F("valid_from").desc(nulls_last=True), "-pk")
        .first()
    )
    if row is None:
        return letterhead_of(unit, on)
    return IssuerView(
        layout=cast(Literal["state", "party"], row.layout),
        parent_body=row.parent_body,
        issuing_body=row.issuing_body,
        symbol=row.symbol,
        place=row.place,
        addressee=tuple(filter(None, [row.addressee])),
        authority=row.authority,
        post=row.post,
        recipients=tuple(row.recipients),
    )


def set_issuer(
    *,
    actor: Actor,
    unit_id: int,
    layout: str,
    issuing_body: str,
    symbol: str,
    place: str,
    authority: str,
    post: str,
    parent_body: str = "",
    addressee: str = "",
    recipients: Sequence[str] = (),
    valid_from: dt.date | None = None,
) -> Issuer:
    """Set who issues the unit's report from a day on. Needs ``reports.write``."""
    if layout not in ("state", "party"):
        raise BadInput("Chọn thể thức Nhà nước hoặc Đảng.", "Choose a layout.", field="layout")
    if len(recipients) > MOST_RECIPIENTS:
        raise BadInput(
            f"Nơi nhận ghi nhiều nhất {MOST_RECIPIENTS} dòng.",
            f"At most {MOST_RECIPIENTS} recipients are listed.",
            field="recipients",
        )
    with acting_as(actor):
        require(actor, "reports.write", unit_id)
        made = Issuer.objects.create(
            unit_id=unit_id,
            layout=layout,
            parent_body=clean_text(
                parent_body, "parent_body", "cơ quan cấp trên", "parent body", limit=200
            ),
            issuing_body=clean_text(
                issuing_body,
                "issuing_body",
                "cơ quan ban hành",
                "issuing body",
                limit=200,
                required=True,
            ),
            symbol=clean_line(symbol, "symbol", "ký hiệu", "symbol", limit=40),
            place=clean_line(place, "place", "địa danh", "place", limit=100),
            addressee=clean_line(
                addressee, "addressee", "nơi gửi đến", "addressee", limit=300, required=False
            ),
            authority=clean_line(authority, "authority", "thẩm quyền ký", "authority", limit=100),
            post=clean_line(post, "post", "chức vụ người ký", "post", limit=100),
            recipients=[
                clean_line(line, "recipients", "nơi nhận", "recipient", limit=200)
                for line in recipients
            ],
            valid_from=valid_from,
        )
        log_action("reviews.issuer_set", actor=actor, data={"unit": unit_id, "layout": layout})
    return made
