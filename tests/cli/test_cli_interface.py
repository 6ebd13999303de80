"""The JSON of the commands that scripts rely on: its keys stay, and none is taken away.

What is held here is what INTERFACE promises. A key may be added, never renamed or dropped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from danchu.cli import main
from tests.cast import Cast

INDICATOR = {
    *("key", "value", "unit", "surface", "char_start", "char_end", "approx", "denominator"),
    *("part_of", "scope", "period", "previous", "confidence", "rule"),
}
TEXT = "Xã Bến Mẫu tổ chức 6 cuộc đối thoại, nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt 99%.\n"


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str, status: int = 0) -> Any:
        capsys.readouterr()
        assert main([*arguments, "--json"]) == status
        out, _err = capsys.readouterr()
        return json.loads(out)

    return run


@pytest.fixture
def text(tmp_path: Path) -> str:
    file = tmp_path / "bao-cao.txt"
    file.write_text(TEXT, "utf-8")
    return str(file)


def has(document: Any, keys: str) -> bool:
    missing = set(keys.split()) - set(document)
    assert not missing, missing
    return True


def test_read(answer: Any, text: str, tmp_path: Path) -> None:
    (read, absent) = answer("read", text, str(tmp_path / "khong-co.txt"), status=1)
    for one in (read, absent):
        has(
            one,
            "file doc_kind unit period event_date persons legal_refs indicators findings "
            "inconsistencies warnings",
        )
        has(one["unit"], "name level province code")
        has(one["findings"], "achievements limitations tasks")
    assert "error" in absent
    assert "error" not in read
    assert read["indicators"]
    assert all(set(one) >= INDICATOR for one in read["indicators"])
    (found,) = read["inconsistencies"]
    has(found, "message_vi message_en indicators stated computed severity")


def test_check(answer: Any, text: str) -> None:
    (document,) = answer("check", text, status=1)
    has(document, "file figures checks")
    assert all(set(one) >= INDICATOR for one in document["figures"])
    assert {check["verdict"] for check in document["checks"]} <= {"ok", "fail", "not_checkable"}
    for check in document["checks"]:
        has(check, "rule message_vi message_en verdict stated computed spans")


def test_deadline_and_workdays(db: None, answer: Any) -> None:
    due = answer("deadline", "xa_dt_72_kq", "--from", "16/11/2026")
    assert due == answer("deadline", "xa_dt_72_kq", "--from", "2026-11-16")
    has(due, "rule from due unit days calendar_version basis derivation warnings")
    has(due["basis"], "instrument article text_basis")
    assert all(has(row, "day date why") for row in due["derivation"])
    assert (due["from"], due["due"]) == ("2026-11-16", "2026-11-26")
    days = answer("workdays", "29/04/2026", "3")
    has(days, "from n date skipped")
    assert all(has(row, "date why") for row in days["skipped"])
    assert days["from"] == "2026-04-29"


def test_duties(db: None, answer: Any) -> None:
    duties = answer("law", "duties", "--kind", "commune", "--on", "22/11/2026")
    assert duties
    for duty in duties:
        has(
            duty,
            "id instrument article mode title_vi days days_unit posting_days threshold text_basis",
        )
    quarterly = next(duty for duty in duties if duty["period"] == "quarterly")
    assert quarterly["days"] is None  # the words of tables stay out of the JSON


def test_units(cast: Cast, answer: Any) -> None:
    shown = answer("units", "show", "9A001", "--on", "10/06/2026")
    keys = "code name kind level parent valid_from valid_to basis"
    has(shown, keys)
    found = answer("units", "find", "ben", "mau")
    assert found
    assert all(has(one, keys) for one in found)
    traced = answer("units", "trace", "9A001", "--to", "2026-06-10")
    has(traced, "code name on successors predecessors renamings")
    assert traced["predecessors"]
    for kin in [*traced["successors"], *traced["predecessors"]]:
        has(kin, "code name parent part share from basis")
    has(answer("units", "count", "--on", "2026-06-10"), "on province district commune by_kind")


def test_reports_rollup_ledger_and_reference(
    cast: Cast, answer: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    has(answer("rollup", "status"), "cells pending")
    has(answer("ledger", "verify"), "ok")
    assert all(has(one, "name installed release") for one in answer("reference", "status"))
    assert main(["report", "9A001", "nd09:2026H1", "--format", "json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)
