"""Choosing and wording the figures of one report: each with its layer, n and evidence.

One rule decides where all figures of a report come from (:func:`standing_rounds`,
:func:`_order`); nothing is chosen indicator by indicator.

1. The unit opened a round for the period and a version of a unit below stands (handed in and
   not returned): every figure comes from the versions that stand. What the records of the units
   below show beside them is not looked at, and what the unit and its offices recorded
   themselves is listed apart, never added in.
2. Otherwise every figure comes from records, where there are any; only a unit without a record
   (figures loaded from elsewhere) is read from the versions handed in.
3. In the second case a published report fills in what the records do not have, and the report
   says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor
from danchu.reporting.figures.completeness import Base, completeness
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.display import amount_text, rate_text
from danchu.reporting.figures.models import CellState, ConfirmedState, Layer
from danchu.reporting.figures.selectors import Value, definitions, values, values_of
from danchu.reporting.reading.selectors import StatedFigure, stated_of
from danchu.reporting.rounds.selectors import standing_rounds
from danchu.reporting.rounds.standing import bases_of

ABOVE = ("nation", "province", "district")


class ReportFigure(NamedTuple):
    """A figure as one report prints it.

    ``ref`` numbers it in the annex of evidence, ``path`` is the address of its page.
    ``remark_*`` says what a reader must know beside the number: that the source printed
    another rounding, or gave a share without the number of answers. ``is_word``: a nought that
    no record speaks of but an officer confirmed; ``said_on`` and ``said_by``, a post, are known
    where it is the unit's own word. ``n_reported`` of ``n_expected`` units gave it and ``n_others``
    beside them (``figures.completeness``).
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
    *,
    only: Layer | None = None,
) -> dict[int, dict[str, ReportFigure]]:
    """The same for many units at once: unit -> its figures. ``units``: unit -> level and code.

    ``only`` reads one layer and nothing else, as for the rows under a sum of that layer.
    """
    levels = {unit_id: level for unit_id, (level, _code) in units.items()}
    cells = values_of(viewer, list(units), period, levels=levels)
    stated = stated_of(viewer, list(units), period)
    rounds = set() if only else _with_rounds(viewer, units, period)
    chosen_of: dict[int, dict[str, Value]] = {}
    for unit_id in units:
        seen = cells[unit_id] or ({} if only else _published(stated[unit_id]))
        order = (only,) if only else _order(seen, has_versions=unit_id in rounds)
        chosen_of[unit_id] = _choose(seen, order)
    said = _words_of(
        [u for u, chosen in chosen_of.items() if any(map(_is_word, chosen.values()))], period
    )
    bases = _bases(units, chosen_of, period)
    found: dict[int, dict[str, ReportFigure]] = {}
    for unit_id, (_level, code) in units.items():
        mine = found[unit_id] = {}
        words, chosen = stated[unit_id], chosen_of[unit_id]
        for key, meaning in definitions().items():
            value = chosen.get(key)
            word = said.get((unit_id, key)) if value is not None and _is_word(value) else None
            figure = _figure(len(mine) + 1, meaning, chosen, words.get(key), word, code, period)
            if figure is not None:
                mine[key] = _counted(figure, bases.get(unit_id))
    return found


def _bases(
    units: Mapping[int, tuple[str, str]],
    chosen_of: Mapping[int, Mapping[str, Value]],
    period: Period,
) -> dict[int, Base]:
    """The rounds of the units above communes of which a figure is made of records."""
    wide = [
        unit_id
        for unit_id, (level, _code) in units.items()
        if level in ABOVE
        and any(value.layer == Layer.RECORDED for value in chosen_of[unit_id].values())
    ]
    return bases_of(wide, period.pk) if wide else {}


def _counted(figure: ReportFigure, base: Base | None) -> ReportFigure:
    n, of, others = completeness(figure.layer, figure.n_reported, figure.n_expected, base)
    return figure._replace(n_reported=n, n_expected=of, n_others=others)


def figures_of_cells(
    cells: Mapping[tuple[str, str, str], Value],
    code: str,
    period: Period,
    *,
    has_versions: bool,
    base: Base | None = None,
) -> dict[str, ReportFigure]:
    """The same from cells that were read already, without the words of published reports.

    ``has_versions``: the unit's own round of the period has a version that stands; ``base``: the
    units of that round.
    """
    chosen = _choose(cells, _order(cells, has_versions=has_versions))
    found: dict[str, ReportFigure] = {}
    for key, meaning in definitions().items():
        figure = _figure(len(found) + 1, meaning, chosen, None, None, code, period)
        if figure is not None:
            found[key] = _counted(figure, base)
    return found


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


def chosen_values(viewer: Actor, unit_id: int, level: str, period: Period) -> dict[str, Value]:
    """The value each indicator is reported with, by the rule of this module."""
    rounds = _with_rounds(viewer, {unit_id: (level, "")}, period)
    cells = values(viewer, unit_id, period, level=level)
    return _choose(cells, _order(cells, has_versions=unit_id in rounds))


def _with_rounds(viewer: Actor, units: Mapping[int, tuple[str, str]], period: Period) -> set[int]:
    """The units of which the figures come from versions; communes ask nobody."""
    above = [unit_id for unit_id, (level, _code) in units.items() if level in ABOVE]
    return standing_rounds(viewer, above, period) if above else set()


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


def _order(cells: Mapping[tuple[str, str, str], Value], *, has_versions: bool) -> tuple[Layer, ...]:
    """The layers the figures of one report are taken from, by the rule of this module."""
    if has_versions:
        return (Layer.REPORTED,)
    known = {layer for (layer, _, _), value in cells.items() if value.state != CellState.MISSING}
    if Layer.RECORDED not in known and Layer.REPORTED in known:
        return (Layer.REPORTED, Layer.STATED)
    return (Layer.RECORDED, Layer.STATED)


def _choose(
    cells: Mapping[tuple[str, str, str], Value], order: tuple[Layer, ...]
) -> dict[str, Value]:
    found = {key: _chosen(key, order, cells) for key in definitions()}
    return {key: value for key, value in found.items() if value is not None}


def _chosen(
    key: str, order: tuple[Layer, ...], cells: Mapping[tuple[str, str, str], Value]
) -> Value | None:
    for layer in order:
        value = cells.get((layer, key, ""))
        if value is not None and value.state != CellState.MISSING:
            return value
    return None


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
