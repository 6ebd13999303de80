"""Issuing reports for the tests of what is public."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.core.contracts import OPERATOR
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.freezing import freeze_report, issue_report
from danchu.reporting.reviews.issuers import set_issuer
from danchu.reporting.reviews.models import FrozenReport
from danchu.reporting.reviews.notes import write_note
from tests.cast import TODAY, Cast
from tests.making import hold
from tests.reporting.folding import open_periods

PERIOD = "nd09:2026H1"
KNOWN = (
    "period_runs",
    "units_missing",
    "figures_missing",
    "not_assessed",
    "findings_issued_before",
)


def with_something_to_report(cast: Cast, settle: Any, *, note: str) -> Cast:
    """A commune with a dialogue and a comment to report: its limitation is ``note``."""
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    compose(viewer=cast.reporter_benmau, code="9A001", period_code=PERIOD)
    settle()
    (period,) = open_periods(PERIOD).values()
    given = {"unit_id": cast.benmau, "period": period, "kind": "limitation"}
    write_note(actor=cast.reporter_benmau, **given, text=note)
    return cast


def of_state(unit_id: int, place: str) -> None:
    """The unit issues its papers in the layout of the State."""
    set_issuer(
        actor=OPERATOR,
        unit_id=unit_id,
        layout="state",
        issuing_body="ỦY BAN NHÂN DÂN",
        symbol="BC-UBND",
        place=place,
        authority="TM. ỦY BAN NHÂN DÂN",
        post="CHỦ TỊCH",
        valid_from=TODAY,
    )


def freeze(code: str = "9A001", *, period: str = PERIOD, reason: str = "") -> FrozenReport:
    """The report of a unit, frozen."""
    return freeze_report(actor=OPERATOR, code=code, period_code=period, reason=reason, known=KNOWN)


def issue(
    code: str = "9A001",
    *,
    number: str = "05",
    period: str = PERIOD,
    reason: str = "",
    on: dt.date = TODAY,
) -> FrozenReport:
    """The report of a unit, frozen and issued on a day."""
    frozen = freeze(code, period=period, reason=reason)
    return issue_report(
        actor=OPERATOR,
        frozen_id=frozen.pk,
        number=number,
        issued_on=on,
        signer_name="Người Ký Mẫu",
    )


def known(period: str = PERIOD, *codes: str) -> Any:
    """The period, folded for these units, so that their figures are there."""
    from danchu.demo.load import settle
    from danchu.reporting.figures.services import open_period

    for code in codes or ("9A001",):
        compose(viewer=OPERATOR, code=code, period_code=period)
    settle()
    return open_period(period)


def confirm(unit_id: int, *keys: str, period: str = PERIOD) -> None:
    """An officer's word that there was nothing."""
    from danchu.reporting.figures.services import confirm_states, open_period

    confirm_states(
        actor=OPERATOR, unit_id=unit_id, period=open_period(period), keys=keys, state="zero"
    )


def public_id(frozen: FrozenReport) -> Any:
    """The id in the addresses of a report."""
    return frozen.record.public_id
