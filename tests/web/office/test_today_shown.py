"""The first page's tasks, opinions and old reports: words of the page, text never as markup."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.translation import override

from danchu.civic.dialogue.selectors import WaitingOpinion
from danchu.core.clock import on_day
from danchu.core.work.selectors import OpenTask
from danchu.reporting.reading.selectors import DocumentLine
from danchu.web.office.today_shown import jobs_shown, opinions_shown, readings_shown

DAY = dt.date(2026, 6, 10)


def task(title: str, *, due_on: dt.date | None = DAY, late: int = 0) -> OpenTask:
    path = "/office/doi-thoai/1/"
    return OpenTask(title, "Điều 15", path, DAY, due_on, "working", late, "Bùi Mẫu")


def opinion(text: str, *, due_on: dt.date | None, given_on: dt.date = DAY) -> WaitingOpinion:
    return WaitingOpinion(uuid.UUID(int=7), 3, text, given_on, due_on, "")


def test_a_task_tells_its_basis_its_owner_and_its_last_day() -> None:
    told = jobs_shown([task("Trả lời ý kiến")], "là ngày lễ")
    assert "<p>Điều 15. Giao: Bùi Mẫu. Hạn 10/06/2026. Ngày này là ngày lễ.</p>" in told
    assert "<span></span>" in told and "Quá hạn" not in told
    assert 'href="/office/doi-thoai/1/"' in told
    assert "Quá hạn 2 ngày" in jobs_shown([task("Trả lời ý kiến", late=2)])
    assert "Hạn" not in jobs_shown([task("Trả lời ý kiến", due_on=None)])


def test_what_was_typed_is_neither_markup_nor_a_place_for_something_else() -> None:
    told = jobs_shown([task("Việc <b> {0} & {x}")])
    assert told.count("Việc &lt;b&gt; {0} &amp; {x}") == 2
    with on_day(DAY):
        said = opinions_shown([opinion("Ngõ <ngập> {0}", due_on=None)], DAY)
    assert "Ngõ &lt;ngập&gt; {0}" in said
    line = DocumentLine(uuid.UUID(int=8), "Báo cáo <cũ> {1}", 1, "", None, 30, 20)
    assert "Báo cáo &lt;cũ&gt; {1}" in readings_shown([line]) and "20 số" in readings_shown([line])


def test_an_opinion_tells_how_long_it_waits_and_a_long_one_is_cut() -> None:
    eve, morrow = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
    with on_day(DAY):
        late, soon, wait, open_ = (
            opinions_shown([one], DAY)
            for one in (
                opinion("Nước sạch", due_on=eve),
                opinion("Nước sạch", due_on=DAY),
                opinion("Nước sạch", due_on=morrow),
                opinion("x" * 71, due_on=None, given_on=DAY - dt.timedelta(days=9)),
            )
        )
    assert "is-late" in late and "Quá hạn 1 ngày" in late
    assert "is-soon" in soon and "Hẹn 10/06" in soon
    assert "is-wait" in wait and "Hẹn 11/06" in wait
    assert "Chưa hẹn, 9 ngày" in open_ and f">{'x' * 69}…<" in open_
    assert f"{uuid.UUID(int=7)}/#y-kien-3" in late


def test_the_same_in_english_leads_to_english_pages() -> None:
    with override("en"):
        told = jobs_shown([task("Trả lời ý kiến", late=2)])
    assert 'href="/en/office/doi-thoai/1/"' in told
    assert "Quá hạn" not in told
    assert "Quá hạn" in jobs_shown([task("Trả lời ý kiến", late=2)])
    assert opinions_shown([], DAY) == readings_shown([]) == jobs_shown([]) == ""
