"""The form of a round: filled with and without a script, by two officers, with the line cut."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.demo.cast import PASSWORD
from danchu.reporting.figures.models import Cell
from danchu.reporting.figures.selectors import indicator_ids
from danchu.reporting.rounds.entering import enter_value
from danchu.reporting.rounds.models import FormValue, Round
from danchu.reporting.rounds.services import return_submission, submit
from tests.browser.looking import (
    DESK,
    HEIGHTS,
    PHONE,
    assert_accessible,
    assert_fits,
    assert_focused,
)
from tests.cast import Cast
from tests.making import hold, work
from tests.reporting.folding import open_periods, open_round_of_minhhoa
from tests.reporting.halves import H1, H2, YEAR, accepted, rounds_of_2026

PERIOD = "nd09:2026H1"
PAGE = f"/office/bao-cao/9A001/{PERIOD}/bieu/"


MOST_TO_SAVE = 30  # queries to save one cell: read, lock, write, read again, check


def cell(key: str, text: str, version: int = 0, shown: str = "||", **more: str) -> dict[str, str]:
    """The fields of one cell as a browser sends them."""
    fields = {f"so.{key}": text, f"ly.{key}": "", f"bv.{key}": str(version), f"cu.{key}": shown}
    return fields | {f"{name}.{key}": value for name, value in more.items()}


def alone(key: str, text: str, version: int = 0, **more: str) -> dict[str, str]:
    return {"viec": "o", "khoa": key, **cell(key, text, version, **more)}


def kept() -> dict[str, Any]:
    rows = FormValue.objects.select_related("indicator")
    return {row.indicator.key: (row.state, row.amount, row.reason) for row in rows}


def test_the_form_is_for_who_fills_it_or_hands_it_in(cast: Cast, as_person: Any, opened: Round):
    for person, status in (
        (cast.reporter_benmau, 200),
        (cast.leader_benmau, 200),
        (cast.committee_minhhoa, 200),
        (cast.reporter_caumau, 404),
        (cast.recorder_benmau, 403),
        (cast.viewer, 403),
        (cast.outsider, 403),
    ):
        client = as_person(person)
        assert client.get(PAGE).status_code == status, person
        filled = client.post(PAGE, alone("labour_days", "1")).status_code
        assert (filled == 200) == (person in (cast.reporter_benmau, cast.committee_minhhoa)), person
    leader = as_person(cast.leader_benmau).get(PAGE).content.decode()
    assert "Người lập báo cáo của đơn vị điền biểu này" in leader
    assert "entry.js" not in leader and "Lưu mục này" not in leader
    reporter = as_person(cast.reporter_benmau)
    for none in ("nd09:2025H2", "nd09:2024H1"):
        assert reporter.get(PAGE.replace(PERIOD, none)).status_code == 404
    assert reporter.get(PAGE + "?la=1").status_code == 400


def test_one_cell_is_saved_with_a_small_answer(cast: Cast, as_person: Any, opened: Round):
    reporter = as_person(cast.reporter_benmau)
    sent = alone("contributions_vnd", "2,5 tỷ đồng")
    answer = reporter.post(PAGE, sent)
    found = json.loads(answer.content)
    assert (found["text"], found["version"], found["mark"]) == (
        "2.500.000.000",
        1,
        "2.500.000.000||",
    )
    assert len(answer.content) < 1000 and len(str(sent)) < 10_000
    assert kept()["contributions_vnd"] == ("reported", 2_500_000_000, "")
    taken_back = json.loads(reporter.post(PAGE, alone("contributions_vnd", "", 1)).content)
    assert (taken_back["text"], taken_back["version"]) == ("", 2)
    assert taken_back["left"] == found["left"] + 1
    reporter.post(PAGE, alone("labour_days", "", ly="Chưa tổng hợp xong"))
    assert kept()["labour_days"] == ("missing", None, "Chưa tổng hợp xong")
    reporter.post(PAGE, alone("cases_resolved", "", ka="on", ly="Không có đơn"))
    assert kept()["cases_resolved"] == ("not_applicable", None, "Không có đơn")


def test_wrong_cells_are_answered_with_a_sentence(cast: Cast, as_person: Any, opened: Round):
    reporter = as_person(cast.reporter_benmau)
    for sent, status in (
        (alone("labour_days", "mấy công"), 400),
        (alone("labour_days", "12,5"), 400),
        (alone("labour_days", "9" * 9000), 400),
        (alone("labour_days", "12\r\n400"), 400),
        (alone("labour_days", "7\t2\n8\t3"), 400),
        (alone("labour_days", "1", ly="dài " * 200), 400),
        (alone("labour_days", "5", ka="on", ly="Không"), 400),
        (alone("labour_days", "", ka="on"), 400),
        (alone("no_such", "1"), 400),
        (alone("", "1"), 400),
        ({**alone("labour_days", "1"), "bv.labour_days": "x"}, 400),
        ({"viec": "o", "khoa": "labour_days"}, 400),
    ):
        answer = reporter.post(PAGE, sent)
        assert answer.status_code == status, sent
        assert json.loads(answer.content)["sentence"]
    for broken in ({}, {"viec": "muc", "muc": "no_such"}, {"viec": "khong"}):
        assert reporter.post(PAGE, broken).status_code == 400
    assert kept() == {}


def test_a_saved_cell_is_told_at_once_what_the_checks_say_of_it(
    cast: Cast, as_person: Any, opened: Round
):
    before = open_periods("nd09:2025H2")["nd09:2025H2"]
    Cell.objects.create(
        unit_id=cast.benmau,
        period_id=before.pk,
        indicator_id=indicator_ids()["labour_days"],
        layer="reported",
        reach="own",
        state="reported",
        amount=260,
    )
    reporter = as_person(cast.reporter_benmau)

    def said(*sent: Any, **more: str) -> list[tuple[str, list[str]]]:
        answer = reporter.post(PAGE, alone(*sent, **more))
        assert answer.status_code == 200 and len(answer.content) < 10_000
        return [(c["kind"], c["touches"]) for c in json.loads(answer.content)["complaints"]]

    assert said("labour_days", "5.000.000") == [("justify", ["labour_days"])]
    page = reporter.get(PAGE).content.decode()
    # The sentence stands at its cell, in what the field is described by; a reason is at hand.
    row = page[page.index('id="o-labour_days"') :]
    row = row[: row.index("</tr>")]
    assert "Sửa hoặc ghi lý do." in row and "260 của 1 kỳ đã so" in row
    assert 'aria-describedby="noi-labour_days tt-labour_days"' in row
    assert "<details data-more open>" in row
    assert said("labour_days", "5.000.000", 1, ly="Làm đường liên xã") == [
        ("justified", ["labour_days"])
    ]
    assert said("labour_days", "260", 2) == []
    # Two cells that must agree: the second is told, and both show it, until one is put right.
    assert said("conferences_held", "3") == []
    assert said("dialogues_held", "4") == [("block", ["dialogues_held", "conferences_held"])]
    page = reporter.get(PAGE).content.decode()
    assert page.count('data-touches="dialogues_held conferences_held"') == 2
    assert "hoặc ghi lý do" not in page.split('data-touches="dialogues_held')[1][:400]
    step = reporter.get(PAGE.replace("bieu/", "nop/")).content.decode()
    assert f'href="{PAGE}#o-dialogues_held"' in step
    assert said("conferences_held", "4", 1) == []
    assert said("petitions_received", "12") == [] and said("cases_resolved", "99") == []


def test_who_comes_second_is_shown_both_values(cast: Cast, as_person: Any, opened: Round):
    first, second = as_person(cast.reporter_benmau), as_person(cast.committee_minhhoa)
    assert first.post(PAGE, alone("labour_days", "40")).status_code == 200
    answer = second.post(PAGE, alone("labour_days", "41"))
    found = json.loads(answer.content)
    assert answer.status_code == 409
    assert found["version"] == 1 and found["text"] == "40"
    assert cast.reporter_benmau.name in found["theirs"] and "40" in found["theirs"]
    # Without a script: what was typed stays in its field, and is put over the other knowingly.
    section = {"viec": "muc", "muc": "contributions"}
    typed = {**cell("labour_days", "41"), **cell("land_donating_households", "7")}
    page = second.post(PAGE, section | typed)
    text = page.content.decode()
    assert page.status_code == 409
    assert 'value="41"' in text and "Lấy số của người kia" in text
    assert kept()["land_donating_households"][1] == 7  # the other cell is saved
    assert kept()["labour_days"][1] == 40
    again = cell("labour_days", "41", 1, shown="40||")
    assert (
        second.post(PAGE, section | again | {"viec": "", "lay": "labour_days"}).status_code == 302
    )
    assert kept()["labour_days"][1] == 40
    assert second.post(PAGE, section | again).status_code == 302
    assert kept()["labour_days"][1] == 41


def test_a_cell_changed_from_another_unit_says_from_which_and_when(
    cast: Cast, as_person: Any, opened: Round
):
    reporter, province = as_person(cast.reporter_benmau), as_person(cast.committee_minhhoa)
    reporter.post(PAGE, alone("labour_days", "40"))
    own = reporter.get(PAGE).content.decode()
    assert "từ đơn vị khác" not in own and "do đơn vị khác sửa" not in own
    told = json.loads(province.post(PAGE, alone("labour_days", "50", 1)).content)["outside"]
    province.post(PAGE, alone("cases_resolved", "3"))
    province.post(PAGE, alone("cases_resolved", "", 1))
    assert told.startswith("Nhập từ đơn vị khác: tỉnh Minh Họa, ") and told.endswith("/2026.")
    for sees in (reporter, as_person(cast.leader_benmau), province):
        page = sees.get(PAGE).content.decode()
        assert "2 ô do đơn vị khác sửa (tỉnh Minh Họa), xem lại trước khi nộp:" in page
        assert (
            '<li><a href="#o-labour_days">' in page and '<li><a href="#o-cases_resolved">' in page
        )
        assert told in row_of(page, "labour_days")
        taken_back = "Bỏ số đã nhập, từ đơn vị khác: tỉnh Minh Họa, "
        assert taken_back in row_of(page, "cases_resolved")
    # The unit's own officer puts a figure over it: it is the unit's own again.
    again = json.loads(reporter.post(PAGE, alone("labour_days", "55", 2)).content)
    assert again["outside"] == ""
    page = reporter.get(PAGE).content.decode()
    assert "1 ô do đơn vị khác sửa" in page and "Nhập từ đơn vị khác" not in page


def test_a_section_saves_what_changed_and_keeps_what_was_wrong(
    cast: Cast, as_person: Any, opened: Round, settle: Any
):
    work(cast.recorder_benmau, cast.benmau, kind="trainings_held", number=2, people=70)
    settle()
    reporter = as_person(cast.reporter_benmau)
    section = {"viec": "muc", "muc": "outreach"}
    same = {
        **cell("trainings_held", "2", shown="2||"),
        **cell("training_participants", "70", shown="70||"),
    }
    assert reporter.post(PAGE, section | same).status_code == 302
    assert kept() == {}  # nothing was typed
    page = reporter.post(PAGE, section | same | cell("trainings_held", "3", shown="2||"))
    assert page.status_code == 400
    assert 'value="3"' in page.content.decode()
    why = cell("trainings_held", "3", shown="2||", ly="Một lớp ghi ở sổ cũ")
    page = reporter.post(PAGE, section | same | why, follow=True)
    assert "Đã lưu 1 ô" in page.content.decode()
    assert kept() == {"trainings_held": ("reported", 3, "Một lớp ghi ở sổ cũ")}
    assert f"{PAGE.removesuffix('bieu/')}nop/" in page.content.decode()


def test_a_nul_in_a_cell_is_told_at_the_cell_and_nothing_typed_is_lost(
    cast: Cast, as_person: Any, opened: Round
):
    reporter = as_person(cast.reporter_benmau)
    for changes in (
        cell("trainings_held", "3\x00"),
        cell("trainings_held", "3", ly="Sổ\x00 cũ"),
    ):
        section = {"viec": "muc", "muc": "outreach", **cell("training_participants", "70")}
        page = reporter.post(PAGE, section | changes)
        text = page.content.decode()
        assert page.status_code == 400 and "ký tự không đọc được" in text
        assert "3\ufffd" in text or "Sổ\ufffd cũ" in text
        assert set(kept()) == {"training_participants"}, "the other cell is saved"
        FormValue.objects.all().delete()
        alone = reporter.post(PAGE, {"viec": "o", "khoa": "trainings_held", **changes})
        assert alone.status_code == 400 and "ký tự không đọc được" in alone.json()["sentence"]
    assert kept() == {}


def test_a_refused_cell_does_not_creep_over_another_officers_value(
    cast: Cast, as_person: Any, opened: Round
):
    """The number was unreadable while somebody else saved the cell: it stays typed over nothing."""
    first, second = as_person(cast.reporter_benmau), as_person(cast.committee_minhhoa)
    first.post(PAGE, alone("labour_days", "40"))
    section = {"viec": "muc", "muc": "contributions"}
    page = second.post(PAGE, section | cell("labour_days", "4x")).content.decode()
    assert 'name="bv.labour_days" value="0"' in page
    assert second.post(PAGE, section | cell("labour_days", "41")).status_code == 409
    assert kept()["labour_days"][1] == 40


def test_noughts_are_confirmed_by_name(cast: Cast, as_person: Any, opened: Round):
    reporter = as_person(cast.reporter_benmau)
    page = reporter.get(PAGE).content.decode()
    assert 'name="chi-tieu" value="labour_days"' in page
    names = {
        "viec": "khong",
        "muc": "contributions",
        "chi-tieu": ["labour_days", "land_donated_m2"],
    }
    assert (
        "Đã xác nhận 2 chỉ tiêu bằng 0" in reporter.post(PAGE, names, follow=True).content.decode()
    )
    assert 'name="chi-tieu" value="labour_days"' not in reporter.get(PAGE).content.decode()
    assert reporter.post(PAGE, names).status_code == 409
    assert {state for state, _, _ in kept().values()} == {"zero"}


def test_an_accepted_form_is_only_read(cast: Cast, as_person: Any, opened: Round):
    from danchu.reporting.rounds.services import accept_submission

    where = {"actor": cast.reporter_benmau, "round_id": opened.pk, "unit_id": cast.benmau}
    enter_value(**where, indicator="labour_days", row_version=0, text="40")
    made = submit(**where)
    accept_submission(actor=cast.committee_minhhoa, submission_id=made.pk)
    reporter = as_person(cast.reporter_benmau)
    page = reporter.get(PAGE).content.decode()
    assert "biểu chỉ để xem" in page and "data-cell" not in page and "<b>40</b>" in page
    assert reporter.post(PAGE, alone("labour_days", "41", 1)).status_code == 409


def test_the_step_of_handing_in_counts_what_the_form_holds(
    cast: Cast, as_person: Any, opened: Round
):
    reporter = as_person(cast.reporter_benmau)
    step = PAGE.replace("bieu/", "nop/")
    assert PAGE in reporter.get(PAGE.replace("bieu/", "")).content.decode()
    before = reporter.get(step).content.decode()
    assert PAGE in before and "0/42 chỉ tiêu báo cáo yêu cầu" in before
    reporter.post(PAGE, alone("labour_days", "40"))
    assert "1/42 chỉ tiêu báo cáo yêu cầu" in reporter.get(step).content.decode()


def test_the_page_takes_few_queries_however_much_was_typed(
    cast: Cast, as_person: Any, opened: Round, monkeypatch: Any, django_assert_max_num_queries: Any
):
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    open_periods("nd09:2025H1")
    where = {"actor": cast.reporter_benmau, "round_id": opened.pk, "unit_id": cast.benmau}
    for key in ("labour_days", "land_donated_m2", "cases_resolved", "complaints_received"):
        enter_value(**where, indicator=key, row_version=0, text="3")
    said = {(key, ""): "Xem lại" for key in ("labour_days", "cases_resolved")}
    version = submit(**where)
    return_submission(
        actor=cast.committee_minhhoa, submission_id=version.pk, reason="Xem lại", comments=said
    )
    reporter = as_person(cast.reporter_benmau)
    reporter.get(PAGE)
    with django_assert_max_num_queries(15):  # three of them for what the checks say at the cells
        assert reporter.get(PAGE).status_code == 200
    with django_assert_max_num_queries(MOST_TO_SAVE):
        assert reporter.post(PAGE, alone("trainings_held", "3")).status_code == 200
    # Three more for the names of the units from which others changed cells, however many.
    for key in ("funds_recovered_vnd", "contributions_vnd"):
        sent = as_person(cast.committee_minhhoa).post(PAGE, alone(key, "8"))
        assert sent.status_code == 200
    with django_assert_max_num_queries(18):
        assert "do đơn vị khác sửa" in reporter.get(PAGE).content.decode()


def test_the_page_speaks_english_too(cast: Cast, as_person: Any, opened: Round):
    page = as_person(cast.reporter_benmau).get(f"/en{PAGE}")
    assert page.status_code == 200 and "Days of work given" in page.content.decode()


# In a browser


def _signed_in(browser_page: Any, account: Any, **how: Any) -> Any:
    page = browser_page(**how)
    page.goto("/office/")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/office/")
    page.goto(PAGE)
    return page


def number(page: Any, key: str) -> Any:
    return page.locator(f"[name='so.{key}']")


@pytest.mark.browser
def test_the_form_is_filled_from_the_keyboard_and_saves_itself(
    committed_cast: Cast, browser_page: Any, settle: Any
):
    cast = committed_cast
    open_round_of_minhhoa(cast)
    work(cast.recorder_benmau, cast.benmau, kind="trainings_held", number=2, people=70)
    hold(cast.recorder_benmau, cast.benmau, participants=80)
    settle()
    page = _signed_in(browser_page, cast.reporter_benmau)
    assert number(page, "trainings_held").input_value() == "2"
    left = int(page.inner_text("[data-left]"))
    number(page, "documents_issued").focus()
    for key in ("1", "2", "Enter"):
        page.keyboard.press(key)
    assert_focused(page, "so.trainings_held")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert_focused(page, "ly.documents_issued")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert_focused(page, "so.trainings_held")
    page.keyboard.press("Tab")  # from number to number; what stands behind one only where open
    assert_focused(page, "so.training_participants")
    page.keyboard.press("ArrowLeft")  # to the records behind it, and back
    page.wait_for_function("document.activeElement.href?.includes('training_participants')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    assert_focused(page, "ka.documents_issued")
    page.wait_for_selector("[data-status]:has-text('đã lưu')")
    assert page.inner_text("[data-left]") == str(left - 1)
    # Other than the records: the reason is asked for beside the cell, and what was typed stays.
    number(page, "trainings_held").fill("3")
    number(page, "trainings_held").press("Enter")
    page.wait_for_selector("#o-trainings_held [data-wrong]:has-text('khác số theo hồ sơ')")
    assert number(page, "trainings_held").input_value() == "3"
    page.wait_for_selector("[data-status]:has-text('chưa lưu 1 ô')")
    page.fill("[name='ly.trainings_held']", "Một lớp ghi ở sổ cũ")
    page.wait_for_selector("#o-trainings_held [data-told]:has-text('Đã lưu')")
    # The parts of a whole are told beside it as they are typed.
    number(page, "petitions_received").fill("9")
    number(page, "complaints_received").fill("1.004")
    number(page, "complaints_received").blur()
    page.wait_for_selector(
        "#o-petitions_received [data-value-of=complaints_received]:text('1.004')"
    )
    # What a check says appears at both cells, describes their fields, and goes when it is put right.
    for key in ("petitions_received", "complaints_received"):
        page.wait_for_selector(f"#noi-{key} li:has-text('Sửa hoặc ghi lý do. “Đơn, vụ việc')")
    page.click("[data-points]:has-text('2 ô cần xem lại')")
    assert_focused(page, "so.petitions_received")
    number(page, "complaints_received").fill("4")
    number(page, "complaints_received").blur()
    page.wait_for_selector("[data-points]", state="hidden")
    assert page.locator(".points li").count() == 0
    page.wait_for_selector("[data-status]:has-text('đã lưu')")
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert_accessible(page)
        assert_fits(page)
    page.click("#muc-contributions details.zeros summary")
    page.click("#muc-contributions [data-all]")
    page.click("#muc-contributions button:has-text('Xác nhận bằng 0')")
    page.wait_for_selector("text=chỉ tiêu bằng 0")
    found = kept()
    assert found["documents_issued"] == ("reported", 12, "")
    assert found["trainings_held"] == ("reported", 3, "Một lớp ghi ở sổ cũ")
    assert found["labour_days"] == ("zero", 0, "")


@pytest.mark.browser
def test_two_officers_in_one_cell_are_shown_both_values_and_choose(
    committed_cast: Cast, browser_page: Any
):
    cast = committed_cast
    open_round_of_minhhoa(cast)
    one = _signed_in(browser_page, cast.reporter_benmau)
    two = _signed_in(browser_page, cast.committee_minhhoa)
    for key in ("labour_days", "cases_resolved"):
        number(one, key).fill("40")
        number(one, key).blur()
        one.wait_for_selector(f"#o-{key} [data-told]:has-text('Đã lưu')")
        number(two, key).fill("41")
        number(two, key).blur()
        two.wait_for_selector(f"#o-{key} [data-wrong]:has-text('40')")
        assert number(two, key).input_value() == "41"
        assert "Số vừa gõ: 41" in two.inner_text(f"#o-{key} [data-wrong]")
    assert_accessible(two)
    two.click("#o-labour_days button:has-text('Giữ số vừa gõ')")
    two.wait_for_selector("#o-labour_days [data-told]:has-text('Đã lưu')")
    two.click("#o-cases_resolved button:has-text('Lấy số của người kia')")
    assert number(two, "cases_resolved").input_value() == "40"
    assert kept()["labour_days"][1] == 41
    assert kept()["cases_resolved"][1] == 40


def is_post(way: Any) -> bool:
    return bool(way.request.method == "POST")


@pytest.mark.browser
def test_what_is_typed_while_the_line_is_cut_is_saved_when_it_is_back(
    committed_cast: Cast, browser_page: Any
):
    cast = committed_cast
    open_round_of_minhhoa(cast)
    # A page of its own: the browser complains of each request that failed.
    page = _signed_in(browser_page, cast.reporter_benmau).context.new_page()
    page.goto(PAGE)
    page.context.set_offline(True)
    for key, text in (("labour_days", "40"), ("cases_resolved", "7")):
        number(page, key).fill(text)
        number(page, key).blur()
    page.wait_for_selector("[data-status]:has-text('chưa lưu 2 ô, đang thử lại')")
    assert kept() == {}
    page.context.set_offline(False)
    page.wait_for_selector("[data-status]:has-text('đã lưu')", timeout=40_000)
    assert {key: amount for key, (_, amount, _) in kept().items()} == {
        "labour_days": 40,
        "cases_resolved": 7,
    }
    # Cut off, then the page is loaded again: it is typed as it was, and saved.
    page.context.set_offline(True)
    number(page, "documents_issued").fill("5")
    number(page, "documents_issued").blur()
    page.wait_for_selector("[data-status]:has-text('chưa lưu 1 ô')")
    page.route("**/bieu/", lambda way: way.abort() if is_post(way) else way.continue_())
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert number(page, "documents_issued").input_value() == "5"
    page.unroute("**/bieu/")
    page.wait_for_selector("[data-status]:has-text('đã lưu')", timeout=40_000)
    assert kept()["documents_issued"][1] == 5


def paste(page: Any, key: str, text: str) -> None:
    """What a person does who copied cells of a sheet: the key of the keyboard, in one cell."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    number(page, key).focus()
    page.keyboard.press("Control+V")


@pytest.mark.browser
def test_a_column_of_a_sheet_fills_one_cell_a_row_and_is_taken_back_with_one_press(
    committed_cast: Cast, browser_page: Any, settle: Any
):
    cast = committed_cast
    open_round_of_minhhoa(cast)
    work(cast.recorder_benmau, cast.benmau, kind="trainings_held", number=2, people=70)
    settle()
    page = _signed_in(browser_page, cast.reporter_benmau)
    keys = page.eval_on_selector_all("[data-cell]", "rows => rows.map(row => row.dataset.cell)")
    at = keys.index("cases_resolved")
    number(page, keys[at + 1]).fill("8")
    number(page, keys[at + 1]).blur()
    page.wait_for_selector(f"#o-{keys[at + 1]} [data-told]:has-text('Đã lưu')")
    paste(page, "cases_resolved", "12\r\n86.500.000\r\n\r\n250\r\n")
    page.wait_for_selector("[data-pasted]:has-text('Đã điền')")
    column = [number(page, key).input_value() for key in keys[at : at + 4]]
    assert column == ["12", "86.500.000", "", "250"]
    assert "Đã điền 3 ô" in page.inner_text("[data-pasted]")
    page.wait_for_selector(f"#o-{keys[at + 3]} [data-told]:has-text('Đã lưu')")
    assert [kept()[key][1] for key in (keys[at], keys[at + 1])] == [12, 86_500_000]
    assert keys[at + 2] not in kept()
    page.click("[data-undo]")
    page.wait_for_selector("[data-pasted]:has-text('Đã trả lại số cũ của 3 ô')")
    page.wait_for_selector(f"#o-{keys[at + 3]} [data-told]:has-text('Đã lưu')")
    page.wait_for_selector("[data-status]:has-text('đã lưu')")
    assert {key: row[:2] for key, row in kept().items() if row[0]} == {
        keys[at + 1]: ("reported", 8)
    }
    # A number of the records that was pasted over is the records' again, not one that was typed.
    paste(page, "trainings_held", "3\n71")
    page.wait_for_selector("#o-trainings_held [data-wrong]:has-text('khác số theo hồ sơ')")
    page.keyboard.press("Control+z")
    assert number(page, "trainings_held").input_value() == "2"
    page.wait_for_selector("[data-status]:has-text('đã lưu')")
    assert "trainings_held" not in kept()
    # What does not fit is refused whole.
    for key, text, said in (
        ("cases_resolved", "7\t2\n8\t3", "Vùng dán có 2 cột, biểu chỉ nhận một cột"),
        (keys[-2], "1\n2\n3", "chỉ còn 2 ô nhập"),
    ):
        before = [number(page, each).input_value() for each in keys]
        paste(page, key, text)
        page.wait_for_selector(f"[data-pasted]:has-text('{said}')")
        assert [number(page, each).input_value() for each in keys] == before
    paste(page, "labour_days", "40")  # one number goes in as ever
    assert number(page, "labour_days").input_value() == "40"
    page.wait_for_selector("[data-status]:has-text('đã lưu')")


@pytest.mark.browser
def test_the_form_works_without_a_script(committed_cast: Cast, browser_page: Any):
    cast = committed_cast
    open_round_of_minhhoa(cast)
    page = _signed_in(browser_page, cast.reporter_benmau, script=False)
    number(page, "labour_days").fill("40")
    page.click("#muc-contributions button:has-text('Lưu mục này')")
    page.wait_for_selector("text=Đã lưu 1 ô")
    number(page, "labour_days").fill("41")
    number(page, "labour_days").press("Enter")
    page.wait_for_selector("#o-labour_days:has-text('nhập lúc')")
    assert number(page, "labour_days").input_value() == "41"
    assert kept()["labour_days"][1] == 41


def test_the_form_of_a_year_says_what_was_taken_from_the_accepted_halves(
    cast: Cast, as_person: Any, settle: Any
) -> None:
    with on_day(dt.date(2026, 12, 21)):
        rounds = rounds_of_2026(cast)
        key, missing = "trainings_held", "documents_issued"
        accepted(cast, rounds[H1], **{key: "5", missing: "2"})
        client, page = as_person(cast.reporter_benmau), f"/office/bao-cao/9A001/{YEAR}/bieu/"
        text = client.get(page).content.decode()
        assert "6 tháng cuối năm 2026 chưa có bản được tiếp nhận." in row_of(text, key)
        assert "Chưa có số" in row_of(text, key)

        accepted(cast, rounds[H2], **{key: "6"})
        work(cast.recorder_benmau, cast.benmau, number=13, people=70)
        settle()
        text = client.get(page).content.decode()
        assert "Cộng từ hai kỳ 6 tháng đã tiếp nhận" in row_of(text, key)
        assert "cộng lại là 11, hồ sơ cả năm có 13." in row_of(text, key)
        assert "bản 6 tháng cuối năm 2026 chưa báo cáo chỉ tiêu này" in row_of(text, missing)
        assert "tiếp nhận" not in row_of(text, "labour_days")
        # The number of the records is another one now: it needs a word, and the cell tells so.
        answer = client.post(page, alone(key, "13"))
        assert answer.status_code == 400 and "hai kỳ 6 tháng" in answer.json()["sentence"]
        answer = client.post(page, alone(key, "13", ly="Ghi bổ sung"))
        assert answer.status_code == 200 and not answer.json()["complaints"]
        text = client.get(page).content.decode()
        assert "Cộng từ" not in row_of(text, key) and "cộng lại là" not in row_of(text, key)
        # Half-years and other units know nothing of it.
        half = client.get(f"/office/bao-cao/9A001/{H2}/bieu/").content.decode()
        assert "hai kỳ 6 tháng" not in half


def row_of(page: str, key: str) -> str:
    """The row of one indicator, as the page has it."""
    return page.partition(f'id="o-{key}"')[2].partition('<tr role="row" id="o-')[0]
