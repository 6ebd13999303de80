"""The series of an indicator over several periods and several maps."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from danchu.core.contracts import Actor
from danchu.core.text import format_number
from danchu.reporting.figures.restating import Point, Standing
from danchu.reporting.reviews.export import MEDIA_TYPES
from danchu.reporting.reviews.series import Series, SeriesRequest
from danchu.reporting.reviews.series import series as series_of
from danchu.reporting.reviews.series_file import series_xlsx
from danchu.reporting.reviews.series_points import Reading, SeriesPoint
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.charts import NARROW, WIDTH, Chart, Datum, line_chart
from danchu.web.design.parameters import parameters
from danchu.web.design.templatetags.danchu import written

from .periods import short_label

READINGS = {
    "cong-bo": Reading.PUBLISHED,
    "hom-nay": Reading.TODAY,
    "cung-dia-gioi": Reading.SAME,
}
LAYERS = {"ho-so": "recorded", "da-nop": "reported", "cong-bo": "stated"}
MOST_NAMED, MOST_NAMED_NARROW = 6, 2  # names of periods that find room under the axis
_WORD_OF = {layer: word for word, layer in LAYERS.items()} | {"chosen": ""}


@signed_in
def series(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The series as a table and a chart, in one of three readings."""
    if "@" in code:  # the code together with a day, as figures of a unit that ended have it
        plain, _at, that_day = code.partition("@")
        return redirect(f"{reverse('office:series', args=[plain, key])}?ngay={that_day}")
    asked = _asked(request, code, key)
    found = series_of(viewer_of(request), asked)
    state = _state(request, found)
    return render(
        request,
        "office/series.html",
        {
            "series": found,
            "back": _back(viewer_of(request), found),
            "charts": [
                (name, chart)
                for name, width, most in (
                    ("is-wide", WIDTH, MOST_NAMED),
                    ("is-narrow", NARROW, MOST_NAMED_NARROW),
                )
                if (chart := _chart(found, width, most)) is not None
            ],
            "readings": [
                (reading == found.reading, word, _link(state, cach=word))
                for word, reading in READINGS.items()
            ],
            "layers": [
                (layer == found.layer, layer, _link(state, nguon=_WORD_OF[layer]))
                for layer in found.layers
            ],
            "families": [
                (family == found.family, *_family(family), _link(state, ky=family))
                for family in found.families
            ],
            "alone": _link(state, nhom=""),
            "together": _link(state, nhom="1"),
            "file": f"{reverse('office:series_file', args=[code, key])}{_link(state)}",
        },
    )


def _back(viewer: Actor, found: Series) -> str:
    """The indicator's page in the newest period of the series; of a unit that ended, the unit.

    Who may not read the unit's figures is led to a page of its own published ones, else to the
    unit: the page of any other figure is refused them.
    """
    if found.ended:
        return f"{reverse('office:unit', args=[found.unit.code])}?ngay={found.unit.valid_to}"
    inside = viewer.may("figures.read", found.unit.id)
    periods = [
        point.period_code
        for point in found.points
        if inside
        or any(source.given and source.unit.code == found.unit.code for source in point.sources)
    ]
    if not periods:
        return reverse("office:unit", args=[found.unit.code])
    newest = periods[-1]
    return reverse("office:figure", args=[found.unit.code, newest, found.meaning.key])


@signed_in
def series_file(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The same series in all three readings as a spreadsheet."""
    asked = _asked(request, code, key)
    viewer = viewer_of(request)
    found = [series_of(viewer, replace(asked, reading=reading)) for reading in Reading]
    answer = HttpResponse(series_xlsx(found), content_type=MEDIA_TYPES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="chuoi-{found[0].unit.code}-{key}.xlsx"'
    return answer


def _asked(request: HttpRequest, code: str, key: str) -> SeriesRequest:
    query = parameters(
        request,
        {
            "cach": tuple(READINGS),
            "nguon": tuple(LAYERS),
            "ky": str,
            "nhom": ("1",),
            "ngay": dt.date,
        },
    )
    return SeriesRequest(
        code=code,
        key=key,
        on=query["ngay"],
        reading=READINGS[query["cach"] or "hom-nay"],
        group=bool(query["nhom"]),
        layer=LAYERS.get(query["nguon"] or ""),
        family=query["ky"],
        language=get_language() or "vi",
    )


def _state(request: HttpRequest, found: Series) -> dict[str, str]:
    """The address of the page as it is now, without what stands there of itself."""
    wanted = ("cach", "nguon", "ky", "nhom", "ngay")
    return {name: request.GET[name] for name in wanted if request.GET.get(name)}


def _link(state: dict[str, str], **changed: str) -> str:
    query = {name: value for name, value in (state | changed).items() if value}
    return f"?{urlencode(query)}" if query else "?"


def _family(family: str) -> tuple[str, bool]:
    """The name of a length of period, and whether it is that of Decree 09/2019."""
    scheme, _, kind = family.rpartition(":")
    names = {
        "month": gettext("tháng"),
        "quarter": gettext("quý"),
        "half_year": gettext("6 tháng"),
        "nine_months": gettext("9 tháng"),
        "year": gettext("năm"),
    }
    name = names.get(kind, gettext("kỳ riêng"))
    long = kind in ("half_year", "year")
    if scheme == "cal" and long:
        name = gettext("%(kind)s theo năm dương lịch") % {"kind": name}
    if scheme == "nd09" and not long:
        name = gettext("%(kind)s, chốt ngày 14") % {"kind": name}
    return name, scheme == "nd09"


def _chart(found: Series, width: int, most_named: int) -> Chart | None:
    scale = found.meaning.scale
    data = [_datum(line, scale) for line in found.points]
    chart = line_chart(data, width)
    if chart is None:
        return None
    grid = tuple(replace(tick, label=_axis_text(tick.value)) for tick in chart.grid)
    # Under many points every second or third is named, the last one always.
    every = -(-len(chart.places) // most_named)
    places = tuple(
        replace(tick, label=tick.label if (len(data) - 1 - n) % every == 0 else "")
        for n, tick in enumerate(chart.places)
    )
    return replace(chart, grid=grid, places=places)


def _axis_text(value: Fraction) -> str:
    return written(format_number(value))


def _datum(line: SeriesPoint, scale: int) -> Datum:
    label = short_label(line.period_code)
    span = _span(line.point, scale)
    if span is not None:
        sure = line.point.standing == Standing.EXACT and line.point.complete
        return Datum(label, (span,), joined=span[0] == span[1], sure=sure)
    if line.point.reason is None and line.point.standing == Standing.NOT_COMPARABLE:
        given = [part.given for part in line.point.parts if part.given is not None]
        alone = [Fraction(g.amount, scale) for g in given if g.amount is not None]
        return Datum(label, tuple((value, value) for value in alone))
    return Datum(label, ())


def _span(point: Point, scale: int) -> tuple[Fraction, Fraction] | None:
    if point.numerator is not None and point.denominator:
        share = Fraction(point.numerator * 100, point.denominator)
        return share, share
    if point.low is None or point.high is None:
        return None
    return point.low / scale, point.high / scale
