"""Disclosure in the office: the clause, the one form, the page of a notice and its steps."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.civic.disclosure.models import Notice, Posting
from danchu.civic.disclosure.services import BroadcastInput, add_broadcast
from danchu.core.files.models import StoredFile
from danchu.core.records.models import Record
from tests.civic.disclosure.made import HALL, HEADQUARTERS, photo, publish, publish_names, sheet
from tests.making import DAY

NEW = "/office/ghi-viec/cong-khai/moi/"
BUDGET = f"{NEW}?khoan=xa_ck_02"


def _typed(**changes):
    return {
        "client_key": str(uuid.uuid4()),
        "title": "Dự toán thu, chi ngân sách xã",
        "document_number": "12/QĐ-UBND",
        "decided_on": "08/06/2026",
        "occurred_on": "09/06/2026",
        "text": "Tóm tắt.",
        "headquarters": "Trụ sở UBND xã",
        "halls": "Nhà văn hóa thôn Mẫu Lai\nNhà văn hóa thôn Mẫu Đình",
        "points": "",
        "link": "https://benmau.example/du-toan",
        **changes,
    }


def _jpeg(data=None):
    return SimpleUploadedFile("treo.jpg", data or photo(), "image/jpeg")


def test_the_clauses_of_the_unit_are_offered_with_their_days(cast, as_person):
    page = as_person(cast.recorder_benmau).get(NEW).content.decode()
    assert "khoan=xa_ck_02" in page and "khoan=xa_ck_13" in page
    assert "ít nhất 30 ngày liên tục" in page and "loa 3 ngày liên tục" in page
    assert "cq_ck" not in page
    assert as_person(cast.viewer_benmau).get(NEW).status_code == 403
    assert as_person(cast.recorder_caumau).get(f"{NEW}?don-vi=9A001").status_code == 404
    assert as_person(cast.village_head).get(NEW).status_code == 400
    for wrong in ("khoan=cq_ck_03", "khoan=x", "dinh-chinh=x", "la=1"):
        assert as_person(cast.recorder_benmau).get(f"{NEW}?{wrong}").status_code in (400, 404)


def test_the_form_begins_with_what_the_law_prescribes_and_the_usual_places(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = client.get(BUDGET).content.decode()
    assert "Nhà văn hóa thôn Mẫu Lai" in page  # of the villages below
    assert 'capture="environment"' in page
    assert "village_heads" not in page
    assert "village_heads" in client.get(f"{NEW}?khoan=xa_ck_07").content.decode()
    permanent = client.get(f"{NEW}?khoan=xa_ck_13").content.decode()
    assert "halls" not in permanent
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    assert "Trụ sở UBND xã" in client.get(BUDGET).content.decode()


def test_one_sending_publishes_posts_and_proves(cast, as_person):
    client = as_person(cast.recorder_benmau)
    answer = client.post(
        BUDGET,
        _typed(
            photo=_jpeg(),
            table_file=SimpleUploadedFile("t.xlsx", sheet(("Khoản", "Số tiền"), ("Thu", 1.5))),
            money="trieu",
        ),
    )
    made = Notice.objects.get()
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url == f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    assert made.table["rows"] == [["Thu", 1_500_000]]
    kinds = list(made.postings.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["headquarters", "culture_house", "culture_house", "portal"]
    proof = made.postings.get(kind="headquarters").evidence.get()
    assert proof.taken_place == "10,76262; 106,66017"
    page = client.get(answer.url).content.decode()
    for words in ("1.500.000", "10,76262", "đúng hạn", "Còn 29 ngày", "điểm sinh hoạt cộng đồng"):
        assert words in page, words


def test_sending_twice_writes_once_and_keeps_one_picture(cast, as_person):
    client, key = as_person(cast.recorder_benmau), str(uuid.uuid4())
    first = client.post(BUDGET, _typed(client_key=key, photo=_jpeg()))
    second = client.post(BUDGET, _typed(client_key=key, photo=_jpeg()))
    assert first.url == second.url
    assert (Notice.objects.count(), Posting.objects.count()) == (1, 4)
    assert StoredFile.objects.exclude(record=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Điền “Nội dung công khai”"),
        ({"decided_on": "10/06/2026"}, "trước ngày của văn bản"),
        ({"occurred_on": "31/02/2026"}, "Không có ngày"),
        ({"halls": "Nhà văn hóa A\nNhà văn hóa A"}, "đã niêm yết tại"),
        ({"link": "benmau"}, "Đường dẫn phải bắt đầu bằng"),
        ({"table_text": "a;b"}, "một dòng tên cột"),
        ({"names_text": "Họ và tên;Số CCCD\nĐoàn Mẫu;1"}, "số định danh"),
        (
            {"names_text": "Đoàn Mẫu Một;thôn;;còn nợ tiền quỹ"},
            "Không công khai danh sách người nợ",
        ),
        ({"headquarters": "", "photo": "photo"}, "ghi nơi niêm yết tại trụ sở"),
        ({"photo": "broken"}, "tệp hỏng"),
    ],
)
def test_a_wrong_field_is_named_and_everything_typed_stays(cast, as_person, changes, sentence):
    if "photo" in changes:
        data = photo() if changes["photo"] == "photo" else photo()[:200]
        changes = {**changes, "photo": _jpeg(data)}
    answer = as_person(cast.recorder_benmau).post(BUDGET, _typed(**changes))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "12/QĐ-UBND" in page and "Tóm tắt." in page
    assert (Notice.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_a_sheet_held_stays_when_something_else_is_wrong(cast, as_person):
    answer = as_person(cast.recorder_benmau).post(
        BUDGET,
        _typed(
            decided_on="10/06/2026",
            table_file=SimpleUploadedFile("t.xlsx", sheet(("Khoản", "Số tiền"), ("Thu", 1.5))),
            money="trieu",
        ),
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Thu\t1500000" in page
    assert '<option value="dong" selected' in page


def test_a_list_with_names_and_the_village_heads_go_in_one_form(cast, as_person):
    client = as_person(cast.recorder_benmau)
    answer = client.post(
        f"{NEW}?khoan=xa_ck_07",
        _typed(names_text="Đoàn Mẫu Một; thôn Mẫu Lai; 15/QĐ; Hộ nghèo", village_heads="on"),
    )
    made = Notice.objects.get()
    assert (made.has_names, made.forms_used.get().form) == (True, "d")
    page = client.get(answer.url).content.decode()
    assert "Đoàn Mẫu Một" in page and "sau đó tên được xóa" in page


def test_a_notice_in_english_speaks_english(cast, as_person):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    page = as_person(cast.recorder_benmau).get(
        f"/en/office/ghi-viec/cong-khai/{made.record.public_id}/"
    )
    assert "Not posted yet: village hall." in page.content.decode()


def _act(client, made, act, posting=None, **typed):
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/viec/"
    sent = {"viec": act}
    if posting is not None:
        version = Record.objects.get(pk=posting.pk).version
        sent |= {"niem-yet": str(posting.pk), "version": str(version)}
        typed = {f"{act}-{posting.pk}-{name}": value for name, value in typed.items()}
    return client.post(address, sent | typed)


def test_a_posting_is_proven_interrupted_put_up_again_and_taken_down(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HALL)
    posting = made.postings.get()
    wrong = _act(client, made, "anh", posting, moment="start")
    assert wrong.status_code == 400 and "Chụp hoặc chọn ảnh" in wrong.content.decode()
    assert _act(client, made, "anh", posting, moment="start", photo=_jpeg()).status_code == 302
    early = _act(client, made, "gian-doan", posting, from_on="01/05/2026", reason="Mưa bão")
    assert early.status_code == 400 and "Mưa bão" in early.content.decode()
    done = _act(client, made, "gian-doan", posting, from_on="01/06/2026", reason="Mưa bão")
    assert done.url.endswith(f"#ny-{posting.pk}")
    page = client.get(done.url).content.decode()
    assert "đang gián đoạn" in page and "Mưa bão" in page
    assert _act(client, made, "lai", posting, on="03/06/2026").status_code == 302
    page = client.get(done.url).content.decode()
    assert "Ngày đếm lại từ đầu" in page and "Còn 23 ngày" in page
    assert _act(client, made, "go", posting, on="09/06/2026", photo=_jpeg()).status_code == 302
    page = client.get(done.url).content.decode()
    assert "gỡ trước khi đủ ngày" in page and "Mới được 6 trên 30 ngày" in page
    assert "Có minh chứng lúc gỡ" in page
    assert _act(client, made, "treo-lai", posting, reason="Ghi nhầm").status_code == 302
    assert (
        _act(
            client,
            made,
            "sua",
            posting,
            kind="culture_house",
            place="NVH Mẫu Đình",
            starts_on="21/05/2026",
            reason="Nhầm nơi",
        ).status_code
        == 302
    )
    assert _act(client, made, "bo", posting, reason="Nhập trùng").status_code == 302
    assert "Nhập trùng" in client.get(done.url).content.decode()


def test_somebody_who_saw_an_old_page_is_told(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HALL)
    posting = made.postings.get()
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/viec/"
    stale = client.post(
        address,
        {
            "viec": "go",
            "niem-yet": str(posting.pk),
            "version": "7",
            f"go-{posting.pk}-on": "09/06/2026",
        },
    )
    assert stale.status_code == 400
    assert "Có người vừa sửa" in stale.content.decode()
    for sent in ({"viec": "x"}, {"viec": "go", "niem-yet": "1", "version": "1"}):
        assert client.post(address, sent).status_code == 404


def test_places_broadcasts_and_forms_are_added_and_lines_cancelled(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish(cast.recorder_benmau, cast.benmau, rule_key="xa_ck_07")
    typed = {"kind": "culture_house", "place": "NVH Mẫu Lai", "starts_on": "09/06/2026"}
    assert _act(client, made, "dan", **typed).status_code == 302
    assert _act(client, made, "dan", **typed).status_code == 400
    said = {"on": "09/06/2026", "at": "17:30", "station": "Đài xã", "minutes": "10"}
    assert _act(client, made, "phat", **said).status_code == 302
    assert _act(client, made, "phat", **{**said, "at": "x"}).status_code == 400
    used = {"ht-form": "d", "ht-on": "09/06/2026", "ht-note": "7 trưởng thôn"}
    assert _act(client, made, "hinh-thuc", **used).status_code == 302
    page = client.get(f"/office/ghi-viec/cong-khai/{made.record.public_id}/").content.decode()
    for words in ("NVH Mẫu Lai", "17 giờ 30", "7 trưởng thôn", "1 ngày liên tục/3"):
        assert words in page, words
    line = made.broadcasts.get()
    cancel = f"/office/ghi-viec/cong-khai/{made.record.public_id}/huy/"
    empty = client.post(cancel, {"dong": str(line.pk), "reason": ""}, follow=True)
    assert "Nêu lý do hủy" in empty.content.decode()
    assert Record.objects.get(pk=line.pk).state == "recorded"
    assert client.post(cancel, {"dong": str(line.pk), "reason": "Nhầm giờ"}).status_code == 302
    assert Record.objects.get(pk=line.pk).state == "cancelled"
    other = add_broadcast(
        actor=cast.recorder_benmau,
        notice_id=publish(cast.recorder_benmau, cast.benmau).pk,
        content=BroadcastInput(DAY, dt.time(6), "Đài xã"),
    )
    strange = client.post(cancel, {"dong": str(other.pk), "reason": "x"}, follow=True)
    assert "Không tìm thấy dòng này" in strange.content.decode()
    assert Record.objects.get(pk=other.pk).state == "recorded"
    assert client.post(cancel, {"reason": "Nhập nhầm"}).status_code == 302
    assert Record.objects.get(pk=made.pk).state == "cancelled"


def test_a_slip_is_corrected_and_a_wrong_content_gets_a_correction(cast, as_person):
    client = as_person(cast.recorder_benmau)
    made = publish_names(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/sua/"
    page = client.get(address).content.decode()
    assert "Để trống thì danh sách đang có được giữ nguyên" in page
    typed = {
        "version": "1",
        "rule_key": "xa_ck_08",
        "title": "Kết quả hỗ trợ thiên tai",
        "decided_on": "18/05/2026",
        "occurred_on": "20/05/2026",
        "public": "on",
        "reason": "Nhầm khoản",
    }
    assert client.post(address, {**typed, "reason": ""}).status_code == 400
    assert client.post(address, typed).status_code == 302
    made.refresh_from_db()
    assert (made.rule_key, made.named.count()) == ("xa_ck_08", 2)
    assert client.post(address, typed).status_code == 400  # the version is an old one
    correction = f"{NEW}?dinh-chinh={made.record.public_id}"
    page = client.get(correction).content.decode()
    assert "Đính chính: Kết quả hỗ trợ thiên tai" in page
    assert client.post(correction, _typed(title="Đính chính: Kết quả")).status_code == 302
    assert Notice.objects.get(corrects=made).rule_key == "xa_ck_08"
    assert "Đã được đính chính bởi" in client.get(address.replace("sua/", "")).content.decode()


def test_who_may_only_read_is_offered_nothing_and_a_neighbour_sees_the_public_face(cast, as_person):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    address = f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    for person in (cast.viewer_benmau, cast.recorder_caumau):
        page = as_person(person).get(address)
        assert page.status_code == 200
        assert 'name="viec"' not in page.content.decode()
    assert as_person(cast.viewer_benmau).post(f"{address}viec/", {"viec": "dan"}).status_code == 403
    assert as_person(cast.viewer_benmau).post(f"{address}sua/", {}).status_code == 403
    other = as_person(cast.recorder_caumau).post(
        f"{address}viec/",
        {"viec": "dan", "kind": "headquarters", "place": "x", "starts_on": "09/06/2026"},
    )
    assert other.status_code in (400, 403, 404)
    assert made.postings.count() == 1


def test_the_records_list_and_today_have_the_button(cast, as_person):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    client = as_person(cast.recorder_benmau)
    page = client.get("/office/ghi-viec/?loai=disclosure").content.decode()
    assert made.title in page and NEW in page
    assert NEW in client.get("/office/").content.decode()
    village = as_person(cast.village_head).get("/office/ghi-viec/").content.decode()
    assert NEW not in village
