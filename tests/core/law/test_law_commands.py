"""The commands ``deadline``, ``workdays`` and ``law``, with a database and without one."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys

import pytest

from danchu.cli import main
from danchu.core.calendar import services
from danchu.core.calendar.days import Special
from danchu.core.clock import on_day
from danchu.core.contracts import OPERATOR
from danchu.core.law.reference import REFERENCES
from danchu.core.law.services import confirm_rule

D = dt.date

KN_L1 = ["deadline", "kn_l1", "--from", "2026-07-31"]


def alone(tmp_path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in an empty folder, as on a machine where nothing was set up."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("DANCHU", "DATABASE", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, "-c", "import sys; from danchu.cli import main; sys.exit(main())",
         *arguments],
        cwd=tmp_path, env={**kept, **environment}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip


def test_the_commands_need_no_database_and_make_nothing(tmp_path):
    done = alone(tmp_path, "workdays", "2026-02-12", "7", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert (document["from"], document["n"], document["date"]) == ("2026-02-12", 7, "2026-03-02")
    assert "Tết Nguyên đán" in document["skipped"][2]["why"]
    done = alone(tmp_path, *KN_L1, "--json", DANCHU_LANG="en")
    document = json.loads(done.stdout)
    assert document["due"] == "2026-09-03" and document["derivation"][0]["why"] == "Saturday, weekly day off, counted all the same"  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_was_never_set_up_is_as_none(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "danchu.sqlite3").touch()
    done = alone(tmp_path, "workdays", "2025-12-31", "7", "--json")
    assert json.loads(done.stdout)["date"] == "2026-01-12", done.stderr


def test_a_database_that_cannot_be_reached_is_said(tmp_path):
    done = alone(
        tmp_path, *KN_L1, "--json",
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", DANCHU_LANG="en",
    )  # fmt: skip
    assert json.loads(done.stdout)["due"] == "2026-09-03"
    assert "cannot be read" in done.stderr


@pytest.mark.django_db
class TestWithADatabase:
    """In this process, where Django is set up."""

    @pytest.fixture(autouse=True)
    def vietnamese(self, monkeypatch):
        monkeypatch.setenv("DANCHU_LANG", "vi")

    def test_a_table_prints_every_reason_the_article_and_the_text_basis(self, capsys):
        assert main([*KN_L1, "--event", "extend=4@2026-08-05"]) == 0
        out, err = capsys.readouterr()
        assert "Hạn cuối: 03/09/2026 (34 ngày)" in out
        assert "Điều 28 Luật số 02/2011/QH13" in out
        assert "đọc ở bản 2011, chưa đối chiếu bản hợp nhất" in out
        assert "Gia hạn: 05/08/2026 +4" in out
        assert "Quốc khánh" in out and "ngày như trên" in out
        assert "không quy định việc gia hạn" in err and "không quy định" not in out

    def test_the_json_leaves_no_day_out(self, capsys):
        assert main([*KN_L1, "--json", "--complex", "--remote"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert document["days"] == 60
        assert [r["day"] for r in document["derivation"] if r["day"]] == list(range(1, 61))
        assert document["basis"]["text_basis"] == "pre_amendment"

    def test_events_come_from_the_command_line_in_any_order(self, capsys):
        events = ["--event", "resume=2026-08-07", "--event", "suspend=2026-08-03"]
        assert main(["deadline", "kn_l1", "--from", "2026-07-20", *events, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["due"] == "2026-08-24"
        assert main(["deadline", "kn_l1", "--from", "2026-07-20", *events[2:], "--json"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert document["due"] is None and document["warnings"]
        assert main(["deadline", "kn_l1", "--from", "2026-07-20", *events[2:]]) == 0
        assert "chưa có" in capsys.readouterr().out

    def test_days_and_confirmations_of_the_installation_count(self, capsys):
        services.extend_calendar(
            actor=OPERATOR, days=[Special(D(2026, 9, 3), "holiday", "Nghỉ mẫu")], note="Mẫu"
        )
        REFERENCES[0].apply(REFERENCES[0].folder)
        with on_day(D(2026, 11, 21)):
            confirm_rule(
                actor=OPERATOR, key="kn_l1", on=D(2026, 11, 1), officer="Người Mẫu",
                text_compared="Văn bản hợp nhất mẫu",
            )  # fmt: skip
        assert main([*KN_L1, "--json"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert (document["due"], document["calendar_version"]) == ("2026-09-04", 2)
        assert document["basis"]["text_basis"] == "confirmed"
        assert main(["law", "show", "kn_l1", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["confirmation"]["officer"] == "Người Mẫu"

    def test_other_senses_of_a_term_are_named(self, capsys):
        assert main(["deadline", "nd59_hop_tb", "--from", "2026-09-04"]) == 0
        out = capsys.readouterr().out
        assert "Ngày cuối còn kịp: 28/08/2026" in out and "Ngày diễn ra" in out
        assert main(["deadline", "xa_ck_01", "--from", "2026-07-05", "--posting"]) == 0
        assert "Đủ thời gian khi hết ngày: 04/08/2026" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "status", "said"),
        [
            (["deadline", "tc_gq", "--from", "2018-12-01"], 1, "tc_gq_cu"),
            (["deadline", "kn_phuctap", "--from", "2026-08-01"], 1, "kn_phuctap"),
            (["deadline", "no_such", "--from", "2026-08-01"], 1, "no_such"),
            (["law", "show", "no_such"], 1, "no_such"),
            ([*KN_L1, "--event", "resume=2026-08-01"], 2, "01/08/2026"),
            (["workdays", "2026-01-01", "99999"], 2, "10000"),
            (["workdays", "1901-01-01", "-9999"], 2, "1900"),
        ],
    )
    def test_a_refusal_is_one_line_and_a_status(self, capsys, arguments, status, said):
        assert main(arguments) == status
        out, err = capsys.readouterr()
        assert out == "" and err.count("\n") == 1 and said in err

    @pytest.mark.parametrize(
        "arguments",
        [
            ["deadline", "kn_l1"],
            ["deadline", "kn_l1", "--from", "2026-02-30"],
            [*KN_L1, "--event", "pause=2026-08-01"],
            [*KN_L1, "--event", "suspend"],
            [*KN_L1, "--event", "extend=2026-08-01"],
            [*KN_L1, "--event", "extend=x@2026-08-01"],
            [*KN_L1, "--event", "extend=-3@2026-08-01"],
            [*KN_L1, "--calendar", "lunar"],
            ["workdays", "2026-01-01"],
            ["workdays", "2026-01-01", "seven"],
            ["law"],
            ["law", "duties", "--kind", "village"],
            ["law", "duties", "--kind", "commune", "--on", "soon"],
        ],
    )
    def test_wrong_use_exits_with_two(self, capsys, arguments):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
        assert capsys.readouterr().out == ""

    def test_workdays_prints_the_day_and_how_it_came_about(self, capsys):
        assert main(["workdays", "2031-04-29", "1"]) == 0
        out, err = capsys.readouterr()
        assert out.startswith("30/04/2031\n") and "thứ Tư" in out and "2031" in err
        assert main(["workdays", "2026-09-03", "-1", "--calendar", "enterprise"]) == 0
        assert capsys.readouterr().out.startswith("31/08/2026\n")

    def test_duties_are_those_of_the_day(self, capsys):
        duties = ["law", "duties", "--kind", "commune", "--json"]
        assert main([*duties, "--on", "2019-06-30"]) == 0
        then = {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}
        assert "pl34_ck_01" in then and "xa_ck_01" not in then
        assert main([*duties, "--on", "2026-11-21", "--mode", "discuss_decide"]) == 0
        now = {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}
        assert {entry["mode"] for entry in now.values()} == {"discuss_decide"}
        sent = now["xa_bqd_gui"]
        assert (sent["days"], sent["days_unit"], sent["article"]) == (5, "working", "20.3")
        assert sent["text_basis"] == "pre_amendment" and sent["instrument"] == "l10_2022"
        assert {"title_vi", "posting_days", "threshold"} <= sent.keys()
        assert any(e["threshold"] and "2/3" in e["threshold"] for e in now.values())
        assert main(["law", "duties", "--kind", "state_enterprise", "--on", "2010-01-01"]) == 0
        assert "Không có dòng nào" in capsys.readouterr().out
        assert main(["law", "duties", "--kind", "workplace"]) == 0
        assert "nlv_dt_traloi" in capsys.readouterr().out

    def test_a_rule_that_began_later_is_not_asked_and_one_of_unknown_beginning_is_told(
        self, capsys
    ):
        duties = ["law", "duties", "--kind", "commune"]
        assert main([*duties, "--on", "2000-01-01", "--json"]) == 0
        out, err = capsys.readouterr()
        listed = {entry["id"]: entry for entry in json.loads(out)}
        # Of instruments of 2012 and 2018, without a day of their own.
        assert not {"thon_hn_cu", "kn_congkhai_cu", "hu_cu"} & listed.keys()
        assert listed and {entry["applies_from"] for entry in listed.values()} == {None}
        assert "01/07/2007" in err and f"{len(listed)} dòng ghi “chưa rõ”" in err
        assert main([*duties, "--on", "2000-01-01"]) == 0
        assert capsys.readouterr().out.count("chưa rõ") == len(listed)
        assert main([*duties, "--on", "2019-06-30", "--json"]) == 0
        out, err = capsys.readouterr()
        assert {"thon_hn_cu", "kn_congkhai_cu", "hu_cu"} <= {e["id"] for e in json.loads(out)}
        assert "trước ngày đó" not in err
        assert main(["deadline", "kn_congkhai_cu", "--from", "2000-01-01"]) == 1
        assert "không áp dụng ngày 01/01/2000" in capsys.readouterr().err
        assert main(["law", "show", "bcd_6t"]) == 0
        assert "Áp dụng từ" in (shown := capsys.readouterr().out) and "chưa rõ" in shown

    def test_one_rule_is_shown_in_full(self, capsys):
        assert main(["law", "show", "tc_gq"]) == 0
        out = capsys.readouterr().out
        for said in ("25/2018/QH14", "30 ngày", "2 lần", "01/01/2019", "tc_gq_cu", "khuyến nghị"):
            assert said in out
        assert main(["law", "show", "kn_l1", "--json"]) == 0
        shown = json.loads(capsys.readouterr().out)
        assert shown["days_if"] == {"complex": 45, "remote": 45, "complex_remote": 60}
        assert shown["applies_from"] == "2012-07-01" and shown["confirmation"] is None
