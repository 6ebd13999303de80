"""A number and its records come from the same measures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.core.contracts import NOBODY
from danchu.core.records.services import cancel_record
from danchu.reporting.figures.evidence import records_behind
from tests.cast import Cast
from tests.making import hold, receive, work
from tests.reporting.folding import amount, open_periods


def test_the_records_behind_a_figure_add_up_to_it(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    writer = cast.recorder_benmau
    hold(writer, cast.benmau, participants=40)
    hold(writer, cast.benmau, participants=2, base_kind="agency")
    hold(writer, cast.benmau, participants=None)
    gone = hold(writer, cast.benmau, participants=900)
    cancel_record(actor=writer, record_id=gone.pk, reason="Trùng", right="records.cancel")
    work(writer, cast.benmau, people=70)
    receive(writer, cast.benmau)
    settle()
    viewer = cast.viewer_benmau
    for key, records in (
        ("participants", 2),
        ("dialogues_held", 3),
        ("training_participants", 1),
        ("citizens_received", 1),
    ):
        behind = records_behind(viewer, cast.benmau, period, key)
        assert sum(line.amount for line in behind.lines) == amount(cast.benmau, period, key)
        assert (len(behind.lines), behind.hidden, behind.total) == (records, 0, records)
    (line,) = records_behind(viewer, cast.benmau, period, "citizens_received").lines
    assert (line.kind_vi, line.kind_en) == ("Tiếp công dân", "Reception of citizens")
    assert line.path.startswith("/office/ghi-viec/tiep-cong-dan/")
    assert records_behind(viewer, cast.benmau, period, "documents_issued").total == 0


def test_others_are_told_how_many_they_may_not_see(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.recorder_benmau, cast.benmau, public=True)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    for viewer in (NOBODY, cast.recorder_caumau):
        behind = records_behind(viewer, cast.benmau, period, "dialogues_held")
        assert (len(behind.lines), behind.hidden, behind.total) == (1, 1, 2)


def test_records_stand_in_the_order_of_their_days(cast: Cast) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    for month, day in ((3, 20), (2, 28), (5, 1), (4, 15)):
        hold(cast.recorder_benmau, cast.benmau, on=dt.date(2026, month, day))
    behind = records_behind(cast.viewer_benmau, cast.benmau, period, "dialogues_held")
    assert [line.title[:10] for line in behind.lines] == [
        "28/02/2026",
        "20/03/2026",
        "15/04/2026",
        "01/05/2026",
    ]


def test_figures_of_units_below_rest_on_their_own_pages(cast: Cast, settle: Any) -> None:
    (period,) = open_periods("nd09:2026H1").values()
    hold(cast.village_head, cast.maulai)
    settle()
    assert amount(cast.benmau, period, "dialogues_held") == 1
    viewer = cast.viewer_benmau
    assert records_behind(viewer, cast.benmau, period, "dialogues_held").total == 0
    below = records_behind(viewer, cast.benmau, period, "dialogues_held", own_only=False)
    assert below.total == 1
