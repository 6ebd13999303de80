"""The page of a unit: what it shows, where its addresses lead, what it never says."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.reception.services import ScheduleInput, add_schedule_line
from danchu.core.contracts import OPERATOR
from tests.web.portal.conftest import hold_dialogue, write_contact

BEN_MAU = "/dia-phuong/9A101-xa-ben-mau/"


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_it_shows_how_to_reach_the_unit_and_when_it_receives(client, places):
    write_contact(
        places.new,
        address="Phố Mẫu Lương",
        telephone="0200 000 0147",
        hours="7 giờ 30 đến 17 giờ",
        counter_note="Đơn khiếu nại có chữ ký thì nộp tại trụ sở.",
    )
    add_schedule_line(
        actor=OPERATOR,
        unit_id=places.new.pk,
        content=ScheduleInput(
            "Chủ tịch UBND xã", "Nguyễn Văn Mẫu", 3, (1, 3), dt.time(8), dt.time(11, 30), "Trụ sở"
        ),
    )
    page = text_of(client, BEN_MAU)
    for words in (
        "Phố Mẫu Lương",
        "0200 000 0147",
        "Đơn khiếu nại có chữ ký thì nộp tại trụ sở.",
        "Chủ tịch UBND xã",
        "Nguyễn Văn Mẫu",
        "Thứ Năm tuần 1, 3 hằng tháng",
        "8 giờ đến 11 giờ 30",
        "03/12/2026",
    ):
        assert words in page, words
    assert "Lãnh đạo tiếp công dân gần nhất: thứ Năm, 03/12/2026, Chủ tịch UBND xã." in page


@pytest.mark.parametrize("count", [1, 7])
def test_the_whole_page_takes_twelve_queries_at_most(
    client, places, count, monkeypatch, django_assert_max_num_queries
):
    # A process that has run knows the kind of its installation.
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    write_contact(places.new, address="Phố Mẫu Lương")
    for number in range(count):
        hold_dialogue(places.new, f"Buổi số {number}", day=dt.date(2026, 2, 1 + number))
        add_schedule_line(
            actor=OPERATOR,
            unit_id=places.new.pk,
            content=ScheduleInput(
                "Chủ tịch UBND xã", "", number % 5, (), dt.time(8), dt.time(11), "Trụ sở"
            ),
        )
    client.get("/")  # and the dictionary
    for address in (BEN_MAU, "/dia-phuong/9A-tinh-minh-hoa/"):
        with django_assert_max_num_queries(12):
            page = text_of(client, address)
        assert ("Phố Mẫu Lương" in page) is (address == BEN_MAU)


def test_it_shows_published_dialogues_and_no_others(client, places):
    hold_dialogue(places.new, "Đối thoại về nước sạch")
    hold_dialogue(places.new, "Họp nội bộ chưa công bố", publish=False)
    hold_dialogue(places.other, "Đối thoại của phường bên")
    page = text_of(client, BEN_MAU)
    assert "Đối thoại về nước sạch" in page
    assert "Họp nội bộ" not in page
    assert "phường bên" not in page
    assert "1/2 ý kiến" in page
    assert "2 ý kiến, đã trả lời 1" in page


def test_a_unit_nobody_writes_about_is_shown_without_a_judgement(client, places):
    page = text_of(client, "/dia-phuong/9A102-phuong-cau-mau/")
    assert "Đơn vị này chưa dùng trang này" in page
    assert "Chưa có buổi đối thoại" not in page
    assert "Luật yêu cầu" not in page
    write_contact(places.other, telephone="0200 000 0100")
    page = text_of(client, "/dia-phuong/9A102-phuong-cau-mau/")
    assert "Chưa có buổi đối thoại nào công bố kết quả" in page


def test_it_tells_what_the_unit_was_made_of_and_what_lies_below(client, places):
    page = text_of(client, BEN_MAU)
    assert "Xã Mẫu Giữa" in page
    assert "/dia-phuong/9A001-xa-mau-giua/den-2025-06-30/" in page
    assert "Nghị quyết minh họa số 01" in page
    province = text_of(client, "/dia-phuong/9A-tinh-minh-hoa/")
    assert BEN_MAU in province
    assert "9A001" not in province  # ended communes are not below it today


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client, places):
    for wrong in (
        "/dia-phuong/9A101-xa-khac/",
        "/dia-phuong/9a101-xa-ben-mau/",
        "/dia-phuong/9A101-/",
    ):
        answer = client.get(wrong)
        assert (answer.status_code, answer["Location"]) == (301, BEN_MAU), wrong
    assert client.get("/dia-phuong/9A101/")["Location"] == BEN_MAU
    assert client.get("/en/dia-phuong/9A101-x/")["Location"] == "/en" + BEN_MAU
    assert client.get("/dia-phuong/9A101-sai/so-lieu/")["Location"] == BEN_MAU + "so-lieu/"


def test_a_unit_that_ended_keeps_its_page_and_says_what_became_of_it(client, places):
    address = "/dia-phuong/9A001-xa-mau-giua/den-2025-06-30/"
    page = text_of(client, address)
    assert "Đến hết ngày 30/06/2025" in page
    assert "Từ ngày 01/07/2025 nay là xã Bến Mẫu." in page
    assert BEN_MAU in page
    assert "Khi đó thuộc" in page and "huyện Mẫu Cũ" in page
    assert client.get("/dia-phuong/9A001-xa-mau-giua/")["Location"] == address
    assert client.get("/dia-phuong/9A001-sai-ten/den-2025-06-30/")["Location"] == address
    assert client.get("/dia-phuong/9A001-xa-mau-giua/den-2025-06-01/")["Location"] == address


def test_the_address_of_an_end_that_never_came_leads_to_today(client, places):
    answer = client.get("/dia-phuong/9A101-xa-ben-mau/den-2026-01-01/")
    assert (answer.status_code, answer["Location"]) == (301, BEN_MAU)


@pytest.mark.parametrize(
    "address",
    [
        "/dia-phuong/00000-khong-co/",
        "/dia-phuong/00000/",
        "/dia-phuong/9A001-xa-mau-giua/den-2025-02-31/",
        "/dia-phuong/9A101-xa-ben-mau/den-2020-01-01/",
        "/dia-phuong/..-x/",
    ],
)
def test_what_never_was_is_a_404(client, places, address):
    assert client.get(address).status_code == 404


def test_a_registered_unit_has_a_page_only_when_something_public_hangs_on_it(client, places):
    from danchu.core.units.services import register_unit

    school = register_unit(
        actor=OPERATOR,
        level="agency",
        short_code="THCS",
        name="Trường THCS Bến Mẫu",
        kind="cơ quan",
        parent_id=places.new.pk,
        valid_from=dt.date(2025, 7, 1),
    )
    code = school.states.get().code
    address = f"/dia-phuong/{code}-truong-thcs-ben-mau/"
    assert client.get(address).status_code == 404
    assert "THCS" not in text_of(client, BEN_MAU)
    write_contact(school, telephone="0200 000 0111")
    assert "0200 000 0111" in text_of(client, address)


def test_unknown_parameters_are_a_400(client, places):
    assert client.get(BEN_MAU + "?sort=name").status_code == 400


def test_english_says_the_same(client, places):
    write_contact(places.new, address="Phố Mẫu Lương")
    page = text_of(client, "/en" + BEN_MAU)
    assert 'lang="en"' in page
    assert "Phố Mẫu Lương" in page
    assert f'href="{BEN_MAU}"' in page  # the way back to Vietnamese
    assert "/en/dia-phuong/9A-tinh-minh-hoa/" in page


def test_days_of_one_person_stand_together_and_leaders_first(client, places):
    for weekday in (0, 1, 4):
        add_schedule_line(
            actor=OPERATOR,
            unit_id=places.new.pk,
            content=ScheduleInput(
                "Công chức tiếp công dân", "", weekday, (), dt.time(8), dt.time(11), "Trụ sở"
            ),
        )
    add_schedule_line(
        actor=OPERATOR,
        unit_id=places.new.pk,
        content=ScheduleInput(
            "Bí thư Đảng ủy xã", "Lê Mẫu Thành", 1, (4,), dt.time(8), dt.time(11), "Trụ sở"
        ),
    )
    page = text_of(client, BEN_MAU)
    assert "Thứ Hai, thứ Ba, thứ Sáu hằng tuần" in page
    assert page.count("Công chức tiếp công dân") == 1
    assert page.index("Lê Mẫu Thành") < page.index("Công chức tiếp công dân")
    assert "Lãnh đạo tiếp công dân gần nhất: thứ Ba, 24/11/2026" not in page  # a holiday
    assert "Lãnh đạo tiếp công dân gần nhất: thứ Ba, 22/12/2026, Bí thư Đảng ủy xã." in page
    assert page.count("Không tiếp ngày 24/11/2026, nghỉ lễ, tết: ") == 1
    english = text_of(client, "/en" + BEN_MAU)
    assert "Every Monday, Tuesday, Friday" in english
    for weekday in (2, 3):
        add_schedule_line(
            actor=OPERATOR,
            unit_id=places.new.pk,
            content=ScheduleInput(
                "Công chức tiếp công dân", "", weekday, (), dt.time(8), dt.time(11), "Trụ sở"
            ),
        )
    assert "Thứ Hai đến thứ Sáu hằng tuần" in text_of(client, BEN_MAU)
    assert "Every Monday to Friday" in text_of(client, "/en" + BEN_MAU)


def test_notices_of_a_unit_that_ended_stay_on_its_page_and_are_found(client, places):
    from tests.civic.disclosure.made import publish

    made = publish(
        OPERATOR, places.old.pk, on=dt.date(2025, 3, 12), decided_on=dt.date(2025, 3, 10)
    )
    address = f"/dia-phuong/9A001-xa-mau-giua/cong-khai/{made.record.public_id}/"
    assert address in text_of(client, "/tim/?q=du+toan")
    assert address in text_of(client, "/dia-phuong/9A001-xa-mau-giua/den-2025-06-30/")
    assert "Xã Mẫu Giữa" in text_of(client, address)


@pytest.mark.parametrize(
    "part",
    [
        "", "cong-khai/", "cong-khai/nguon.atom", "cong-khai/lich.ics", "bao-cao/", "so-lieu/",
        "doi-thoai/",
    ],
)  # fmt: skip
def test_a_unit_of_which_nothing_is_public_is_named_by_no_address(cast, client, part):
    """A private workplace answers as a code does that nobody ever held."""
    hidden, nobody = "9A001.MAY", "9A001.XXX"
    for address in ("/dia-phuong/{}/", "/dia-phuong/{}-x/", "/en/dia-phuong/{}-x/"):
        if "-x" not in address and part.startswith("cong-khai/") and part != "cong-khai/":
            continue
        answers = [client.get(address.format(code) + part) for code in (hidden, nobody)]
        assert [answer.status_code for answer in answers] == [404, 404], address + part
        pages = [
            answer.content.decode().replace(code, "").replace(code.lower(), "")
            for answer, code in zip(answers, (hidden, nobody), strict=True)
        ]
        assert pages[0] == pages[1]
        assert "Location" not in answers[0]
    ended = client.get(f"/dia-phuong/{hidden}-x/den-2020-01-01/").content.decode()
    assert (
        ended.replace(hidden, nobody)
        == client.get(f"/dia-phuong/{nobody}-x/den-2020-01-01/").content.decode()
    )
