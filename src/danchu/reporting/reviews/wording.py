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
    remark: str
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
    not_ended: str
    other_units: str
    half_only: str
    half_one: str
    half_all: str
    half_some: str
    half_group: str
    units_title: str
    with_this: str
    rise: str
    fall: str
    unchanged: str
    made_of: str
    rests_all: str
    rests_most: str
    states: Mapping[str, str]
    own_records: str
    own_version: str
    own_recorded: str
    own_typed: str
    why: str
    reviewed: str
    confirmed: str
    confirmed_on: str
    confirmed_below: str
    layers: Mapping[str, str]
    others: str
    covers: str
    covers_some: str
    covers_apart: str
    of_some: str
    of_others: str
    units: str


_VI = Words(
    report="Báo cáo",
    number="STT",
    indicator="Chỉ tiêu",
    unit="Đơn vị",
    value="Giá trị",
    change="Tăng, giảm",
    state="Tình trạng",
    remark="Ghi chú",
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
    not_alike="không so sánh (kỳ này {now:02d} đơn vị, cùng kỳ {before:02d} đơn vị)",
    not_ended="kỳ chưa kết thúc, chưa so sánh",
    other_units="không so sánh: số liệu của các đơn vị khác nhau",
    half_only="không so sánh: mới có số liệu {half}",
    half_one="Số liệu này mới có của {half}.",
    half_all="Các số liệu trên mới có của {half}.",
    half_some="Riêng {groups}.",
    half_group="{names} mới có số liệu {half}",
    units_title="Số liệu của từng đơn vị",
    with_this="Kèm theo báo cáo: {parts}.",
    rise="tăng {size}",
    fall="giảm {size}",
    unchanged="không thay đổi",
    made_of="tính từ {top} và {base}",
    rests_all="Căn cứ của các số liệu sau: {basis}.",
    rests_most="Căn cứ của các số liệu sau: {basis}; căn cứ khác ghi tại cột Căn cứ.",
    states={
        "missing": "chưa nộp",
        "late": "chưa nộp, đã quá hạn",
        "returned": "đã trả lại, chưa nộp lại",
        "submitted": "chờ kiểm tra",
        "accepted": "đã nhận",
        "excused": "không thuộc diện báo cáo kỳ này",
    },
    own_records="hồ sơ của đơn vị",
    own_version="số đơn vị đã nộp",
    own_recorded="số theo hồ sơ của đơn vị, đã nộp",
    own_typed="số đơn vị nhập, đã nộp",
    why="; lý do: {reason}",
    reviewed="văn bản đã rà soát",
    confirmed="đơn vị xác nhận không phát sinh",
    confirmed_on="đơn vị xác nhận không phát sinh, ngày {day}",
    confirmed_below="{n:02d}/{of:02d} đơn vị xác nhận không phát sinh",
    layers={
        "recorded": "hồ sơ của {n:02d}/{of:02d} đơn vị",
        "stated": "báo cáo đã công bố",
        "reported": "số liệu {n:02d}/{of:02d} đơn vị đã nộp",
    },
    others=", cùng {n:02d} đơn vị khác",
    covers="Số liệu của {of} {kinds}.",
    covers_some="Số liệu của {of} {kinds}; riêng {parts}.",
    covers_apart="Trong đó, {parts}.",
    of_some="số liệu về {names} là của {of} {kinds}",
    of_others="{names}: {of}",
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
    remark="Remark",
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
    not_alike="not compared (now {now} units, the year before {before})",
    not_ended="the period has not ended: not compared yet",
    other_units="not comparable: figures of other units",
    half_only="not comparable: known for {half} only",
    half_one="This figure is known for {half} only.",
    half_all="These figures are known for {half} only.",
    half_some="Known for a half only: {groups}.",
    half_group="{names} ({half})",
    units_title="Figures of each unit",
    with_this="Attached to this report: {parts}.",
    rise="up {size}",
    fall="down {size}",
    unchanged="unchanged",
    made_of="computed from {top} and {base}",
    rests_all="The figures below rest on: {basis}.",
    rests_most="The figures below rest on: {basis}; where one rests on something else it is told.",
    states={
        "missing": "not handed in",
        "late": "not handed in, overdue",
        "returned": "returned, not handed in again",
        "submitted": "being checked",
        "accepted": "accepted",
        "excused": "not expected this time",
    },
    own_records="records of the unit",
    own_version="what the unit handed in",
    own_recorded="records of the unit, handed in",
    own_typed="typed by the unit, handed in",
    why="; reason: {reason}",
    reviewed="a reviewed text",
    confirmed="the unit confirmed that there was nothing",
    confirmed_on="the unit confirmed on {day} that there was nothing",
    confirmed_below="{n} of {of} units confirmed that there was nothing",
    layers={
        "recorded": "records of {n} of {of} units",
        "stated": "a published report",
        "reported": "handed in by {n} of {of} units",
    },
    others=", and {n} others",
    covers="Figures of {of} {kinds}.",
    covers_some="Figures of {of} {kinds}; {parts}.",
    covers_apart="Of these, {parts}.",
    of_some="the figures on {names} are of {of} {kinds}",
    of_others="{names}: {of}",
    units="units",
)


# What a paper says of a period that has not ended; on another day it says another.
RUNS_TO = "Số liệu tính đến ngày {day}, kỳ báo cáo chưa kết thúc."


def words(language: str) -> Words:
    """The words in a language; Vietnamese for any but English."""
    return _EN if language == "en" else _VI
