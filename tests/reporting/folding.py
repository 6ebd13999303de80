"""Looking at the roll-up as a whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.reporting.figures.fold import rebuild
from danchu.reporting.figures.models import Cell, Indicator

PERIODS = ("nd09:2026H1", "2026H1", "2026Q2", "nd09:2025H2", "2025", "2026")


def open_periods(*codes: str) -> dict[str, Any]:
    """The rows of these periods, folded."""
    from danchu.demo.load import settle
    from danchu.reporting.figures.services import open_period

    found = {code: open_period(code) for code in codes or PERIODS}
    settle()
    return found


def cells() -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Every cell by what it is of, with everything it says."""
    key = ("unit_id", "period_id", "layer", "reach", "indicator_id", "dimension")
    said = (
        "province_id",
        "state",
        "amount",
        "numerator",
        "denominator",
        "n_reported",
        "n_zero",
        "n_not_applicable",
        "n_missing",
        "n_expected",
        "sources",
    )
    return {
        tuple(getattr(c, name) for name in key): tuple(getattr(c, name) for name in said)
        for c in Cell.objects.all()
    }


def sound() -> None:
    """The cells are those of a rebuild, of one from nothing too, and every one says of how many it stands."""
    from danchu.core.outbox.selectors import pending

    assert (pending().count, pending().failed) == (0, 0)
    for cell in Cell.objects.all():
        given = cell.n_reported + cell.n_zero + cell.n_not_applicable
        assert given + cell.n_missing == cell.n_expected, vars(cell)
        assert given > 0
        assert (cell.amount is None) or cell.state in ("reported", "zero")
        assert (cell.state == "zero") == (cell.amount == 0 and not cell.n_reported), vars(cell)
    before = cells()
    rebuild()
    assert cells() == before
    Cell.objects.all().delete()
    rebuild()
    assert cells() == before


def cell(
    unit: int,
    period: Any,
    key: str,
    *,
    reach: str = "all",
    layer: str = "recorded",
    dimension: str = "",
) -> Cell | None:
    """One cell, or None where the value was not reported."""
    return Cell.objects.filter(
        unit_id=unit,
        period_id=period.pk,
        indicator_id=Indicator.objects.get(key=key).pk,
        reach=reach,
        layer=layer,
        dimension=dimension,
    ).first()


def amount(unit: int, period: Any, key: str, **which: Any) -> int | None:
    """The amount of one cell; None where the value was not reported."""
    found = cell(unit, period, key, **which)
    return found.amount if found else None


def of(found: Cell | None) -> tuple[int, int, int, int, int]:
    """Reported, zero, not applicable, missing, expected."""
    assert found is not None
    return (
        found.n_reported,
        found.n_zero,
        found.n_not_applicable,
        found.n_missing,
        found.n_expected,
    )


def open_round_of_minhhoa(cast: Any) -> Any:
    """The round in which Minh Họa asks its communes for nd09:2026H1."""
    from danchu.reporting.rounds.services import open_round

    (period,) = open_periods("nd09:2026H1").values()
    return open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết 6 tháng đầu năm 2026",
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
    )
