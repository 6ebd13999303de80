"""The fixed words of a printed report, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words of annexes; ``layers`` take {n} and {of}, ``own_records`` is said of one unit."""

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
    look_up: str
    without: str
    source: str
    no_figure: str
    no_comparison: str
    not_alike: str
    other_units: str
    half_only: str
    half_one: str
    half_all: str
    half_some: str
    units_title: str
    with_this: str
    not_on_line: str
    rise: str
    fall: str
    unchanged: str
    made_of: str
    states: Mapping[str, str]
    own_records: str
    confirmed: str
    confirmed_on: str
    confirmed_below: str
    layers: Mapping[str, str]
    others: str
    covers: str
    covers_some: str
    covers_range: str
    units: str


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
    look_up=(
        "Hồ sơ, số liệu của từng đơn vị và nguyên văn làm căn cứ cho mỗi số liệu được tra cứu "
        "trên hệ thống tại địa chỉ: {address}"
    ),
    without="Chỉ tiêu chưa có số liệu:",
    source="Nguồn",
    no_figure="chưa có số liệu",
    no_comparison="chưa có số liệu để so sánh",
    not_alike="không so sánh: số liệu của {now} và {before} đơn vị",
    other_units="không so sánh: số liệu của các đơn vị khác nhau",
    half_only="không so sánh: mới có số liệu {half}",
    half_one="Số liệu này mới có của {half}.",
    half_all="Các số liệu trên mới có của {half}.",
    half_some="Riêng {names} mới có số liệu {half}.",
    units_title="Số liệu của từng đơn vị",
    with_this="Kèm theo báo cáo: {parts}.",
    not_on_line=(
        "Hồ sơ, số liệu của từng đơn vị và nguyên văn làm căn cứ cho mỗi số liệu được tra cứu "
        "trên hệ thống tại mục Số liệu, mã đơn vị {code}, kỳ {period}."
    ),
    rise="tăng {size}",
    fall="giảm {size}",
    unchanged="không thay đổi",
    made_of="tính từ {top} và {base}",
    states={
        "missing": "chưa nộp",
        "late": "chưa nộp, đã quá hạn",
        "returned": "đã trả lại, chưa nộp lại",
        "submitted": "đang kiểm tra",
        "accepted": "đã nhận",
        "excused": "không thuộc diện báo cáo kỳ này",
    },
    own_records="hồ sơ của đơn vị",
    confirmed="đơn vị xác nhận không phát sinh",
    confirmed_on="đơn vị xác nhận không phát sinh, ngày {day}",
    confirmed_below="{n}/{of} đơn vị xác nhận không phát sinh",
    layers={
        "recorded": "hồ sơ của {n}/{of} đơn vị",
        "stated": "báo cáo đã công bố",
        "reported": "số liệu {n}/{of} đơn vị đã nộp",
    },
    others=", cùng {n} đơn vị khác",
    covers="Số liệu của {n}/{of} {kinds}.",
    covers_some="Số liệu của {n}/{of} {kinds}; riêng {parts}.",
    covers_range="Số liệu của từ {least} đến {most}/{of} {kinds}, tùy nội dung.",
    units="đơn vị",
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
    look_up=(
        "The records, the units' own numbers and the quoted words behind each figure are found "
        "on the system at: {address}"
    ),
    without="Indicators without a figure:",
    source="Source",
    no_figure="no figure yet",
    no_comparison="no figure to compare with",
    not_alike="not comparable: figures of {now} and {before} units",
    other_units="not comparable: figures of other units",
    half_only="not comparable: known for {half} only",
    half_one="This figure is known for {half} only.",
    half_all="These figures are known for {half} only.",
    half_some="Known for {half} only: {names}.",
    units_title="Figures of each unit",
    with_this="Attached to this report: {parts}.",
    not_on_line=(
        "The records, the units' own numbers and the quoted words behind each figure are found "
        "on the system under Figures, code of the unit {code}, {period}."
    ),
    rise="up {size}",
    fall="down {size}",
    unchanged="unchanged",
    made_of="computed from {top} and {base}",
    states={
        "missing": "not handed in",
        "late": "not handed in, overdue",
        "returned": "returned, not handed in again",
        "submitted": "being checked",
        "accepted": "accepted",
        "excused": "not expected this time",
    },
    own_records="records of the unit",
    confirmed="the unit confirmed that there was nothing",
    confirmed_on="the unit confirmed on {day} that there was nothing",
    confirmed_below="{n} of {of} units confirmed that there was nothing",
    layers={
        "recorded": "records of {n} of {of} units",
        "stated": "a published report",
        "reported": "handed in by {n} of {of} units",
    },
    others=", and {n} others",
    covers="Figures of {n} of {of} {kinds}.",
    covers_some="Figures of {n} of {of} {kinds}; {parts}.",
    covers_range="Figures of {least} to {most} of {of} {kinds}, depending on the matter.",
    units="units",
)


def words(language: str) -> Words:
    """The words in a language; Vietnamese for any but English."""
    return _EN if language == "en" else _VI
