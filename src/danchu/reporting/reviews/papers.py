"""Head and foot of a unit's papers other than the six-month report, for any kind of work."""

from __future__ import annotations

import datetime as dt

from danchu.core.documents import DEMONSTRATION_MARK, OfficialDocument, Signatory, layout_for
from danchu.core.errors import BadInput
from danchu.core.units.selectors import UnitOnDay

from .issuers import issuer_of
from .letterheads import AUTHORITIES, for_reference

_FRONT = "Ủy ban MTTQ Việt Nam"
_FILED = "Lưu: VT"


def state_paper(
    unit: UnitOnDay,
    on: dt.date,
    *,
    kind: str,
    sign: str,
    to_council: bool = False,
) -> OfficialDocument:
    """A paper of the unit's State body without title and text: letterhead, signatory, recipients.

    ``kind``: "BÁO CÁO", "THÔNG BÁO"; ``sign``: what its symbol begins with (NĐ 30/2020, Phụ lục
    III). ``to_council``: addressed to the People's Council of the unit. Raises ``BadInput`` for a
    unit to whose kind the rules give no form.
    """
    issuer = issuer_of(unit, on)
    is_authority = unit.level in AUTHORITIES
    if issuer.layout != "state" and is_authority:
        issuer = for_reference(unit, "state")
    if issuer.no_paper is not None:
        raise BadInput(*issuer.no_paper)
    front = f"{_FRONT} {unit.name}" if is_authority else ""
    return OfficialDocument(
        layout=layout_for("state", on),
        parent_body=issuer.parent_body,
        issuing_body=issuer.issuing_body,
        issuer_name=f"Ủy ban nhân dân {unit.name}" if is_authority else unit.name,
        kind=kind,
        symbol=_symbol(issuer.symbol, sign),
        place=issuer.place,
        date=on,
        day_open=True,
        title="",
        blocks=(),
        addressee=(f"Hội đồng nhân dân {unit.name}",) if to_council else (),
        signatory=Signatory(issuer.authority, issuer.post),
        recipients=tuple(
            filter(
                None,
                (
                    "Như trên" if to_council else "",
                    front,
                    "" if to_council or not is_authority else f"Hội đồng nhân dân {unit.name}",
                    _FILED,
                ),
            )
        ),
        demo_mark=DEMONSTRATION_MARK if unit.is_demo else None,
    )


def _symbol(of_reports: str, sign: str) -> str:
    """ "TB-UBND" where reports are "BC-UBND": the body's own letters stay."""
    _own, dash, body = of_reports.partition("-")
    return f"{sign}-{body}" if dash else sign
