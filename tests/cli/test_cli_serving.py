"""Serving: a busy port, static files, and a worker that lives and ends with its server."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from danchu.cli import main, serving, static_files
from danchu.cli.running import nothing_runs, running
from danchu.cli.serving import Helper, require_free, shown_host
from danchu.core.documents import pdf
from danchu.core.errors import Conflict, Refusal

# Stands for the worker: notes that it lives, ends when its input is closed.
STAND_IN = "import sys, pathlib; pathlib.Path(sys.argv[1]).open('a').write('x'); sys.stdin.read()"


def wait_for(what, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def test_a_busy_port_is_refused_with_one_clear_line(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(Refusal, match=str(port)):
            require_free("127.0.0.1", port)
        assert main(["start", "--port", str(port)]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert len(told.err.splitlines()) == 1
    require_free("127.0.0.1", port)
    with pytest.raises(Refusal):
        require_free("203.0.113.1", port)  # not an address of this machine
    for wrong in ("0", "65536", "x", "-1"):
        with pytest.raises(SystemExit) as ended:
            main(["serve", "--port", wrong])
        assert ended.value.code == 2


def test_the_demonstration_is_not_put_back_under_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANCHU_DATA", str(tmp_path))
    with running(), running():  # a server and its worker
        with pytest.raises(Conflict) as refused, nothing_runs():
            pass
        assert "đang chạy trên dữ liệu này" in refused.value.vi
    with nothing_runs():
        with pytest.raises(Conflict) as refused, running():
            pass
        assert "đang được dựng lại" in refused.value.vi
    with running():
        pass


def test_serving_needs_an_installation(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["serve", "--port", "1"], ["worker"]):
        assert main(command) == 1
        assert "danchu init" in capsys.readouterr().err


def test_addresses_are_shown_as_one_types_them() -> None:
    assert shown_host("0.0.0.0") == shown_host("127.0.0.1") == shown_host("::") == "localhost"
    assert shown_host("2001:db8::1") == "[2001:db8::1]"
    assert shown_host("danchu.example") == "danchu.example"


def test_the_worker_is_started_again_and_ends_with_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "RESTART_AFTER", 0.05)
    alive = tmp_path / "alive"
    helper = Helper([sys.executable, "-c", STAND_IN, str(alive)])
    helper.start()
    wait_for(lambda: alive.exists() and alive.read_text() == "x")
    first = helper._process
    assert first is not None
    first.kill()
    wait_for(lambda: alive.read_text() == "xx")
    second = helper._process
    assert second is not None
    assert second.pid != first.pid
    helper.stop()
    assert second.returncode == 0  # it was asked, not killed
    time.sleep(0.2)
    assert alive.read_text() == "xx"


def test_a_worker_that_does_not_listen_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PATIENCE", 0.2)
    helper = Helper([sys.executable, "-c", "import time; time.sleep(60)"])
    helper.start()
    helper.stop()
    assert helper._process is not None
    assert helper._process.returncode == -9


def test_the_worker_stops_when_the_server_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()

    class Closed:
        buffer = io.BytesIO(b"")

    monkeypatch.setattr(sys, "stdin", Closed())
    serving._until_closed(stop)
    assert stop.is_set()


def test_a_process_of_the_server_ends_when_the_server_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from danchu.cli import served

    parents, told = iter([7, 7, 1]), []
    monkeypatch.setattr(served.os, "getppid", lambda: next(parents))
    monkeypatch.setattr(served.os, "kill", lambda _process, number: told.append(number))
    monkeypatch.setattr(served.os, "_exit", told.append)
    monkeypatch.setattr(served.time, "sleep", lambda _seconds: None)
    served.watch(7)
    assert told == [15, 1]
    assert next(parents, None) is None


def test_static_files_are_gathered_when_they_changed(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "cache" / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a")
    settings.STATICFILES_DIRS = [source]
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    assert static_files.collect_when_stale()
    assert (settings.STATIC_ROOT / "a.css").read_text() == "a"
    assert not static_files.collect_when_stale()
    (source / "b.css").write_text("b")
    assert static_files.collect_when_stale()
    (source / "a.css").unlink()
    assert static_files.collect_when_stale()
    assert not (settings.STATIC_ROOT / "a.css").exists()
    (settings.STATIC_ROOT / "b.css").unlink()
    settings.STATIC_ROOT.rmdir()
    assert static_files.collect_when_stale()
    finders.get_finder.cache_clear()


@pytest.mark.long
@pytest.mark.parametrize("number", [2, 9, 15])
def test_server_and_worker_stop_together(tmp_path: Path, number: int) -> None:
    """The real thing: set up, serve, stop by keyboard (2), a service manager (15), a blow (9)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment = {**clean, "DANCHU_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "danchu"]
    subprocess.run([*command, "init"], env=environment, check=True, timeout=120)
    server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment)
    try:

        def answers() -> bool:
            try:
                address = f"http://127.0.0.1:{port}/healthz"
                return urllib.request.urlopen(address, timeout=2).status == 200
            except OSError:
                return False

        wait_for(answers, 60)
        lock = tmp_path / "worker.lock"
        wait_for(lock.exists, 30)
        second = subprocess.run(
            [*command, "worker"], env=environment, capture_output=True, text=True, timeout=60
        )
        assert second.returncode == 1
        assert len(second.stderr.splitlines()) == 1
        server.send_signal(number)
        assert server.wait(30) == (-9 if number == 9 else 0)
        # After a blow its processes see within a second or two that it is gone.
        wait_for(lambda: not answers(), 10 if number == 9 else 0.5)
        time.sleep(3 if number == 9 else 0)
        taken = subprocess.Popen([*command, "worker"], env=environment)
        time.sleep(5)
        assert taken.poll() is None  # the lock is free again
        taken.terminate()
        assert taken.wait(20) == 0
    finally:
        server.kill()


def test_a_first_start_that_typeset_a_report_begins_anew_before_it_forks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(os, "execv", lambda path, words: ran.append((path, words)))
    monkeypatch.setattr(pdf, "_first_used_in", 0)
    serving._begin_anew_if_typeset()
    assert ran == []
    monkeypatch.setattr(pdf, "_first_used_in", os.getpid())
    serving._begin_anew_if_typeset()
    assert ran == [(sys.executable, sys.orig_argv)]


def test_a_forked_process_says_that_it_cannot_typeset_instead_of_waiting_forever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_first_used_in", os.getpid() + 1)
    with pytest.raises(RuntimeError, match="forked"):
        pdf._refuse_after_fork()
    assert not pdf.typesetter_used()
