"""Figures that news and short reports tell by comparing, by naming a whole, or by asking for it."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import read_text
from danchu.reporting.reading.extraction.model import Indicator

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở năm 2023\n\n"


def _figures(words: str) -> list[Indicator]:
    return list(read_text(HEAD + words).indicators)


def _read(words: str) -> list[tuple[str, float]]:
    return [(figure.key, float(figure.value)) for figure in _figures(words)]


@pytest.mark.parametrize(
    "words",
    [
        "Mười một trên 15 xã, thị trấn đã củng cố xong ban chỉ đạo.",
        "Đã có 11/15 xã, thị trấn củng cố xong ban chỉ đạo.",
    ],
)
def test_a_part_over_its_whole_is_one_figure(words: str) -> None:
    [figure] = _figures(words)
    assert (figure.key, figure.value, figure.denominator) == ("steering_committees", 11, 15)


def test_a_count_of_more_than_so_many_has_no_whole() -> None:
    [figure] = _figures("Đã củng cố trên 15 ban chỉ đạo.")
    assert (figure.value, figure.denominator, figure.approx) == (15, None, True)


@pytest.mark.parametrize(
    ("words", "key", "value", "previous"),
    [
        (
            "Nếu như năm 2022 lãnh đạo huyện mới đối thoại với dân được 5 cuộc thì năm nay con số"
            " này là 9.",
            "dialogues_held",
            9,
            5,
        ),
        (
            "Nếu năm 2022 xã nhận 80 đơn thư thì năm 2023 chỉ còn 33.",
            "petitions_received",
            33,
            80,
        ),
    ],
)
def test_two_times_of_one_thing_are_a_figure_and_its_earlier_value(
    words: str, key: str, value: int, previous: int
) -> None:
    [figure] = _figures(words)
    assert (figure.key, figure.value, figure.previous) == (key, value, previous)


def test_a_condition_is_no_comparison() -> None:
    assert _read("Nếu xã nhận trên 80 đơn thư thì phải lập tổ công tác 5 người.") == []


@pytest.mark.parametrize(
    "words",
    [
        "Nhân dân làm mới 14 km đường bê tông, trong khi cả năm 2022 chỉ làm được 9 km.",
        "Nhân dân làm mới 14 km đường bê tông, trong khi năm 2021 mới làm được 9 km.",
    ],
)
def test_what_is_told_of_another_year_to_compare_is_left_out(words: str) -> None:
    assert _read(words) == [("roads_built_m", 14000)]


@pytest.mark.parametrize(
    "words",
    [
        "Trong khi dịch bệnh năm 2022 còn kéo dài, xã vẫn tổ chức 4 cuộc đối thoại.",
        "Năm 2022 xã tổ chức 2 cuộc đối thoại, trong khi năm 2023 tổ chức 4 cuộc đối thoại.",
    ],
)
def test_what_is_told_of_the_year_of_the_text_is_read(words: str) -> None:
    assert ("dialogues_held", 4) in _read(words)


def test_what_follows_while_without_a_year_is_read() -> None:
    words = "Nhân dân góp 2 tỷ đồng, trong khi đó ngân sách xã hỗ trợ 900 triệu đồng làm đường."
    assert ("contributions_vnd", 2_000_000_000) in _read(words)
    assert ("state_funding_vnd", 900_000_000) in _read(words)


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        (
            "Xã tiếp 300 lượt công dân, ít hơn năm trước 12,5%.",
            "citizens_received_change_pct",
            -12.5,
        ),
        (
            "Có 92% người dân hài lòng, cao hơn lần khảo sát trước 3,5 điểm phần trăm.",
            "satisfaction_change_pct",
            3.5,
        ),
        (
            "Có 92% người dân hài lòng, thấp hơn năm 2022 1,5%.",
            "satisfaction_change_pct",
            -1.5,
        ),
    ],
)
def test_more_or_less_than_before_is_a_change(words: str, key: str, value: float) -> None:
    assert (key, value) in _read(words)
    assert len(_read(words)) == 2


def test_what_came_of_asking_is_a_result_and_what_is_asked_for_is_none() -> None:
    came = (
        "Sau khi Ban Thanh tra nhân dân đề nghị đo lại, quyết toán nhà văn hóa giảm 18 triệu đồng."
    )
    assert _read(came) == [("settlement_cut_vnd", 18_000_000)]
    assert _read("Ban đề nghị xã tổ chức 18 cuộc đối thoại.") == []


def test_since_a_merger_is_no_norm_and_from_a_day_on_is_one() -> None:
    since = "Từ ngày sáp nhập xã đã tổ chức bốn cuộc đối thoại với nhân dân."
    assert _read(since) == [("dialogues_held", 4)]


def test_what_is_still_to_be_done_is_no_result() -> None:
    to_do = (
        "3. Việc cần làm trong quý IV\n- Xóa 40 căn nhà tạm còn lại;\n- Tổ chức 6 cuộc đối thoại."
    )
    done = "3. Việc đã làm trong quý III\n- Xóa 40 căn nhà tạm;\n- Tổ chức 6 cuộc đối thoại."
    assert _read(to_do) == []
    assert _read(done) == [("houses_supported", 40), ("dialogues_held", 6)]


def test_what_villages_agree_on_is_no_estimate() -> None:
    [figure] = _figures("Quy ước: 30/31 thôn đang thực hiện.")
    assert (figure.key, figure.denominator, figure.approx) == ("village_conventions", 31, False)
    [money] = _figures("Nhân dân đóng góp ước 300 triệu đồng.")
    assert money.approx


@pytest.mark.parametrize(
    ("words", "previous"),
    [
        ("Xã tổ chức 27 cuộc đối thoại, nhiều hơn cùng kỳ 6 cuộc.", None),
        ("Xã tổ chức 27 cuộc đối thoại, ít hơn năm 2022 là 6 cuộc.", None),
        ("Xã tổ chức 27 cuộc đối thoại (cùng kỳ 21 cuộc).", 21),
    ],
)
def test_by_how_much_is_no_earlier_value(words: str, previous: int | None) -> None:
    [figure] = _figures(words)
    assert (figure.key, figure.value, figure.previous) == ("dialogues_held", 27, previous)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Trong số 60 nội dung xã nêu ra, dân được bàn và quyết định 48 nội dung.", 60),
        ("Trong tháng, xã nêu 60 nội dung; dân được bàn và quyết định 48 nội dung.", None),
    ],
)
def test_what_was_put_forward_is_the_whole_of_what_was_decided(
    words: str, whole: int | None
) -> None:
    decided = [figure for figure in _figures(words) if figure.value == 48]
    assert [(figure.key, figure.denominator) for figure in decided] == [
        ("community_matters_decided", whole)
    ]


def test_sessions_held_are_of_those_required_on_either_side() -> None:
    words = "Chủ tịch UBND huyện phải tiếp dân 12 ngày, trực tiếp tiếp 10 ngày."
    held = [figure for figure in _figures(words) if figure.key == "reception_sessions_held"]
    assert [(figure.value, figure.denominator) for figure in held] == [(10, 12)]
