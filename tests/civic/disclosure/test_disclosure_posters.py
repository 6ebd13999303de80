"""What a poster says a notice is about: whole sentences, no broken amount, nobody's name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from danchu.civic.disclosure.posters import LENGTHS, sentences, shortened, summaries
from danchu.civic.disclosure.selectors import notice as notice_of
from danchu.core.contracts import NOBODY

from .made import publish


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("Thu đủ.", 20, "Thu đủ."),
        ("Thu ngân sách đạt. Chi thường xuyên trong dự toán.", 28, "Thu ngân sách đạt. …"),
        # An amount that does not fit whole is left out whole, in figures and in words.
        ("Tổng thu ngân sách xã là 12 tỷ 500 triệu đồng", 35, "Tổng thu ngân sách xã là…"),
        ("Tổng thu ngân sách xã là mười hai tỷ năm trăm triệu", 40, "Tổng thu ngân sách xã là…"),
        ("Xã thu phí của mỗi hộ dân không quá 50 000 đồng", 38, "Xã thu phí của mỗi hộ dân…"),
        ("Ủy ban nhân dân xã làm đường từ ngày 12 tháng 5 năm 2026", 50, None),
        ("Kinh phí xây dựng nhà văn hóa thôn: 1.250.000.000 đồng", 45, None),
        ("Kinh phí làm đường thôn Mẫu, 12 tỷ, 500 triệu đồng", 38, None),
        ("12 tỷ 500 triệu đồng", 10, ""),
    ],
)
def test_what_is_cut_ends_before_any_number(text, most, kept):
    short = shortened(text, most)
    assert len(short) <= most
    if kept is None:
        assert short and not any(sign.isdigit() for sign in short), short
    else:
        assert short == kept


def test_sentences_end_where_sentences_do():
    text = "Họp tại TP. Mẫu ngày 12. 1. Thu ngân sách. Đạt 95,8% dự toán năm 2026. Ổn định."
    assert sentences(text) == [
        "Họp tại TP. Mẫu ngày 12. 1. Thu ngân sách.",
        "Đạt 95,8% dự toán năm 2026.",
        "Ổn định.",
    ]


def test_it_holds_the_first_sentences_and_no_one_who_is_named(cast):
    text = (
        "Xã mở rộng đường liên thôn, dài 1.250 m.\n"
        "Hộ ông Đoàn Mẫu Một hiến 40 m² đất. Kinh phí 2.400.000.000 đồng.\n"
        "Người liên hệ: Đoàn Mẫu Hai."
    )
    made = publish(cast.recorder_benmau, cast.benmau, text=text)
    (said,) = summaries(notice_of(NOBODY, made.record.public_id))
    assert said.replace("\u00a0", " ") == (
        "Xã mở rộng đường liên thôn, dài 1.250 m. … Kinh phí 2.400.000.000 đồng."
    )
    assert "1.250\u00a0m" in said, "a number is not parted from what it counts"
    long = publish(cast.recorder_benmau, cast.benmau, title="Dài", text="Thu 120 đồng. " * 90)
    said = summaries(notice_of(NOBODY, long.record.public_id))
    assert len(said) > 4 and all(len(a) > len(b) for a, b in pairwise(said))
    assert len(said[0]) <= LENGTHS[0] and all(one.endswith("đồng. …") for one in said)
    none = publish(cast.recorder_benmau, cast.benmau, title="Không lời", text="Hộ ông Đoàn Mẫu Ba.")
    assert summaries(notice_of(NOBODY, none.record.public_id)) == ()
