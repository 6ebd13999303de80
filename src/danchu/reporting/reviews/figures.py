"""Choosing and wording the figures of a unit and a period: each with its layer, n and evidence.

Which layer a figure comes from is decided for the unit and period as a whole: see :mod:`.layers`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.reporting.figures.completeness import Base, completeness
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text, rate_text
from danchu.reporting.figures.models import CellState, ConfirmedState, Layer
from danchu.reporting.figures.selectors import Value, definitions, values_of
from danchu.reporting.reading.selectors import StatedFigure, stated_of
from danchu.reporting.rounds.standing import bases_of

from .layers import ABOVE, SIGNED, first_value, first_values, layers_of, signed_units


class Beside(NamedTuple):
    """What another layer gives for a figure, where it is not what the figure says."""

    layer: str
    text: str
    n_reported: int
    n_expected: int


class ReportFigure(NamedTuple):
    """A figure as one report prints it.

    ``ref`` numbers it in the annex of evidence, ``path`` is the address of its page.
    ``remark_*`` says what a reader must know beside the number: that the source printed
    another rounding, or gave a share without the number of answers. ``is_word``: a nought that
    no record speaks of but an officer confirmed; ``said_on`` and ``said_by``, a post, are known
    where it is the unit's own word. ``n_reported`` of ``n_expected`` units gave it and ``n_others``
    beside them (``figures.completeness``). ``is_own``: it is the unit's own version handed in.
    ``beside``: what the records show now, where that is another number. Of the unit's own version
    a report tells whether the number was ``typed`` or taken from records, and ``why`` it differs.
    """

    ref: int
    key: str
    meaning: Definition
    layer: str
    state: str
    amount: int | None
    numerator: int | None
    denominator: int | None
    text: str
    remark_vi: str
    remark_en: str
    stated: StatedFigure | None
    n_reported: int
    n_expected: int
    path: str
    is_word: bool = False
    said_on: dt.date | None = None
    said_by: str = ""
    n_others: int = 0
    is_own: bool = False
    beside: Beside | None = None
    typed: bool | None = None
    why: str = ""

    @property
    def has_value(self) -> bool:
        """Whether a sentence may print it."""
        return self.state in (CellState.REPORTED, CellState.ZERO) and bool(self.text)


def report_figures(
    viewer: Actor,
    unit_id: int,
    level: str,
    code: str,
    period: Period,
) -> dict[str, ReportFigure]:
    """Every figure of the unit and period that has a state, by key, in dictionary order."""
    return report_figures_of(viewer, {unit_id: (level, code)}, period)[unit_id]


def report_figures_of(
    viewer: Actor,
    units: Mapping[int, tuple[str, str]],
    period: Period,
) -> dict[int, dict[str, ReportFigure]]:
    """The same for many units at once: unit -> its figures. ``units``: unit -> level and code."""
    levels = {unit_id: level for unit_id, (level, _code) in units.items()}
    cells = values_of(viewer, list(units), period, levels=levels)
    stated = stated_of(viewer, list(units), period)
    signed = signed_units(viewer, units, cells, period)
    chosen_of: dict[int, dict[str, Value]] = {}
    for unit_id in units:
        seen = cells[unit_id] or _published(stated[unit_id])
        chosen_of[unit_id] = first_values(seen, layers_of(seen, is_signed=unit_id in signed))
    said = _words_of(
        [u for u, chosen in chosen_of.items() if any(map(_is_word, chosen.values()))], period
    )
    bases = _bases(units, chosen_of, signed, period)
    found: dict[int, dict[str, ReportFigure]] = {}
    for unit_id, (level, code) in units.items():
        mine = found[unit_id] = {}
        words, chosen = stated[unit_id], chosen_of[unit_id]
        for key, meaning in definitions().items():
            value = chosen.get(key)
            word = said.get((unit_id, key)) if value is not None and _is_word(value) else None
            figure = _figure(len(mine) + 1, meaning, chosen, words.get(key), word, code, period)
            if figure is not None:
                mine[key] = _counted(figure, bases.get(unit_id))
        if unit_id in signed:
            found[unit_id] = _beside_records(mine, cells[unit_id], level, bases.get(unit_id))
    return found


def _beside_records(
    figures: dict[str, ReportFigure],
    cells: Mapping[tuple[str, str, str], Value],
    level: str,
    base: Base | None,
) -> dict[str, ReportFigure]:
    """Signed figures, each with what the records show where that is another number."""
    return {
        key: figure._replace(
            is_own=level not in ABOVE, beside=recorded_beside(cells, figure.meaning, figure, base)
        )
        for key, figure in figures.items()
    }


def recorded_beside(
    cells: Mapping[tuple[str, str, str], Value],
    meaning: Definition,
    figure: ReportFigure | None,
    base: Base | None = None,
) -> Beside | None:
    """What the records show of an indicator; None where they show nothing else than ``figure``.

    ``figure`` None: the versions that stand have no value of it. ``base``: the units of the round.
    """
    keys = {meaning.key, meaning.numerator, meaning.denominator} - {""}
    recorded = {
        key: value
        for key in keys
        if (value := first_value(key, (Layer.RECORDED,), cells)) is not None
    }
    other = _figure(0, meaning, recorded, None, None, "", _NO_PERIOD)
    if other is None or not other.has_value:
        return None
    if figure is not None and figure.text == other.text:
        return None
    other = _counted(other, base)
    return Beside(other.layer, other.text, other.n_reported, other.n_expected)


_NO_PERIOD = Period(code="")


def _bases(
    units: Mapping[int, tuple[str, str]],
    chosen_of: Mapping[int, Mapping[str, Value]],
    signed: Mapping[int, Base | None],
    period: Period,
) -> dict[int, Base]:
    """The rounds of the units above communes of which a figure is made of records, or has them
    beside it."""
    wide = [
        unit_id
        for unit_id, (level, _code) in units.items()
        if level in ABOVE
        and unit_id not in signed
        and any(value.layer == Layer.RECORDED for value in chosen_of[unit_id].values())
    ]
    known = {unit_id: base for unit_id, base in signed.items() if base is not None}
    return known | bases_of(wide, period.pk) if wide else known


def _counted(figure: ReportFigure, base: Base | None) -> ReportFigure:
    n, of, others = completeness(figure.layer, figure.n_reported, figure.n_expected, base)
    return figure._replace(n_reported=n, n_expected=of, n_others=others)


def figures_of_cells(
    cells: Mapping[tuple[str, str, str], Value],
    level: str,
    code: str,
    period: Period,
    *,
    order: tuple[Layer, ...],
    base: Base | None = None,
) -> dict[str, ReportFigure]:
    """The same from cells that were read already, without the words of published reports.

    ``order``: the layers by the rule (``layers.layers_by_rule``); ``base``: the units of the unit's
    own round of the period.
    """
    chosen = first_values(cells, order)
    found: dict[str, ReportFigure] = {}
    for key, meaning in definitions().items():
        figure = _figure(len(found) + 1, meaning, chosen, None, None, code, period)
        if figure is not None:
            found[key] = _counted(figure, base)
    return _beside_records(found, cells, level, base) if order == SIGNED else found


def figures_in_layer(
    cells: Mapping[tuple[str, str, str], Value],
    layer: Layer,
    keys: Collection[str],
    code: str,
    period: Period,
) -> dict[str, ReportFigure]:
    """Figures of some indicators in one layer and nothing beside them, as for the rows under a sum
    of that layer."""
    known = definitions()
    needed = {
        part for key in keys for part in (key, known[key].numerator, known[key].denominator) if part
    }
    chosen = {
        key: value for key in needed if (value := first_value(key, (layer,), cells)) is not None
    }
    made = (
        (key, _figure(ref, known[key], chosen, None, None, code, period))
        for ref, key in enumerate(keys, start=1)
    )
    return {key: figure for key, figure in made if figure is not None}


def _words_of(
    unit_ids: Sequence[int], period: Period
) -> dict[tuple[int, str], tuple[dt.date, str]]:
    """(unit, indicator) -> the day an officer confirmed a nought, and the officer's post."""
    if not unit_ids:
        return {}
    rows = ConfirmedState.objects.filter(
        unit_id__in=unit_ids, period=period, state=CellState.ZERO
    ).values_list("unit_id", "indicator__key", "confirmed_at", "confirmed_by__post")
    return {(unit_id, key): (timezone.localdate(at), post or "") for unit_id, key, at, post in rows}


def _published(words: Mapping[str, StatedFigure]) -> dict[tuple[str, str, str], Value]:
    """What the reports state that this viewer may see, for one who sees nothing else."""
    return {
        (Layer.STATED, key, ""): Value(
            key=key,
            layer=Layer.STATED,
            dimension="",
            state=CellState.REPORTED if said.amount else CellState.ZERO,
            amount=said.amount,
            numerator=None,
            denominator=None,
            n_reported=int(said.amount != 0),
            n_zero=int(said.amount == 0),
            n_not_applicable=0,
            n_missing=0,
            n_expected=1,
            sources=1,
        )
        for key, said in words.items()
    }


def _figure(
    ref: int,
    meaning: Definition,
    chosen: dict[str, Value],
    stated: StatedFigure | None,
    word: tuple[dt.date, str] | None,
    code: str,
    period: Period,
) -> ReportFigure | None:
    value = chosen.get(meaning.key)
    rate = _rate(meaning, chosen)
    path = f"/office/so-lieu/{code}/{period.code}/{meaning.key}/"
    if rate is not None:
        top, base = rate
        assert top.amount is not None and base.amount is not None
        text = rate_text(meaning, top.amount, base.amount)
        differs = stated is not None and stated.stated != text
        return ReportFigure(
            ref=ref,
            key=meaning.key,
            meaning=meaning,
            layer=top.layer,
            state=CellState.REPORTED,
            amount=None,
            numerator=top.amount,
            denominator=base.amount,
            text=text,
            remark_vi=f"văn bản nguồn ghi {stated.stated}" if stated and differs else "",
            remark_en=f"the source states {stated.stated}" if stated and differs else "",
            stated=stated,
            n_reported=min(top.n_reported + top.n_zero, base.n_reported + base.n_zero),
            n_expected=max(top.n_expected, base.n_expected),
            path=path,
        )
    if value is None:
        return None
    from_text = stated if value.layer == Layer.STATED else None
    text, remark_vi, remark_en = _worded(meaning, value, from_text)
    if stated is not None and from_text is None and stated.amount != value.amount:
        remark_vi = f"văn bản đã rà soát ghi {stated.stated}"
        remark_en = f"the reviewed report states {stated.stated}"
    return ReportFigure(
        ref=ref,
        key=meaning.key,
        meaning=meaning,
        layer=value.layer,
        state=value.state,
        amount=value.amount,
        numerator=value.numerator,
        denominator=value.denominator,
        text=text,
        remark_vi=remark_vi,
        remark_en=remark_en,
        stated=stated,
        n_reported=value.n_reported + value.n_zero,
        n_expected=value.n_expected,
        path=path,
        is_word=_is_word(value),
        said_on=word[0] if word else None,
        said_by=word[1] if word else "",
    )


def _is_word(value: Value) -> bool:
    return (value.layer, value.state) == (Layer.RECORDED, CellState.ZERO) and not value.sources


def _rate(meaning: Definition, chosen: dict[str, Value]) -> tuple[Value, Value] | None:
    """The two values a rate is made of, from the same layer; None where it cannot be made."""
    if not (meaning.numerator and meaning.denominator):
        return None
    top, base = chosen.get(meaning.numerator), chosen.get(meaning.denominator)
    if top is None or base is None or top.layer != base.layer:
        return None
    if top.amount is None or not base.amount:
        return None
    if top.amount > base.amount:
        return None  # settled now what was received before: the two do not make a share
    return top, base


def _worded(meaning: Definition, value: Value, stated: StatedFigure | None) -> tuple[str, str, str]:
    if value.amount is None:
        return "", "", ""
    text = amount_text(meaning, value.amount)
    if stated is None:
        return text, "", ""
    if meaning.is_rate:
        # A stated share keeps its own digits (DESIGN decision 15).
        text = stated.stated if stated.stated[:1].isdigit() else text
        if stated.no_denominator:
            return text, "nguồn không nêu số phiếu trả lời", "the source gives no number of answers"
        return text, "theo văn bản nguồn", "as the source states"
    if stated.approx:
        return text, "số ước lượng trong văn bản nguồn", "an estimate in the source"
    return text, "", ""
