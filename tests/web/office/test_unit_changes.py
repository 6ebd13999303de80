"""A change of the map in the office: the form, the dry run, the act, its receipts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction

from danchu.core.changes.models import MapChange
from danchu.core.contracts import OPERATOR
from danchu.core.ledger.models import Entry
from danchu.core.units.models import UnitState
from danchu.core.units.selectors import child_units, unit_by_id, unit_on
from danchu.core.work.services import assign
from tests.cast import TODAY, gathered
from tests.making import DAY, hold

COMMUNES = "/office/don-vi/9A001/thay-doi/"
MERGE, SPLIT_OFF = f"{COMMUNES}nhap/", f"{COMMUNES}tach/"
BASIS = {
    "on": "10/06/2026",
    "document": "Nghị quyết",
    "number": "01/NQ-HĐND (mẫu)",
    "issued_on": "01/06/2026",
    "issuer": "Hội đồng nhân dân tỉnh Minh Họa",
}


def text_of(answer: Any) -> str:
    return answer.content.decode()


def hidden(page: str) -> dict[str, list[str]]:
    """What the page of a dry run sends back."""
    found: dict[str, list[str]] = {}
    form = page[page.index('name="dau-van"') - 20000 :] if len(page) > 20000 else page
    for field in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form):
        name = re.search(r'name="([^"]+)"', field)
        value = re.search(r'value="([^"]*)"', field)
        if name and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def merging(cast: Any, **more: Any) -> dict[str, Any]:
    given = {
        **BASIS,
        "others": [cast.caumau],
        "into": "new",
        "kind": "xã",
        "name": "xã Hợp Mẫu",
        "code": "9A010",
        "viec": "chay-thu",
    }
    return {**given, **more}


@pytest.fixture
def boss(cast: Any, as_person: Any) -> Any:
    """A browser of the administrator of the installation."""
    return as_person(cast.admin)


def test_a_merger_is_tried_confirmed_once_and_has_its_receipts(
    cast: Any, boss: Any, opened: Any
) -> None:
    home = text_of(boss.get("/office/don-vi/9A001/"))
    assert f'href="{COMMUNES}"' in home
    assert f'href="{MERGE}"' in text_of(boss.get(COMMUNES))
    assert "phường Cầu Mẫu (9A002)" in text_of(boss.get(MERGE))
    before = (UnitState.objects.count(), Entry.objects.count())
    answer = boss.post(MERGE, merging(cast))
    page = text_of(answer)
    assert answer.status_code == 200
    for words in (
        "Chưa có gì được ghi",
        "Người dùng và vai trò",
        "Việc đang làm",
        "Đợt báo cáo",
        "hạn 16/06/2026 không đổi",
        "Nghị quyết số 01/NQ-HĐND (mẫu) ngày 01/06/2026 của Hội đồng nhân dân tỉnh Minh Họa",
        cast.recorder_benmau.name,
        "khoản 8 Điều 74 Hiến pháp",
        "Đã đối chiếu, thực hiện sắp xếp",
    ):
        assert words in page, words
    assert (UnitState.objects.count(), Entry.objects.count()) == before
    sent = hidden(page)
    done = boss.post(MERGE, {**sent, "viec": "thuc-hien"})
    made = MapChange.objects.get()
    address = f"/office/sap-xep/{made.public_id}/"
    assert done.status_code == 302 and done["Location"] == address
    result = text_of(boss.get(address))
    for words in ("xã Hợp Mẫu", "Biên nhận", "hạn 16/06/2026 không đổi", cast.admin.name):
        assert words in result, words
    assert Entry.objects.filter(code="map.changed").count() == 1
    # Sent twice: nothing happens twice, and the person is led to what was done.
    again = boss.post(MERGE, {**sent, "viec": "thuc-hien"})
    assert (again.status_code, again["Location"]) == (302, address)
    assert MapChange.objects.count() == 1
    # Both former units and the new one list it.
    for code in ("9A001", "9A002", "9A010"):
        assert address in text_of(boss.get(f"/office/don-vi/{code}/thay-doi/")), code


def test_what_changed_meanwhile_is_refused_with_the_new_dry_run(cast: Any, boss: Any) -> None:
    sent = hidden(text_of(boss.post(MERGE, merging(cast))))
    assign(
        key="test:new",
        unit_id=cast.benmau,
        kind="test",
        title="Việc mẫu",
        starts_on=DAY,
        due_on=TODAY,
    )
    answer = boss.post(MERGE, {**sent, "viec": "thuc-hien"})
    page = text_of(answer)
    assert answer.status_code == 409 and "chưa có gì được ghi" in page
    assert not MapChange.objects.exists()
    fresh = hidden(page)
    assert fresh["dau-van"] != sent["dau-van"]
    assert boss.post(MERGE, {**fresh, "viec": "thuc-hien"}).status_code == 302
    assert MapChange.objects.count() == 1


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    cast: Any, boss: Any
) -> None:
    wrong = merging(cast, others=[], name="Hợp Mẫu", issued_on="11/06/2026", issuer="")
    answer = boss.post(MERGE, wrong)
    page = text_of(answer)
    assert answer.status_code == 400
    for words in (
        "Chọn “Nhập với”.",
        "Ghi cả loại ở đầu tên: xã Hợp Mẫu.",
        "Ngày ban hành sau ngày có hiệu lực.",
        "Điền “Cơ quan ban hành”.",
        'value="01/NQ-HĐND (mẫu)"',
        'value="Hợp Mẫu"',
    ):
        assert words in page, words
    taken = text_of(boss.post(MERGE, merging(cast, code="9B001")))
    assert "Mã 9B001 đang thuộc" in taken and 'value="9B001"' in taken
    ahead = text_of(boss.post(MERGE, merging(cast, on="01/07/2026")))
    assert "Trước ngày 01/07/2026 chỉ chạy thử được" in ahead and 'value="thuc-hien"' not in ahead
    back = text_of(boss.post(MERGE, merging(cast, viec="sua")))
    assert 'value="xã Hợp Mẫu"' in back and "govuk-error" not in back
    for bad in ("/office/don-vi/9A001/thay-doi/khac/", "/office/don-vi/9ZZ/thay-doi/nhap/"):
        assert boss.get(bad).status_code == 404, bad
    assert boss.get(f"{MERGE}?la=1").status_code == 400
    assert not MapChange.objects.exists()


def test_a_part_leaves_with_the_villages_that_were_named(cast: Any, boss: Any) -> None:
    page = text_of(boss.get(SPLIT_OFF))
    assert f'name="goes_{cast.maulai}"' in page and "Phần 1: xã Bến Mẫu" in page
    below = {child.id for child in child_units(cast.benmau, TODAY)}
    sent = {
        **BASIS,
        "so-phan": "2",
        "name_1": "xã Tách Mẫu",
        "kind_1": "xã",
        "code_1": "9A011",
        "share_0": "3/5",
        "share_1": "40%",
        **{f"goes_{unit}": "0" for unit in below},
        f"goes_{cast.maulai}": "1",
    }
    committee = {"goes_" + str(cast.committee_of_benmau): "0"}
    more = text_of(boss.post(SPLIT_OFF, {**sent, **committee, "viec": "them"}))
    assert 'name="name_2"' in more and 'value="xã Tách Mẫu"' in more
    dry = boss.post(SPLIT_OFF, {**sent, **committee, "viec": "chay-thu"})
    assert "thôn Mẫu Lai chuyển về xã Tách Mẫu" in text_of(dry)
    done = boss.post(SPLIT_OFF, {**hidden(text_of(dry)), "viec": "thuc-hien"})
    assert done.status_code == 302, text_of(done)
    new = unit_on("9A011", TODAY).id
    assert unit_by_id(cast.maulai, TODAY).parent_id == new
    assert unit_by_id(cast.maudinh, TODAY).parent_id == cast.benmau
    assert "Tách từ 10/06/2026" in text_of(boss.get(done["Location"]))


def test_names_kinds_places_and_ends_have_their_forms(cast: Any, boss: Any, as_person: Any) -> None:
    def act(address: str, **sent: Any) -> Any:
        dry = boss.post(address, {**BASIS, **sent, "viec": "chay-thu"})
        assert dry.status_code == 200, text_of(dry)
        return boss.post(address, {**hidden(text_of(dry)), "viec": "thuc-hien"})

    same = boss.post(
        f"{COMMUNES}doi-ten/", {**BASIS, "kind": "xã", "name": "xã Bến Mẫu", "viec": "chay-thu"}
    )
    assert same.status_code == 400 and "Tên và loại vẫn như cũ" in text_of(same)
    ward = {"kind": "phường", "name": "phường Bến Mẫu"}
    assert act(f"{COMMUNES}doi-ten/", **ward).status_code == 302
    assert unit_by_id(cast.benmau, TODAY).kind == "phường"
    village = "/office/don-vi/9A001.01/thay-doi/"
    assert act(f"{village}chuyen/", parent_id=cast.caumau).status_code == 302
    assert unit_by_id(cast.maulai, TODAY).parent_id == cast.caumau
    other = "/office/don-vi/9A001.02/thay-doi/giai-the/"
    assert act(other).status_code == 302
    assert unit_by_id(cast.maudinh, DAY).valid_to is not None
    # Dissolved in two: what stood below must be sent somewhere.
    lost = {
        **BASIS,
        "so-phan": "2",
        **{f"{name}_{n}": value for n in (0, 1) for name, value in
           (("name", f"xã Chia {n}"), ("kind", "xã"), ("code", f"9A02{n}"))},
        "viec": "chay-thu",
    }  # fmt: skip
    answer = text_of(boss.post("/office/don-vi/9A002/thay-doi/chia/", lost))
    assert "Chọn “Thôn Mẫu Lai”." in answer


def test_only_who_may_change_sees_the_forms_and_only_readers_see_the_receipts(
    cast: Any, boss: Any, as_person: Any
) -> None:
    for person in (cast.admin_benmau, cast.leader_minhhoa, cast.recorder_benmau, cast.outsider):
        client = as_person(person)
        assert client.get(COMMUNES).status_code == 404
        assert client.get(MERGE).status_code in (403, 404)
        assert client.post(MERGE, merging(cast)).status_code in (403, 404)
        assert COMMUNES not in text_of(client.get("/office/don-vi/9A001/"))
    # The administrator of a commune: its villages, not the commune itself.
    admin = as_person(cast.admin_benmau)
    villages = "/office/don-vi/9A001.01/thay-doi/nhap/"
    sent = {
        **BASIS,
        "others": [cast.maudinh],
        "into": "this",
        "viec": "chay-thu",
    }
    dry = admin.post(villages, sent)
    assert "thôn Mẫu Lai" in text_of(dry)
    done = admin.post(villages, {**hidden(text_of(dry)), "viec": "thuc-hien"})
    assert done.status_code == 302
    address = done["Location"]
    for person, status in (
        (gathered().recorder_benmau, 200),
        (gathered().recorder_caumau, 404),
        (cast.outsider, 404),
    ):
        assert as_person(person).get(address).status_code == status
    assert admin.get("/office/don-vi/9A002.01/thay-doi/").status_code == 404
    admin.logout()
    assert admin.get(address).status_code == 302


def test_a_province_of_the_official_map_is_not_changed_here(
    cast: Any, as_person: Any, boss: Any
) -> None:
    assert boss.get("/office/don-vi/9A/thay-doi/").status_code == 404
    assert OPERATOR.may("units.change", None)


def test_a_mistake_is_taken_back_on_the_page_of_its_receipts(
    cast: Any, boss: Any, as_person: Any, opened: Any
) -> None:
    sent = hidden(text_of(boss.post(MERGE, merging(cast))))
    address = boss.post(MERGE, {**sent, "viec": "thuc-hien"})["Location"]
    reader = as_person(cast.recorder_benmau)
    page = text_of(boss.get(address))
    assert 'id="rut-lai"' in page and 'name="reason"' in page
    assert 'id="rut-lai"' not in text_of(reader.get(address))
    assert reader.post(address, {"reason": "Nhập nhầm"}).status_code == 403
    nothing = boss.post(address, {"reason": ""})
    assert nothing.status_code == 400 and "Lý do rút lại" in text_of(nothing)
    assert MapChange.objects.get().withdrawn_at is None
    # Something was written there: the page says what, and offers nothing.
    with transaction.atomic():
        hold(cast.recorder_benmau, unit_on("9A010", TODAY).id, on=TODAY)
        page = text_of(boss.get(address))
        assert "đã ghi 1 nội dung" in page and 'name="reason"' not in page
        late = boss.post(address, {"reason": "Nhập nhầm xã"})
        assert late.status_code == 409 and "đã ghi 1 nội dung" in text_of(late)
        assert "has written down 1 records" in text_of(boss.get(f"/en{address}"))
        transaction.set_rollback(True)
    assert boss.post(address, {"reason": "Nhập nhầm xã"})["Location"] == address
    page = text_of(boss.get(address))
    for words in (
        "đã được rút lại lúc",
        "Nhập nhầm xã",
        "Xã Hợp Mẫu (9A010)",
        "Biên nhận rút lại",
        "trả lại",
        "xã Bến Mẫu còn trên bản đồ như trước",
        "Biên nhận: từng thứ",
    ):
        assert words in page, words
    assert 'name="reason"' not in page
    assert "đã rút lại" in text_of(boss.get("/office/don-vi/9A001/thay-doi/"))
    # The same dry run is a new one now, not what was done and taken back.
    sent = hidden(text_of(boss.post(MERGE, merging(cast))))
    again = boss.post(MERGE, {**sent, "viec": "thuc-hien"})["Location"]
    assert again != address and MapChange.objects.count() == 2
