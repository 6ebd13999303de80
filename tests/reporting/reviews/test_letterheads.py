"""A paper bears the head, the foot and the place of its own unit, and no other's."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.core.documents import plain_text
from danchu.core.errors import BadInput
from danchu.core.units.models import Placement
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.freezing import freeze_report
from danchu.reporting.reviews.official import official_document
from tests.cast import Cast
from tests.making import refused
from tests.reporting.folding import open_periods

NOW = "nd09:2026H1"


@pytest.fixture(autouse=True)
def _period(cast: Cast) -> None:
    open_periods(NOW)


def paper(cast: Cast, code: str, viewer: Any = None) -> str:
    report = compose(viewer=viewer or cast.admin, code=code, period_code=NOW)
    return plain_text(official_document(report))


def test_an_enterprise_signs_as_itself_in_its_commune(cast: Cast) -> None:
    said = paper(cast, "9A001.MAY")
    assert "CÔNG TY CỔ PHẦN\nMAY MẪU\n" in said and "/BC-MAY" in said
    assert "\nBến Mẫu, ngày" in said and said.count("GIÁM ĐỐC") == 1
    assert "Công ty cổ phần May Mẫu báo cáo tình hình" in said
    assert "Căn cứ Bộ luật Lao động" in said and "chính quyền địa phương" not in said
    assert "ỦY BAN NHÂN DÂN" not in said
    said = paper(cast, "9A.CN")
    assert "CÔNG TY TNHH\nMỘT THÀNH VIÊN\nCẤP NƯỚC MẪU\n" in said


def test_an_agency_stands_under_its_peoples_committee_and_its_head_signs(cast: Cast) -> None:
    said = paper(cast, "9A.SNV")
    assert "ỦY BAN NHÂN DÂN\nTỈNH MINH HỌA\nSỞ NỘI VỤ\n" in said and "/BC-SNV" in said
    assert "\nMinh Họa, ngày" in said and "TM." not in said and "\nGIÁM ĐỐC" in said
    assert "Sở Nội vụ tỉnh Minh Họa báo cáo" in said


def test_a_steering_committee_of_the_party_issues_in_the_partys_form(cast: Cast) -> None:
    said = paper(cast, "9A001.BCD")
    assert "ĐẢNG ỦY XÃ BẾN MẪU\nBAN CHỈ ĐẠO THỰC HIỆN\nDÂN CHỦ Ở CƠ SỞ\n*\n" in said
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in said and "CỘNG HÒA" not in said
    assert "\nBến Mẫu, ngày" in said and "T/M BAN CHỈ ĐẠO\nTRƯỞNG BAN" in said
    assert "Ban Chỉ đạo Ban Chỉ đạo" not in said and "Ủy ban nhân dân Ban" not in said
    province = paper(cast, "9A.BCD")
    assert "TỈNH ỦY MINH HỌA\nBAN CHỈ ĐẠO THỰC HIỆN" in province
    # Set up by the People's Committee it has the layout of the State.
    Placement.objects.filter(unit_id=cast.committee_of_benmau, tree="party").delete()
    said = paper(cast, "9A001.BCD")
    assert "ỦY BAN NHÂN DÂN\nXÃ BẾN MẪU\nBAN CHỈ ĐẠO" in said and "TM. BAN CHỈ ĐẠO" in said


def test_a_village_has_no_form_so_that_no_paper_is_made(cast: Cast, settle: Any) -> None:
    report = compose(viewer=cast.reporter_benmau, code="9A001.02", period_code=NOW)
    settle()
    assert report.issuer.no_paper is not None
    assert "không phải là cơ quan ban hành văn bản" in report.issuer.no_paper[0]
    assert report.issuer.issuing_body == ""
    with pytest.raises(BadInput, match="thể thức"):
        official_document(report)
    refused(
        BadInput,
        freeze_report,
        actor=cast.reporter_benmau,
        code="9A001.02",
        period_code=NOW,
    )


def test_a_paper_for_reference_bears_the_head_of_the_body_whose_layout_it_has(cast: Cast) -> None:
    def head(code: str, layout: Any) -> str:
        report = compose(viewer=cast.admin, code=code, period_code=NOW, layout=layout)
        return plain_text(official_document(report)).partition("BÁO CÁO")[0]

    state = head("9A", "state")  # the province's own report is the Party committee's
    assert "ỦY BAN NHÂN DÂN\nTỈNH MINH HỌA" in state and "BAN CHỈ ĐẠO" not in state
    party = head("9A001", "party")
    assert "ĐẢNG ỦY XÃ BẾN MẪU\nBAN CHỈ ĐẠO THỰC HIỆN" in party and "ỦY BAN" not in party


def test_the_authorities_keep_theirs(cast: Cast) -> None:
    said = paper(cast, "9A002", cast.reporter_caumau)
    assert "ỦY BAN NHÂN DÂN\nPHƯỜNG CẦU MẪU" in said and "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in said
    assert "Ủy ban nhân dân phường Cầu Mẫu báo cáo" in said
