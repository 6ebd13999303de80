"""An issued report before everybody: its figures as rows, small counts held back.

Called inside the transactions of freezing and issuing. What is opened to everybody is the report
of an authority in the layout of the State; a paper of the Party never is, nor one of an
enterprise or a workplace, whose readers are its own people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from danchu.core.calendar.models import Period
from danchu.core.clock import now
from danchu.core.contracts import Actor
from danchu.core.documents import OfficialDocument, Table
from danchu.core.documents.model import header_cells, runs_of
from danchu.core.records.models import Record
from danchu.core.units.models import Placement
from danchu.core.units.selectors import ancestors
from danchu.core.units.selectors.states import in_force
from danchu.core.units.services import raise_public_version
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import SMALL, amount_text
from danchu.reporting.figures.selectors import Value, definitions, values
from danchu.reporting.figures.withholding import (
    HIDDEN_BESIDE,
    NOT_OPEN,
    gives_away,
    withheld,
)

from .compose import Report
from .frozen_data import document_of
from .models import FrozenReport, Publication, PublishedFigure

OPEN_LAYOUT = "state"
OPEN_LEVELS = frozenset({"nation", "province", "district", "commune", "agency"})
_COUNTS = ("n_reported", "n_zero", "n_not_applicable", "n_missing", "n_expected")


def cells_of(viewer: Actor, report: Report) -> list[dict[str, Any]]:
    """The cells behind the figures of a report with their dimensions, to be kept with it.

    Read in the transaction in which the report is composed, so that both are of one state.
    """
    layers = {figure.key: figure.layer for figure in report.figures}
    found = values(viewer, report.unit.id, report.period, dimensions=True, level=report.unit.level)
    rows = [value for value in found.values() if layers.get(value.key) == value.layer]
    return [_cell(value) for value in sorted(rows, key=lambda one: (one.key, one.dimension))]


def _cell(value: Value) -> dict[str, Any]:
    return {
        "key": value.key,
        "dimension": value.dimension,
        "layer": value.layer,
        "state": value.state,
        "amount": value.amount,
        **{name: getattr(value, name) for name in _COUNTS},
    }


def publish(frozen: FrozenReport, data: Mapping[str, Any]) -> Publication | None:
    """Open a report that is being issued to everybody; None where it is not for everybody.

    ``data``: everything it is made of. Small counts in sensitive matters are held back, and
    with them what would give them away: in this report, in that of the unit above and of the
    longer period.
    """
    if not is_for_everybody(frozen):
        return None
    told = data["report"]
    unit = told["unit"]
    above = ancestors(frozen.unit_id, frozen.period.end)
    province = next((one for one in above if one.level == "province"), None)
    made = Publication.objects.create(
        report=frozen,
        published_at=now(),
        known_on=data["composed_on"],
        release=data["release"],
        dictionary=data["dictionary"],
        title=told["title"][:400],
        issuing_body=told["issuing_body"][:200],
        unit_code=unit["code"],
        unit_name=unit["name"],
        unit_level=unit["level"],
        province_code=province.code if province else "",
        province_name=province.name if province else "",
        is_demo=told["demonstration"],
        small_beside=_prints_small(document_of(data)),
    )
    PublishedFigure.objects.bulk_create(_rows(made, data))
    _protect(frozen, [one.id for one in reversed(above)])
    Record.objects.filter(pk=frozen.pk).update(visibility=Record.Visibility.PUBLIC)
    raise_public_version(frozen.unit_id)
    return made


def is_for_everybody(frozen: FrozenReport) -> bool:
    """Whether an issued report of this unit and layout is opened to everybody."""
    return frozen.layout == OPEN_LAYOUT and frozen.unit.level in OPEN_LEVELS


def _rows(publication: Publication, data: Mapping[str, Any]) -> list[PublishedFigure]:
    """The figures in the order of the report, then their parts by dimension."""
    meanings = definitions()
    figures = [
        figure
        for figure in data["report"]["figures"]
        if figure["key"] in meanings and figure["key"] not in NOT_OPEN
    ]
    cells = {(cell["key"], cell["dimension"]): cell for cell in data.get("cells", ())}
    amounts = {f["key"]: f["amount"] for f in figures if f["amount"] is not None}
    hidden = withheld(meanings, amounts)
    rows = [
        _row(publication, meanings, figure, cells.get((figure["key"], "")), hidden)
        for figure in figures
    ]
    shown = {figure["key"] for figure in figures}
    for (key, dimension), cell in cells.items():
        # A part of a sensitive count, or of one that is held back, tells what the whole does not.
        told = key in shown and key not in hidden and not meanings[key].sensitive
        if dimension and told and cell["amount"] is not None:
            rows.append(_part(publication, meanings[key], cell))
    return rows


def _row(
    publication: Publication,
    meanings: Mapping[str, Definition],
    figure: Mapping[str, Any],
    cell: Mapping[str, Any] | None,
    hidden: Mapping[str, str],
) -> PublishedFigure:
    meaning = meanings[figure["key"]]
    base = meanings.get(meaning.denominator)
    counts = {name: cell[name] if cell else None for name in _COUNTS}
    # A share is made of two figures: it stands on what the report says it stands on.
    counts["n_expected"] = figure["n_expected"]
    if counts["n_reported"] is None:
        counts["n_reported"] = figure["n_reported"]
    elif cell and not meaning.is_rate:
        _leave_out(counts, cell["n_expected"] - figure["n_expected"])
    return PublishedFigure(
        publication=publication,
        key=figure["key"],
        layer=figure["layer"],
        state=figure["state"],
        amount=figure["amount"],
        scale=figure["scale"],
        numerator=figure["numerator"],
        denominator=figure["denominator"],
        base_scale=base.scale if base else 1,
        text=figure["text"][:60],
        withheld=hidden.get(figure["key"], ""),
        **counts,
    )


def _leave_out(counts: dict[str, Any], others: int) -> None:
    """Count without units that need not report, which the cell has and the report tells beside.

    Which of the states theirs was the cell does not know; such a unit seldom says nought.
    """
    for name in ("n_reported", "n_zero", "n_not_applicable"):
        left_out = min(others, counts[name])
        counts[name] -= left_out
        others -= left_out


def _part(
    publication: Publication, meaning: Definition, cell: Mapping[str, Any]
) -> PublishedFigure:
    return PublishedFigure(
        publication=publication,
        key=meaning.key,
        dimension=cell["dimension"],
        layer=cell["layer"],
        state=cell["state"],
        amount=cell["amount"],
        scale=meaning.scale,
        text=amount_text(meaning, cell["amount"]),
        **{name: cell[name] for name in _COUNTS},
    )


def _prints_small(document: OfficialDocument) -> bool:
    """Whether a table of the paper prints a small count in a sensitive matter.

    That of a unit below, of the period before, of the report it amends: none of them is a figure
    of this report. A row or a column is known by the name of its indicator.
    """
    names = tuple(one.name_vi for one in definitions().values() if one.sensitive)
    small = {str(number) for number in range(1, SMALL)}
    for annex in document.annexes:
        for block in annex.blocks:
            if not isinstance(block, Table):
                continue
            heads = {x for text, x, *_ in header_cells(block) if text.startswith(names)}
            for row in block.rows:
                texts = [runs_of(cell).text.strip() for cell in row]
                named = any(text.startswith(names) for text in texts)
                # The first cell of a row is its running number.
                for x, text in enumerate(texts[1:], start=1):
                    if (named or x in heads) and text.lstrip("0") in small:
                        return True
    return False


def published_of(unit_ids: Iterable[int], period: Period) -> list[Publication]:
    """The publications in force of these units for a period."""
    replaced = FrozenReport.objects.filter(
        publication__isnull=False, replaces__isnull=False
    ).values("replaces_id")
    return list(
        Publication.objects.filter(report__unit_id__in=list(unit_ids), report__period=period)
        .exclude(pk__in=replaced)
        .select_related("report")
    )


def _protect(frozen: FrozenReport, above: Sequence[int]) -> None:
    """Hold back totals of this unit and of those above that give away what stands below them.

    ``above``: the units above, the nearest first.
    """
    for unit_id in (frozen.unit_id, *above):
        for whole in published_of([unit_id], frozen.period):
            _protect_total(whole, _parts_below(unit_id, frozen.period))
    periods = Period.objects.filter(
        frozenreport__publication__isnull=False, frozenreport__unit_id=frozen.unit_id
    ).distinct()
    for period in periods:
        for whole in published_of([frozen.unit_id], period):
            for parts in _parts_in_time(frozen.unit_id, period, periods):
                _protect_total(whole, parts)


def _parts_below(unit_id: int, period: Period) -> list[Publication]:
    below = Placement.objects.filter(
        in_force(period.end), tree=Placement.Tree.STATE, parent_id=unit_id
    ).values_list("unit_id", flat=True)
    return published_of(below, period)


def _parts_in_time(
    unit_id: int, period: Period, periods: Iterable[Period]
) -> Iterable[list[Publication]]:
    """Shorter periods inside this one, by kind: the halves, the quarters, the months."""
    inside = [
        one
        for one in periods
        if one.pk != period.pk and period.start <= one.start and one.end <= period.end
    ]
    for kind in sorted({one.kind for one in inside}):
        yield [
            publication
            for one in inside
            if one.kind == kind
            for publication in published_of([unit_id], one)
        ]


def _protect_total(whole: Publication, parts: Sequence[Publication]) -> None:
    meanings = definitions()
    mine = {figure.key: figure for figure in whole.figures.filter(dimension="")}
    by_key: dict[str, list[tuple[int, str]]] = {}
    asked = PublishedFigure.objects.filter(
        publication__in=parts, dimension="", amount__isnull=False, key__in=list(mine)
    )
    for key, amount, reason in asked.values_list("key", "amount", "withheld"):
        by_key.setdefault(key, []).append((amount or 0, reason))
    amounts = {
        key: row.amount for key, row in mine.items() if row.amount is not None and key in meanings
    }
    given = {
        key: HIDDEN_BESIDE
        for key, told in by_key.items()
        if key in amounts
        and not mine[key].withheld
        and gives_away(amounts[key], told, meanings[key].scale)
    }
    if not given:
        return
    known = {key: row.withheld for key, row in mine.items() if row.withheld}
    hidden = withheld(meanings, amounts, {**known, **given})
    for key, reason in hidden.items():
        if key in mine and not mine[key].withheld:
            whole.figures.filter(key=key).update(withheld=reason)
    raise_public_version(whole.report.unit_id)
