"""An issued report before everybody: its figures as rows, small counts held back.

Called inside the transactions of freezing and issuing. What is opened to everybody is the report
of an authority in the layout of the State; a paper of the Party never is, nor one of an
enterprise or a workplace, whose readers are its own people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from danchu.core.clock import now
from danchu.core.contracts import Actor
from danchu.core.documents import OfficialDocument, Table
from danchu.core.documents.model import header_cells, runs_of
from danchu.core.records.models import Record
from danchu.core.units.selectors import ancestors
from danchu.core.units.services import raise_public_version
from danchu.reporting.figures import structure
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import SMALL, amount_text
from danchu.reporting.figures.selectors import Value, definitions, values
from danchu.reporting.figures.withholding import NOT_OPEN, withheld

from .compose import Report
from .frozen_data import document_of
from .models import FrozenReport, Publication, PublishedFigure
from .protecting import protect

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
    above = ancestors(frozen.unit_id, _last_day(frozen))
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
    protect(frozen.unit_id, frozen.period)
    Record.objects.filter(pk=frozen.pk).update(visibility=Record.Visibility.PUBLIC)
    raise_public_version(frozen.unit_id)
    return made


def _last_day(frozen: FrozenReport) -> dt.date:
    """The last day of the period on which the unit stood in the tree of the State."""
    end = frozen.period.end
    place = structure.last_placements(frozen.period, [frozen.unit_id]).get(frozen.unit_id)
    return min(end, place.valid_to) if place and place.valid_to else end


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
