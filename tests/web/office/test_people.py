"""People of a unit: roles, links that work once, lists of staff."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from danchu.core.accounts.models import Account, OneTimeToken, RoleGrant
from danchu.core.accounts.services import add_person, grant_role
from danchu.core.contracts import OPERATOR
from danchu.core.documents import Sheet, SheetColumn, read_xlsx, render_xlsx
from danchu.web.office.people import PER_PAGE
from tests.cast import TODAY

PEOPLE = "/office/nguoi-dung/"
NEW = "/office/nguoi-dung/them/"
LIST = "/office/nguoi-dung/danh-sach/"
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


def text_of(response) -> str:
    return response.content.decode()


def _act(account) -> str:
    return f"/office/nguoi-dung/{account.pk}/viec/?don-vi=9A001"


def _new(**changes):
    return {
        "name": "Lâm Mẫu Kiên",
        "post": "Công chức xã Bến Mẫu",
        "email": "kien@minhhoa.example",
        "role": "recorder",
        "valid_from": "10/06/2026",
        "valid_to": "",
        **changes,
    }


# --- the list -----------------------------------------------------------------------------------


def test_the_list_shows_roles_from_to_and_who_has_not_signed_in(cast, as_person):
    add_person(
        actor=OPERATOR,
        email="cho@minhhoa.example",
        name="Vi Mẫu Chờ",
        unit_id=cast.benmau,
        role="viewer",
        valid_from=TODAY,
        valid_to=dt.date(2026, 12, 31),
    )
    page = text_of(as_person(cast.admin_benmau).get(PEOPLE))
    assert "Nguyễn Mẫu An" in page and "Cán bộ ghi việc: từ 01/01/2020" in page
    assert "Người xem: từ 10/06/2026 đến hết 31/12/2026" in page
    assert page.count("chưa đặt mật khẩu") == 1
    assert "Lý Mẫu Bình" not in page, "a village's head is on the village's list"
    below = text_of(as_person(cast.admin_benmau).get(PEOPLE, {"don-vi": "9A001.01"}))
    assert "Lý Mẫu Bình" in below


def test_only_who_manages_people_there_opens_it(cast, as_person):
    for person in (cast.recorder_benmau, cast.leader_benmau, cast.committee_minhhoa, cast.outsider):
        for address in (PEOPLE, NEW, LIST, LIST + "mau.xlsx", f"{PEOPLE}{cast.leader_benmau.pk}/"):
            assert as_person(person).get(address).status_code == 403, (person, address)
    sibling = as_person(_admin_of(cast, cast.caumau))
    assert sibling.get(PEOPLE).status_code == 200
    for code in ("9A001", "9A", "9A001.01", "9B001"):
        assert sibling.get(PEOPLE, {"don-vi": code}).status_code == 404, code
        assert sibling.post(f"{NEW}?don-vi={code}", _new()).status_code == 404, code
        assert sibling.post(f"{LIST}?don-vi={code}").status_code == 404, code
    assert sibling.get(f"{PEOPLE}{cast.recorder_benmau.pk}/").status_code == 404
    assert sibling.post(_act(cast.recorder_benmau), {"viec": "duong-dan"}).status_code == 404
    assert not Account.objects.filter(email="kien@minhhoa.example").exists()
    assert as_person(cast.admin).get(PEOPLE, {"don-vi": "9A001"}).status_code == 200


def _admin_of(cast, unit_id):
    return add_person(
        actor=OPERATOR,
        email="quantri.khac@minhhoa.example",
        name="Âu Mẫu Khác",
        unit_id=unit_id,
        role="unit_admin",
        valid_from=TODAY,
    ).account


def test_the_list_takes_twelve_queries_whatever_its_length(
    cast, as_person, django_assert_max_num_queries
):
    for n in range(70):
        add_person(
            actor=OPERATOR,
            email=f"n{n}@minhhoa.example",
            name=f"Người Mẫu {n:02d}",
            unit_id=cast.benmau,
            role="viewer",
            valid_from=TODAY,
        )
    for person in (cast.admin_benmau, cast.admin):
        client = as_person(person)
        with django_assert_max_num_queries(10):
            first = client.get(PEOPLE, {"don-vi": "9A001"})
        with django_assert_max_num_queries(10):
            second = client.get(PEOPLE, {"don-vi": "9A001", "trang": "2", "het-han": "1"})
    assert "76 người" in text_of(first)
    assert text_of(first).count("@minhhoa.example<") == PER_PAGE
    assert text_of(second).count("@minhhoa.example<") == min(PER_PAGE, 76 - PER_PAGE)
    assert client.get(PEOPLE, {"trang": "hai"}).status_code == 400


# --- adding, and the link that is shown once ----------------------------------------------------


def _link_in(response) -> str:
    found = re.findall(r"/office/duong-dan/(?:welcome|reset)/[\w-]+/", text_of(response))
    assert len(found) == 1
    return found[0]


def test_a_new_person_gets_a_link_that_is_shown_once_and_kept_nowhere(cast, as_person):
    client = as_person(cast.admin_benmau)
    made = client.post(NEW, _new())
    assert made.status_code == 200, "the page is the answer itself, not a place to come back to"
    link = _link_in(made)
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert "no-store" in made["Cache-Control"] and made["Referrer-Policy"] == "same-origin"
    assert token not in str(made.cookies) and "Location" not in made
    assert not OneTimeToken.objects.filter(token_hash=token).exists()
    for address in (PEOPLE, NEW, f"{PEOPLE}{Account.objects.latest('pk').pk}/"):
        assert token not in text_of(client.get(address))
    person = Account.objects.get(email="kien@minhhoa.example")
    grant = person.grants.get()
    assert (grant.role, grant.unit_id, grant.valid_to) == ("recorder", cast.benmau, None)
    opened = Client().get(link)
    assert opened.status_code == 200 and "kien@minhhoa.example" in text_of(opened)
    twice = client.post(NEW, _new())
    assert twice.status_code == 400
    assert "đã giữ vai trò Cán bộ ghi việc" in text_of(twice)
    assert RoleGrant.objects.filter(account=person).count() == 1


def test_someone_with_an_account_gets_the_role_and_no_link(cast, as_person):
    client = as_person(cast.admin_benmau)
    answer = client.post(NEW, _new(email="GHIVIEC.caumau@minhhoa.example"))
    assert answer.status_code == 302
    page = text_of(client.get(answer.url))
    assert "Hồ Mẫu Giang đã có tài khoản; đã cấp vai trò." in page
    assert "duong-dan/" not in page
    assert not OneTimeToken.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Điền “Họ và tên”."),
        ({"email": "kien"}, "Địa chỉ thư điện tử không đúng dạng"),
        ({"role": ""}, "Chọn “Vai trò”."),
        ({"role": "admin"}, "admin"),
        ({"role": "vua"}, "vua"),
        ({"valid_to": "01/01/2020"}, "trước ngày bắt đầu"),
        ({"valid_from": "99/99/2026"}, "Không có ngày"),
        ({"post": "x" * 161}, "160"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(cast, as_person, changes, said):
    refused = as_person(cast.admin_benmau).post(NEW, _new(**changes))
    assert refused.status_code == 400
    assert said in text_of(refused)
    assert "chỗ cần sửa" in text_of(refused)
    if "email" not in changes:
        assert 'value="kien@minhhoa.example"' in text_of(refused)
    assert not Account.objects.filter(email="kien@minhhoa.example").exists()


def test_nobody_is_offered_a_role_above_their_own_nor_may_give_one(cast, as_person):
    local, whole = as_person(cast.admin_benmau), as_person(cast.admin)
    assert 'value="unit_admin"' in text_of(local.get(NEW))
    for role in ("admin", "legal_officer"):
        assert f'value="{role}"' not in text_of(local.get(NEW))
        assert f'value="{role}"' in text_of(whole.get(NEW, {"don-vi": "9A001"}))
        forced = {"viec": "cap", "role": role, "valid_from": "10/06/2026"}
        assert local.post(_act(cast.recorder_benmau), forced).status_code == 400
    assert not RoleGrant.objects.filter(account=cast.recorder_benmau, role="admin").exists()


# --- one person ---------------------------------------------------------------------------------


def test_a_role_is_given_and_ended(cast, as_person):
    client = as_person(cast.admin_benmau)
    given = client.post(
        _act(cast.recorder_benmau),
        {"viec": "cap", "role": "reporter", "valid_from": "10/06/2026", "valid_to": "31/12/2026"},
    )
    assert given.url == f"{PEOPLE}{cast.recorder_benmau.pk}/?don-vi=9A001"
    page = text_of(client.get(given.url))
    assert "Người lập báo cáo: từ 10/06/2026 đến hết 31/12/2026" in page
    grant = RoleGrant.objects.get(account=cast.recorder_benmau, role="reporter")
    ended = client.post(
        _act(cast.recorder_benmau),
        {"viec": "thoi", "vai-tro": grant.pk, f"r{grant.pk}-from_day": "11/06/2026"},
    )
    assert ended.status_code == 302
    grant.refresh_from_db()
    assert grant.valid_to == TODAY, "from the 11th on it is held no more"
    past = client.post(
        _act(cast.recorder_benmau),
        {"viec": "thoi", "vai-tro": grant.pk, f"r{grant.pk}-from_day": "01/06/2026"},
    )
    assert past.status_code == 400 and "Ghi ngày từ 10/06/2026" in text_of(past)
    twice = client.post(
        _act(cast.recorder_benmau),
        {"viec": "cap", "role": "recorder", "valid_from": "10/06/2026"},
    )
    assert twice.status_code == 400 and "đã giữ vai trò" in text_of(twice)


def test_the_role_of_another_person_or_unit_cannot_be_ended_through_this_page(cast, as_person):
    client = as_person(cast.admin_benmau)
    for grant in (
        RoleGrant.objects.get(account=cast.leader_benmau),
        RoleGrant.objects.get(account=cast.recorder_caumau),
    ):
        typed = {"viec": "thoi", "vai-tro": grant.pk, f"r{grant.pk}-from_day": "11/06/2026"}
        assert client.post(_act(cast.recorder_benmau), typed).status_code == 404
        grant.refresh_from_db()
        assert grant.valid_to is None
    assert client.post(_act(cast.recorder_caumau), {"viec": "duong-dan"}).status_code == 404
    for junk in ({"viec": "gì"}, {}, {"viec": "thoi", "vai-tro": "x"}):
        assert client.post(_act(cast.recorder_benmau), junk).status_code == 400


def test_a_role_held_by_a_wider_right_is_shown_without_the_means_to_end_it(cast, as_person):
    grant_role(
        actor=OPERATOR,
        account_id=cast.recorder_benmau.pk,
        role="admin",
        unit_id=cast.benmau,
        valid_from=TODAY,
    )
    wide = RoleGrant.objects.get(account=cast.recorder_benmau, role="admin")
    client = as_person(cast.admin_benmau)
    page = text_of(client.get(f"{PEOPLE}{cast.recorder_benmau.pk}/"))
    assert f'value="{wide.pk}"' not in page and "Quản trị hệ thống: từ" in page
    forced = {"viec": "thoi", "vai-tro": wide.pk, f"r{wide.pk}-from_day": "11/06/2026"}
    refused = client.post(_act(cast.recorder_benmau), forced)
    assert refused.status_code == 400 and "không cấp hay đổi được" in text_of(refused)
    linked = client.post(_act(cast.recorder_benmau), {"viec": "duong-dan"}, follow=True)
    assert "không cấp hay đổi được" in text_of(linked) and "/duong-dan/" not in text_of(linked)
    assert not OneTimeToken.objects.exists()


def test_access_ends_on_a_day_and_the_person_is_out(cast, as_person):
    client = as_person(cast.admin_benmau)
    page = text_of(client.get(f"{PEOPLE}{cast.recorder_benmau.pk}/"))
    assert "Thôi quyền từ ngày" in page
    wrong = client.post(_act(cast.recorder_benmau), {"viec": "thoi-het", "all-from_day": ""})
    assert wrong.status_code == 400
    ended = client.post(
        _act(cast.recorder_benmau), {"viec": "thoi-het", "all-from_day": "10/06/2026"}, follow=True
    )
    assert "Nguyễn Mẫu An thôi quyền từ ngày 10/06/2026; 1 vai trò kết thúc." in text_of(ended)
    person = Account.objects.get(pk=cast.recorder_benmau.pk)
    assert person.last_day == YESTERDAY
    assert as_person(person).get("/office/").status_code == 302
    assert "Nguyễn Mẫu An" not in text_of(client.get(PEOPLE))
    past = text_of(client.get(PEOPLE, {"het-han": "1"}))
    assert "Nguyễn Mẫu An" in past and "đến hết 09/06/2026 (đã hết hạn)" in past


def test_a_link_for_a_forgotten_password_and_a_lost_phone(cast, as_person):
    from allauth.mfa.models import Authenticator

    client = as_person(cast.admin_benmau)
    answer = client.post(_act(cast.recorder_benmau), {"viec": "duong-dan"})
    assert "/office/duong-dan/reset/" in _link_in(answer)
    assert "trong 24 giờ" in text_of(answer) and "no-store" in answer["Cache-Control"]
    none = client.post(_act(cast.recorder_benmau), {"viec": "bo-xac-thuc"}, follow=True)
    assert "chưa bật lớp xác thực thứ hai" in text_of(none)
    Authenticator.objects.create(user=cast.recorder_benmau, type="totp", data={"secret": "x"})
    done = client.post(_act(cast.recorder_benmau), {"viec": "bo-xac-thuc"}, follow=True)
    assert "Đã bỏ lớp xác thực thứ hai" in text_of(done)
    assert not Authenticator.objects.exists()
    assert client.get(_act(cast.recorder_benmau)).status_code == 302, "opening does nothing"


def test_nobody_changes_their_own_roles_here(cast, as_person):
    page = text_of(as_person(cast.admin_benmau).get(f"{PEOPLE}{cast.admin_benmau.pk}/"))
    assert "Đây là tài khoản đang dùng." in page
    assert 'name="viec"' not in page
    forced = {"viec": "cap", "role": "reporter", "valid_from": "10/06/2026"}
    answer = as_person(cast.admin_benmau).post(_act(cast.admin_benmau), forced)
    assert answer.status_code == 400 and "Không ai tự cấp vai trò cho mình" in text_of(answer)


def test_a_role_in_the_tree_of_the_party_says_so(cast, as_person):
    page = text_of(as_person(cast.admin).get(PEOPLE, {"don-vi": "9A001.BCD"}))
    assert "Lãnh đạo (hệ thống Đảng): từ 01/01/2020" in page


def test_ones_own_page_says_which_roles_from_when_to_when(cast, as_person):
    grant_role(
        actor=OPERATOR,
        account_id=cast.secretary_benmau.pk,
        role="viewer",
        unit_id=cast.caumau,
        valid_from=TOMORROW,
        valid_to=dt.date(2026, 12, 31),
    )
    page = text_of(as_person(cast.secretary_benmau).get("/office/tai-khoan/"))
    assert "Xã Bến Mẫu" in page and "Lãnh đạo: từ 01/01/2020" in page
    assert "Lãnh đạo (hệ thống Đảng): từ 01/01/2020" in page
    assert "Người xem: từ 11/06/2026 đến hết 31/12/2026 (chưa đến ngày)" in page
    assert "Nguyễn Mẫu An" not in page


# --- lists --------------------------------------------------------------------------------------

HEADS = ("Họ và tên", "Chức vụ", "Thư điện tử", "Vai trò", "Mã đơn vị", "Từ ngày", "Đến ngày")


def _list(*rows) -> SimpleUploadedFile:
    sheet = Sheet("Danh sách", tuple(SheetColumn(head) for head in HEADS), tuple(rows))
    return SimpleUploadedFile("ds.xlsx", render_xlsx([sheet], created=TODAY))


GOOD = (
    ("Ứng Mẫu Sơn", "Trưởng thôn", "son@minhhoa.example", "Cán bộ ghi việc", "9A001.02", "", ""),
    ("Mạc Mẫu Lan", "", "lan@minhhoa.example", "Người lập báo cáo", "", "", "31/12/2027"),
    ("Nguyễn Mẫu An", "", "ghiviec.benmau@minhhoa.example", "Cán bộ ghi việc", "", "", ""),
)


def _data_in(response) -> str:
    found = re.search(r'name="listed" value="([^"]+)"', text_of(response))
    assert found is not None
    return found[1]


def test_a_list_is_looked_through_and_then_taken_in_whole(cast, as_person):
    client = as_person(cast.admin_benmau)
    seen = client.post(LIST, {"file": _list(*GOOD)})
    assert seen.status_code == 200
    page = text_of(seen)
    assert page.count("tài khoản mới") == 2 and page.count("đã có, giữ nguyên") == 1
    assert "thôn Mẫu Đình" in page and "Thêm 3 dòng" in page
    assert not Account.objects.filter(email="son@minhhoa.example").exists(), "nothing written yet"
    done = client.post(LIST, {"viec": "them", "listed": _data_in(seen)})
    assert done.status_code == 200 and "no-store" in done["Cache-Control"]
    assert "Đã thêm 2 người, cấp 2 vai trò; 1 dòng đã có từ trước." in text_of(done)
    assert text_of(done).count("/office/duong-dan/welcome/") == 2
    assert "Ứng Mẫu Sơn" in text_of(done)
    grant = RoleGrant.objects.get(account__email="lan@minhhoa.example")
    assert (grant.unit_id, grant.valid_to) == (cast.benmau, dt.date(2027, 12, 31))
    again = client.post(LIST, {"viec": "them", "listed": _data_in(seen)}, follow=True)
    assert "Đã cấp 0 vai trò; 3 dòng đã có từ trước." in text_of(again)
    assert RoleGrant.objects.filter(account__email="lan@minhhoa.example").count() == 1


def test_every_wrong_cell_is_named_and_nobody_is_added(cast, as_person):
    client = as_person(cast.admin_benmau)
    wrong = client.post(
        LIST,
        {
            "file": _list(
                GOOD[0],
                ("", "", "khong", "Vua", "9A999", "32/13/2026", ""),
                ("Mạc Mẫu Lan", "", "lan@minhhoa.example", "Quản trị hệ thống", "", "", ""),
                ("Mạc Mẫu Bên", "", "ben@minhhoa.example", "Người xem", "9A002", "", ""),
            )
        },
    )
    assert wrong.status_code == 400
    cells = re.findall(r'class="wrong">(\w+)<', text_of(wrong))
    assert set(cells) == {"A3", "C3", "D3", "E3", "F3", "D4", "D5"}
    assert 'name="listed"' not in text_of(wrong)
    assert not Account.objects.filter(email="son@minhhoa.example").exists()


def test_files_that_are_no_list_are_refused(cast, as_person):
    client = as_person(cast.admin_benmau)
    for file, said in (
        (SimpleUploadedFile("ds.xlsx", b"khong phai xlsx"), "chỗ cần sửa"),
        (SimpleUploadedFile("ds.xlsx", b"x" * 1_000_001), "Tệp lớn quá 1 MB."),
        (_list(), "Danh sách chưa có người nào"),
    ):
        refused = client.post(LIST, {"file": file})
        assert refused.status_code == 400
        assert said in text_of(refused)
    assert client.post(LIST, {}).status_code == 400
    for data in ("", "không phải", base64.b64encode(b"rong").decode()):
        refused = client.post(LIST, {"viec": "them", "listed": data})
        assert refused.status_code == 400, data
        assert 'role="alert"' in text_of(refused)


def test_a_list_changed_between_the_steps_is_looked_through_again(cast, as_person):
    client = as_person(cast.admin_benmau)
    raised = _list(("Mạc Mẫu Lan", "", "lan@minhhoa.example", "Quản trị hệ thống", "", "", ""))
    data = base64.b64encode(raised.read()).decode()
    refused = client.post(LIST, {"viec": "them", "listed": data})
    assert refused.status_code == 400
    assert "Ô D2" in text_of(refused) and "Chưa có người nào được thêm." in text_of(refused)
    assert not Account.objects.filter(email="lan@minhhoa.example").exists()


def test_the_empty_list_can_be_filled_in_and_taken_in(cast, as_person):
    client = as_person(cast.admin_benmau)
    blank = client.get(LIST + "mau.xlsx")
    assert blank["Content-Type"].endswith("spreadsheetml.sheet")
    assert 'filename="danh-sach-nguoi-dung.xlsx"' in blank["Content-Disposition"]
    first, second = read_xlsx(blank.content)[:2]
    assert first.rows[0] == HEADS
    assert ("Cán bộ ghi việc", "Recorder") in second.rows
    empty = SimpleUploadedFile("mau.xlsx", io.BytesIO(blank.content).read())
    assert "Danh sách chưa có người nào" in text_of(client.post(LIST, {"file": empty}))


def test_the_roles_offered_are_exactly_those_the_service_would_give(cast):
    from danchu.core.accounts.roles import ROLES
    from danchu.core.accounts.selectors import roles_to_give
    from danchu.core.accounts.services import may_give

    offered = 0
    for giver in (cast.admin, cast.admin_benmau, cast.leader_benmau, cast.committee_minhhoa):
        for unit_id in (cast.minhhoa, cast.benmau, cast.maulai, cast.caumau):
            roles = {role.key for role in roles_to_give(giver, unit_id)}
            offered += len(roles)
            for role in ROLES:
                grant = RoleGrant(role=role, unit_id=unit_id, tree="state")
                assert (role in roles) == may_give(giver, grant), (giver, unit_id, role)
    assert offered
    assert roles_to_give(cast.admin, cast.old_benmau) == [], "a role there would give nothing"
    assert roles_to_give(cast.admin, cast.benmau, "party") == []
