"""Two boards of the people in one passage: each figure is of the board last named before it."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import read_text

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở năm 2024\n\n"
INSPECTION, INVESTMENT = "Ban Thanh tra nhân dân", "Ban Giám sát đầu tư của cộng đồng"


def scopes(text: str) -> list[tuple[str, object, str | None]]:
    return [(f.key, f.value, f.scope) for f in read_text(HEAD + text).indicators]


def test_in_a_sentence_each_board_has_its_own_figures() -> None:
    assert scopes(
        "Ban Thanh tra nhân dân giám sát 6 cuộc, kiến nghị 4 việc; Ban Giám sát đầu tư của cộng "
        "đồng giám sát 9 cuộc, kiến nghị 7 việc."
    ) == [
        ("supervisions_conducted", 6, INSPECTION),
        ("supervision_findings", 4, INSPECTION),
        ("supervisions_conducted", 9, INVESTMENT),
        ("supervision_findings", 7, INVESTMENT),
    ]
    assert scopes("Ban TTND có 9 thành viên. Ban GSĐTCĐ có 7 thành viên.") == [
        ("board_members", 9, "Ban TTND"),
        ("board_members", 7, "Ban GSĐTCĐ"),
    ]


def test_in_a_section_the_heading_and_then_the_sentence_decide() -> None:
    section = (
        "IV. BAN THANH TRA NHÂN DÂN\nSố cuộc giám sát: 5.\n"
        "V. BAN GIÁM SÁT ĐẦU TƯ CỦA CỘNG ĐỒNG\nSố cuộc giám sát: 8.\n"
    )
    assert [scope and scope.casefold() for _, _, scope in scopes(section)] == [
        INSPECTION.casefold(),
        INVESTMENT.casefold(),
    ]
    both = (
        "2. Ban Thanh tra nhân dân\n"
        "Trong năm giám sát 5 cuộc. Riêng Ban Giám sát đầu tư của cộng đồng giám sát 8 cuộc.\n"
    )
    assert [scope for _, _, scope in scopes(both)] == [INSPECTION, INVESTMENT]


@pytest.mark.parametrize("joint", [", ", " và ", ", các "])
def test_what_both_did_together_is_of_both(joint: str) -> None:
    words = f"{INSPECTION}{joint}{INVESTMENT}"
    assert scopes(f"{words} tiến hành 12 cuộc giám sát.") == [("supervisions_conducted", 12, words)]


def test_what_the_front_did_is_of_no_board() -> None:
    assert scopes(
        "Ban Thanh tra nhân dân giám sát 6 cuộc; Ủy ban Mặt trận Tổ quốc xã chủ trì 3 cuộc giám sát."
    ) == [("supervisions_conducted", 6, INSPECTION), ("supervisions_conducted", 3, None)]
