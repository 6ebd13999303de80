"""The year 2026 and its two halves, asked for by Minh Họa and filled by Bến Mẫu."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import Round, Submission
from danchu.reporting.rounds.services import accept_submission, open_round, submit
from tests.cast import Cast

from .folding import open_periods

H1, H2, YEAR = "nd09:2026H1", "nd09:2026H2", "nd09:2026"


def rounds_of_2026(cast: Cast) -> dict[str, Round]:
    """The rounds of both halves and of the year, open side by side."""
    periods = open_periods(H1, H2, YEAR)
    return {
        code: open_round(
            actor=cast.committee_minhhoa,
            unit_id=cast.minhhoa,
            period=period,
            title=f"Đợt {code}",
            cut_off=period.end,
            due_on=dt.date(2026, 12, 30),
            overlaps_seen=True,
        )
        for code, period in periods.items()
    }


def typed(cast: Cast, asked: Round, key: str, **value: Any) -> Any:
    given = {"actor": cast.reporter_benmau, "round_id": asked.pk, "unit_id": cast.benmau}
    return enter_value(**given, indicator=key, **{"row_version": 0, **value})


def handed_in(cast: Cast, asked: Round, **texts: str) -> Submission:
    for key, text in texts.items():
        typed(cast, asked, key, text=text, reason="Theo sổ của xã")
    return submit(actor=cast.reporter_benmau, round_id=asked.pk, unit_id=cast.benmau)


def accepted(cast: Cast, asked: Round, **texts: str) -> Submission:
    made = handed_in(cast, asked, **texts)
    return accept_submission(actor=cast.committee_minhhoa, submission_id=made.pk)
