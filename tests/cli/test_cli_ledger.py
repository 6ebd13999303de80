"""danchu ledger: answers on standard output, exit 1 on anything broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import transaction

from danchu.cli import main
from danchu.core import clock
from danchu.core.contracts import OPERATOR
from danchu.core.ledger.models import Entry
from danchu.core.ledger.services import log_action


@pytest.fixture
def entries(db: None) -> None:
    for number in range(3):
        with transaction.atomic():
            log_action("test.done", actor=OPERATOR, data={"n": number})


def test_verify_says_whole_or_where_it_breaks(
    entries: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["ledger", "verify", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["entries"], answer["first_broken"]) == (True, 3, None)
    assert (answer["attested"]["compared"], answer["attested"]["failed"]) == (0, 0)
    Entry.objects.filter(number=2).update(code="test.other")
    assert main(["ledger", "verify", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["first_broken"], answer["reason"]) == (False, 2, "changed")
    assert main(["ledger", "verify"]) == 1
    told = capsys.readouterr()
    assert "mục số 2" in told.out
    assert told.err == ""
    monkeypatch.setenv("DANCHU_LANG", "en")
    assert main(["ledger", "verify"]) == 1
    assert "broken at entry 2" in capsys.readouterr().out


def test_the_root_of_a_day_and_the_proof_of_an_entry(
    entries: None, capsys: pytest.CaptureFixture[str]
) -> None:
    today = clock.day_of(clock.now()).isoformat()
    assert main(["ledger", "root", today]) == 2
    assert "chưa hết" in capsys.readouterr().err
    for long_ago in ("2020-01-01", "0001-01-01"):
        assert main(["ledger", "root", long_ago, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["entries"] == 0
    assert main(["ledger", "proof", "9"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    for wrong in (["root", "2020-13-01"], ["root"], ["proof", "x"], ["tamper"], []):
        with pytest.raises(SystemExit) as ended:
            main(["ledger", *wrong])
        assert ended.value.code == 2


def test_an_export_is_written_or_refused_on_one_line(
    entries: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ledger.jsonl"
    assert main(["ledger", "export", str(file)]) == 0
    assert len(file.read_text().splitlines()) == 4
    capsys.readouterr()
    assert main(["ledger", "export", str(tmp_path / "no" / "file")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_verify_fails_where_a_report_was_changed_beside_the_ledger(
    entries: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        log_action("report.issued", actor=OPERATOR, record_id=12, data={"number": "5"})
    assert main(["ledger", "verify"]) == 1
    told = capsys.readouterr().out
    assert "nguyên vẹn: 4 mục" in told and "Mục số 4: dữ liệu đã bị sửa." in told
    monkeypatch.setenv("DANCHU_LANG", "en")
    assert main(["ledger", "verify", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["attested"]["faults"]) == (False, {"4": "rows"})
    assert "1 do not agree" in answer["message"]
