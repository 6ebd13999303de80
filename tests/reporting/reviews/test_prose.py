"""Numbers in running text, noughts in words, one and many; what a paper leaves off."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import uuid4

import pytest

from danchu.core.calendar.models import Period
from danchu.core.contracts import OPERATOR
from danchu.core.documents import plain_text
from danchu.core.errors import BadInput
from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.figures.services import confirm_states, wholes_of
from danchu.reporting.reading.selectors import StatedFigure
from danchu.reporting.reviews.compose import compose, composing, sections
from danchu.reporting.reviews.compose.one_source import left_out
from danchu.reporting.reviews.compose.sections import Saying, sections_of
from danchu.reporting.reviews.notes import write_note
from danchu.reporting.reviews.official import official_document, rests_on
from danchu.reporting.reviews.outline import outlines, parse
from danchu.reporting.reviews.prose import english_numbers, in_prose, pieces_of
from danchu.reporting.reviews.readiness import readiness
from danchu.reporting.reviews.wording import words
from tests.cast import Cast
from tests.making import hold, opinion_input, receive, work
from tests.reporting.folding import open_periods
from tests.reporting.readings import take_in
from tests.reporting.reviews.test_compose import all_text, made_up

NOW = "nd09:2026H1"
DAY = dt.date(2026, 6, 30)


def stated_as(key: str, amount: int) -> StatedFigure:
    """A figure as a published report states it."""
    return StatedFigure(
        key=key,
        amount=amount,
        stated=str(amount),
        surface="",
        approx=False,
        no_denominator=False,
        document_id=uuid4(),
        document_title="Báo cáo mẫu",
        source_note="",
        figure_id=1,
        before="",
        after="",
        public=True,
    )


def figure(key: str, text: str, **more: Any) -> Any:
    state = "zero" if text == "0" else "reported"
    return made_up(shipped()[key], 1)._replace(text=text, state=state, **more)


@pytest.mark.parametrize(
    ("key", "text", "vietnamese", "english"),
    [
        ("dialogues_held", "2", "02", "2"),
        ("dialogues_held", "10", "10", "10"),
        ("land_donated_m2", "2", "2", "2"),  # a measure is no count
        ("contributions_vnd", "5", "5", "5"),
        ("petitions_change_pct", "12,5%", "tăng 12,5%", "rose by 12,5%"),
        ("petitions_change_pct", "-3%", "giảm 3%", "fell by 3%"),
        ("petitions_change_pct", "0%", "không thay đổi", "did not change"),
    ],
)
def test_a_number_in_running_text(key: str, text: str, vietnamese: str, english: str) -> None:
    assert in_prose(figure(key, text), "vi") == vietnamese
    assert in_prose(figure(key, text), "en") == english


def test_what_an_old_text_says_beside_a_figure_is_not_printed_in_the_body() -> None:
    received = figure("opinions_received", "19", remark_vi="văn bản đã rà soát ghi 191")
    sentence = parse("Ghi nhận mới {opinions_received} ý kiến.")
    said = "".join(piece.text for piece in pieces_of(sentence, {received.key: received}, "vi"))
    assert said == "Ghi nhận mới 19 ý kiến."
    guessed = received._replace(layer="stated", remark_vi="số ước lượng trong văn bản nguồn")
    said = "".join(piece.text for piece in pieces_of(sentence, {received.key: guessed}, "vi"))
    assert said == "Ghi nhận mới 19 (số ước lượng trong văn bản nguồn) ý kiến."


def test_a_sentence_takes_its_figures_from_one_source_and_no_part_above_its_whole() -> None:
    shipped_one = outlines()["state"].sections
    mixed = {
        "dossiers_on_time": figure("dossiers_on_time", "2.227", amount=2227, layer="recorded"),
        "dossiers_resolved": figure("dossiers_resolved", "2.283", amount=2283, layer="recorded"),
        "dossiers_early": figure("dossiers_early", "1.307", amount=1307, layer="stated"),
    }

    def said(figures: dict[str, Any]) -> str:
        made = sections_of(shipped_one, saying, figures, {})
        return " ".join(p.text for section in made for p in section.paragraphs)

    saying = Saying("commune", dt.date(2026, 6, 30), "vi", False, {}, {})
    assert "2.227/2.283 hồ sơ" in said(mixed) and "trước hạn" not in said(mixed)
    (told,) = left_out(shipped_one, "commune", dt.date(2026, 6, 30), mixed, "vi")
    assert "(1.307) lấy từ báo cáo đã công bố còn các số cùng câu thì không" in told
    one = {**mixed, "dossiers_early": mixed["dossiers_early"]._replace(layer="recorded")}
    assert "trước hạn 1.307 hồ sơ" in said(one)
    assert left_out(shipped_one, "commune", dt.date(2026, 6, 30), one, "vi") == []
    larger = one["dossiers_early"]._replace(text="6.307", amount=6307)
    one = {**one, "dossiers_early": larger}
    assert "6.307" not in said(one)
    (told,) = left_out(shipped_one, "commune", dt.date(2026, 6, 30), one, "vi")
    assert "(6.307) lớn hơn số" in told and "(2.227)" in told


def test_a_sentence_that_needs_two_sources_is_that_of_the_report_that_states_all_of_it() -> None:
    """Records have the resolved ones and a published report both numbers of the sentence."""

    def made(stated: Any) -> dict[str, Any]:
        return {
            "dossiers_on_time": figure("dossiers_on_time", "2.227", amount=2227, layer="stated"),
            "dossiers_resolved": figure(
                "dossiers_resolved", "2.283", amount=2283, layer="recorded", stated=stated
            ),
        }

    def said(figures: dict[str, Any], language: str = "vi") -> str:
        saying = Saying("commune", DAY, language, False, {}, {})
        sections = sections_of(outlines()["state"].sections, saying, figures, {})
        return " ".join(p.text for section in sections for p in section.paragraphs)

    def notes(figures: dict[str, Any], language: str = "vi") -> list[str]:
        return left_out(outlines()["state"].sections, "commune", DAY, figures, language)

    alone = made(None)
    assert "2.227" not in said(alone)
    (told,) = notes(alone)
    assert told.startswith("Báo cáo bỏ câu nêu các số sau: ")
    assert "2.227 (báo cáo đã công bố)" in told and "2.283 (hồ sơ)" in told
    assert "records" in notes(alone, "en")[0]
    both = made(stated_as("dossiers_resolved", 2290))
    assert "2.227/2.290 (theo báo cáo đã công bố; hồ sơ ghi 2.283) hồ sơ" in said(both)
    assert "2,290 (as a published report states; records give " in said(both, "en")
    assert notes(both) == []
    same = made(stated_as("dossiers_resolved", 2283))
    assert "2.227/2.283 hồ sơ" in said(same) and notes(same) == []


def test_english_has_its_own_separators_and_knows_one_from_many() -> None:
    assert english_numbers("4.984 và 90,49%; 2") == "4,984 và 90.49%; 2"
    words = parse("{inspections_conducted} inspection|inspections was|were carried out.")
    for text, said in (
        ("1", "1 inspection was carried out."),
        ("2", "2 inspections were carried out."),
    ):
        pieces = pieces_of(
            words, {"inspections_conducted": figure("inspections_conducted", text)}, "en"
        )
        assert "".join(piece.text for piece in pieces) == said


def test_a_clause_left_out_leaves_no_trace_of_itself() -> None:
    stock = next(
        s
        for o in outlines().values()
        for section in o.sections
        for child in (section, *section.children)
        for s in child.sentences
        if s.id == "opinions_stock"
    )
    keys = ("opinions_carried_over", "opinions_received", "opinions_answered", "opinions_pending")

    def said(*numbers: str, overdue: str) -> str:
        figures = {
            key: figure(key, text, amount=int(text))
            for key, text in zip(keys, numbers, strict=True)
        }
        figures["opinions_overdue"] = figure("opinions_overdue", overdue)
        return "".join(piece.text for piece in pieces_of(stock.vi, figures, "vi"))

    assert said("3", "25", "21", "7", overdue="2") == (
        "Tổng số 28 ý kiến, kiến nghị (03 ý kiến kỳ trước chuyển sang, 25 ý kiến phát sinh trong "
        "kỳ); đã trả lời, xử lý 21 ý kiến; còn 07 ý kiến chưa được trả lời, trong đó 02 ý kiến quá "
        "hạn."
    )
    assert said("0", "25", "25", "0", overdue="0") == (
        "Tổng số 25 ý kiến, kiến nghị (không có ý kiến kỳ trước chuyển sang, 25 ý kiến phát sinh "
        "trong kỳ); đã trả lời, xử lý 25 ý kiến."
    )
    assert said("4", "0", "0", "4", overdue="0") == (
        "Tổng số 04 ý kiến, kiến nghị (04 ý kiến kỳ trước chuyển sang, không có ý kiến phát sinh "
        "trong kỳ); còn 04 ý kiến chưa được trả lời."
    )
    assert said("0", "0", "3", "0", overdue="0") == "Đã trả lời, xử lý 03 ý kiến."


def test_late_answers_and_those_passed_on_are_told_beside_the_answered() -> None:
    stock = next(
        s
        for section in outlines()["state"].sections
        for child in section.children
        for s in child.sentences
        if s.id == "opinions_stock"
    )
    figures = {
        key: figure(key, text)
        for key, text in (
            ("opinions_carried_over", "6"),
            ("opinions_answered", "39"),
            ("opinions_answered_late", "2"),
            ("opinions_transferred", "3"),
            ("opinions_pending", "7"),
            ("opinions_overdue", "1"),
        )
    }
    assert "".join(p.text for p in pieces_of(stock.vi, figures, "vi")) == (
        "Đã trả lời, xử lý 39 ý kiến, trong đó 02 ý kiến trả lời chậm so với thời hạn, 03 ý kiến "
        "chuyển cơ quan có thẩm quyền; còn 07 ý kiến chưa được trả lời, trong đó 01 ý kiến quá hạn."
    )


def test_parts_of_a_whole_are_told_after_one_another() -> None:
    petitions = next(
        s
        for section in outlines()["state"].sections
        for child in section.children
        for s in child.sentences
        if s.id == "petitions"
    )

    def said(**texts: str) -> str:
        figures = {f"{key}_received": figure(f"{key}_received", t) for key, t in texts.items()}
        return "".join(piece.text for piece in pieces_of(petitions.vi, figures, "vi"))

    assert said(petitions="12", complaints="5", denunciations="1", proposal_letters="6") == (
        "Tiếp nhận 12 đơn, trong đó 05 đơn khiếu nại, 01 đơn tố cáo, 06 đơn kiến nghị, phản ánh."
    )
    assert said(petitions="12", complaints="0", denunciations="1") == (
        "Tiếp nhận 12 đơn, trong đó không có đơn khiếu nại, 01 đơn tố cáo."
    )
    assert said(petitions="12", denunciations="1") == "Tiếp nhận 12 đơn, trong đó 01 đơn tố cáo."


def test_unanswered_opinions_stand_in_the_report_and_add_up(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    promised = dt.date(2026, 1, 5)
    hold(cast.recorder_benmau, cast.benmau, opinion_input(due_on=promised), on=dt.date(2025, 12, 1))
    hold(cast.recorder_benmau, cast.benmau, "Một.", "Hai.")
    settle()
    for code, viewer in (("9A001", cast.viewer_benmau), ("9A", cast.viewer)):
        report = compose(viewer=viewer, code=code, period_code=NOW)
        assert (
            "Tổng số 03 ý kiến, kiến nghị (01 ý kiến kỳ trước chuyển sang, 02 ý kiến phát sinh trong "
            "kỳ); còn 03 ý kiến chưa được trả lời, trong đó 01 ý kiến quá hạn."
        ) in all_text(report)


def test_what_was_confirmed_as_nought_is_said_in_words_and_empty_sections_stay_off_the_paper(
    cast: Cast, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    confirm_states(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=period,
        keys=["complaints_received", "denunciations_received", "trainings_held"],
        state="zero",
    )
    settle()
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    text = plain_text(official_document(report))
    assert "Không phát sinh đơn khiếu nại, tố cáo." in text
    assert "Trong kỳ chưa tổ chức lớp tập huấn, bồi dưỡng." in text
    assert "Khiếu nại: 0" not in text
    # The annex of evidence closes with what is not known; what is known, be it nought, is not there.
    (without,) = re.findall(r"Chỉ tiêu chưa có số liệu: (.*)", text)
    assert "đơn, vụ việc khiếu nại" not in without
    assert "lượt công dân được tiếp" in without
    # The page names what is missing, unnumbered; the paper has only what is known, numbered on.
    empty = [s for s in report.sections if s.is_empty]
    assert empty
    assert {s.number for s in empty} == {""}
    assert "Chưa có số liệu" not in text
    assert "ĐÁNH GIÁ CHUNG" not in text
    assert "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI\nTrong kỳ chưa tổ chức lớp tập huấn" in text
    # One alone is not told apart from itself: its text follows the heading above.
    assert "II. KẾT QUẢ THỰC HIỆN\nKhông phát sinh đơn khiếu nại, tố cáo." in text


def test_a_nought_is_said_as_an_officer_would_and_what_follows_from_it_is_not_asked(
    cast: Cast, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()

    def confirm(*keys: str) -> tuple[str, set[str]]:
        confirm_states(
            actor=cast.reporter_benmau, unit_id=cast.benmau, period=period, keys=keys, state="zero"
        )
        settle()
        report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
        asked = {meaning.key for meaning in readiness(cast.viewer_benmau, report).open}
        return all_text(report), asked

    _, asked = confirm("complaints_received")
    after = {"rights_restored_vnd", "rights_restored_persons", "decisions_annulled"} & asked
    assert after  # a denunciation may still lead to them
    text, asked = confirm("denunciations_received", "collectives_commended", "models_recognised")
    assert not after & asked
    assert "Không phát sinh đơn khiếu nại, tố cáo." in text
    text, _ = confirm("individuals_commended", "funds_recovered_vnd", "rights_restored_vnd")
    assert "Chưa có mô hình, điển hình được công nhận. Chưa khen thưởng tập thể, cá nhân." in text
    assert "không phát sinh số tiền" not in text
    work(
        cast.recorder_benmau,
        cast.benmau,
        kind="individuals_commended",
        number=3,
        people=None,
    )
    settle()
    text = all_text(compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW))
    assert "Khen thưởng 03 cá nhân." in text
    assert "Khen thưởng 0" not in text.replace("Khen thưởng 03", "")
    assert "Chưa khen thưởng tập thể." in text


def test_a_confirmed_nought_rests_on_the_word_and_a_recorded_one_on_records(
    cast: Cast, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    confirm_states(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=period,
        keys=["trainings_held"],
        state="zero",
    )
    receive(cast.recorder_benmau, cast.benmau, visits=0, people=None, matters=None, mass_groups=0)
    settle()
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    said = next(f for f in report.figures if f.key == "trainings_held")
    assert (said.is_word, said.said_by) == (True, cast.reporter_benmau.post)
    say = words("vi")
    assert rests_on(said, report, say).startswith("đơn vị xác nhận không phát sinh, ngày ")
    held = next(f for f in report.figures if f.key == "citizens_received")
    assert (held.is_word, rests_on(held, report, say)) == (False, "hồ sơ của đơn vị")
    above = compose(viewer=cast.viewer, code="9A", period_code=NOW)
    there = next(f for f in above.figures if f.key == "trainings_held")
    assert rests_on(there, above, say) == "01/02 đơn vị xác nhận không phát sinh"


def test_a_whole_is_not_offered_as_nought_when_a_part_has_a_value(cast: Cast, settle: Any) -> None:
    assert wholes_of(["dossiers_early"]) >= {"dossiers_on_time", "dossiers_resolved"}
    (period,) = open_periods(NOW).values()

    def offered() -> set[str]:
        report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
        return {meaning.key for meaning in readiness(cast.viewer_benmau, report).open}

    assert "models_registered" in offered()
    work(
        cast.recorder_benmau,
        cast.benmau,
        kind="models_registered_collective",
        number=3,
        people=None,
    )
    settle()
    assert "models_registered" not in offered()
    given = {"actor": cast.reporter_benmau, "unit_id": cast.benmau, "period": period}
    with pytest.raises(BadInput, match="một phần của chỉ tiêu này đã có số liệu"):
        confirm_states(**given, keys=["models_registered"], state="zero")
    confirm_states(**given, keys=["social_criticism_held"], state="zero")


def test_a_rise_is_said_only_from_a_base_that_bears_a_rate(cast: Cast, monkeypatch: Any) -> None:
    open_periods(NOW, "nd09:2025H1")
    now = {
        k: figure(k, t, amount=int(t))
        for k, t in (("dialogues_held", "18"), ("trainings_held", "6"))
    }
    then = {
        k: figure(k, t, amount=int(t))
        for k, t in (("dialogues_held", "12"), ("trainings_held", "4"))
    }

    def of(viewer: Any, unit_id: int, level: str, code: str, period: Period) -> Any:
        return now if period.code == NOW else then

    monkeypatch.setattr(composing, "report_figures", of)
    running = compose(viewer=OPERATOR, code="9A", period_code=NOW)
    assert {row.change for row in running.comparison} == {"kỳ chưa kết thúc, chưa so sánh"}
    assert "so với cùng kỳ" not in all_text(running)
    monkeypatch.setenv("DANCHU_TODAY", "2026-06-20")
    report = compose(viewer=OPERATOR, code="9A", period_code=NOW)
    text = all_text(report)
    assert "Đã tổ chức 18 cuộc đối thoại, tăng 50% so với cùng kỳ năm trước." in text
    assert "Mở 06 lớp tập huấn, bồi dưỡng." in text  # no rate of four
    changes = {row.figure.key: row.change for row in report.comparison}
    assert changes == {"dialogues_held": "tăng 50%", "trainings_held": "tăng 2"}
    english = compose(viewer=OPERATOR, code="9A", period_code=NOW, language="en")
    assert "18 dialogues were held, up 50% on the year before." in all_text(english)
    assert all(
        row.change for row in compose(viewer=OPERATOR, code="9A", period_code=NOW).comparison
    )


def test_a_figure_of_an_old_report_is_no_strong_point(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    (period,) = open_periods(NOW).values()
    take_in(monkeypatch, cast.reporter_benmau, cast.benmau, period=NOW, public=True, confirm=True)
    settle()
    told = {
        "achievement": [
            "Trong đó 183 ý kiến được giải quyết",
            "Tiếp nhận 191 ý kiến của người dân",
            "Công khai có tiến bộ",
        ]
    }
    monkeypatch.setattr(sections, "findings_of", lambda *_: told)
    write_note(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        period=period,
        kind="achievement",
        text='Mô hình "Một cửa thân thiện" được nhân rộng',
    )
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    section = next(s for s in report.sections if s.id == "achievements")
    assert [item.text for item in section.items] == [
        "Công khai có tiến bộ.",
        "Mô hình “Một cửa thân thiện” được nhân rộng.",
    ]


def test_the_basis_of_a_share_is_its_two_numbers(cast: Cast, monkeypatch: Any, settle: Any) -> None:
    open_periods(NOW)
    take_in(monkeypatch, cast.reporter_benmau, cast.benmau, period=NOW, public=True, confirm=True)
    work(cast.recorder_benmau, cast.benmau)
    settle()
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    lines = plain_text(official_document(report)).splitlines()

    def basis(key: str) -> str:
        (line,) = [
            x
            for x in lines
            if x.split(" | ")[1:2]
            and shipped()[key].name_vi == x.split(" | ")[1].partition(" (")[0]
        ]
        return line.split(" | ")[3]

    assert basis("opinions_resolved_pct") == "tính từ 183 và 191; văn bản nguồn ghi 96%"
    assert basis("opinions_resolved") == "báo cáo đã công bố"
    assert basis("trainings_held") == "hồ sơ của đơn vị"


def test_no_english_sentence_says_many_of_one() -> None:
    many_of_one = re.compile(r"\b1 (?:[a-z'-]+ )?[a-z]+[^s' ]s (?:was|were|has|have)\b")
    for outline in outlines().values():
        for section in outline.sections:
            for child in (section, *section.children):
                for sentence in child.sentences:
                    figures = {k: figure(k, "1") for k in sentence.keys}
                    said = "".join(p.text for p in pieces_of(sentence.en, figures, "en"))
                    assert "|" not in said
                    assert not many_of_one.search(said), said


def test_sums_over_different_numbers_of_units_are_not_compared(
    cast: Cast, monkeypatch: Any
) -> None:
    open_periods(NOW, "nd09:2025H1")
    now = {"dialogues_held": figure("dialogues_held", "30", amount=30, n_reported=2, n_expected=2)}
    then = {"dialogues_held": figure("dialogues_held", "12", amount=12, n_expected=2)}
    monkeypatch.setenv("DANCHU_TODAY", "2026-06-20")
    monkeypatch.setattr(
        composing,
        "report_figures",
        lambda _viewer, _unit, _level, _code, period: now if period.code == NOW else then,
    )
    report = compose(viewer=OPERATOR, code="9A", period_code=NOW)
    (row,) = report.comparison
    assert row.change == "không so sánh (kỳ này 02 đơn vị, cùng kỳ 01 đơn vị)"
    assert "Đã tổ chức 30 cuộc đối thoại." in all_text(report)
