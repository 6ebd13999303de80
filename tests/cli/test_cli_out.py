"""What a command writes to a file: whole or not at all, and never over the data."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from danchu.cli import main
from danchu.core.errors import Refusal
from danchu.core.outfile import written_whole

WRITING = [
    ["ledger", "export", "{}"],
    ["corrections", "--out", "{}"],
    ["report", "9A001", "2026H1", "--format", "json", "--out", "{}"],
]


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    """A data folder with a database in it."""
    folder = tmp_path / "data"
    (folder / "files").mkdir(parents=True)
    with sqlite3.connect(folder / "danchu.sqlite3") as made:
        made.execute("create table kept (a)")
    settings.DANCHU_DATA = folder
    return folder


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_nothing_is_written_into_the_data_folder_by_whatever_way_it_is_named(
    cast: Any,
    data: Path,
    command: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = data / "danchu.sqlite3"
    before = database.read_bytes()
    (tmp_path / "link").symlink_to(database)
    (tmp_path / "folder").symlink_to(data)
    (tmp_path / "new").symlink_to(data / "new.txt")
    monkeypatch.chdir(data)
    for named in (
        database,
        Path("danchu.sqlite3"),
        data / "files" / ".." / "danchu.sqlite3-wal",
        data / "files" / "new.txt",
        tmp_path / "link",
        tmp_path / "folder" / "x.txt",
        tmp_path / "new",
        data,
    ):
        assert main([part.replace("{}", str(named)) for part in command]) == 1
        told = capsys.readouterr()
        assert "thư mục dữ liệu" in told.err.splitlines()[-1], named
    assert database.read_bytes() == before
    assert sorted(p.name for p in data.rglob("*")) == ["danchu.sqlite3", "files"]
    beside = tmp_path / "outside.txt"
    assert main([part.replace("{}", str(beside)) for part in command]) == 0
    assert beside.is_file() and sorted(tmp_path.glob(".danchu-*")) == []


def test_a_database_that_lies_elsewhere_is_spared_too(
    data: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite3"
    elsewhere.write_bytes(b"kept")
    kept = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(elsewhere)}
    for name, value in kept.items():
        monkeypatch.setitem(settings.DATABASES["default"], name, value)
    for name in ("elsewhere.sqlite3", "elsewhere.sqlite3-wal"):
        with pytest.raises(Refusal, match="dữ liệu của hệ thống"), written_whole(tmp_path / name):
            pytest.fail("it was opened")
    assert elsewhere.read_bytes() == b"kept"
    with written_whole(tmp_path / "elsewhere.txt") as out:
        out.write(b"a")
    assert (tmp_path / "elsewhere.txt").read_bytes() == b"a"


def test_a_write_that_is_cut_off_leaves_the_old_file(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "so.jsonl"
    file.write_bytes(b"old")
    for failure in (KeyboardInterrupt(), OSError(28, "No space left on device")):
        with pytest.raises((KeyboardInterrupt, Refusal)), written_whole(file) as out:
            out.write(b"half")
            raise failure
        assert file.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "so.jsonl"]
    with written_whole(file) as out:
        out.write(b"new")
    assert file.read_bytes() == b"new"


def test_a_link_is_followed_and_stays_a_link(data: Path, tmp_path: Path) -> None:
    file, link = tmp_path / "so.jsonl", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to(file)
    with written_whole(link) as out:
        out.write(b"new")
    assert link.is_symlink() and file.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "vi", "en"),
    [
        ("no/such/file", "không có thư mục đó", "No such file or directory"),
        ("plain/file", "không phải là thư mục", "Not a directory"),
        ("x" * 300, "quá dài", "File name too long"),
        ("circle", "vòng quanh", "circle"),
        ("folder", "không phải là tệp thường", "no plain file"),
        ("pipe", "không phải là tệp thường", "no plain file"),
        ("/dev/null", "không phải là tệp thường", "no plain file"),
    ],
)
def test_what_cannot_be_written_is_said_in_the_language_of_the_reader(
    cast: Any,
    data: Path,
    tmp_path: Path,
    name: str,
    vi: str,
    en: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "plain").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    os.mkfifo(tmp_path / "pipe")
    assert main(["ledger", "export", str(tmp_path / name)]) == 1
    told = capsys.readouterr().err
    assert vi in told and len(told.splitlines()) == 1
    assert "No such" not in told and "directory" not in told
    monkeypatch.setenv("DANCHU_LANG", "en")
    assert main(["ledger", "export", str(tmp_path / name)]) == 1
    assert en in capsys.readouterr().err
    assert main(["ledger", "export", str(tmp_path / "good")]) == 0
    first = (tmp_path / "good").read_text().splitlines()[0]
    assert json.loads(first)["format"]
