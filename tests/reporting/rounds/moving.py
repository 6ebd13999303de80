"""Rounds of two provinces between which a commune moves, with figures that tell them apart."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.core.changes.planning import Plan, Wanted, plan_map_change
from danchu.core.changes.services import carry_out_map_change
from danchu.core.contracts import OPERATOR, ChangeKind
from danchu.core.units.models import Placement
from danchu.core.units.services import register_demo_unit
from danchu.reporting.figures.models import CellState
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.form import form_of
from danchu.reporting.rounds.models import Round, Submission
from danchu.reporting.rounds.selectors import RoundView, round_of
from danchu.reporting.rounds.services import accept_submission, open_round, submit
from danchu.reporting.rounds.which_stand import standing_versions
from tests.cast import TODAY, Cast
from tests.reporting.folding import cell, open_periods, sound

KEY = "labour_days"
MOVED_ON = dt.date(2026, 5, 4)
PERIOD = "nd09:2026H1"


def a_nation(cast: Cast) -> int:
    """A nation above both provinces."""
    made = register_demo_unit(
        actor=OPERATOR, level="nation", code="9N", name="Nước Mẫu", kind="nước", parent_id=None
    ).pk
    for province in (cast.minhhoa, cast.maunguyen):
        Placement.objects.filter(unit_id=province, tree="state").delete()
        Placement.objects.create(unit_id=province, tree="state", parent_id=made)
    return made


def the_period() -> Any:
    (period,) = open_periods(PERIOD).values()
    return period


def call(unit_id: int, title: str) -> Round:
    """The round of a province for the half-year."""
    return open_round(
        actor=OPERATOR,
        unit_id=unit_id,
        period=the_period(),
        title=title,
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
        structure_on=TODAY,
    )


def hand_in(asked: Round, unit_id: int, days: int, *, accept: bool = True) -> Submission:
    """A version with that many days of labour, accepted unless it shall wait."""
    form = form_of(OPERATOR, asked.pk, unit_id)
    assert form is not None
    (line,) = (line for line in form.lines if line.key == KEY)
    enter_value(
        actor=OPERATOR,
        round_id=asked.pk,
        unit_id=unit_id,
        indicator=KEY,
        row_version=line.row_version,
        text=str(days),
        reason="Theo sổ công trình",
    )
    made = submit(actor=OPERATOR, round_id=asked.pk, unit_id=unit_id)
    return accept_submission(actor=OPERATOR, submission_id=made.pk) if accept else made


def close(asked: Round, *missing: int) -> Any:
    return close_round(actor=OPERATOR, round_id=asked.pk, missing=missing)


def move(unit_id: int, parent_id: int, on: dt.date = MOVED_ON) -> Plan:
    wanted = Wanted(
        ChangeKind.MOVE, (unit_id,), on, "Nghị quyết số 02/NQ-QH (mẫu)", parent_id=parent_id
    )
    plan = plan_map_change(viewer=OPERATOR, wanted=wanted)
    carry_out_map_change(actor=OPERATOR, wanted=wanted, fingerprint=plan.fingerprint)
    return plan


def said(unit_id: int) -> tuple[int | None, int, int] | None:
    """What was handed in of one indicator: its amount, and of how many of how many units."""
    found = cell(unit_id, the_period(), KEY, layer="reported")
    if found is None:
        return None
    return found.amount, found.n_reported, found.n_expected


def board(unit_id: int) -> dict[str, str]:
    """unit -> how it stands in the round of the province."""
    view = view_of(unit_id)
    return {line.name: line.state for line in view.reporters}


def view_of(unit_id: int) -> RoundView:
    view = round_of(OPERATOR, unit_id, the_period(), TODAY)
    assert view is not None
    return view


def adds_up(nation: int, settle: Any) -> None:
    """Every version that stands is in the nation once, and a rebuild finds the same cells."""
    settle()
    sound()
    period = the_period()
    standing = standing_versions(period).filter(
        values__indicator__key=KEY, values__state=CellState.REPORTED
    )
    whole = said(nation)
    amounts = standing.values_list("unit_id", "values__amount")
    assert len({unit for unit, _ in amounts}) == len(amounts)
    assert (whole[0] if whole else None) == (sum(n for _, n in amounts) or None)
