"""What the reading copy of a signed report leaves out, and what it goes on telling."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.civic.reception.services import record_reception
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.documents import Run
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.editing import composed_text, paragraphs_of, write_paragraph
from danchu.reporting.reviews.freezing import freeze_report, issue_report
from danchu.reporting.reviews.left_out import Held, told_part
from danchu.reporting.reviews.notes import write_note
from danchu.reporting.reviews.published import published_report
from danchu.reporting.reviews.reading_copy import reading_copy
from danchu.reporting.reviews.text_warnings import text_warnings
from tests.cast import TODAY, Cast
from tests.making import DAY, reception_input, work
from tests.reporting.publishing import KNOWN, PERIOD, known, public_id

VISITS = "Tiếp 60 lượt công dân"


@pytest.fixture
def ready(cast: Cast, settle: Any) -> Cast:
    """A commune with 60 visits, 20 petitions, 3 of them denunciations."""
    record_reception(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=reception_input(visits=60, people=60, mass_groups=0),
    )
    for kind, number in (
        ("petitions_received", 20),
        ("complaints_received", 6),
        ("denunciations_received", 3),
    ):
        work(cast.recorder_benmau, cast.benmau, kind=kind, number=number, people=None)
    known()
    settle()
    return cast


def issued(number: str = "05", reason: str = "", on: Any = TODAY) -> Any:
    report = compose(viewer=OPERATOR, code="9A001", period_code=PERIOD)
    frozen = freeze_report(
        actor=OPERATOR,
        code="9A001",
        period_code=PERIOD,
        known=KNOWN,
        reason=reason,
        reasons={one.key: "Theo sổ" for one in text_warnings(OPERATOR, report)},
    )
    issue_report(
        actor=OPERATOR,
        frozen_id=frozen.pk,
        number=number,
        issued_on=on,
        signer_name="Người Ký Mẫu",
    )
    return published_report(NOBODY, public_id(frozen))


def reworded(cast: Cast, change: Any, place: str = "reception") -> None:
    report = compose(viewer=cast.reporter_benmau, code="9A001", period_code=PERIOD)
    over = composed_text(paragraphs_of(report)[place])
    write_paragraph(
        actor=cast.reporter_benmau,
        code="9A001",
        period_code=PERIOD,
        place=place,
        text=change(over),
        seen=0,
        over=over,
        reason="Theo sổ",
    )


def copy_of(report: Any) -> str:
    return "\n".join(line.text for line in reading_copy(report))


def test_only_the_sentence_with_the_small_count_is_left_out(ready: Cast) -> None:
    report = issued()
    lines = reading_copy(report)
    (line,) = [one for one in lines if VISITS in one.text]
    assert line.left_out and line.kind == "paragraph"
    assert "đơn tố cáo" not in copy_of(report) and "20 đơn" not in copy_of(report)


@pytest.mark.parametrize(
    "words",
    ["03 tố cáo", "3 đơn tố cáo", "ba đơn tố cáo", "３ đơn tố cáo", "một vài đơn tố cáo"],
)
def test_a_small_count_written_otherwise_is_left_out_all_the_same(ready: Cast, words: str) -> None:
    reworded(ready, lambda text: text.replace("03 đơn tố cáo", words))
    report = issued()
    assert "Tiếp nhận 20 đơn" not in copy_of(report)
    assert VISITS in copy_of(report)  # the same paragraph, of figures that are told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Phát sinh ba vụ phức tạp", False),
        ("Có 3 vụ phức tạp", False),
        ("Đơn tố cáo tăng so với năm trước", False),
        ("Còn thiếu người tiếp dân", True),
        ("Thực hiện Nghị định số 59/2023/NĐ-CP từ năm 2026", True),
    ],
)
def test_a_comment_is_told_when_it_has_no_number_and_names_no_hidden_matter(
    ready: Cast, words: str, told: bool
) -> None:
    write_note(
        actor=ready.reporter_benmau,
        unit_id=ready.benmau,
        period=known(),
        kind="limitation",
        text=words,
        reason="Theo sổ",
    )
    assert (words in copy_of(issued())) is told


def test_the_opening_an_officer_worded_is_held_to_the_same(ready: Cast) -> None:
    reworded(ready, lambda text: f"{text} Có ba đơn phải chuyển.", "opening")
    assert "ba đơn" not in copy_of(issued())


def test_without_small_counts_every_word_is_told(cast: Cast, settle: Any) -> None:
    work(cast.recorder_benmau, cast.benmau, kind="denunciations_received", number=9, people=None)
    known()
    settle()
    note = "Có ba vụ phức tạp"
    write_note(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=known(),
        kind="limitation",
        text=note,
        reason="Theo sổ",
    )
    report = issued()
    assert not report.files_held and note in copy_of(report)
    assert not any(line.left_out for line in reading_copy(report))


def test_the_reason_of_an_amendment_does_not_tell_it_either(ready: Cast, settle: Any) -> None:
    issued()
    work(ready.recorder_benmau, ready.benmau, kind="trainings_held", number=7, people=None)
    settle()
    on = TODAY.replace(day=TODAY.day + 1)
    with on_day(on):
        second = issued("06", "Sót 3 đơn tố cáo", on)
    assert second.reason == "" and "Sót 3" not in copy_of(second)


def test_a_sentence_beside_a_hidden_figure_keeps_no_other_number() -> None:
    held = Held(frozenset({"2"}), frozenset({3}), ("tố cáo",))
    runs = (
        Run("Tiếp "),
        Run("60", figure_ref="1"),
        Run(" lượt. Có "),
        Run("03", figure_ref="2"),
        Run(" đơn tố cáo. Còn lại 57 lượt khác."),
    )
    assert told_part(runs, held, by_person=False) == ("Tiếp 60 lượt.", True)
    # A number of their own that equals the hidden one is not told in a person's words.
    runs = (Run("Mở "), Run("03", figure_ref="9"), Run(" lớp. Đông người dự."))
    assert told_part(runs, held, by_person=True) == ("Đông người dự.", True)
    assert told_part(runs, held, by_person=False) == ("Mở 03 lớp. Đông người dự.", False)
