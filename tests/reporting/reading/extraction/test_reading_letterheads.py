"""Who issues a paper: the last body of its head, named with its owner where it bears no name."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import read_text

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
BODY = (
    "\nBÁO CÁO\nKết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024\n\n"
    "Đơn vị đã tổ chức 3 cuộc đối thoại với 120 người tham dự.\n"
)
HEADS = {
    # State
    "UBND HUYỆN BẾN TRÊN/ỦY BAN NHÂN DÂN/XÃ BẾN MẪU": ("UBND xã Bến Mẫu", "commune"),
    "THÀNH PHỐ CẦU MẪU/ỦY BAN NHÂN DÂN/PHƯỜNG ĐỘC LẬP": ("UBND phường Độc Lập", "commune"),
    "UBND TỈNH MINH HỌA/SỞ NỘI VỤ": ("Sở nội vụ tỉnh Minh Họa", "agency"),
    "ỦY BAN NHÂN DÂN TỈNH MINH HỌA/VĂN PHÒNG": ("Văn phòng UBND tỉnh Minh Họa", "agency"),
    "UBND TỈNH MINH HỌA/THANH TRA TỈNH": ("Thanh tra tỉnh Minh Họa", "agency"),
    "ỦY BAN NHÂN DÂN/XÃ BẾN MẪU/PHÒNG VĂN HÓA - XÃ HỘI": (
        "Phòng văn hóa - xã hội xã Bến Mẫu",
        "commune",
    ),
    "UBND XÃ BẾN MẪU/TRUNG TÂM PHỤC VỤ/HÀNH CHÍNH CÔNG": (
        "Trung tâm phục vụ hành chính công xã Bến Mẫu",
        "commune",
    ),
    "HỘI ĐỒNG NHÂN DÂN/XÃ BẾN MẪU/BAN PHÁP CHẾ": ("Ban pháp chế HĐND xã Bến Mẫu", "commune"),
    "ỦY BAN NHÂN DÂN XÃ BẾN MẪU/THÔN ĐÔNG": ("Thôn Đông, xã Bến Mẫu", "commune"),
    # Party
    "ĐẢNG BỘ TỈNH MINH HỌA/ĐẢNG ỦY XÃ BẾN MẪU": ("Đảng ủy xã Bến Mẫu", "commune"),
    "ĐẢNG ỦY XÃ BẾN MẪU/BAN XÂY DỰNG ĐẢNG": ("Ban xây dựng đảng Đảng ủy xã Bến Mẫu", "commune"),
    "ĐẢNG ỦY XÃ BẾN MẪU/BAN CHỈ ĐẠO/QUY CHẾ DÂN CHỦ Ở CƠ SỞ": (
        "Ban chỉ đạo quy chế dân chủ ở cơ sở xã Bến Mẫu",
        "commune",
    ),
    "BAN CHỈ ĐẠO THỰC HIỆN QCDC/UBND XÃ BẾN MẪU": (
        "Ban chỉ đạo thực hiện QCDC xã Bến Mẫu",
        "commune",
    ),
    "TỈNH ỦY MINH HỌA/BAN TUYÊN GIÁO VÀ DÂN VẬN": (
        "Ban tuyên giáo và dân vận Tỉnh ủy Minh Họa",
        "agency",
    ),
    # Front, unions, boards of the people
    "ỦY BAN MTTQ VIỆT NAM TỈNH MINH HỌA/BAN THƯỜNG TRỰC": (
        "Ủy ban MTTQ Việt Nam tỉnh Minh Họa",
        "province",
    ),
    "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM/TỈNH MINH HỌA/ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM/XÃ BẾN MẪU": (
        "Ủy ban MTTQ Việt Nam xã Bến Mẫu",
        "commune",
    ),
    "ỦY BAN MTTQ VIỆT NAM/XÃ BẾN MẪU/BAN/THANH TRA NHÂN DÂN": (
        "Ban thanh tra nhân dân xã Bến Mẫu",
        "commune",
    ),
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH MINH HỌA/CÔNG ĐOÀN XÃ BẾN MẪU": ("Công đoàn xã Bến Mẫu", "commune"),
    # schools, hospitals, enterprises
    "UBND XÃ BẾN MẪU/TRƯỜNG TIỂU HỌC BẾN MẪU": ("Trường tiểu học Bến Mẫu", "agency"),
    "SỞ GIÁO DỤC VÀ ĐÀO TẠO/TỈNH MINH HỌA/TRƯỜNG THPT NGÔ MẪU": (
        "Trường THPT Ngô Mẫu",
        "agency",
    ),
    "TRƯỜNG TIỂU HỌC BẾN MẪU/BAN THANH TRA NHÂN DÂN": (
        "Ban thanh tra nhân dân Trường tiểu học Bến Mẫu",
        "agency",
    ),
    "CÔNG ĐOÀN XÃ BẾN MẪU/CÔNG ĐOÀN/TRƯỜNG THCS BẾN MẪU": (
        "Công đoàn trường THCS Bến Mẫu",
        "agency",
    ),
    "SỞ Y TẾ TỈNH MINH HỌA/BỆNH VIỆN ĐA KHOA BẾN MẪU": ("Bệnh viện đa khoa Bến Mẫu", "agency"),
    "UBND TỈNH MINH HỌA/CÔNG TY TNHH MTV CẤP NƯỚC MẪU": (
        "Công ty TNHH MTV Cấp Nước Mẫu",
        "enterprise",
    ),
    "CÔNG TY TNHH DỆT MẪU/BAN CHẤP HÀNH CÔNG ĐOÀN": ("Công ty TNHH Dệt Mẫu", "enterprise"),
    "BỘ MẪU/CỤC VĂN THƯ": ("Cục văn thư", "agency"),
}


@pytest.mark.parametrize(("head", "told"), HEADS.items())
def test_the_unit_is_the_body_that_issues_however_the_head_is_set(
    head: str, told: tuple[str, str]
) -> None:
    lines = head.split("/")
    below = "\n".join((*lines, *MOTTO, "Số: 12/BC", BODY))
    beside = "\n".join(
        f"{left:<60}{right}"
        for left, right in zip(lines, [*MOTTO, *[""] * len(lines)], strict=False)
    )
    above = "\n".join((*MOTTO, "", *lines, BODY))
    for text in (below, f"{beside}\n{BODY}", above):
        unit = read_text(text).unit
        assert (unit.name, unit.level) == told


def test_one_line_beside_the_title_of_the_state_is_a_head_and_ends_before_it() -> None:
    text = f"CÔNG TY CỔ PHẦN DỆT MẪU {MOTTO[0]}\nSố: 3/BC {MOTTO[1]}\n{BODY}"
    assert read_text(text).unit.name == "Công ty cổ phần Dệt Mẫu"


def test_the_code_of_a_commune_is_not_that_of_a_school_or_a_village_in_it() -> None:
    own = read_text(f"ỦY BAN NHÂN DÂN\nHUYỆN ĐẦM HÀ\nSố: 3/BC\n{BODY}").unit
    assert (own.name, own.code) == ("UBND huyện Đầm Hà", "200")
    for below in ("TRƯỜNG THCS MẪU", "CÔNG AN HUYỆN", "TRẠM Y TẾ"):
        unit = read_text(f"UBND HUYỆN ĐẦM HÀ\n{below}\n{BODY}").unit
        assert unit.code is None, below


@pytest.mark.parametrize(
    "title",
    [
        "BAN CHỈ ĐẠO HUYỆN BẾN TRÊN TỔNG KẾT NĂM 2022\nTẠI XÃ BẾN MẪU",
        "UBND XÃ BẾN MẪU ĐỐI THOẠI VỚI NHÂN DÂN\nPHÒNG KINH TẾ TRẢ LỜI",
    ],
)
def test_a_title_in_capitals_is_no_head(title: str) -> None:
    name = read_text(f"{title}\nSáng 24/11/2022, các bên đã gặp nhau.").unit.name or ""
    assert "tại" not in name.lower()
    assert "phòng kinh tế" not in name.lower()
