"""What the checks say of a unit's form, before it is handed in and at that moment."""

from __future__ import annotations

from collections.abc import Mapping

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.core.errors import Conflict
from danchu.reporting.checks.models import CheckRule
from danchu.reporting.checks.running import (
    CheckedValue,
    Finding,
    findings_while_typing,
    held_back,
    run_checks,
)
from danchu.reporting.figures.selectors import sums_below

from .form import FormView
from .form_cells import standing

MOST_TOLD = 5  # sentences in one refusal; the page shows them all


def findings_on_form(viewer: Actor, round_id: int, unit_id: int, period: Period) -> list[Finding]:
    """The rules that the form as it stands breaks, those that hold it back first.

    Needs ``figures.read`` over the unit.
    """
    below = sums_below(viewer, unit_id, period)
    values = {
        line.key: CheckedValue(
            line.state,
            line.amount,
            line.checked_against,
            line.word,
            below[line.key].amount if line.key in below else None,
        )
        for line in standing(round_id, unit_id, period)
    }
    found = run_checks(viewer, unit_id, period, values)
    return sorted((f for f in found if f.fired), key=lambda finding: not finding.holds_back)


def findings_at_cells(viewer: Actor, unit_id: int, form: FormView) -> list[Finding]:
    """What is told at the cells of the form while it is filled; those that hold it back first.

    Needs ``figures.read`` over the unit. Three queries, whatever the form holds.
    """
    values = {
        line.key: CheckedValue(line.state, line.amount, line.checked_against, line.reason)
        for line in form.lines
    }
    found = findings_while_typing(viewer, unit_id, form.period, values)
    return sorted(found, key=lambda finding: not finding.holds_back)


def require_sound(
    viewer: Actor, unit_id: int, period: Period, values: Mapping[str, CheckedValue]
) -> None:
    """Raise ``Conflict`` when a rule holds these values back; called inside handing in."""
    held = held_back(viewer, unit_id, period, values)
    if held:
        more_vi = f" Còn {len(held) - MOST_TOLD} điểm khác." if len(held) > MOST_TOLD else ""
        more_en = f" And {len(held) - MOST_TOLD} more." if len(held) > MOST_TOLD else ""
        way_vi, way_en = _way_out(held)
        raise Conflict(
            "Chưa nộp được, số liệu chưa hợp lý: "
            + " ".join(f.sentence_vi for f in held[:MOST_TOLD])
            + more_vi
            + way_vi,
            "Not handed in, the figures do not hold together: "
            + " ".join(f.sentence_en for f in held[:MOST_TOLD])
            + more_en
            + way_en,
        )


def _way_out(held: list[Finding]) -> tuple[str, str]:
    """What the officer can do; a reason is no way out of a rule that blocks."""
    must = sum(finding.severity == CheckRule.Severity.BLOCK for finding in held)
    if must == len(held):
        return " Sửa số trong biểu.", " Put them right in the form."
    if must:
        return (
            f" {must} điểm phải sửa số; điểm còn lại sửa số hoặc ghi lý do trong biểu.",
            f" {must} must be put right; for the others put them right or say why in the form.",
        )
    return (
        " Sửa số hoặc ghi lý do trong biểu.",
        " Put them right or say why in the form.",
    )
