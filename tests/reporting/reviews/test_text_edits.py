"""Paragraphs worded anew, comments, and what is told when they no longer match the figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.documents import Paragraph, plain_text, render_pdf
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.reporting.reading.extraction import Held
from danchu.reporting.reviews.compose import Report, compose
from danchu.reporting.reviews.doubts import Known, doubts_of
from danchu.reporting.reviews.editing import (
    composed_text,
    paragraphs_of,
    withdraw_paragraph,
    write_paragraph,
)
from danchu.reporting.reviews.edits import edits_of
from danchu.reporting.reviews.freezing import freeze_report
from danchu.reporting.reviews.frozen_data import document_of
from danchu.reporting.reviews.frozen_files import kept_data
from danchu.reporting.reviews.models import EditedParagraph
from danchu.reporting.reviews.notes import edit_note, move_note, notes_of, write_note
from danchu.reporting.reviews.text_warnings import text_warnings
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import TODAY, Cast
from tests.making import cut_off, entries, hold, refused, work
from tests.reporting.folding import open_periods

PERIOD = "nd09:2026H1"
PLACE = "dialogue"


@pytest.fixture
def ready(cast: Cast, settle: Any) -> Cast:
    """A commune with a dialogue to report."""
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    compose(viewer=cast.reporter_benmau, code="9A001", period_code=PERIOD)
    settle()
    return cast


def report(cast: Cast, **more: Any) -> Report:
    return compose(viewer=cast.reporter_benmau, code="9A001", period_code=PERIOD, **more)


def composed(cast: Cast, place: str = PLACE) -> str:
    return composed_text(paragraphs_of(report(cast))[place])


def write(cast: Cast, text: str, *, seen: int = 0, **more: Any) -> EditedParagraph:
    given = {"actor": cast.reporter_benmau, "code": "9A001", "period_code": PERIOD}
    place = more.get("place", PLACE)
    over = composed(cast, place) if "over" not in more else more["over"]
    return write_paragraph(
        **{**given, "place": place, "seen": seen, "over": over, "text": text, **more}
    )


def told(cast: Cast) -> list[str]:
    return [warning.vi for warning in text_warnings(cast.viewer_benmau, report(cast))]


def test_an_officer_words_a_paragraph_and_its_numbers_keep_their_evidence(ready: Cast) -> None:
    before = composed(ready)
    assert "01 cuộc đối thoại" in before
    text = "Xã đã mở 01 cuộc đối thoại với Nhân dân ở nhà văn hóa."
    write(ready, text)
    shown = paragraphs_of(report(ready))[PLACE]
    assert (shown.text, shown.origin, shown.composed) == (text, "edited", before)
    (traced,) = [piece for piece in shown.pieces if piece.figure]
    assert (traced.text, traced.figure.key) == ("01", "dialogues_held")
    assert told(ready) == []
    # Whoever may not read the unit's reports sees none of it.
    (period,) = open_periods(PERIOD).values()
    for stranger in (NOBODY, ready.reporter_caumau, ready.outsider):
        assert edits_of(stranger, ready.benmau, period, "state") == {}
    (kept,) = edits_of(ready.viewer, ready.benmau, period, "state").values()
    assert (kept.over, kept.written_by) == (before, ready.reporter_benmau.name)


def test_who_words_a_paragraph_and_what_is_refused(ready: Cast) -> None:
    over = composed(ready)
    for stranger in (ready.reporter_caumau, ready.viewer_benmau, ready.leader_benmau, NOBODY):
        refused(NotAllowed, write, cast=ready, text="Câu khác.", actor=stranger, over=over)
    for wrong, field in (
        ({"text": " "}, "text"),
        ({"text": "x" * 6001}, "text"),
        ({"text": over}, "text"),
        ({"text": "Câu khác.", "reason": "x" * 501}, "reason"),
    ):
        assert refused(BadInput, write, cast=ready, over=over, **wrong).field == field
    refused(NotFound, write, cast=ready, text="Câu khác.", place="rumours", over="")
    assert not EditedParagraph.objects.exists()
    row = write(ready, "Xã đã mở 01 cuộc đối thoại.")
    assert (row.row_version, row.over) == (1, over)
    given = {"code": "9A001", "period_code": PERIOD, "place": PLACE, "seen": 1}
    refused(NotAllowed, withdraw_paragraph, actor=ready.viewer_benmau, **given)
    withdraw_paragraph(actor=ready.reporter_benmau, **given)
    refused(Conflict, withdraw_paragraph, actor=ready.reporter_benmau, **given)
    assert paragraphs_of(report(ready))[PLACE].text == over
    assert EditedParagraph.objects.count() == 1  # it stays known what was written
    assert write(ready, "Xã đã mở 01 cuộc đối thoại.").pk != row.pk
    assert len(entries("reviews.paragraph_edited")) == 2
    assert len(entries("reviews.paragraph_withdrawn")) == 1


def test_of_two_officers_at_once_neither_loses_a_word(ready: Cast, settle: Any) -> None:
    over = composed(ready)
    write(ready, "Câu của người thứ nhất, 01 cuộc đối thoại.", over=over)
    second = refused(Conflict, write, cast=ready, text="Câu của người thứ hai.", over=over)
    assert second.code == "paragraph_changed"
    assert paragraphs_of(report(ready))[PLACE].text.startswith("Câu của người thứ nhất")
    write(ready, "Câu của người thứ hai, 01 cuộc đối thoại.", seen=1)
    stale = {"actor": ready.reporter_benmau, "code": "9A001", "period_code": PERIOD}
    refused(Conflict, withdraw_paragraph, **stale, place=PLACE, seen=1)
    # What the figures gave when the page was opened is no longer what they give.
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    late = refused(Conflict, write, cast=ready, text="Câu thứ ba.", over=over, seen=2)
    assert late.code == "paragraph_changed"


def test_a_wording_that_was_cut_off_leaves_nothing(ready: Cast, monkeypatch: Any) -> None:
    cut_off(monkeypatch, write, cast=ready, text="Câu khác.", over=composed(ready))
    assert not EditedParagraph.objects.exists()


def test_figures_that_change_under_a_wording_are_told_with_all_three_sentences(
    ready: Cast, settle: Any
) -> None:
    before = composed(ready)
    write(ready, "Xã đã mở 01 cuộc đối thoại với Nhân dân ở nhà văn hóa.")
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    warnings = text_warnings(ready.viewer_benmau, report(ready))
    changed = next(warning for warning in warnings if warning.kind == "changed")
    assert (changed.old, changed.new) == (before, composed(ready))
    assert changed.proposed == "Xã đã mở 02 cuộc đối thoại với Nhân dân ở nhà văn hóa."
    assert [w.vi for w in warnings if w.kind == "number"] == ["Câu này có số 01, số liệu là 02."]
    write(ready, changed.proposed, seen=1)
    assert told(ready) == []
    assert text_warnings(NOBODY, report(ready)) == []


def test_a_wording_whose_figures_are_gone_is_not_printed_and_told(
    ready: Cast, monkeypatch: Any
) -> None:
    write(ready, "Xã đã mở 01 cuộc đối thoại.")
    EditedParagraph.objects.update(place="dialogue/gone")
    assert "không còn chỗ" in " ".join(told(ready))
    assert paragraphs_of(report(ready))[PLACE].origin == "computed"


def test_an_officer_writes_where_danchu_has_no_figure(ready: Cast) -> None:
    empty = next(
        section
        for section in report(ready).sections
        if [p.origin for p in section.paragraphs] == ["empty"]
    )
    assert empty.is_empty and not empty.number
    place = empty.paragraphs[0].place
    write(ready, "Đơn vị chưa có việc thuộc mục này.", place=place, over="")
    shown = next(s for s in report(ready).sections if s.id == empty.id)
    assert [p.text for p in shown.paragraphs] == ["Đơn vị chưa có việc thuộc mục này."]
    assert not shown.is_empty


def note(cast: Cast, text: str, kind: str = "achievement", **more: Any) -> Any:
    (period,) = open_periods(PERIOD).values()
    return write_note(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=period,
        kind=kind,
        text=text,
        **more,
    )


def test_a_number_that_is_not_danchus_is_told_and_dates_and_papers_are_not(ready: Cast) -> None:
    note(ready, "Xã đã tổ chức 99 cuộc đối thoại theo Nghị định số 59/2023/NĐ-CP.")
    assert told(ready) == ["Câu này có số 99, số liệu là 01."]
    note(ready, "Ngày 12/6/2026 thôn 3 họp theo Kế hoạch số 45/KH-UBND, tại khoản 2 Điều 5.")
    note(ready, "Đã trồng 734 cây bóng mát.", reason="Số của Hội Nông dân xã")
    assert told(ready)[1:] == ["Câu này có số 734, số liệu của kỳ này không có số đó."]
    assert text_warnings(ready.viewer_benmau, report(ready))[1].reason == "Số của Hội Nông dân xã"
    # What is only planned has no figure yet.
    note(ready, "Phấn đấu tổ chức 04 cuộc đối thoại, 95% thôn công khai.", kind="task")
    note(ready, "Xã đã tổ chức 01 cuộc đối thoại.", kind="limitation")
    assert len(told(ready)) == 2
    english = compose(viewer=ready.reporter_benmau, code="9A001", period_code=PERIOD, language="en")
    found = text_warnings(ready.viewer_benmau, english)
    assert found[0].en == "This sentence has 99; the figure is 01."


def test_a_number_of_another_section_does_not_stand_for_one_that_is_known_nowhere(
    ready: Cast, settle: Any
) -> None:
    work(
        ready.recorder_benmau,
        ready.benmau,
        kind="documents_issued",
        number=15,
        people=None,
    )
    settle()
    write(ready, "Đã tổ chức 01 cuộc đối thoại; có 15 hộ được đền bù.")
    assert told(ready) == ["Câu này có số 15, số liệu của phần này không có số đó."]
    # In the section that prints it the number is known.
    text = composed(ready, "directives")
    assert "15 văn bản" in text
    write(ready, text.replace("15 văn bản", "tổng cộng 15 văn bản"), place="directives")
    assert len(told(ready)) == 1


def test_a_number_put_in_the_place_of_another_is_told_with_the_one_it_replaced(
    ready: Cast,
) -> None:
    over = composed(ready)
    write(ready, over.replace("01 cuộc đối thoại", "942 cuộc đối thoại"))
    assert told(ready) == ["Câu này có số 942, số liệu là 01."]


def test_words_changed_around_the_figures_of_a_long_paragraph_raise_no_doubt() -> None:
    """Reading takes "08 hội nghị, cuộc họp, buổi đối thoại" for dialogues; danchu wrote it so."""
    composed = (
        "Đã tổ chức 08 hội nghị, cuộc họp, buổi đối thoại, với 429 lượt người dự. Người đứng đầu "
        "đã tổ chức 05 cuộc đối thoại."
    )
    known = object.__new__(Known)
    known.held = {"dialogues_held": [Held(Fraction(5), "số liệu", "the figures")]}
    known.figures, known.counts, known.percents = {}, set(), set()
    assert doubts_of(f"Trong kỳ, {composed}", known, composed=composed) == []
    changed = composed.replace("429", "942")
    assert [d.vi for d in doubts_of(changed, known, composed=composed)] == [
        "Câu này có số 942, số liệu là 429."
    ]


def test_comments_are_worded_anew_and_put_in_order(ready: Cast) -> None:
    (period,) = open_periods(PERIOD).values()
    first, second, third = (note(ready, text).pk for text in ("Một.", "Hai.", "Ba."))
    other = note(ready, "Bốn.", kind="task").pk
    who = ready.reporter_benmau

    def texts() -> list[str]:
        return [n.text for n in notes_of(who, ready.benmau, period) if n.kind == "achievement"]

    for stranger in (ready.reporter_caumau, ready.viewer_benmau, NOBODY):
        refused(NotAllowed, edit_note, actor=stranger, note_id=first, seen=0, text="Khác.")
        refused(NotAllowed, move_note, actor=stranger, note_id=first, up=False)
    edit_note(actor=who, note_id=first, seen=0, text="Một, viết lại.", reason="Lý do")
    late = refused(Conflict, edit_note, actor=who, note_id=first, seen=0, text="Khác.")
    assert late.code == "note_changed"
    refused(Conflict, edit_note, actor=who, note_id=second, seen=0, text="Ba.")
    assert refused(BadInput, edit_note, actor=who, note_id=second, seen=0, text=" ").field == "text"
    move_note(actor=who, note_id=third, up=True)
    assert texts() == ["Một, viết lại.", "Ba.", "Hai."]
    move_note(actor=who, note_id=first, up=False)
    move_note(actor=who, note_id=first, up=False)
    move_note(actor=who, note_id=first, up=False)  # it is the last already
    assert texts() == ["Ba.", "Hai.", "Một, viết lại."]
    move_note(actor=who, note_id=other, up=True)
    refused(NotFound, move_note, actor=who, note_id=0, up=True)
    refused(NotFound, edit_note, actor=who, note_id=0, seen=0, text="Khác.")
    assert len(entries("reviews.note_edited")) == 1 and len(entries("reviews.note_moved")) == 3


def test_a_report_is_frozen_over_an_open_warning_only_with_its_reason(ready: Cast) -> None:
    note(ready, "Xã đã tổ chức 99 cuộc đối thoại.")
    known = ("period_runs", "units_missing", "figures_missing", "not_assessed")
    given = {"actor": ready.reporter_benmau, "code": "9A001", "period_code": PERIOD, "known": known}
    said = refused(BadInput, freeze_report, **given)
    assert "Câu này có số 99, số liệu là 01." in said.vi
    (warning,) = text_warnings(ready.reporter_benmau, report(ready))
    refused(BadInput, freeze_report, **given, reasons={warning.key: " "})
    refused(BadInput, freeze_report, **given, reasons={"other": "Lý do"})
    frozen = freeze_report(**given, reasons={warning.key: "Tính cả các cuộc của thôn"})
    data = kept_data(frozen)
    (kept,) = data["text_warnings"]
    assert (kept["warning"], kept["reason"]) == (warning.vi, "Tính cả các cuộc của thôn")
    assert "Tính cả các cuộc" not in plain_text(document_of(data))


def test_a_worded_paragraph_is_printed_and_kept_with_its_figures(ready: Cast) -> None:
    write(ready, "Xã đã mở 01 cuộc đối thoại với Nhân dân ở nhà văn hóa.")
    known = ("period_runs", "units_missing", "figures_missing", "not_assessed")
    frozen = freeze_report(
        actor=ready.reporter_benmau, code="9A001", period_code=PERIOD, known=known
    )
    data = kept_data(frozen)
    assert "text_warnings" not in data
    document = document_of(data)
    assert "Xã đã mở 01 cuộc đối thoại với Nhân dân ở nhà văn hóa." in plain_text(document)
    # The same data give the same bytes, and the number still leads to its evidence.
    assert render_pdf(document) == render_pdf(document_of(kept_data(frozen)))
    runs = [
        run
        for block in document.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if run.figure_ref and run.text == "01"
    ]
    assert runs
    withdraw_paragraph(
        actor=ready.reporter_benmau, code="9A001", period_code=PERIOD, place=PLACE, seen=1
    )
    assert kept_data(frozen) == data


def test_a_comment_that_names_a_unit_as_lacking_is_told_once_it_has_handed_in(
    ready: Cast, settle: Any
) -> None:
    (period,) = open_periods(PERIOD).values()
    opened = open_round(
        actor=ready.committee_minhhoa,
        unit_id=ready.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=TODAY,
        due_on=TODAY,
    )
    submit(actor=ready.reporter_benmau, round_id=opened.pk, unit_id=ready.benmau)
    settle()

    def write_for_province(text: str, kind: str) -> None:
        write_note(
            actor=ready.committee_minhhoa,
            unit_id=ready.minhhoa,
            period=period,
            kind=kind,
            text=text,
        )

    def warned() -> list[str]:
        made = compose(viewer=ready.committee_minhhoa, code="9A", period_code=PERIOD)
        found = text_warnings(ready.committee_minhhoa, made)
        return [warning.vi for warning in found if warning.kind == "handed_in"]

    write_for_province("Còn 01 phường chưa nộp số liệu.", "limitation")
    write_for_province("Đôn đốc phường Cầu Mẫu nộp báo cáo.", "task")
    write_for_province("Biểu dương phường Cầu Mẫu. Một số hồ sơ nộp chậm.", "achievement")
    assert warned() == []  # true as long as it has not
    submit(actor=ready.reporter_caumau, round_id=opened.pk, unit_id=ready.caumau)
    settle()
    assert warned() == [
        "Câu này nêu 01 phường chưa nộp số liệu; nay không còn đơn vị nào.",
        "Câu này nêu phường Cầu Mẫu chưa nộp số liệu; đơn vị đã nộp.",
    ]
