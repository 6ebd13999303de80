"""A text as it is read aloud: days and abbreviations on paper, nothing but words for a voice."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from danchu.core.text.abbreviations import SIGNS, WORDS
from danchu.core.text.aloud import NOT_READ, spoken, written_for_reading


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("họp 20/11/2026", "họp ngày 20 tháng 11 năm 2026"),
        ("ngày 05/5/2026", "ngày 5 tháng 5 năm 2026"),
        ("từ 12/11 đến 02/12", "từ ngày 12 tháng 11 đến ngày 2 tháng 12"),
        ("tháng 5/2026, quý I/2026", "tháng 5 năm 2026, quý I năm 2026"),
        ("đường 19/5", "đường 19 tháng 5"),
        ("lúc 14h30 hoặc 7:05", "lúc 14 giờ 30 phút hoặc 7 giờ 05 phút"),
        ("UBND xã, HĐND", "Ủy ban nhân dân xã, Hội đồng nhân dân"),
        ("TTHC mới. GPMB xong", "Thủ tục hành chính mới. Giải phóng mặt bằng xong"),
        ("tại TP. Cầu Mẫu, P.Cầu Mẫu", "tại thành phố Cầu Mẫu, phường Cầu Mẫu"),
        ("số 12/QĐ-UBND", "số 12/QĐ-UBND"),
        ("2/3 số hộ, 131/214 phiếu", "2/3 số hộ, 131/214 phiếu"),
        ("1.250.000 đồng", "1.250.000 đồng"),
    ],
)
def test_days_times_and_abbreviations_are_written_out_and_figures_are_left(text, printed):
    assert written_for_reading(text) == printed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("họp 20/11/2026", "họp ngày hai mươi tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        ("số 12/QĐ-UBND", "số mười hai, quyết định Ủy ban nhân dân"),
        ("Quyết định số 12/QĐ-UBND", "Quyết định số mười hai của Ủy ban nhân dân"),
        ("Nghị định 5/2026/NĐ-CP",
         "Nghị định năm năm hai nghìn không trăm hai mươi sáu của Chính phủ"),
        ("Luật số 10/2022/QH15",
         "Luật số mười năm hai nghìn không trăm hai mươi hai của Quốc hội khóa mười lăm"),
        ("Số …/KH-UBND", "Số, kế hoạch Ủy ban nhân dân"),
        ("1.005.010đ/hộ/tháng",
         "một triệu không trăm linh năm nghìn không trăm mười đồng một hộ một tháng"),
        ("5.000 đồng/m2", "năm nghìn đồng một mét vuông"),
        ("95,8% của 36,05 ha", "chín mươi lăm phẩy tám phần trăm của ba mươi sáu phẩy không năm héc ta"),
        ("2/3 số hộ, 13/24 phiếu", "hai phần ba số hộ, mười ba trên hai mươi bốn phiếu"),
        ("giai đoạn 8-10 giờ", "giai đoạn tám đến mười giờ"),
        ("mục 2.1. Điều 5. Người dân", "mục hai chấm một. Điều năm. Người dân"),
        ("quý IV, khóa XV", "quý bốn, khóa mười lăm"),
        ("gọi 0912 345 678", "gọi không chín một hai ba bốn năm sáu bảy tám"),
        ("tổ 2B, THÔNG BÁO, DNX", "tổ hai bê, thông báo, dê en nờ ích xì"),
        ("thôn/tổ, và/hoặc xã", "thôn, tổ, hoặc xã"),
        ("- Xem (lần 2) https://ben.vn/a.", f"Xem, lần hai, {NOT_READ}."),
        ("Hộ C - 500 đ; “quỹ”", "Hộ xê, năm trăm đồng; quỹ"),
        ("\n\n---\n", ""),
    ],
)  # fmt: skip
def test_a_voice_is_given_words_and_marks_alone(text, said):
    assert spoken(text) == said


def test_what_abbreviations_stand_for_needs_no_abbreviation():
    for said in (*WORDS.values(), *SIGNS.values()):
        assert written_for_reading(said).lower() == said.lower()
        assert not re.search(r"[A-ZĐ]{2}", said), said


@example("B²a")
@given(st.text(alphabet="aăđQUBND ĐTP019/.,-–:;()%²m\n&+…@hg", max_size=60))
def test_nothing_is_left_that_a_voice_could_stumble_over(text):
    said = spoken(text)
    assert not re.search(r"[\d/()%&+@_²…–-]", said)
    assert spoken(said).split() == said.split()


def test_a_long_text_takes_time_in_proportion():
    line = "Ngày 20/11/2026 UBND xã chi 1.250.000đ/hộ theo 12/QĐ-UBND, 08:00-11:30. "
    begun = time.process_time()
    spoken(line * 150)
    short = time.process_time() - begun
    begun = time.process_time()
    spoken(line * 1500)
    assert time.process_time() - begun < 40 * short + 0.5
