"""The register of a quarter in the office: looked at, then published."""

from __future__ import annotations

import uuid

from danchu.civic.disclosure.models import Notice
from danchu.core.documents.sheets_in import read_xlsx
from tests.civic.disclosure.made import HEADQUARTERS, publish

REGISTER = "/office/cong-khai/danh-muc/"


def test_the_register_is_shown_published_and_updated(cast, as_person):
    client = as_person(cast.recorder_benmau)
    assert "Chưa có nội dung nào công khai" in client.get(REGISTER).content.decode()
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    publish(cast.recorder_benmau, cast.benmau, public=False, title="Chỉ xem trong đơn vị")
    page = client.get(f"{REGISTER}?quy=2026-Q2").content.decode()
    assert "quý II năm 2026" in page and "Niêm yết tại Trụ sở UBND xã" in page
    assert "Chỉ xem trong đơn vị" not in page and "1 nội dung chỉ xem" in page
    key = str(uuid.uuid4())
    first = client.post(REGISTER, {"client_key": key})
    assert client.post(REGISTER, {"client_key": key}).url == first.url
    made = Notice.objects.get(register_of="2026-Q2")
    assert first.url == f"/office/ghi-viec/cong-khai/{made.record.public_id}/"
    page = client.get(REGISTER).content.decode()
    assert "Danh mục đã công khai ngày 10/06/2026" in page and "bản cập nhật" in page
    english = client.get(f"/en{REGISTER}").content.decode()
    assert "posted at Trụ sở UBND xã" in english


def test_who_may_not_is_refused_and_so_is_what_is_no_quarter(cast, as_person):
    publish(cast.recorder_benmau, cast.benmau)
    viewer = as_person(cast.viewer_benmau)
    assert viewer.get(REGISTER).status_code == 200
    assert viewer.post(REGISTER, {}).status_code in (400, 403)
    assert as_person(cast.recorder_caumau).get(f"{REGISTER}?don-vi=9A001").status_code == 404
    client = as_person(cast.recorder_benmau)
    for wrong in ("quy=2026", "quy=2026-Q4", "quy=x", "la=1"):
        assert client.get(f"{REGISTER}?{wrong}").status_code == 400
    assert client.post(f"{REGISTER}?quy=2026-Q1", {}).status_code == 400
    assert not Notice.objects.exclude(register_of="").exists()


def test_the_register_is_taken_along_as_a_sheet_of_what_everybody_may_see(cast, as_person):
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, title="=Dự toán")
    publish(cast.recorder_benmau, cast.benmau, public=False, title="Chỉ xem trong đơn vị")
    address = f"{REGISTER}tai/?quy=2026-Q2"
    answer = as_person(cast.recorder_benmau).get(address)
    first, notes = read_xlsx(answer.content)
    assert first.rows[0][1] == "Nội dung công khai"
    assert [row[1] for row in first.rows[1:]] == ["=Dự toán (12/QĐ-UBND)"]
    assert any("Dữ liệu minh họa" in str(cell) for row in notes.rows for cell in row)
    assert as_person(cast.outsider).get(address).status_code == 403
    assert as_person(cast.recorder_benmau).get(f"{REGISTER}tai/").status_code == 400
