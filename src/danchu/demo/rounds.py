"""The committee's rounds, handed-in versions and written findings of the demonstration."""

from __future__ import annotations

import datetime as dt

from danchu.core.calendar.periods import PeriodSpan, containing, label_vi, previous, same_last_year
from danchu.core.clock import today
from danchu.core.contracts import OPERATOR
from danchu.core.outbox.services import drain
from danchu.reporting.figures.services import open_period
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.freezing import freeze_report, issue_report
from danchu.reporting.reviews.notes import write_note
from danchu.reporting.reviews.shortcomings import shortcomings
from danchu.reporting.rounds.services import accept_submission, open_round, submit

from .cast import Cast
from .data import invented


def current_half() -> PeriodSpan:
    """The half-year of Decree 09/2019 that holds the day of loading."""
    return next(
        span for span in containing(today()) if span.scheme == "nd09" and span.kind == "half_year"
    )


def open_periods() -> None:
    """The periods the demonstration shows, so that records are folded into them."""
    now = current_half()
    for span in (now, previous(now), same_last_year(now), same_last_year(previous(now))):
        open_period(span.code)
    for span in containing(today()):
        if span.scheme == "cal" and span.kind in ("half_year", "quarter", "year"):
            open_period(span.code)


def _title(half: PeriodSpan) -> str:
    """Only the first half of a year is reviewed in the interim; its end is "tổng kết"."""
    what = "sơ kết" if half.end.month <= 6 else "kết quả"
    return f"Báo cáo {what} thực hiện dân chủ ở cơ sở {label_vi(half)}"


def load_rounds(cast: Cast) -> None:
    """The last half-year's round, with one commune in and one missing; the present one's, open."""
    last, now = previous(current_half()), current_half()
    committee = cast.people["bcd.tinh@minhhoa.example"]
    past = open_round(
        actor=committee,
        unit_id=cast.units["9A"],
        period=open_period(last.code),
        title=_title(last),
        cut_off=last.end,
        due_on=last.end + dt.timedelta(days=2),
    )
    handed_in = submit(
        actor=cast.people["baocao.benmau@minhhoa.example"],
        round_id=past.pk,
        unit_id=cast.units["9A001"],
    )
    accept_submission(actor=committee, submission_id=handed_in.pk)
    open_round(
        actor=committee,
        unit_id=cast.units["9A"],
        period=open_period(now.code),
        title=_title(now),
        cut_off=now.end,
        due_on=now.end + dt.timedelta(days=2),
    )


def load_notes(cast: Cast) -> None:
    """Findings written for the reports of the present half-year and of the year before."""
    now = current_half()
    spans = {"current_half": now, "same_half_last_year": same_last_year(now)}
    for row in invented()["notes"]:
        write_note(
            actor=OPERATOR,
            unit_id=cast.units[row["unit"]],
            period=open_period(spans[row["period"]].code),
            kind=row["kind"],
            text=row["text"],
        )


def load_issued(cast: Cast) -> None:
    """The last half-year's report of one commune, signed and issued: citizens read it."""
    reporter = cast.people["baocao.benmau@minhhoa.example"]
    leader = cast.people["chutich.benmau@minhhoa.example"]
    period = previous(current_half()).code
    compose(viewer=reporter, code="9A001", period_code=period)  # opens what it is held against
    while drain():
        pass
    report = compose(viewer=reporter, code="9A001", period_code=period)
    frozen = freeze_report(
        actor=reporter,
        code="9A001",
        period_code=period,
        known=[item.key for item in shortcomings(reporter, report)],
    )
    issue_report(
        actor=leader,
        frozen_id=frozen.pk,
        number="05",
        issued_on=today(),
        signer_name=leader.name,
    )
