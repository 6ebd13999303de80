"""``danchu serve``, ``danchu worker``, ``danchu start``: the product while it runs."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from danchu.core.errors import Conflict, Refusal

from .output import tr, warn
from .running import running
from .surroundings import data_folder, setup_django

RESTART_AFTER = 5.0  # seconds, when a worker ends by itself
THREADS = 8  # requests that one process answers at once
MAIL_REST = 30.0  # seconds, when no message is due or the mail server does not answer
PATIENCE = 15.0  # seconds a worker is given to finish what it holds
_SERVER = "DANCHU_SERVER_PID"  # as in ``served``, which is imported by its processes alone


def add(commands: Any) -> None:
    """Add the three commands."""
    serve = commands.add_parser(
        "serve", help=tr("chạy máy chủ và tiến trình xử lý", "run the server and a worker")
    )
    _address(serve)
    serve.add_argument(
        "--no-worker",
        action="store_true",
        help=tr("không chạy tiến trình xử lý bên cạnh", "no worker beside the server"),
    )
    serve.set_defaults(run=_serve)

    worker = commands.add_parser(
        "worker", help=tr("chạy tiến trình xử lý", "run a worker on its own")
    )
    worker.add_argument(
        "--retry-failed",
        action="store_true",
        help=tr("thử lại những việc đã dừng sau nhiều lần lỗi", "retry what failed too often"),
    )
    # Set by ``serve``: the worker ends when the server's end of this pipe is closed.
    worker.add_argument("--beside-server", action="store_true", help=argparse.SUPPRESS)
    worker.set_defaults(run=_worker)

    start = commands.add_parser(
        "start",
        help=tr(
            "lần đầu thì dựng bản minh họa, rồi chạy",
            "make a demonstration on first use, then serve",
        ),
    )
    _address(start)
    start.set_defaults(run=_start, no_worker=False)


def _address(parser: Any) -> None:
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar=tr("MÁY", "HOST"),
        help=tr(
            "địa chỉ lắng nghe, mặc định 127.0.0.1: chỉ máy này",
            "the address to listen at, 127.0.0.1 if not given: this machine alone",
        ),
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("PORT", "8000"),
        metavar=tr("CỔNG", "PORT"),
        help=tr("cổng, mặc định PORT hoặc 8000", "the port; PORT or 8000 if not given"),
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(
        tr(f"{text!r} không phải là một cổng (1 đến 65535)", f"{text!r} is no port (1 to 65535)")
    )


def _serve(options: argparse.Namespace) -> int:
    setup_django(may_make="key")
    from .installation import require_installation

    require_installation()
    require_free(options.host, options.port)
    print(
        tr("Đang chạy tại", "Serving at") + f" http://{shown_host(options.host)}:{options.port}/",
        flush=True,
    )
    return _run(options)


def _start(options: argparse.Namespace) -> int:
    require_free(options.host, options.port)  # before minutes are spent on a first start
    setup_django(may_make="database")
    from danchu.core.accounts.installation import DEMO

    from .first_start import demonstration_accounts, prepare

    known = prepare()
    _begin_anew_if_typeset()
    address = f"http://{shown_host(options.host)}:{options.port}/"
    print(tr("Dữ liệu", "Data") + f": {data_folder()}")
    print(tr("Địa chỉ", "Address") + f": {address}")
    if known.mode == DEMO:
        print(tr("Tài khoản minh họa", "Demonstration accounts") + f" ({address}office/):")
        for account in demonstration_accounts():
            print(f"  {account.email}  {account.password}  {account.who}")
    sys.stdout.flush()
    return _run(options)


def _begin_anew_if_typeset() -> None:
    """Run the same command again in place of this process where the demonstration was just built.

    Its reports were typeset here, and the processes that serve pages are forked from this one.
    """
    from danchu.core.documents.pdf import typesetter_used

    if typesetter_used():
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - the words of this very command


def _run(options: argparse.Namespace) -> int:
    from django.db import connections

    from .static_files import collect_when_stale

    collect_when_stale()
    connections.close_all()
    helper = None if options.no_worker else Helper()
    with running():
        try:
            if helper is not None:
                helper.start()
            _serve_pages(options.host, options.port)
        finally:
            if helper is not None:
                helper.stop()
    return 0


def _serve_pages(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ[_SERVER] = str(os.getpid())
    Granian(
        "danchu.cli.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("DANCHU_WORKERS", "2")),
        # A page waits for a database or a disk, and a slow reader holds its thread meanwhile.
        blocking_threads=min(THREADS, 2 * (os.cpu_count() or 1)),
        workers_kill_timeout=5,  # seconds; a browser that keeps its connection open holds nobody
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


def require_free(host: str, port: int) -> None:
    """Raise a ``Refusal`` when nothing can be served at this address."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refusal(
                f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: --port {port + 1}",
                f"Port {port} is in use. Choose another: --port {port + 1}",
            ) from None
        raise Refusal(
            f"Không mở được {host}:{port}: {error}", f"{host}:{port} cannot be opened: {error}"
        ) from None


def shown_host(host: str) -> str:
    """The host as one types it into a browser on this machine."""
    if host in ("0.0.0.0", "::", "127.0.0.1"):  # noqa: S104 - only compared
        return "localhost"
    return f"[{host}]" if ":" in host else host


class Helper:
    """The worker beside the server: started again when it ends, ended with the server."""

    def __init__(self, command: list[str] | None = None) -> None:
        self._command = command or [sys.executable, "-m", "danchu", "worker", "--beside-server"]
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = threading.Thread(target=self._keep, name="worker", daemon=True)

    def start(self) -> None:
        """Start it, and watch over it from a thread."""
        self._begin()
        self._guard.start()

    def stop(self) -> None:
        """Let it finish what it holds, then end it."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()  # the worker takes this as the end
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _begin(self) -> None:
        # A group of its own: an interrupt at the keyboard reaches the server, which then ends
        # the worker in order.
        self._process = subprocess.Popen(  # noqa: S603 - our own command, nothing from outside
            self._command, stdin=subprocess.PIPE, start_new_session=True
        )

    def _keep(self) -> None:
        while not self._stopping.is_set():
            assert self._process is not None
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            if self._stopping.is_set():
                return
            warn(tr("Tiến trình xử lý dừng, đang chạy lại.", "The worker ended; starting again."))
            if self._stopping.wait(RESTART_AFTER):
                return
            self._begin()


def _worker(options: argparse.Namespace) -> int:
    setup_django(may_make="key")
    from danchu.core.mail import mail_is_on
    from danchu.core.outbox.services import retry_failed
    from danchu.core.outbox.worker import only_worker, run_beside, run_worker
    from danchu.reporting.reading.services import read_next
    from danchu.web.portal.board_mail import send_next

    from .installation import require_installation

    require_installation()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if options.beside_server:
        threading.Thread(target=_until_closed, args=(stop,), daemon=True).start()
    while not stop.is_set():
        try:
            with running(), only_worker():
                if options.retry_failed:
                    count = retry_failed()
                    print(tr(f"Thử lại {count} việc.", f"Retrying {count}."), flush=True)
                # A report cut off when the worker ends is read again at its next start.
                threading.Thread(target=run_beside, args=(stop, read_next), daemon=True).start()
                if mail_is_on():
                    threading.Thread(
                        target=run_beside,
                        args=(stop, send_next),
                        kwargs={"poll": MAIL_REST},
                        daemon=True,
                    ).start()
                run_worker(stop, daily=daily_duties())
        except Conflict:
            if not options.beside_server:
                raise
            stop.wait(RESTART_AFTER)  # another worker does the work; take over when it ends
    return 0


def daily_duties() -> list[Callable[[], object]]:
    """What a worker does at its start and after each midnight."""
    from django.core.management import call_command

    from danchu.civic.disclosure.folding import turn_of_day
    from danchu.civic.disclosure.services import forget_names
    from danchu.core.files.services import sweep_orphans
    from danchu.core.ledger.comparing import compare_daily
    from danchu.core.ledger.services import keep_roots
    from danchu.core.outbox.services import bring_forward
    from danchu.core.subscriptions.services import sweep as forget_unconfirmed
    from danchu.reporting.differences.noticing import notice_all
    from danchu.reporting.figures.comparing import compare_rollup
    from danchu.reporting.opendata.edition import make_edition

    return [
        bring_forward,
        keep_roots,
        compare_daily,
        sweep_orphans,
        forget_names,
        turn_of_day,
        forget_unconfirmed,
        lambda: call_command("clearsessions"),
        compare_rollup,
        notice_all,
        make_edition,
    ]


def _until_closed(stop: threading.Event) -> None:
    """Wait for the server to close its end, however it ended."""
    while sys.stdin.buffer.read(1):
        pass
    stop.set()
