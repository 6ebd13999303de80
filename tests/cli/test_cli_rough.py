"""Commands as they are really met: in a strange folder, cut off, closed, with odd letters."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from danchu.cli import main
from danchu.cli.output import date_argument

RUN = [sys.executable, "-c", "import sys; from danchu.cli import main; sys.exit(main())"]
READING = [
    ["units", "find", "dam", "ha"],
    ["units", "show", "200"],
    ["units", "count"],
    ["rollup", "status"],
    ["rollup", "rebuild"],
    ["ledger", "verify"],
    ["ledger", "export", "so.jsonl"],
    ["reference", "status"],
    ["reference", "update", "--dry-run"],
    ["report", "200", "2019H1"],
    ["account", "reset", "ai@vi-du.example"],
    ["serve"],
    ["worker"],
]


def alone(folder: Path, *arguments: Any, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command in ``folder``, on a machine where nothing was set up."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("DANCHU", "DATABASE", "DJANGO"))
    }
    environment = {**kept, **more.pop("environment", {})}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.run(
        [*RUN, *arguments], cwd=folder, env=environment, timeout=60, check=False, **given
    )


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_reading_command_makes_nothing_and_names_the_folder(
    tmp_path: Path, arguments: list[str]
) -> None:
    done = alone(tmp_path, *arguments)
    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(told.splitlines()) == 1
    assert str(tmp_path / "var") in told
    assert "danchu init" in told
    assert list(tmp_path.iterdir()) == []


def test_a_database_named_by_its_address_is_not_made_by_reading(tmp_path: Path) -> None:
    file = tmp_path / "khac.sqlite3"
    done = alone(
        tmp_path, "units", "count", environment={"DATABASE_URL": f"sqlite:///{file}"}
    )  # fmt: skip
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_day_is_taken_as_people_write_it_and_as_scripts_do() -> None:
    for text in ("16/11/2026", "2026-11-16", "16.11.2026", " 16-11-2026 "):
        assert date_argument(text).isoformat() == "2026-11-16"
    assert date_argument("1/7/2025").isoformat() == "2025-07-01"
    for wrong in ("", "31/02/2026", "2026-02-30", "16/11/26", "20261116", "11/16/2026", "x" * 999):
        with pytest.raises(Exception, match="16/11/2026 hoặc 2026-11-16"):
            date_argument(wrong)


def test_who_reads_only_the_head_is_no_failure(tmp_path: Path) -> None:
    for arguments in (["law", "duties", "--kind", "commune"], ["law", "show", "--help"]):
        reader, writer = os.pipe()
        os.close(reader)
        done = alone(tmp_path, *arguments, stdout=writer)
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_output_and_a_full_disk_are_told_on_one_line(tmp_path: Path) -> None:
    closed = alone(tmp_path, "law", "show", "xa_dt_72_kq", "--json", preexec_fn=lambda: os.close(1))
    assert (closed.returncode, closed.stderr) == (0, b"")
    if Path("/dev/full").exists():
        with open("/dev/full", "wb") as full:
            done = alone(tmp_path, "law", "show", "xa_dt_72_kq", stdout=full)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_the_answer_is_utf_8_whatever_the_terminal_says(tmp_path: Path, encoding: str) -> None:
    done = alone(tmp_path, "law", "show", "xa_dt_72_kq", environment={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0
    assert "Nội dung" in done.stdout.decode()
    assert done.stderr == b""


def test_bytes_that_are_no_text_are_shown_and_break_nothing(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/b\xe1o-c\xff.txt"
    with open(name, "wb") as file:
        file.write("Nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt 96%.".encode())
    done = alone(tmp_path, "check", name, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    done.stdout.decode()
    for arguments in (["units", "find", b"\xff"], ["law", "show", b"\xff\xfe"], [b"\xff"]):
        wrong = alone(tmp_path, *arguments)
        assert wrong.returncode in (1, 2)
        assert b"Traceback" not in wrong.stderr


def test_an_interrupt_ends_with_one_line(tmp_path: Path) -> None:
    # As long, and with as many numbers, as is read at once.
    sentence = "Nhận 191 ý kiến, đã giải quyết 183 ý kiến. "
    filling = "Các thôn triển khai nội dung theo kế hoạch đã đề ra từ đầu năm. "
    (tmp_path / "lon.txt").write_text((sentence + filling) * 9_900)
    running = subprocess.Popen(
        [*RUN, "read", "lon.txt"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A run started in the background hears no interrupt, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 1, (out[:200], err)
    assert (out, len(err.splitlines())) == (b"", 1)
    assert "Đã dừng" in err.decode()


WRONG = [
    "",
    " ",
    "\n",
    "-1",
    "0",
    "9" * 5000,
    "x" * 5000,
    "😀",
    "<script>",
    "../../etc",
    "%s",
]
TAKING = [
    ["deadline", "{}", "--from", "2026-11-16"],
    ["deadline", "xa_dt_72_kq", "--from", "{}"],
    ["deadline", "xa_dt_72_kq", "--from", "2026-11-16", "--event", "{}"],
    ["deadline", "xa_dt_72_kq", "--from", "2026-11-16", "--event", "extend={}@2026-11-20"],
    ["workdays", "2026-11-16", "{}"],
    ["workdays", "{}", "1"],
    ["law", "duties", "--kind", "{}"],
    ["law", "duties", "--kind", "commune", "--on", "{}"],
    ["law", "show", "{}"],
    ["units", "show", "{}"],
    ["units", "find", "{}"],
    ["units", "trace", "{}"],
    ["units", "count", "--on", "{}"],
    ["ledger", "root", "{}"],
    ["ledger", "proof", "{}"],
    ["ledger", "export", "{}/so.jsonl"],
    ["reference", "update", "{}"],
    ["report", "{}", "2019H1"],
    ["report", "9A001", "{}"],
    ["report", "9A001", "2026H1", "--format", "{}"],
    ["report", "9A001", "2026H1", "--out", "{}/bao-cao.docx"],
    ["account", "create", "{}", "--role", "viewer", "--unit", "9A001"],
    ["account", "create", "a@vi-du.example", "--role", "{}", "--unit", "9A001"],
    ["account", "create", "a@vi-du.example", "--role", "viewer", "--unit", "{}"],
    ["account", "reset", "{}"],
    ["read", "{}"],
    ["check", "{}"],
    ["start", "--port", "{}"],
    ["serve", "--host", "{}", "--port", "1"],
    ["{}"],
]


@pytest.mark.parametrize("template", TAKING, ids=" ".join)
def test_whatever_is_typed_is_answered_in_words(
    cast: Any,
    template: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    for wrong in WRONG:
        arguments = [part.replace("{}", wrong) for part in template]
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
        told = capsys.readouterr()
        assert status in (0, 1, 2), (arguments, told.err)
        assert "lỗi chưa lường trước" not in told.err + told.out, arguments
        assert "Cơ sở dữ liệu chưa sẵn sàng" not in told.err, arguments
        if status:
            assert told.err or told.out, arguments
