"""A signed paper with something added goes out after a second person has looked at it."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.core.contracts import NOBODY
from danchu.reporting.reviews.frozen_files import read_kept
from danchu.reporting.reviews.models import FrozenFile
from danchu.reporting.reviews.published import published_report
from tests.cast import Cast
from tests.core.documents.signing import signed
from tests.making import hold
from tests.reporting.publishing import PERIOD, issue, known, public_id

PAGE = f"/office/bao-cao/9A001/{PERIOD}/ban-chot/"


def sent(client: Any, issued: Any, data: bytes) -> str:
    file = SimpleUploadedFile("da-ky.pdf", data, "application/pdf")
    given = {
        "viec": "nhan-lai",
        "ban-chot": issued.pk,
        "nhan-lai-kind": "signed",
        "nhan-lai-file": file,
    }
    return client.post(PAGE, given, follow=True).content.decode()


def test_the_page_tells_what_waits_and_who_may_let_it_out(
    cast: Cast, settle: Any, as_person: Any
) -> None:
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    known()
    issued = issue()
    pdf = read_kept(issued, "pdf")
    page = sent(as_person(cast.reporter_benmau), issued, pdf + b"\n% nothing\n")
    assert "chưa thấy chữ ký số trong tệp" in page
    assert "Chưa công bố" in page and "Đã xem, cho công bố" not in page
    address = f"/dia-phuong/9A001-xa-ben-mau/bao-cao/{public_id(issued)}/"
    assert "ban-da-ky.pdf" not in as_person(cast.outsider).get(address).content.decode()
    leader = as_person(cast.leader_benmau)
    assert "Đã xem, cho công bố" in leader.get(PAGE).content.decode()
    kept = FrozenFile.objects.get(report=issued, kind="signed")
    given = {
        "viec": "cong-bo",
        "ban-chot": issued.pk,
        "cong-bo-file": str(kept.file.public_id),
    }
    refused = as_person(cast.reporter_benmau).post(PAGE, given)
    assert refused.status_code == 403
    page = leader.post(PAGE, given, follow=True).content.decode()
    assert "Đã cho công bố tệp." in page and "xem và cho công bố lúc" in page
    portal = leader.get(address, follow=True).content.decode()
    assert "Bản PDF nhận lại sau khi ký, do" in portal and "PDF có chữ ký số" not in portal
    page = sent(as_person(cast.reporter_benmau), issued, signed(pdf))
    assert "chỉ thêm chữ ký số" in page
    assert "PDF có chữ ký số" in leader.get(address, follow=True).content.decode()
    assert published_report(NOBODY, public_id(issued)).files[0].standing == "signature"


def test_what_came_back_unsigned_is_not_the_signed_paper(
    cast: Cast, settle: Any, as_person: Any
) -> None:
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    known()
    issued = issue()
    reporter = as_person(cast.reporter_benmau)
    report = PAGE.removesuffix("ban-chot/")

    def buttons() -> list[str]:
        page = reporter.get(report).content.decode()
        row = page.split("Đã ban hành: Báo cáo số", 1)[1].split("Mọi tệp và các bước", 1)[0]
        return re.findall(r"Tệp nhận lại|Bản đã ký|Bản ban hành|Nhận lại bản đã ký", row)

    pdf = read_kept(issued, "pdf")
    sent(reporter, issued, pdf + b"\n% nothing\n")
    found = buttons()
    assert found[0] == "Bản ban hành" and found[-2:] == ["Tệp nhận lại", "Nhận lại bản đã ký"]
    sent(reporter, issued, signed(pdf))
    found = buttons()
    assert found[0] == "Bản đã ký" and "Nhận lại bản đã ký" not in found
