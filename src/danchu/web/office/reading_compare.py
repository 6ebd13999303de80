"""Two reports of one unit, period and kind beside each other, for the officer to decide."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danchu.core.errors import NotFound
from danchu.reporting.reading.selectors import FigureView, document, twins
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.parameters import parameters

from .periods import period_label


@signed_in
def compare(request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Their figures by indicator; nothing is decided here, each report has its own desk."""
    parameters(request, {})
    viewer = viewer_of(request)
    one = document(viewer, public_id)
    if other_id not in [twin.public_id for twin in twins(viewer, one.record_id)]:
        raise NotFound("Không tìm thấy báo cáo này.", "There is no such report.")
    other = document(viewer, other_id)
    mine, theirs = _by_indicator(one.figures), _by_indicator(other.figures)
    places = dict.fromkeys((*mine, *theirs))
    rows = [
        (
            (mine.get(place) or theirs[place])[0],
            [_said(f) for f in mine.get(place, [])],
            [_said(f) for f in theirs.get(place, [])],
        )
        for place in places
    ]
    return render(
        request,
        "office/reading_compare.html",
        {
            "one": one,
            "other": other,
            "period_label": period_label(one.period_code),
            "rows": [(f, a, b, bool(a and b and set(a) != set(b))) for f, a, b in rows],
        },
    )


def _by_indicator(figures: tuple[FigureView, ...]) -> dict[tuple[str, str], list[FigureView]]:
    found: dict[tuple[str, str], list[FigureView]] = {}
    for figure in figures:
        if figure.decision != "rejected":
            place = (figure.decided_key or figure.key, figure.decided_scope)
            found.setdefault(place, []).append(figure)
    return found


def _said(figure: FigureView) -> str:
    return figure.decided_text or figure.text
