"""The report: sections in their order, no sentence without its figures, nothing invented."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from danchu.core.calendar.models import Period
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, NotAllowed, NotFound
from danchu.core.outbox.models import Message
from danchu.core.units.services import register_demo_unit
from danchu.reporting.figures import selectors
from danchu.reporting.figures.dictionary import Definition, shipped
from danchu.reporting.reading.services import decide_finding
from danchu.reporting.reviews.compose import Report, compose, composing
from danchu.reporting.reviews.figures import ReportFigure
from danchu.reporting.reviews.notes import write_note
from danchu.reporting.reviews.outline import (
    AREA,
    Literal,
    Optional,
    Section,
    Sentence,
    Slot,
    Total,
    outlines,
)
from danchu.reporting.reviews.prose import in_english
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import Cast
from tests.making import hold, receive, refused, work
from tests.reporting.folding import open_periods
from tests.reporting.readings import TEXT, figure, take_in

NOW = "nd09:2026H1"


def made_up(meaning: Definition, number: int, state: str = "reported") -> ReportFigure:
    """A figure with a number of its own, so that a report shows where it is printed."""
    text = {"reported": f"7.{number:03d}", "zero": "0"}.get(state, "")
    return ReportFigure(
        ref=number,
        key=meaning.key,
        meaning=meaning,
        layer="recorded",
        state=state,
        amount=number if text else None,
        numerator=None,
        denominator=None,
        text=text,
        remark_vi="",
        remark_en="",
        stated=None,
        n_reported=1,
        n_expected=1,
        path="",
    )


def figures_of(present: dict[str, str]) -> dict[str, ReportFigure]:
    return {
        key: made_up(meaning, number, present[key])
        for number, (key, meaning) in enumerate(shipped().items(), start=100)
        if key in present
    }


def sentences(report: Report) -> Iterator[str]:
    for section in report.sections:
        yield from (p.text for p in section.paragraphs)


def all_text(report: Report) -> str:
    parts = [*report.opening, *report.closing]
    for section in report.sections:
        parts += [*section.paragraphs, *section.items]
    return "\n".join(part.text for part in parts)


def together(sentence: Sentence, figures: dict[str, ReportFigure]) -> dict[str, ReportFigure]:
    """What one sentence may print, by the words of the rule and not by the code that keeps it.

    The first number it needs says of which source the sentence is; a number of another source is
    no number of it. Of a whole and its part that is larger only the whole is printed; what is not
    printed is nobody's whole.
    """
    order = [*sentence.needs, *sorted(sentence.keys - set(sentence.needs))]
    printable = [key for key in order if key in figures and figures[key].text]
    kept: list[str] = []
    for key in sorted(printable, key=wholes_above):
        one, whole = figures[key], figures.get(shipped()[key].part_of)
        from_text = one.layer == "stated"
        if from_text != (figures[printable[0]].layer == "stated"):
            continue
        if whole is not None and whole.key in kept:
            assert one.amount is not None and whole.amount is not None
            if one.amount / one.meaning.scale > whole.amount / whole.meaning.scale:
                continue
        kept.append(key)
    return {k: one for k, one in figures.items() if k not in printable or k in kept}


def wholes_above(key: str) -> int:
    above = shipped()[key].part_of
    return 1 + wholes_above(above) if above else 0


def walk(sections: tuple[Section, ...], level: str, on: dt.date) -> Iterator[Section]:
    for section in sections:
        if section.holds(level, on):
            yield section
            yield from walk(section.children, level, on)


def rendered(parts: Any, figures: dict[str, ReportFigure], language: str) -> str:
    """What a sentence must say, worked out once more."""
    said = ""
    among = False
    for part in parts:
        was_among, among = among, False
        match part:
            case Literal(text):
                said += re.sub(r"\S+\|", "", text)  # no made-up number is one
            case Total(keys):
                said += str(sum(figures[key].amount or 0 for key in keys))
            case Slot(key, says_none) if says_none and figures[key].state == "zero":
                said += "none" if language == "en" else "không có"
            case Slot(key):
                text = figures[key].text
                if figures[key].meaning.nature == "change":
                    none = "did not change" if language == "en" else "không thay đổi"
                    some = "rose by " if language == "en" else "tăng "
                    said += none if text == "0" else some + text
                else:
                    said += text
            case Optional(inner):
                slots = [p for p in inner if isinstance(p, Slot)]
                told = [figures[p.key].state if p.key in figures else "" for p in slots]
                fit = [
                    state == "reported" or (state == "zero" and p.says_none)
                    for p, state in zip(slots, told, strict=True)
                ]
                sums = any(isinstance(p, Total) for p in inner)
                among = was_among
                if all(fit) and not (sums and set(told) == {"zero"}):
                    clause = rendered(inner, figures, language)
                    among = clause.startswith(", trong đó ")
                    if was_among:
                        clause = clause.replace(", trong đó ", ", ", 1)
                    begins = not said or said.endswith(" ")
                    said += clause.lstrip(",; ") if begins else clause
    return said


def noughts_only(sentence: Any, figures: dict[str, ReportFigure]) -> bool:
    always = [figures[p.key] for p in sentence.vi if isinstance(p, Slot)]
    clauses = [
        p.key
        for o in sentence.vi
        if isinstance(o, Optional)
        for p in o.parts
        if isinstance(p, Slot)
    ]
    if not always and not (
        sentence.none_vi and any(k in figures and figures[k].text for k in clauses)
    ):
        return False
    return all(f.state == "zero" and not f.meaning.is_rate for f in always) and not any(
        k in figures
        and figures[k].text
        and not (figures[k].state == "zero" and not figures[k].meaning.is_rate)
        for k in clauses
    )


UNITS = [("9A001", NOW, "state"), ("9A", NOW, "party"), ("9A1", "2019H1", "state")]


@pytest.mark.parametrize("layout", ["state", "party"])
@pytest.mark.parametrize(("code", "period", "own"), UNITS)
def test_sections_stand_in_the_order_of_the_outline(
    cast: Cast, monkeypatch: Any, code: str, period: str, own: str, layout: str
) -> None:
    everything = figures_of(dict.fromkeys(shipped(), "reported"))
    monkeypatch.setattr(composing, "report_figures", lambda *_: everything)
    report = compose(viewer=OPERATOR, code=code, period_code=period, layout=layout)
    held = list(walk(outlines()[layout].sections, report.unit.level, report.period.end))
    order = [section.id for section in held]
    found = [section.id for section in report.sections]
    assert found == [section for section in order if section in found]
    assert len(found) > 10
    assert {s.id for s in held if s.sentences} <= set(found)
    assert (report.layout, report.is_reference) == (
        layout,
        layout != own or report.unit.valid_to is not None,
    )
    # Main sections are numbered without a gap, whatever was left out.
    roman = [s.number for s in report.sections if s.depth == 1 and s.number]
    assert roman == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"][: len(roman)]
    below: list[str] = []
    for section in report.sections:
        if section.depth == 1:
            below = []
        elif section.depth == 2 and section.number:
            below.append(section.number)
            assert len(set(below)) == len(below)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("seed", range(6))
def test_a_sentence_never_stands_without_its_figures(
    cast: Cast, monkeypatch: Any, seed: int, language: str
) -> None:
    chance = random.Random(seed)
    states = ("reported", "zero", "not_applicable")
    present = {key: chance.choice(states) for key in shipped() if chance.random() < 0.6}
    figures = {
        key: one._replace(layer=chance.choice(("recorded", "recorded", "recorded", "stated")))
        for key, one in figures_of(present).items()
    }
    monkeypatch.setattr(composing, "report_figures", lambda *_: figures)
    code, period, _ = chance.choice(UNITS)
    layout = chance.choice(("state", "party"))
    report = compose(
        viewer=OPERATOR, code=code, period_code=period, layout=layout, language=language
    )
    every = {k: in_english(f) for k, f in figures.items()} if language == "en" else figures
    found = {section.id: section for section in report.sections}
    said = 0
    for section in walk(outlines()[layout].sections, report.unit.level, report.period.end):
        expected, noughts = [], set()
        for sentence in section.sentences:
            if not all(every.get(k) and every[k].text for k in sentence.needs) or any(
                every.get(k) and every[k].text for k in sentence.unless
            ):
                continue
            shown = together(sentence, every)
            if not all(key in shown for key in sentence.needs):
                continue
            if noughts_only(sentence, shown):
                if sentence.none_vi != "":  # a nought that need not be said
                    always = {p.key for p in sentence.vi if isinstance(p, Slot)}
                    noughts |= always or {k for k in sentence.keys if k in shown and shown[k].text}
                continue
            known = [k for k in sentence.keys if k in shown and shown[k].text]
            if not sentence.needs and not any(shown[k].state == "reported" for k in known):
                continue
            if not sentence.needs:
                noughts |= {
                    k for k in known if shown[k].state == "zero" and not shown[k].meaning.is_rate
                }
            text = rendered(sentence.en if language == "en" else sentence.vi, shown, language)
            if not text.strip(" ."):
                continue
            area = report.unit.name if language == "en" else report.unit.kind
            text = text.replace(AREA, area)
            expected.append(text[:1].upper() + text[1:])
        if not expected and not noughts:
            continue
        (paragraph,) = found[section.id].paragraphs  # one that flows
        begin = " ".join(expected)
        assert paragraph.text.startswith(begin)
        rest = paragraph.text[len(begin) :]
        named = [
            p.figure.key
            for p in paragraph.pieces
            if p.figure and p.text[:1].isalpha() and p.text not in ("none", "không có")
        ]
        changes = {k for k in shipped() if shipped()[k].nature == "change"}
        assert set(named) - changes == noughts
        assert bool(rest) == bool(noughts)
        said += len(expected)
    assert said
    for section in report.sections:
        for paragraph in section.paragraphs:
            for piece in paragraph.pieces:
                assert piece.figure is None or present[piece.figure.key] in ("reported", "zero")
                assert "{" not in piece.text
                assert "[[" not in piece.text
                assert "|" not in piece.text


def test_what_is_missing_is_never_printed_as_nought(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    receive(cast.recorder_benmau, cast.benmau, visits=0, people=None, matters=None, mass_groups=0)
    settle()
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    visits = [text for text in sentences(report) if "lượt công dân" in text]
    assert visits == ["Trong kỳ không phát sinh lượt công dân được tiếp."]
    assert not [t for t in sentences(report) if "cuộc đối thoại" in t and "0" in t]
    section = next(s for s in report.sections if s.id == "dialogue")
    assert [p.origin for p in section.paragraphs] == ["empty"]
    assert section.paragraphs[0].text == "Chưa có số liệu về đối thoại, hội nghị."
    assert "dialogues_held" not in {f.key for f in report.figures}


def test_the_report_of_a_commune_from_its_records(cast: Cast, settle: Any) -> None:
    open_periods(NOW, "nd09:2025H1")
    hold(cast.recorder_benmau, cast.benmau, "Một.", "Hai.", participants=146)
    hold(cast.recorder_benmau, cast.benmau, kind="briefing", participants=21)
    settle()
    for kind, text in (("limitation", "công khai ở thôn còn chậm"), ("task", "Mở lớp tập huấn.")):
        write_note(
            actor=cast.reporter_benmau,
            unit_id=cast.benmau,
            period=Period.objects.get(code=NOW),
            kind=kind,
            text=text,
        )
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    assert (report.layout, report.is_reference, report.unit.name) == ("state", False, "xã Bến Mẫu")
    text = all_text(report)
    # One flowing paragraph; counts under ten with a 0; what comes in stays or goes out.
    assert (
        "Toàn xã đã tổ chức 02 hội nghị, cuộc họp, cuộc đối thoại với 167 lượt người tham dự. Tổng "
        "số 02 ý kiến, kiến nghị (không có ý kiến kỳ trước chuyển sang, 02 ý kiến phát sinh trong "
        "kỳ); còn 02 ý kiến chưa được trả lời. Đã tổ chức 01 cuộc đối thoại."
    ) in text
    assert "Công khai ở thôn còn chậm." in text
    assert "Mở lớp tập huấn." in text
    assert report.title == "Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026"
    assert report.opening[0].text.endswith(
        "6 tháng đầu năm 2026 (từ ngày 15/12/2025 đến ngày 14/6/2026) như sau:"
    )
    assert (
        "Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022"  # a law has no number
    ) in report.basis
    assert not any("Pháp lệnh" in line for line in report.basis)
    assert compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW) == report


def test_the_same_in_english(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau, participants=146)
    settle()
    report = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW, language="en")
    text = all_text(report)
    assert "1 meeting, conference or dialogue was held" in text
    assert (
        "in the first six months of 2026 (from 15 December 2025 to 14 June 2026) as follows:"
        in text
    )
    assert "146 attendances" in text
    assert report.title == "Implementation of grassroots democracy, first six months of 2026"
    assert not [s.title for s in report.sections if s.title == s.title.upper() and "Ộ" in s.title]
    assert "Chưa có" not in text


def test_a_share_is_computed_and_the_source_quoted_beside_it(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    open_periods("2019H1")
    document = take_in(
        monkeypatch,
        cast.committee_minhhoa,
        cast.old_district,
        confirm=True,
        public=True,
        title="Báo cáo của huyện",
        source_note="Cổng thông tin huyện",
    )
    for finding in document.findings.all():
        decide_finding(actor=cast.committee_minhhoa, finding_id=finding.pk, decision="confirmed")
    settle()
    report = compose(viewer=cast.committee_minhhoa, code="9A1", period_code="2019H1")
    text = all_text(report)
    assert (
        "Ghi nhận 191 ý kiến, kiến nghị, đề xuất; đã tiếp nhận, xem xét giải quyết theo thẩm "
        "quyền 183 ý kiến, tỷ lệ trên số ý kiến ghi nhận đạt 95,8% (văn bản nguồn ghi 96%)." in text
    )
    assert "90,49% (nguồn không nêu số phiếu trả lời)" in text
    assert "40 (số ước lượng trong văn bản nguồn) hội nghị" in text
    assert " 12 " not in text  # said of one place only
    assert "Công khai ở một số thôn còn chậm." in text
    assert report.sources == (("Báo cáo của huyện", "Cổng thông tin huyện"),)
    # An old text is not reproached with what it was never asked.
    assert not [p for s in report.sections for p in s.paragraphs if p.origin == "empty"]
    assert report.is_reference  # a district issues nothing any more
    english = compose(
        viewer=cast.committee_minhhoa, code="9A1", period_code="2019H1", language="en"
    )
    assert "95.8% (the source states 96%)" in all_text(english)
    # Everybody may read what was published.
    public = compose(viewer=NOBODY, code="9A1", period_code="2019H1")
    assert list(sentences(public)) == list(sentences(report))


def test_a_stranger_sees_what_was_published_and_nothing_else(
    cast: Cast, monkeypatch: Any, settle: Any
) -> None:
    open_periods(NOW)
    who = cast.reporter_benmau
    take_in(monkeypatch, who, cast.benmau, period=NOW, public=True, confirm=True, title="Công khai")
    secret = TEXT + "\nNội bộ: 777 hồ sơ."
    take_in(
        monkeypatch,
        who,
        cast.benmau,
        figure("777 hồ sơ", "dossiers_received", 777, text=secret),
        text=secret,
        period=NOW,
        confirm=True,
        title="Nội bộ",
        event_date=dt.date(2026, 6, 1),
    )
    hold(cast.recorder_benmau, cast.benmau)
    write_note(
        actor=who,
        unit_id=cast.benmau,
        period=Period.objects.get(code=NOW),
        kind="limitation",
        text="Ghi nội bộ",
    )
    settle()
    inside = compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW)
    assert {"777", "1"} <= {f.text for f in inside.figures}
    for stranger in (NOBODY, cast.recorder_caumau, cast.committee_maunguyen):
        outside = compose(viewer=stranger, code="9A001", period_code=NOW)
        assert {f.layer for f in outside.figures} == {"stated"}
        assert "dossiers_received" not in {f.key for f in outside.figures}
        assert "dialogues_held" not in {f.key for f in outside.figures}
        assert "Ghi nội bộ" not in all_text(outside)
        assert [title for title, _ in outside.sources] == ["Công khai"]
        assert outside.round is None


def test_who_may_not_read_is_refused_and_opens_nothing(cast: Cast) -> None:
    for stranger in (NOBODY, cast.outsider, cast.recorder_caumau, cast.committee_maunguyen):
        refused(NotAllowed, compose, viewer=stranger, code="9A001", period_code=NOW)
    refused(BadInput, compose, viewer=OPERATOR, code="9A001", period_code="2026H9")
    refused(NotFound, compose, viewer=OPERATOR, code="9Z999", period_code=NOW)
    # The code of today is not the unit of before.
    with pytest.raises(NotFound):
        compose(viewer=OPERATOR, code="9A1", period_code=NOW)
    assert not Message.objects.exists()
    assert compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW).figures == ()
    assert {m.period_id for m in Message.objects.all()} == set(
        Period.objects.filter(code__in=[NOW, "nd09:2025H1"]).values_list("pk", flat=True)
    )


def test_a_period_is_compared_with_that_of_the_year_before(
    cast: Cast, settle: Any, monkeypatch: Any
) -> None:
    open_periods("2026H1", "2025H2", "2025H1")
    for day in (dt.date(2026, 3, 2), dt.date(2026, 4, 2), dt.date(2026, 5, 5)):
        work(cast.recorder_benmau, cast.benmau, on=day, number=1, people=None)
    work(cast.recorder_benmau, cast.benmau, on=dt.date(2025, 9, 9), number=2, people=None)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    viewer = cast.viewer_benmau
    report = compose(viewer=viewer, code="9A001", period_code="2026H1")
    rows = {row.figure.key: (row.figure.text, row.before, row.change) for row in report.comparison}
    assert rows["trainings_held"] == (
        "3",
        "",  # another commune held the code then
        "chưa có số liệu để so sánh",
    )
    assert report.compared_with == "6 tháng đầu năm 2025"
    register = OPERATOR
    work(register, cast.minhhoa, on=dt.date(2025, 3, 3), number=2, people=None)
    work(register, cast.minhhoa, on=dt.date(2026, 3, 3), number=0, people=None)
    settle()
    above = compose(viewer=cast.viewer, code="9A", period_code="2026H1")
    rows = {row.figure.key: (row.figure.text, row.before, row.change) for row in above.comparison}
    # A period that still runs is part of one: it is not held against a whole.
    assert rows["trainings_held"] == ("3", "2", "kỳ chưa kết thúc, chưa so sánh")
    monkeypatch.setenv("DANCHU_TODAY", "2026-07-01")
    above = compose(viewer=cast.viewer, code="9A", period_code="2026H1")
    rows = {row.figure.key: (row.figure.text, row.before, row.change) for row in above.comparison}
    assert rows["trainings_held"] == (
        "3",
        "2",
        "không so sánh (kỳ này 02 đơn vị, cùng kỳ 01 đơn vị)",  # who gave figures differs
    )
    assert rows["dialogues_held"] == ("1", "", "chưa có số liệu để so sánh")
    assert not [row for row in above.comparison if row.figure.meaning.is_rate]


def test_one_commune_is_never_compared_with_another(
    cast: Cast, settle: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("DANCHU_TODAY", "2026-12-01")
    open_periods("2026H2", "2025H2")

    def rows(period: str) -> dict[str, tuple[str, str, str]]:
        report = compose(viewer=cast.viewer, code="9A", period_code=period)
        return {r.figure.key: (r.figure.text, r.before, r.change) for r in report.comparison}

    work(cast.recorder_benmau, cast.benmau, on=dt.date(2025, 9, 3), number=20, people=None)
    work(cast.recorder_caumau, cast.caumau, on=dt.date(2026, 7, 1), number=30, people=None)
    settle()
    assert rows("2026H2")["trainings_held"][2] == "kỳ chưa kết thúc, chưa so sánh"
    monkeypatch.setenv("DANCHU_TODAY", "2027-01-04")
    assert rows("2026H2")["trainings_held"] == (
        "30",
        "20",
        "không so sánh: số liệu của các đơn vị khác nhau",
    )
    assert "cùng kỳ" not in all_text(compose(viewer=cast.viewer, code="9A", period_code="2026H2"))
    monkeypatch.setenv("DANCHU_TODAY", "2026-12-01")
    # The same two communes in both years do compare, and one is not the other's stand-in.
    work(cast.recorder_caumau, cast.caumau, on=dt.date(2025, 9, 3), number=5, people=None)
    work(cast.recorder_benmau, cast.benmau, on=dt.date(2026, 7, 1), number=20, people=None)
    settle()
    monkeypatch.setenv("DANCHU_TODAY", "2027-01-04")
    assert rows("2026H2")["trainings_held"] == ("50", "25", "tăng 100%")
    assert "tăng 100% so với cùng kỳ năm trước" in all_text(
        compose(viewer=cast.viewer, code="9A", period_code="2026H2")
    )
    then = Period.objects.get(code="2026H2")
    layer = ("recorded", "trainings_held")
    behind = selectors.units_behind(cast.viewer, cast.minhhoa, then, ["trainings_held"])
    assert behind == {layer: {cast.benmau, cast.caumau}}
    assert selectors.units_behind(NOBODY, cast.minhhoa, then, ["trainings_held"]) == {}


def test_units_that_handed_in_nothing_are_named(cast: Cast, settle: Any) -> None:
    (period,) = open_periods(NOW).values()
    found = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=period.end,
        due_on=dt.date(2026, 6, 16),
    )
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_caumau, cast.caumau)
    submit(actor=cast.reporter_benmau, round_id=found.pk, unit_id=cast.benmau)
    settle()
    report = compose(viewer=cast.viewer, code="9A", period_code=NOW)
    assert report.round is not None
    assert [line.name for line in report.round.missing] == ["phường Cầu Mẫu"]
    # What was handed in comes before what happens to be recorded.
    dialogues = next(f for f in report.figures if f.key == "dialogues_held")
    assert (dialogues.layer, dialogues.text, dialogues.n_reported, dialogues.n_expected) == (
        "reported",
        "1",
        1,
        2,
    )
    rows = [row for annex in report.annexes for row in annex.rows]
    assert {row[0] for row in rows} == {"xã Bến Mẫu", "phường Cầu Mẫu"}
    assert all(set(row[1:]) == {""} for row in rows if row[0] == "phường Cầu Mẫu")
    # The commune has no round of its own and names nobody.
    assert compose(viewer=cast.viewer_benmau, code="9A001", period_code=NOW).round is None


def test_a_report_of_any_province_is_composed_in_a_bounded_number_of_queries(
    cast: Cast, settle: Any, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(selectors, "FRESH", 1000.0)  # the dictionary is not asked for again
    (period,) = open_periods(NOW).values()
    open_periods("nd09:2025H1")
    communes = [
        register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=f"9A1{n:02d}",
            name=f"xã Mẫu {n}",
            kind="xã",
            parent_id=cast.minhhoa,
            valid_from=dt.date(2025, 7, 1),
        ).pk
        for n in range(12)
    ]
    found = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=period.end,
        due_on=dt.date(2026, 6, 16),
    )
    asked = []
    for batch in (communes[:2], communes[2:]):
        for unit in batch:
            hold(OPERATOR, unit)
            submit(actor=OPERATOR, round_id=found.pk, unit_id=unit)
        settle()
        cast.viewer.__dict__.pop("_danchu_known", None)  # a request of its own
        with django_assert_max_num_queries(34) as queries:
            report = compose(viewer=cast.viewer, code="9A", period_code=NOW)
        assert len(report.annexes[0].rows) == 14
        asked.append(len(queries))
    assert asked[0] == asked[1]
