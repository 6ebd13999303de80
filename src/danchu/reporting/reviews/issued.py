"""What the reports in force say: the figures of issued reports as they were signed.

Read from the kept file of each report, so that a Party paper is known as well as a State one.
For people inside; what is told outside is told by :mod:`.published`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from danchu.core.accounts.policy import among
from danchu.core.contracts import Actor
from danchu.core.errors import Refusal
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import Value

from .frozen import sign_of
from .frozen_files import data_in
from .in_force import reports_in_force
from .models import FrozenFile

ISSUED = "issued"  # the layer of a figure that is taken from an issued report


class IssuedFigure(NamedTuple):
    """A figure of an issued report; amounts in the smallest unit of that day's dictionary.

    ``n_reported`` of ``n_expected`` units gave it.
    """

    state: str
    amount: int | None
    numerator: int | None
    denominator: int | None
    scale: int
    text: str
    n_reported: int
    n_expected: int


class IssuedReport(NamedTuple):
    """A report in force: issued, and not amended by a later one.

    ``figures``: by indicator and dimension, "" for the whole.
    """

    sign: str
    issued_on: dt.date
    figures: Mapping[tuple[str, str], IssuedFigure]

    def value(self, meaning: Definition, dimension: str = "") -> Value | None:
        """The figure of an indicator as a value of the layer "issued"; None where the report
        has none, or counted it in another unit of measure."""
        figure = self.figures.get((meaning.key, dimension))
        if figure is None or figure.scale != meaning.scale:
            return None
        zero = figure.state == CellState.ZERO
        return Value(
            key=meaning.key,
            layer=ISSUED,
            dimension=dimension,
            state=figure.state,
            amount=figure.amount,
            numerator=figure.numerator,
            denominator=figure.denominator,
            n_reported=0 if zero else figure.n_reported,
            n_zero=figure.n_reported if zero else 0,
            n_not_applicable=0,
            n_missing=max(0, figure.n_expected - figure.n_reported),
            n_expected=figure.n_expected,
            sources=0,
        )


def issued_over_time(
    viewer: Actor,
    unit_ids: Collection[int],
    period_id: int | None = None,
    *,
    readable: Collection[int] | None = None,
) -> dict[tuple[int, int], IssuedReport]:
    """(unit, id of the period) -> the report in force, of those who may read the unit's figures.

    ``readable``: those the viewer may read, from who knows them already. One query; the figures
    come from the kept files, each read once by a process. A report whose file is damaged is left
    out: its own page says so.
    """
    if readable is None:
        readable = among(viewer, "figures.read", list(unit_ids)) if unit_ids else set()
    if not readable:
        return {}
    reports = reports_in_force().filter(unit_id__in=readable)
    if period_id is not None:
        reports = reports.filter(period_id=period_id)
    rows = FrozenFile.objects.filter(kind=FrozenFile.Kind.DATA, report__in=reports)
    found: dict[tuple[int, int], IssuedReport] = {}
    for row in rows.select_related("report", "file").order_by("report__issued_on", "report_id"):
        report = row.report
        assert report.issued_on is not None
        try:
            figures = _figures(row.file.stored_as, row.file.sha256)
        except Refusal:
            continue
        found[report.unit_id, report.period_id] = IssuedReport(
            sign_of(report), report.issued_on, figures
        )
    return found


@lru_cache(maxsize=512)
def _figures(stored_as: str, sha256: str) -> dict[tuple[str, str], IssuedFigure]:
    """(indicator, dimension) -> the figures in a kept file, which never changes."""
    data = data_in(stored_as, sha256)
    found = {
        (figure["key"], ""): IssuedFigure(
            figure["state"],
            figure["amount"],
            figure["numerator"],
            figure["denominator"],
            figure["scale"],
            figure["text"],
            figure["n_reported"],
            figure["n_expected"],
        )
        for figure in data["report"]["figures"]
    }
    for part in data.get("cells", ()):
        whole = found.get((part["key"], ""))
        if part["dimension"] and whole is not None:
            found[part["key"], part["dimension"]] = whole._replace(
                state=part["state"],
                amount=part["amount"],
                numerator=None,
                denominator=None,
                text="",
                n_reported=part["n_reported"] + part["n_zero"],
                n_expected=part["n_expected"],
            )
    return found
