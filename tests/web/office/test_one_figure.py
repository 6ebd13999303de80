"""One figure of a unit and a period: the same on every page, whatever is handed in or returned."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from danchu.core.clock import VIET_NAM
from danchu.reporting.overviews.selectors import overview
from danchu.reporting.requests.selectors import lines_and_layer
from danchu.reporting.requests.services import (
    MappingInput,
    RequestInput,
    map_cell,
    take_in_request,
)
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.figure_page import figure_page, figure_table
from danchu.reporting.reviews.series import SeriesRequest, series
from danchu.reporting.reviews.series_points import Reading
from danchu.reporting.rounds.services import return_submission, submit
from tests.core.documents.province_form import province_form
from tests.making import hold, receive
from tests.reporting.folding import open_round_of_minhhoa
from tests.reporting.publishing import issue, known

NOW, KEY = "nd09:2026H1", "dialogues_held"


@pytest.fixture
def opened(cast, settle):
    """A round over two communes that held a dialogue each; Bến Mẫu hands in, then holds another."""
    made = open_round_of_minhhoa(cast)
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    hold(cast.recorder_caumau, cast.caumau)
    settle()
    return made


def asked(cast, actor, unit_id):
    """A form from above that asks for the figure."""
    made = take_in_request(
        actor=actor,
        unit_id=unit_id,
        content=RequestInput(
            title="Biểu",
            sender="Sở Nội vụ",
            period_code=NOW,
            due_at=dt.datetime(2026, 6, 10, 16, 0, tzinfo=VIET_NAM),
        ),
        data=province_form(),
        name="bieu.xlsx",
    )
    content = MappingInput(what="value", key=KEY)
    map_cell(actor=actor, request_id=made.pk, sheet=1, cell="C6", content=content)
    return made


def everywhere(viewer, code: str, request) -> dict[str, tuple[str, str]]:
    """The figure on each page: the number and of how many units."""
    report = compose(viewer=viewer, code=code, period_code=NOW)
    figures = [one for one in report.figures if one.key == KEY]
    page = figure_page(viewer, code, NOW, KEY)
    figures.append(page.figure)
    figures += [one.figure for one in figure_table(viewer, code, NOW)[2] if one.meaning.key == KEY]
    seen = overview(viewer, code, NOW, KEY)
    figures.append(seen.figure)
    found = {
        f"{number}": (one.text, f"{one.n_reported}/{one.n_expected}") if one else ("", "")
        for number, one in enumerate(figures)
    }
    assert len(found) == 4
    now = seen.trend.points[-1].numbers[0]
    found["trend"] = (now.text, f"{now.n}/{now.of}") if now else ("", "")
    for reading in (Reading.PUBLISHED, Reading.TODAY):
        line = series(viewer, SeriesRequest(code, KEY, reading=reading)).points
        point = next(one for one in line if one.period_code == NOW)
        found[reading] = (point.text, f"{point.point.n}/{point.point.of}")
    lines, layer = lines_and_layer(viewer, request)
    found["request"] = (lines[layer][0].written, f"{lines[layer][0].n}/{lines[layer][0].of}")
    return found


def test_the_figure_of_a_unit_is_the_same_on_every_page_at_every_step(cast, opened, settle):
    commune, province = cast.reporter_benmau, cast.committee_minhhoa
    of_commune = asked(cast, commune, cast.benmau)
    of_province = asked(cast, province, cast.minhhoa)
    settle()

    def told() -> tuple[set, set, str]:
        settle()
        above = {line.unit.code: line.text for line in figure_page(province, "9A", NOW, KEY).below}
        tile = next(t for t in overview(province, "9A", NOW, KEY).tiles if t.unit.code == "9A001")
        assert tile.text == above.get("9A001", "")
        return (
            set(everywhere(commune, "9A001", of_commune).values()),
            set(everywhere(province, "9A", of_province).values()),
            tile.text,
        )

    assert told() == ({("1", "1/1")}, {("2", "2/2")}, "1")
    made = submit(actor=commune, round_id=opened.pk, unit_id=cast.benmau)
    hold(cast.recorder_benmau, cast.benmau)
    # What was signed stands everywhere, whatever is written down afterwards.
    assert told() == ({("1", "1/1")}, {("1", "1/2")}, "1")
    page = figure_page(commune, "9A001", NOW, KEY)
    assert page.figure.is_own and page.figure.beside[:2] == ("recorded", "2")
    assert page.evidence.total == 2
    assert figure_page(province, "9A", NOW, KEY).figure.beside == ("recorded", "3", 2, 2)
    return_submission(actor=province, submission_id=made.pk, reason="Thiếu số")
    assert told() == ({("2", "1/1")}, {("3", "2/2")}, "2")
    submit(actor=commune, round_id=opened.pk, unit_id=cast.benmau)
    assert told() == ({("2", "1/1")}, {("2", "1/2")}, "2")


def test_what_was_issued_is_read_first_and_another_signed_value_is_told(cast, opened, settle):
    commune = cast.reporter_benmau
    request = asked(cast, commune, cast.benmau)
    submit(actor=commune, round_id=opened.pk, unit_id=cast.benmau)
    known(NOW, "9A001")
    issue("9A001", number="05")
    hold(cast.recorder_benmau, cast.benmau)
    submit(actor=commune, round_id=opened.pk, unit_id=cast.benmau)
    settle()
    line = series(commune, SeriesRequest("9A001", KEY)).points[-1]
    assert (line.text, line.layers) == ("1", ("issued",))
    assert any("Bản đã nộp đang được tính ghi 2" in remark.vi for remark in line.remarks)
    plain = series(commune, SeriesRequest("9A001", KEY, layer="reported")).points[-1]
    assert plain.text == "2"
    assert any(re.match(r"Báo cáo số 05/\S+ ngày \S+ ghi 1", one.vi) for one in plain.remarks)
    lines, layer = lines_and_layer(commune, request)
    assert (layer, lines[layer][0].written) == ("issued", "1")
    assert [(one.sign, one.written) for one in lines[layer][0].signed] == [("", "2")]
    page = figure_page(commune, "9A001", NOW, KEY)
    assert (page.figure.text, page.issued.text) == ("2", "1")


def test_a_figure_that_the_signed_version_leaves_open_is_not_filled_in(cast, opened, settle):
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    receive(cast.recorder_benmau, cast.benmau, visits=5)
    settle()
    page = figure_page(cast.reporter_benmau, "9A001", NOW, "citizens_received")
    assert page.figure is None and page.unread.text == "5"


def test_the_pages_say_on_what_they_stand_while_not_every_unit_has_handed_in(
    cast, opened, settle, as_person
):
    province = as_person(cast.committee_minhhoa)
    pages = [f"/office/{name}/9A/{NOW}/" for name in ("bao-cao", "toan-canh")]

    def notes() -> list[str]:
        settle()
        return [
            " ".join(re.sub(r"<[^>]+>", " ", found.group()).split())
            for page in pages
            if (
                found := re.search(
                    r'id="can-cu".*?</div></div>', province.get(page).content.decode(), re.S
                )
            )
        ]

    first = notes()
    assert len(first) == 2 and all("Số liệu theo hồ sơ: chưa có bản nộp" in one for one in first)
    made = submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    then = notes()
    assert len(then) == 2 and all("Số liệu là số đã nộp của 1/2 đơn vị." in one for one in then)
    # What the other commune recorded is not held against the sum of the one that handed in.
    assert not any("chỉ tiêu có số khác" in one for one in then)
    hold(cast.recorder_benmau, cast.benmau)
    (told, wide) = notes()
    assert "Cuộc đối thoại 1 ; hồ sơ: 2 (1/2 đơn vị)" in told.replace("1;", "1 ;")
    assert "chỉ tiêu có số khác" not in wide
    return_submission(actor=cast.committee_minhhoa, submission_id=made.pk, reason="Thiếu số")
    assert all("Có 1 bản đã nộp bị trả lại." in one for one in notes())
    for person, unit in ((cast.reporter_benmau, cast.benmau), (cast.reporter_caumau, cast.caumau)):
        submit(actor=person, round_id=opened.pk, unit_id=unit)
    assert notes() == []
