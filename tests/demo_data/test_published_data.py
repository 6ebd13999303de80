"""Reports on real units: every published figure, nothing besides, and nobody's name."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

import danchu.core.units
import danchu.demo_data
from danchu.core.calendar.periods import parse_period

FOLDER = Path(danchu.demo_data.__file__).parent / "published"
OFFICIAL = Path(danchu.core.units.__file__).parent / "data" / "units.csv"
FIELDS = {
    "file",
    "unit_code",
    "code_day",
    "unit_name_as_written",
    "unit_note",
    "level",
    "period",
    "until",
    "event_date",
    "doc_kind",
    "title",
    "source",
    "source_file",
}
# The figures the sources state as results, each in the words that make it one.
STATED = {
    "2018h1-mot-huyen.txt": ["5 đơn vị"],
    "2022-xa-my-thanh.txt": ["14 tập thể", "104 cá nhân"],
    "2019h1-huyen-dam-ha.txt": [
        "43 hội nghị",
        "191 ý kiến",
        "183 ý kiến",
        "đạt 96%",
        "20 lượt công dân",
        "16 vụ việc",
        "4.984 hồ sơ",
        "3.840 hồ sơ",
        "90,49% phiếu",
    ],
    "2022h1-mot-thanh-pho.txt": ["9 cuộc kiểm tra"],
    "2019h1-huyen-kien-luong.txt": ["5 xã đạt chuẩn nông thôn mới"],
}
SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Lương|Tăng|Ngọc|Đoàn"
)
NAME = re.compile(rf"\b(?:{SURNAMES}) [A-ZĐÂĂÊÔƠƯÁÀ]\w* [A-ZĐÂĂÊÔƠƯÁÀ]\w*")


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    content = yaml.safe_load((FOLDER / "published.yaml").read_text(encoding="utf-8"))
    assert content["version"] == 1 and content["licence_note"]
    found: list[dict[str, Any]] = content["reports"]
    return found


def body(name: str) -> str:
    """What follows the head: unit, period and day stand above the first numbered part."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return text[text.index("\nI. ") :]


def test_each_text_is_listed_once_with_its_source(reports: list[dict[str, Any]]) -> None:
    assert sorted(r["file"] for r in reports) == sorted(p.name for p in FOLDER.glob("*.txt"))
    assert len({r["file"] for r in reports}) == 5
    for report in reports:
        assert set(report) == FIELDS
        assert report["title"] and report["unit_note"]
        assert "tin đã đăng" in report["source"] and len(report["source"]) <= 500


def test_every_published_figure_is_there_and_no_other(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        text = body(report["file"])
        for words in STATED[report["file"]]:
            assert text.count(words) == 1, words
        # What is left once figures, years, headings and numbered law are taken out.
        rest = text
        for words in [*STATED[report["file"]], "Covid-19"]:
            rest = rest.replace(words, "")
        rest = re.sub(r"(?m)^\d+\. ", "", rest)
        rest = re.sub(r"năm 20\d\d|(?:Pháp lệnh số|Nghị định số|Nghị định) [\d/]+", "", rest)
        assert not re.search(r"\d", rest), re.findall(r".{20}\d+.{10}", rest)


def test_the_head_names_unit_period_and_day(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        text = (FOLDER / report["file"]).read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        head = text.split("\nI. ")[0]
        assert report["unit_name_as_written"] in head
        day: dt.date = report["event_date"]
        assert f"{day.day}/{day.month}/{day.year}" in head
        span = parse_period(report["period"])
        label = "6 tháng đầu năm" if report["period"].endswith("H1") else "năm"
        assert f"{label} {span.start.year}" in head
        assert report["until"] is None or span.start <= report["until"] <= span.end


def test_nobody_is_named(reports: list[dict[str, Any]]) -> None:
    assert NAME.search("do đồng chí Lê Thị Mẫu chủ trì")
    for report in reports:
        text = (FOLDER / report["file"]).read_text(encoding="utf-8")
        assert not NAME.search(text), NAME.findall(text)
        assert not re.search(r"\b(?:đồng chí|ông|bà)\b", text.casefold())


def test_a_unit_is_named_by_its_code_only_where_the_source_tells_it_apart(
    reports: list[dict[str, Any]],
) -> None:
    with OFFICIAL.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    placed = {}
    for report in reports:
        if report["unit_code"] is None:
            assert report["code_day"] is None
            continue
        assert report["code_day"] == parse_period(report["period"]).end
        held = [
            row
            for row in rows
            if row["code"] == report["unit_code"]
            and (
                not row["valid_from"]
                or dt.date.fromisoformat(row["valid_from"]) <= report["code_day"]
            )
            and (
                not row["valid_to"] or report["code_day"] <= dt.date.fromisoformat(row["valid_to"])
            )
        ]
        assert [row["name"] for row in held] == [report["unit_name_as_written"]]
        assert sum(row["name"] == held[0]["name"] for row in rows) == 1
        placed[report["unit_code"]] = report["unit_name_as_written"]
    assert placed == {"200": "huyện Đầm Hà", "902": "huyện Kiên Lương"}
