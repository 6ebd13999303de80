"""A unit on a day, and what its own people keep up to date."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.otherwork.services import OtherWorkInput, record_other_work
from danchu.civic.reception.models import ScheduleLine
from danchu.core.contracts import OPERATOR
from danchu.core.units.models import Contact, UnitState
from danchu.core.units.services import register_demo_unit, rename_unit
from tests.cast import LAST_OLD_DAY, TODAY
from tests.reporting.folding import open_round_of_minhhoa

UNIT = "/office/don-vi/9A001/"
OWN = "/office/don-vi/"
CONTACT = "/office/don-vi/lien-he/"
SCHEDULE = "/office/don-vi/lich-tiep/"
REGISTER = "/office/don-vi/dang-ky-moi/"
LAI = "/office/don-vi/9A001.01/"


def text_of(response) -> str:
    return response.content.decode()


# --- a unit on a day ----------------------------------------------------------------------------


def test_a_code_that_was_given_twice_shows_the_unit_of_the_day(cast, as_person):
    client = as_person(cast.reporter_benmau)
    now = text_of(client.get(UNIT))
    assert "Đơn vị như hiện nay, từ ngày 01/07/2025." in now
    assert '<a href="/office/don-vi/9A/">Tỉnh Minh Họa</a>' in now
    assert f'<a href="{UNIT}?ngay=2025-06-30">Xã Bến Mẫu</a>, huyện Mẫu Đông' in now
    then = text_of(client.get(UNIT, {"ngay": "2019-06-30"}))
    assert "Đơn vị kết thúc ngày 30/06/2025." in then
    assert '<a href="/office/don-vi/9A1/?ngay=2019-06-30">Huyện Mẫu Đông</a>' in then
    assert f'Nay thuộc: <a href="{UNIT}">xã Bến Mẫu</a>.' in then
    assert client.get("/office/don-vi/9a001/").status_code == 200


def test_what_it_was_made_of_and_what_it_became_carry_part_and_share(cast, as_person):
    client = as_person(cast.viewer_benmau)
    made_of = text_of(client.get(UNIT))
    assert "Hình thành từ" in made_of
    assert "2/5 đơn vị, từ 01/07/2025" in made_of
    assert "một phần, không rõ tỷ lệ, từ 01/07/2025" in made_of
    assert "toàn bộ, từ 01/07/2025" in made_of
    became = text_of(client.get("/office/don-vi/9A005/"))
    assert "Trở thành" in became
    assert "3/5 đơn vị" in became and "2/5 đơn vị" in became


def test_a_later_change_of_kind_is_not_told_for_the_day_of_an_earlier_one(cast, as_person):
    """Minh Họa became a city in 2026; what Bến Mẫu was on 1 July 2025 lay in a tỉnh."""
    rename_unit(
        actor=OPERATOR,
        unit_id=cast.minhhoa,
        name="thành phố Minh Họa",
        kind="thành phố",
        on=dt.date(2026, 5, 1),
        basis="Nghị quyết minh họa",
    )
    became = text_of(as_person(cast.viewer_benmau).get(f"{UNIT}?ngay=2025-06-30"))
    assert "Xã Bến Mẫu</a>, tỉnh Minh Họa (nay thuộc thành phố Minh Họa)" in became
    assert "thành phố Minh Họa" not in became.replace("(nay thuộc thành phố Minh Họa)", "")


def test_an_ended_unit_is_shown_on_its_last_day_and_an_unknown_one_is_not(cast, as_person):
    client = as_person(cast.village_head)
    ended = text_of(client.get("/office/don-vi/9A1/"))
    assert "Đơn vị kết thúc ngày 30/06/2025." in ended
    assert "Đơn vị trực thuộc vào ngày 30/06/2025" in ended
    assert 'href="/office/don-vi/9A003/?ngay=2025-06-30"' in ended
    for address in (
        "/office/don-vi/9Z9/",
        "/office/don-vi/9A1/?ngay=2026-01-01",
        "/office/don-vi/9A003/?ngay=2026-01-01",
    ):
        assert client.get(address).status_code == 404, address
    for address in (f"{UNIT}?ngay=2026-13-01", f"{UNIT}?ngay=hôm+nay", f"{UNIT}?trang=2"):
        assert client.get(address).status_code == 400, address
    client.logout()
    assert client.get(UNIT).status_code == 302


@pytest.fixture
def counted(cast, settle):
    """A training that Bến Mẫu wrote down, folded into its figures."""
    record_other_work(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=TODAY,
        content=OtherWorkInput("trainings_held", 1, 40),
    )
    from danchu.reporting.figures.services import open_period

    open_period("2026H1")
    settle()


def test_periods_with_values_lead_to_report_and_figures_for_who_may_see_them(
    counted, cast, as_person
):
    seen = text_of(as_person(cast.viewer_benmau).get(UNIT))
    assert 'href="/office/bao-cao/9A001/2026H1/"' in seen
    assert 'href="/office/so-lieu/9A001/2026H1/"' in seen
    assert as_person(cast.viewer_benmau).get("/office/bao-cao/9A001/2026H1/").status_code == 200
    for person in (cast.recorder_caumau, cast.village_head, cast.workplace_officer):
        other = text_of(as_person(person).get(UNIT))
        assert "/office/bao-cao/9A001/" not in other
        assert "Chưa có kỳ nào có số liệu được xem." in other


def test_any_period_is_opened_under_the_code_of_its_last_day(cast, as_person):
    client = as_person(cast.committee_minhhoa)
    opened = client.get(UNIT, {"ky": "2026H1"})
    assert (opened.status_code, opened.url) == (302, "/office/bao-cao/9A001/2026H1/")
    old = client.get(UNIT, {"ngay": "2025-06-30", "ky": "2019H1"})
    assert (old.status_code, old.url) == (302, "/office/bao-cao/9A001/2019H1/")
    assert client.get("/office/don-vi/9A1/", {"ky": "nd09:2020H1"}).url.endswith("/nd09:2020H1/")
    for typed, said in (
        ("2019H1", "Xã Bến Mẫu không có vào ngày cuối của kỳ, 30/06/2019."),
        ("sáu tháng", "sáu tháng"),
        ("", "Chọn “Mở báo cáo của kỳ khác”."),
    ):
        refused = client.get(UNIT, {"ky": typed})
        assert refused.status_code == 400, typed
        assert said in text_of(refused)
    assert "Mở báo cáo của kỳ khác" not in text_of(as_person(cast.recorder_caumau).get(UNIT))


def test_periods_of_rounds_and_records_are_offered_before_all_others(cast, as_person, settle):
    open_round_of_minhhoa(cast)
    client = as_person(cast.committee_minhhoa)
    page = client.get(UNIT).content.decode()
    first, _fold, rest = page.partition('<details class="alt mt-2">')
    offered = {code: f'value="{code}"' for code in ("nd09:2026H1", "2026", "2019H1", "2025Q3")}
    assert all(
        offered[code] in first and offered[code] not in rest for code in ("nd09:2026H1", "2026")
    )
    assert all(
        offered[code] in rest and offered[code] not in first for code in ("2019H1", "2025Q3")
    )
    # A period refused stands where it was chosen, opened.
    refused = client.get(UNIT, {"ky": "2019H1"}).content.decode()
    assert '<details class="alt mt-2" open>' in refused
    assert 'value="2019H1" selected' in refused.partition('<details class="alt mt-2" open>')[2]


def test_a_unit_renamed_or_renumbered_tells_its_whole_story(cast, as_person):
    first = register_demo_unit(
        actor=OPERATOR,
        level="commune",
        code="9A801",
        name="xã Mẫu Sang",
        kind="xã",
        parent_id=cast.minhhoa,
        valid_from=dt.date(2025, 7, 1),
        valid_to=dt.date(2025, 12, 31),
    )
    register_demo_unit(
        actor=OPERATOR,
        level="commune",
        code="9A802",
        name="phường Mẫu Sang",
        kind="phường",
        parent_id=cast.minhhoa,
        valid_from=dt.date(2026, 1, 1),
        continues=first.pk,
    )
    page = text_of(as_person(cast.viewer_benmau).get("/office/don-vi/9A802/"))
    assert "Mã 9A802 qua thời gian" in page
    assert "mã 9A801, từ 01/07/2025 đến hết 31/12/2025" in page
    before = as_person(cast.viewer_benmau).get("/office/don-vi/9A801/")
    assert before.status_code == 200 and "Xã Mẫu Sang" in text_of(before)


def test_more_than_sixty_units_below_are_folded_away(cast, as_person):
    client = as_person(cast.viewer)
    assert "<summary>Cấp xã" not in text_of(client.get("/office/don-vi/9A/"))
    for n in range(60):
        register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=f"9A7{n:02d}",
            name=f"xã Mẫu Số {n}",
            kind="xã",
            parent_id=cast.minhhoa,
            valid_from=dt.date(2025, 7, 1),
        )
    page = text_of(client.get("/office/don-vi/9A/"))
    assert "<summary>Cấp xã: 62</summary>" in page
    assert "Xã Mẫu Số 59" in page


def test_the_queries_of_a_unit_do_not_grow_with_what_stands_below(
    cast, as_person, django_assert_max_num_queries
):
    client = as_person(cast.committee_minhhoa)
    # One without figures of its own asks for those of the units it was made of.
    for code in ("9A", "9A001", "9A1", "9A005"):
        with django_assert_max_num_queries(40):
            assert client.get(f"/office/don-vi/{code}/").status_code == 200


# --- what the unit's own people keep up to date -------------------------------------------------


def test_the_own_page_shows_what_the_person_may_keep(cast, as_person):
    whole = text_of(as_person(cast.admin_benmau).get(OWN))
    assert "Sửa liên hệ" in whole and "Xem và sửa lịch" in whole and "Đăng ký đơn vị" in whole
    assert 'href="/office/don-vi/9A001.01/doi-ten/"' in whole
    assert 'href="/office/nguoi-dung/?don-vi=9A001.01"' in whole
    some = text_of(as_person(cast.leader_benmau).get(OWN))
    assert "Sửa liên hệ" in some
    assert "doi-ten" not in some and "Đăng ký đơn vị" not in some and "nguoi-dung/?" not in some
    for person in (cast.recorder_benmau, cast.viewer_benmau, cast.outsider):
        assert as_person(person).get(OWN).status_code == 403


def test_own_pages_take_twelve_queries_at_most(cast, as_person, django_assert_max_num_queries):
    for n in range(20):
        _line(cast, n % 5)
    for client, code in (
        (as_person(cast.admin_benmau), ""),
        (as_person(cast.admin), "9A001"),
        (as_person(cast.admin_benmau), "9A001.01"),
    ):
        for address in (OWN, SCHEDULE):
            with django_assert_max_num_queries(12):
                assert client.get(address, {"don-vi": code}).status_code == 200


def _line(cast, weekday):
    from danchu.civic.reception.services import ScheduleInput, add_schedule_line

    return add_schedule_line(
        actor=OPERATOR,
        unit_id=cast.benmau,
        content=ScheduleInput(
            "Phó Chủ tịch", "", weekday, (), dt.time(8), dt.time(11), "Phòng tiếp công dân"
        ),
    )


def test_a_neighbour_a_former_parent_and_a_village_keep_nothing_of_bến_mẫu(cast, as_person):
    pages = (OWN, CONTACT, SCHEDULE, REGISTER)
    for person in (cast.leader_caumau, cast.committee_maunguyen, cast.village_head):
        client = as_person(person)
        for page in pages:
            assert client.get(page, {"don-vi": "9A001"}).status_code in (403, 404), page
            posted = client.post(f"{page}?don-vi=9A001", _contact())
            assert posted.status_code in (403, 404), page
    above = as_person(cast.admin)
    for page in pages:
        assert above.get(page, {"don-vi": "9A001"}).status_code == 200, page
    assert Contact.objects.get(unit_id=cast.benmau).row_version == 1


def _contact(**changes):
    return {
        "address": "Số 9 đường Bến Mẫu",
        "telephone": "0000 111 222",
        "email": "moi@minhhoa.example",
        "hours": "7 giờ đến 17 giờ",
        "counter_note": "Nộp bản gốc.",
        "row_version": "1",
        **changes,
    }


def test_the_contact_is_saved_once_and_a_second_sender_is_told(cast, as_person):
    client = as_person(cast.leader_benmau)
    assert 'value="0000 000 000"' in text_of(client.get(CONTACT))
    saved = client.post(CONTACT, _contact())
    assert saved.url == "/office/don-vi/?don-vi=9A001"
    assert "Đã lưu." in text_of(client.get(saved.url))
    late = as_person(cast.admin_benmau).post(CONTACT, _contact(telephone="0000 333 444"))
    assert late.status_code == 400
    assert "đã được người khác sửa" in text_of(late)
    assert 'value="0000 333 444"' in text_of(late), "what was typed stays"
    assert "Mở lại bản mới" in text_of(late)
    row = Contact.objects.get(unit_id=cast.benmau)
    assert (row.telephone, row.row_version) == ("0000 111 222", 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "không phải thư"},
        {"address": "x" * 301},
        {"counter_note": "x" * 4001},
        {"row_version": "-1"},
        {"row_version": "chữ"},
        {"row_version": ""},
    ],
)
def test_a_contact_that_cannot_be_is_refused_beside_its_field(cast, as_person, changes):
    refused = as_person(cast.leader_benmau).post(CONTACT, _contact(**changes))
    assert refused.status_code == 400
    assert "chỗ cần sửa" in text_of(refused)
    assert Contact.objects.get(unit_id=cast.benmau).telephone == "0000 000 000"


def _schedule(**changes):
    return {
        "leader_post": "Phó Chủ tịch UBND xã",
        "leader_name": "",
        "weekday": "4",
        "weeks": ["2", "4"],
        "starts_at": "7h30",
        "ends_at": "11 giờ",
        "place": "Nhà văn hóa thôn Mẫu Lai",
        **changes,
    }


def test_a_line_of_the_schedule_is_added_and_taken_off(cast, as_person):
    client = as_person(cast.leader_benmau)
    had = ScheduleLine.objects.filter(unit_id=cast.benmau).count()
    assert client.post(SCHEDULE, _schedule()).status_code == 302
    line = ScheduleLine.objects.latest("pk")
    assert (line.unit_id, line.weekday, line.weeks) == (cast.benmau, 4, "2,4")
    assert (line.starts_at, line.ends_at) == (dt.time(7, 30), dt.time(11))
    shown = text_of(client.get(SCHEDULE))
    assert "Thứ Sáu tuần 2, 4 hằng tháng" in shown and "7 giờ 30 đến 11 giờ" in shown
    off = f"/office/don-vi/lich-tiep/{line.pk}/bo/"
    for person in (cast.leader_caumau, cast.committee_maunguyen):
        assert as_person(person).post(off).status_code == 403
    assert client.get(off).status_code == 302
    line.refresh_from_db()
    assert line.valid_to is None, "opening the address takes nothing off"
    assert client.post(off).status_code == 302
    assert "Thứ Sáu tuần 2, 4 hằng tháng" not in text_of(client.get(SCHEDULE))
    assert client.post(off).status_code == 404
    assert ScheduleLine.objects.filter(unit_id=cast.benmau).count() == had + 1, "nothing deleted"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"starts_at": "sáng"}, "Ghi giờ và phút, ví dụ 7 giờ 30 hoặc 07:30."),
        ({"starts_at": "25:00"}, "Ghi giờ và phút"),
        ({"ends_at": "7:00"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"weekday": "9"}, "9"),
        ({"weeks": ["7"]}, "7"),
        ({"leader_post": ""}, "Điền “Người tiếp (chức vụ)”."),
        ({"place": "x" * 201}, "200"),
    ],
)
def test_a_line_that_cannot_be_is_refused(cast, as_person, changes, said):
    refused = as_person(cast.leader_benmau).post(SCHEDULE, _schedule(**changes))
    assert refused.status_code == 400
    assert said in text_of(refused)
    assert not ScheduleLine.objects.filter(leader_post="Phó Chủ tịch UBND xã").exists()


def _village(**changes):
    return {
        "kind": "village:thôn",
        "name": "thôn Mẫu Mới",
        "short_code": "m6",
        "valid_from": "01/07/2025",
        "basis": "",
        **changes,
    }


def test_a_village_is_registered_renamed_and_ended(cast, as_person):
    client = as_person(cast.admin_benmau)
    assert "9A001.MÃNGẮN" in text_of(client.get(REGISTER))
    made = client.post(REGISTER, _village())
    assert made.url == "/office/don-vi/?don-vi=9A001#da-dang-ky"
    state = UnitState.objects.get(code="9A001.M6")
    assert (state.name, state.kind, state.unit.level) == ("thôn Mẫu Mới", "thôn", "village")
    renamed = client.post(
        "/office/don-vi/9A001.M6/doi-ten/", {"name": "thôn Mẫu Khác", "on": "01/06/2026"}
    )
    assert renamed.status_code == 302
    assert "Thôn Mẫu Khác" in text_of(client.get("/office/don-vi/9A001.M6/"))
    assert "Thôn Mẫu Mới" in text_of(client.get("/office/don-vi/9A001.M6/?ngay=2026-01-01"))
    ended = client.post("/office/don-vi/9A001.M6/ket-thuc/", {"last_day": "10/06/2026"})
    assert ended.status_code == 302
    state = UnitState.objects.get(name="thôn Mẫu Khác")
    assert state.valid_to == TODAY
    again = client.post(REGISTER, _village(name="thôn Mẫu Nữa"))
    assert again.status_code == 400
    assert "Mã 9A001.M6 đã cấp cho một đơn vị khác" in text_of(again)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "Mẫu Mới"}, "Ghi cả loại ở đầu tên: thôn Mẫu Mới."),
        ({"name": ""}, "Điền “Tên đầy đủ”."),
        ({"short_code": "m 6"}, "Mã ngắn chỉ gồm chữ cái không dấu và chữ số"),
        ({"short_code": "01"}, "Mã 9A001.01 đã cấp"),
        ({"kind": "commune:xã"}, "commune"),
        ({"kind": ""}, "Chọn “Loại đơn vị”."),
        ({"valid_from": "30/06/2025"}, "30/06/2025"),
        ({"valid_from": "31/02/2026"}, "Không có ngày"),
    ],
)
def test_what_cannot_be_registered_is_refused_and_stays_in_the_form(cast, as_person, changes, said):
    typed = _village(**changes)
    refused = as_person(cast.admin_benmau).post(REGISTER, typed)
    assert refused.status_code == 400
    assert said in text_of(refused)
    assert f'value="{typed["name"]}"' in text_of(refused) or not typed["name"]
    assert not UnitState.objects.filter(code="9A001.M6").exists()


def test_villages_are_offered_only_below_a_commune(cast, as_person):
    client = as_person(cast.admin)
    assert 'value="village:thôn"' in text_of(client.get(REGISTER, {"don-vi": "9A001"}))
    assert 'value="village:' not in text_of(client.get(REGISTER, {"don-vi": "9A"}))
    posted = client.post(f"{REGISTER}?don-vi=9A", _village())
    assert posted.status_code == 400
    made = client.post(
        f"{REGISTER}?don-vi=9A",
        _village(kind="agency:sở", name="Sở Mẫu tỉnh Minh Họa", short_code="SM"),
    )
    assert made.status_code == 302 and UnitState.objects.get(code="9A.SM").unit.level == "agency"


@pytest.mark.parametrize("page", ["doi-ten/", "ket-thuc/"])
def test_names_and_ends_of_others_and_of_the_official_map_are_not_ours(cast, as_person, page):
    typed = {"name": "thôn Mẫu Chiếm", "on": "01/06/2026", "last_day": "10/06/2026"}
    for person in (cast.recorder_benmau, cast.leader_benmau, cast.village_head, cast.leader_caumau):
        assert as_person(person).get(LAI + page).status_code == 403
        assert as_person(person).post(LAI + page, typed).status_code == 403
    elsewhere = as_person(cast.admin_benmau)
    assert elsewhere.get(f"/office/don-vi/9A002.01/{page}").status_code == 404
    assert elsewhere.post(f"/office/don-vi/9A002.01/{page}", typed).status_code == 404
    assert not UnitState.objects.filter(name="thôn Mẫu Chiếm").exists()
    assert UnitState.objects.get(unit_id=cast.maulai).valid_to is None


def test_an_end_before_the_beginning_and_a_name_of_the_same_day_are_refused(cast, as_person):
    client = as_person(cast.admin_benmau)
    early = client.post(LAI + "ket-thuc/", {"last_day": f"{LAST_OLD_DAY:%d/%m/%Y}"})
    assert early.status_code == 400 and "không thể hết trước đó" in text_of(early)
    same = client.post(LAI + "doi-ten/", {"name": "thôn Mẫu Khác", "on": "01/07/2025"})
    assert same.status_code == 400 and "Chọn ngày sau đó" in text_of(same)
    assert UnitState.objects.filter(unit_id=cast.maulai).count() == 1


def test_someone_who_keeps_another_unit_than_home_is_led_there(cast, as_person):
    from danchu.core.accounts.services import grant_role

    grant_role(
        actor=OPERATOR,
        account_id=cast.village_head.pk,
        role="leader",
        unit_id=cast.caumau,
        valid_from=TODAY,
    )
    page = text_of(as_person(cast.village_head).get(OWN))
    assert "Phường Cầu Mẫu" in page and "Sửa liên hệ" in page


def test_a_unit_links_its_series_and_one_that_ended_does_too(counted, cast, as_person, settle):
    from danchu.core.contracts import OPERATOR
    from danchu.reporting.figures.services import open_period

    record_other_work(
        actor=OPERATOR,
        unit_id=cast.old_dongmau,
        occurred_on=LAST_OLD_DAY,
        content=OtherWorkInput("trainings_held", 2, 60),
    )
    open_period("2025H1")
    settle()
    client = as_person(cast.committee_minhhoa)
    seen = text_of(client.get(UNIT))
    assert 'href="/office/chuoi/9A001/trainings_held/"' in seen
    ended = text_of(client.get("/office/don-vi/9A003/"))
    address = "/office/chuoi/9A003/trainings_held/?ngay=2025-06-30"
    assert f'href="{address}"' in ended
    assert "xã Đồng Mẫu" in text_of(client.get(address))
    stranger = text_of(as_person(cast.recorder_caumau).get(UNIT))
    assert "/office/chuoi/9A001/" not in stranger
