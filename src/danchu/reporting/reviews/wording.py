"""The fixed words of a printed report, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words of annexes; ``layers`` take {n} and {of}."""

    report: str
    number: str
    indicator: str
    unit: str
    value: str
    change: str
    state: str
    comparison: str
    missing_title: str
    own_title: str
    own_note: str
    evidence_title: str
    basis_of_value: str
    address: str
    key: str
    look_up: str
    source: str
    no_figure: str
    states: Mapping[str, str]
    layers: Mapping[str, str]


_VI = Words(
    report="Báo cáo",
    number="STT",
    indicator="Chỉ tiêu",
    unit="Đơn vị",
    value="Giá trị",
    change="Tăng, giảm",
    state="Tình trạng",
    comparison="So sánh với cùng kỳ năm trước",
    missing_title="Tình hình nộp số liệu",
    own_title="Số liệu của cơ quan, đơn vị không thuộc đợt báo cáo",
    own_note=(
        "Các số sau đây tính từ hồ sơ công việc của chính cấp lập báo cáo và cơ quan, đơn vị trực "
        "thuộc; chưa cộng vào số liệu do các đơn vị nộp."
    ),
    evidence_title="Căn cứ của từng số liệu",
    basis_of_value="Căn cứ",
    address="Địa chỉ tra cứu",
    key="Mã chỉ tiêu",
    look_up=(
        "Mỗi số liệu có một trang cho biết số ấy từ đâu: trên hệ thống của đơn vị, mở địa chỉ "
        "{address} và thêm mã chỉ tiêu ở cột cuối."
    ),
    source="Nguồn",
    no_figure="chưa có số liệu",
    states={
        "missing": "chưa nộp",
        "late": "chưa nộp, đã quá hạn",
        "returned": "đã trả lại, chưa nộp lại",
        "submitted": "đang kiểm tra",
        "accepted": "đã nhận",
        "excused": "không thuộc diện báo cáo kỳ này",
    },
    layers={
        "recorded": "tính từ hồ sơ gốc, {n}/{of} đơn vị",
        "stated": "đọc từ báo cáo đã công bố",
        "reported": "số liệu {n}/{of} đơn vị đã nộp",
    },
)
_EN = Words(
    report="Report",
    number="No.",
    indicator="Indicator",
    unit="Unit",
    value="Value",
    change="Change",
    state="State",
    comparison="Comparison with the same period of the year before",
    missing_title="Figures handed in",
    own_title="Figures of offices the round did not ask",
    own_note=(
        "These numbers are computed from the records of the reporting level itself and of its "
        "offices; they are not added to what the units handed in."
    ),
    evidence_title="What each figure rests on",
    basis_of_value="Rests on",
    address="Address",
    key="Key",
    look_up=(
        "Each figure has a page that tells where it comes from: on the unit's system, open "
        "{address} followed by the key in the last column."
    ),
    source="Source",
    no_figure="no figure yet",
    states={
        "missing": "not handed in",
        "late": "not handed in, overdue",
        "returned": "returned, not handed in again",
        "submitted": "being checked",
        "accepted": "accepted",
        "excused": "not expected this time",
    },
    layers={
        "recorded": "computed from records, {n} of {of} units",
        "stated": "read from a published report",
        "reported": "handed in by {n} of {of} units",
    },
)


def words(language: str) -> Words:
    """The words in a language; Vietnamese for any but English."""
    return _EN if language == "en" else _VI
