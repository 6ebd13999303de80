"""Reading the figures of issued reports, small counts of sensitive matters held back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from danchu.core.contracts import NOBODY, Actor
from danchu.reporting.figures.display import NOT_TOLD, SMALL
from danchu.reporting.figures.withholding import HIDDEN_SMALL

from .frozen import sign_of
from .models import Publication, PublishedFigure
from .publications import publications

BELOW_FIVE = f"dưới {SMALL}"


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """A published figure with its report. Numbers are in the printed unit, never rounded.

    ``withheld``: "" where the number is told, "small" for a count of 1 to 4 in a sensitive
    matter, "protects" where it would give such a count away. Counts None: not kept at the time.
    """

    id: int
    report_id: uuid.UUID
    report_sign: str
    issued_on: dt.date
    known_on: dt.date
    in_force: bool
    unit_code: str
    unit_name: str
    unit_level: str
    province_code: str
    province_name: str
    period_code: str
    period_start: dt.date
    period_end: dt.date
    key: str
    dimension: str
    layer: str
    state: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    text: str
    withheld: str
    n_reported: int | None
    n_zero: int | None
    n_not_applicable: int | None
    n_missing: int | None
    n_expected: int | None
    dictionary: int
    is_demo: bool


def published_figures(
    viewer: Actor,
    *,
    report: uuid.UUID | None = None,
    unit_code: str | None = None,
    province_code: str | None = None,
    period_code: str | None = None,
    key: str | None = None,
    dimensions: bool = True,
    known_on: dt.date | None = None,
    in_force_only: bool = False,
    after: int | None = None,
    limit: int | None = None,
) -> list[OpenFigure]:
    """Published figures in the order in which they were published, at most ``limit``.

    ``after``: the id of the last one of the piece before. The other filters are those of
    :func:`published_reports`; ``dimensions`` False leaves out the parts of figures. One
    statement for the figures and one for what amends their reports.
    """
    rows = PublishedFigure.objects.filter(publication__in=publications(viewer))
    given = {
        "publication__report__record__public_id": report,
        "publication__unit_code": unit_code,
        "publication__province_code": province_code,
        "publication__report__period__code": period_code,
        "publication__report__issued_on__lte": known_on,
        "key": key,
        "pk__gt": after,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    if not dimensions:
        rows = rows.filter(dimension="")
    amending = Publication.objects.filter(report__replaces_id=OuterRef("publication_id"))
    if known_on is not None:
        amending = amending.filter(report__issued_on__lte=known_on)
    rows = rows.annotate(amended=Exists(amending))
    if in_force_only:
        rows = rows.filter(amended=False)
    rows = rows.select_related(
        "publication__report__record", "publication__report__period"
    ).order_by("pk")
    return [_open(row) for row in (rows if limit is None else rows[:limit])]


def _open(row: Any) -> OpenFigure:
    of, report = row.publication, row.publication.report
    told = not row.withheld
    return OpenFigure(
        id=row.pk,
        report_id=report.record.public_id,
        report_sign=sign_of(report),
        issued_on=report.issued_on,
        known_on=of.known_on,
        in_force=not row.amended,
        unit_code=of.unit_code,
        unit_name=of.unit_name,
        unit_level=of.unit_level,
        province_code=of.province_code,
        province_name=of.province_name,
        period_code=report.period.code,
        period_start=report.period.start,
        period_end=report.period.end,
        key=row.key,
        dimension=row.dimension,
        layer=row.layer,
        state=row.state,
        value=_value(row) if told else None,
        numerator=_decimal(row.numerator, row.base_scale) if told else None,
        denominator=_decimal(row.denominator, row.base_scale) if told else None,
        text=_TOLD_INSTEAD.get(row.withheld, NOT_TOLD) if row.withheld else row.text,
        withheld=row.withheld,
        n_reported=row.n_reported,
        n_zero=row.n_zero,
        n_not_applicable=row.n_not_applicable,
        n_missing=row.n_missing,
        n_expected=row.n_expected,
        dictionary=of.dictionary,
        is_demo=of.is_demo,
    )


def _value(row: PublishedFigure) -> Decimal | None:
    """The number itself; of a share that is made of two numbers, the digits it is printed with."""
    if row.amount is None and row.denominator:
        return Decimal(row.text.rstrip("%").replace(".", "").replace(",", "."))
    return _decimal(row.amount, row.scale)


def _decimal(amount: int | None, scale: int) -> Decimal | None:
    """The number in the printed unit, exact: scales are powers of ten."""
    if amount is None:
        return None
    return Decimal(amount).scaleb(1 - len(str(scale)))


_TOLD_INSTEAD = {HIDDEN_SMALL: BELOW_FIVE}


def newest_change() -> tuple[int, int, str]:
    """What tells one state of the published figures from another: how many there are, how many
    are held back, and when the newest was published."""
    rows = PublishedFigure.objects.filter(publication__in=publications(NOBODY))
    told = rows.aggregate(
        n=Count("pk"), held=Count("pk", filter=~Q(withheld="")), at=Max("publication__published_at")
    )
    return told["n"], told["held"], told["at"].isoformat() if told["at"] else ""
