"""How a posting is told: an interruption as such, and never an end day that was not kept."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from danchu.civic.disclosure.standing import Gap, standing
from danchu.civic.disclosure.views import NoticeLine, PlaceLine
from danchu.web.portal.posting_bars import PostingBar, bar_of, line_shown

FIRST = dt.date(2026, 5, 20)
WHOLE = dt.timedelta(days=30)


def _bar(
    on: dt.date,
    *gaps: Gap,
    ends_on: dt.date | None = None,
    complete_on: dt.date | None = FIRST + WHOLE,
    least_days: int | None = 30,
    permanent: bool = False,
) -> PostingBar:
    stands = standing(
        starts_on=FIRST,
        ends_on=ends_on,
        least_days=least_days,
        complete_on=complete_on,
        permanent=permanent,
        gaps=gaps,
        on=on,
    )
    line = PlaceLine("headquarters", "Trụ sở", FIRST, ends_on, stands)
    return bar_of(line, permanent=permanent, on=on)


def test_while_it_is_interrupted_no_day_counts_and_no_end_is_told() -> None:
    bar = _bar(dt.date(2026, 6, 5), Gap(dt.date(2026, 6, 3), None), complete_on=None)
    assert (bar.strong, bar.ends, bar.done) == ("Đang gián đoạn", "", None)
    assert bar.rest == "từ 03/06; được tính 0/30 ngày, niêm yết lại thì tính lại từ đầu"
    assert bar.void and bar.gaps
    # Written down with its last day ahead: the day that will complete it is none yet.
    known = Gap(dt.date(2026, 6, 3), dt.date(2026, 6, 5))
    bar = _bar(dt.date(2026, 6, 5), known, complete_on=dt.date(2026, 7, 6))
    assert (bar.strong, bar.ends) == ("Đang gián đoạn", "")


def test_after_it_the_days_count_anew_and_it_stays_told_when_they_are_complete() -> None:
    gap, last = Gap(dt.date(2026, 6, 3), dt.date(2026, 6, 4)), dt.date(2026, 7, 5)
    bar = _bar(dt.date(2026, 6, 10), gap, complete_on=last)
    assert (bar.strong, bar.rest) == ("Ngày 5/30", "tính lại từ 05/06")
    assert bar.ends == "05/07/2026"
    bar = _bar(dt.date(2026, 8, 1), gap, complete_on=last)
    assert (bar.strong, bar.rest) == ("Đã đủ 30 ngày", "tính lại từ 05/06")


def test_what_came_down_early_ends_on_the_day_it_came_down() -> None:
    bar = _bar(dt.date(2026, 7, 1), ends_on=dt.date(2026, 6, 2))
    assert bar.ends == "gỡ 02/06/2026"
    assert (bar.strong, bar.rest) == ("Gỡ sớm", "13/30 ngày, ngày 02/06/2026")
    gone = Gap(dt.date(2026, 6, 1), dt.date(2026, 6, 2))
    bar = _bar(dt.date(2026, 7, 1), gone, ends_on=dt.date(2026, 6, 2), complete_on=None)
    assert (bar.ends, bar.done) == ("gỡ 02/06/2026", None)
    assert "0/30 ngày" in bar.rest


@pytest.mark.parametrize(("interrupted", "ends"), [(True, ""), (False, "không thời hạn")])
def test_what_hangs_for_good_has_no_end_and_is_told_when_it_does_not_hang(
    interrupted: bool, ends: str
) -> None:
    gaps = [Gap(dt.date(2026, 6, 3), None)] if interrupted else []
    bar = _bar(dt.date(2026, 6, 5), *gaps, complete_on=None, least_days=None, permanent=True)
    assert bar.ends == ends
    assert (bar.strong == "Đang gián đoạn") is interrupted


def _line(*first_days: dt.date, on: dt.date) -> NoticeLine:
    return NoticeLine(
        record_id=1,
        public_id=uuid.uuid4(),
        unit_id=1,
        occurred_on=FIRST,
        decided_on=FIRST,
        due_on=None,
        late_by=0,
        cancelled=False,
        rule_key="xa_ck_02",
        rule=None,
        title="Dự toán",
        document_number="",
        permanent=False,
        has_names=False,
        has_table=False,
        is_correction=False,
        corrected=False,
        register_of="",
        places=tuple(
            PlaceLine(
                "culture_house",
                "Nhà văn hóa",
                day,
                None,
                standing(
                    starts_on=day,
                    ends_on=None,
                    least_days=30,
                    complete_on=day + WHOLE,
                    permanent=False,
                    gaps=(),
                    on=on,
                ),
            )
            for day in first_days
        ),
    )


def test_of_several_places_the_slowest_is_told() -> None:
    later, on = dt.date(2026, 6, 7), dt.date(2026, 6, 10)
    shown = line_shown(_line(FIRST, later, on=on), "/", on=on, english=False)
    assert shown.bar is not None
    assert (shown.bar.strong, shown.bar.rest) == ("Nơi chậm nhất: ngày 3/30", "đủ vào 07/07/2026")
    alike = line_shown(_line(FIRST, FIRST, on=on), "/", on=on, english=False)
    assert alike.bar is not None and alike.bar.strong == "Ngày 21/30"
    on = FIRST + WHOLE  # one place is complete, the other is not
    shown = line_shown(_line(FIRST, later, on=on), "/", on=on, english=False)
    assert shown.bar is not None and shown.bar.strong == "Nơi chậm nhất: ngày 12/30"
