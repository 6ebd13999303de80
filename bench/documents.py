"""The six-month report of a province in which every commune has handed in."""

from __future__ import annotations

from danchu.core.contracts import OPERATOR
from danchu.core.units.models import UnitState
from danchu.reporting.reviews.compose import Report, compose
from danchu.reporting.reviews.export import render

from .child import Stage
from .measuring import percentile, spending
from .results import Result, at_most
from .submitting import PERIOD, round_of_province

BUDGETS = {"docx": 2.0, "pdf": 1.0}  # seconds
REPEATS = 5


def measure(stage: Stage) -> list[Result]:
    """Composing and rendering together, as the page that gives the file away does."""
    land = stage.land()
    handed_in = round_of_province(stage).submissions.values("unit").distinct().count()
    code = UnitState.objects.get(unit_id=land.province).code
    found = []
    for fmt, budget in BUDGETS.items():
        made = _report(code)
        render(made, fmt)  # the typesetter reads its fonts once
        times = []
        for _ in range(REPEATS):
            with spending(with_database=True) as spent:
                size = len(render(_report(code), fmt))
            times.append(spent.cpu)
        found.append(
            at_most(
                f"six-month report of a province as {fmt.upper()}, {stage.engine}",
                percentile(times, 0.5),
                budget,
                "s",
                f"composed and rendered, median of {REPEATS}, processor time of this process and "
                f"of the database server; {handed_in} of {len(land.communes)} communes handed in, "
                f"{len(made.figures)} figures, {size} bytes",
            )
        )
    return found


def _report(code: str) -> Report:
    return compose(viewer=OPERATOR, code=code, period_code=PERIOD)
