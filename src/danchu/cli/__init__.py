"""The ``danchu`` command. One module for each group; a module is imported when it is named.

Every command exits 0 on success, 2 on wrong use, 1 on failure with one clear line on
standard error in the language of ``DANCHU_LANG``; never a traceback (INTERFACE).
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys

from danchu.core.errors import BadInput, Refusal
from danchu.core.os_reasons import reason_of

from .output import Parser, complain, tr
from .surroundings import data_folder

# command -> module below danchu.cli that adds it
COMMANDS = {
    "read": "reading",
    "check": "reading",
    "corrections": "corrections",
    "report": "report",
    "deadline": "law",
    "workdays": "law",
    "law": "law",
    "units": "units",
    "rollup": "rollup",
    "ledger": "ledger",
    "init": "installation",
    "account": "accounts",
    "reference": "reference_data",
    "demo": "demo",
    "simulate": "simulate",
    "start": "serving",
    "serve": "serving",
    "worker": "serving",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    _open_streams()
    try:
        try:
            return _run(sys.argv[1:] if argv is None else argv)
        finally:
            sys.stdout.flush()  # here, where it can be told when it fails
    except BadInput as refusal:
        return complain(refusal, 2)
    except Refusal as refusal:
        return complain(refusal, 1)
    except KeyboardInterrupt:
        return complain(Refusal("Đã dừng giữa chừng.", "Stopped half way."), 1)
    except BrokenPipeError:
        _drop_output()
        return 0  # whoever reads has read enough
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _drop_output()
        return complain_of_unexpected(error)


def _run(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.settings")
    parser = Parser(
        prog="danchu",
        description=tr(
            "Hệ thống làm việc của thực hiện dân chủ ở cơ sở.",
            "The working system of grassroots democracy in Viet Nam.",
        ),
        epilog=tr(
            f"Dữ liệu ở {data_folder()}; đặt DANCHU_DATA để chọn thư mục khác.",
            f"Data are in {data_folder()}; set DANCHU_DATA to choose another folder.",
        ),
    )
    commands = parser.add_subparsers(
        dest="command", metavar=tr("LỆNH", "COMMAND"), required=True, parser_class=Parser
    )
    named = [word for word in arguments[:1] if word in COMMANDS]
    for module in dict.fromkeys(COMMANDS[name] for name in named or COMMANDS):
        importlib.import_module(f"danchu.cli.{module}").add(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options) or 0)


def _open_streams() -> None:
    """UTF-8 whatever the terminal says, and a place to write to where it was closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end
        elif hasattr(stream, "reconfigure"):
            # A byte of a file name that is no UTF-8 is shown escaped, which JSON takes too.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Let what is still held for standard output go, so that the end says nothing of it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain_of_unexpected(error: Exception) -> int:
    """One line for what no command foresaw; the traceback only when DANCHU_DEBUG asks for it."""
    if os.environ.get("DANCHU_DEBUG"):
        raise error
    if type(error).__module__.startswith("django.db"):
        return complain(
            Refusal(
                "Cơ sở dữ liệu chưa sẵn sàng. Chạy danchu init (hoặc make run) rồi làm lại; "
                f"nếu đã chạy, kiểm tra DATABASE_URL và DANCHU_DATA ({_first_line(error)}).",
                "The database is not ready. Run danchu init (or make run) and try again; if that "
                f"was done, check DATABASE_URL and DANCHU_DATA ({_first_line(error)}).",
            ),
            1,
        )
    if isinstance(error, OSError):
        named = str(error.filename or "-")[-80:]
        return complain(
            Refusal(
                f"Không đọc hoặc ghi được {named}: {reason_of(error)}.",
                f"{named} cannot be read or written: {error.strerror}.",
            ),
            1,
        )
    return complain(
        Refusal(
            f"Lệnh dừng vì lỗi chưa lường trước ({type(error).__name__}: {error}). "
            "Đặt DANCHU_DEBUG=1 để xem chi tiết.",
            f"The command stopped on an unexpected error ({type(error).__name__}: {error}). "
            "Set DANCHU_DEBUG=1 for details.",
        ),
        1,
    )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0]
