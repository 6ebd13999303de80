"""Names of persons with an office: family names not listed, of the highlands, in signatures."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import read_text


def names(text: str) -> list[str]:
    return [person.name for person in read_text(text).persons]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        # a middle name of women tells the family name before it, be it known or not
        ("Bà Ngân Thị Mẫu, Phó Bí thư Huyện ủy chủ trì hội nghị.", "Ngân Thị Mẫu"),
        ("Ông Giàng A Mẫu, Chủ tịch UBND xã phát biểu tại hội nghị.", "Giàng A Mẫu"),
        ("Giảng viên Y Mẫu Niê nói thẳng rằng phòng học còn thiếu.", "Y Mẫu Niê"),
        (
            "Đồng chí Nguyễn Mẫu An, UVTV, Trưởng Ban Dân vận làm trưởng đoàn kiểm tra.",
            "Nguyễn Mẫu An",
        ),
    ],
)
def test_a_name_is_told_by_its_parts_and_the_office_beside_it(sentence: str, name: str) -> None:
    assert names(f"Xã Bến Mẫu họp dân\n\n{sentence}\n") == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        # citizens without an office are not read, whatever their names
        "Bà Ngân Thị Mẫu, 62 tuổi, hỏi về đường vào bản.",
        "Ông Giàng A Mẫu ở bản Cầu Mẫu hỏi về đường vào bản.",
        "Ông Y Mẫu Niê ở buôn Cầu Mẫu hỏi về đường vào buôn.",
        # no person at all
        "Chủ tịch UBND xã họp dân tại chợ Thị Mẫu và Trường A Bến Mẫu.",
    ],
)
def test_citizens_and_places_are_no_persons_with_an_office(sentence: str) -> None:
    assert names(f"Xã Bến Mẫu họp dân\n\n{sentence}\n") == []


@pytest.mark.parametrize("office", ["Trưởng ban", "PHÓ TRƯỞNG BAN", "Chủ tịch", "Phó Hiệu trưởng"])
@pytest.mark.parametrize("name", ["Nguyễn Mẫu An", "Ngân Thị Mẫu"])
def test_who_signs_stands_below_an_office_in_capitals_or_not(office: str, name: str) -> None:
    paper = f"BÁO CÁO\nKết quả năm 2024\n\nBan đã họp 3 cuộc.\n\n{' ' * 30}{office}\n\n"
    assert names(f"{paper}{' ' * 30}{name}\n") == [name]
    assert names(f"{paper}{' ' * 30}Nhà Văn Hóa Bến Mẫu\n") == []
