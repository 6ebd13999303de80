"""Instruments cited together, by number alone, and with symbols of mixed case."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import read_text


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "Thực hiện các Quyết định số 217-QĐ/TW, 218-QĐ/TW của Bộ Chính trị, xã họp 3 cuộc.",
            [("Quyết định số 217-QĐ/TW", "217-QĐ/TW"), ("218-QĐ/TW", "218-QĐ/TW")],
        ),
        (
            "Theo Quyết định 217 và 218 của Bộ Chính trị, xã họp 3 cuộc.",
            [("Quyết định 217", "217-QĐ/TW"), ("218", "218-QĐ/TW")],
        ),
        (
            "Theo Quyết định 217 của Bộ Chính trị, xã bàn và quyết định 218 việc.",
            [("Quyết định 217 của Bộ Chính trị", "217-QĐ/TW")],
        ),
        (
            "Theo Chỉ thị 30 của Bộ Chính trị, xã họp 3 cuộc.",
            [("Chỉ thị 30 của Bộ Chính trị", "30-CT/TW")],
        ),
        # decisions of the inspectorate and of the Prime Minister keep their mixed case
        (
            "Theo Quyết định 77/QĐ-TTr và Quyết định 35/QĐ-TTg, Đoàn làm việc tại xã.",
            [("Quyết định 77/QĐ-TTr", "77/QĐ-TTr"), ("Quyết định 35/QĐ-TTg", "35/QĐ-TTg")],
        ),
        # what a unit decides, or numbers of its own, is no instrument of the Party
        ("Xã quyết định 217 việc; quyết định 5, 6 của xã đã dán ở nhà văn hóa.", []),
        (
            "Theo Nghị định 59/2023/NĐ-CP, 12/14 thôn đã họp.",
            [("Nghị định 59/2023/NĐ-CP", "59/2023/NĐ-CP")],
        ),
    ],
)
def test_instruments_cited_in_short_have_their_full_symbol(
    text: str, cited: list[tuple[str, str]]
) -> None:
    assert [(ref.surface, ref.canonical) for ref in read_text(text).legal_refs] == cited
