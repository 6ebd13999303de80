"""The ``danchu`` command. One module for each group; a module is imported when it is named.

Every command exits 0 on success, 2 on wrong use, 1 on failure with one clear line on
standard error in the language of ``DANCHU_LANG``; never a traceback (INTERFACE).
"""

from __future__ import annotations

import importlib
import os
import sys

from danchu.core.errors import BadInput, Refusal

from .output import Parser, complain, tr

# command -> module below danchu.cli that adds it
COMMANDS = {
    "read": "reading",
    "check": "reading",
    "report": "report",
    "deadline": "law",
    "workdays": "law",
    "law": "law",
    "units": "units",
    "rollup": "rollup",
    "ledger": "ledger",
    "init": "installation",
    "account": "installation",
    "reference": "installation",
    "demo": "demo",
    "start": "serving",
    "serve": "serving",
    "worker": "serving",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.settings")
    parser = Parser(
        prog="danchu",
        description=tr(
            "Hệ thống làm việc của thực hiện dân chủ ở cơ sở.",
            "The working system of grassroots democracy in Viet Nam.",
        ),
    )
    commands = parser.add_subparsers(
        dest="command", metavar=tr("LỆNH", "COMMAND"), required=True, parser_class=Parser
    )
    named = [word for word in arguments[:1] if word in COMMANDS]
    for module in dict.fromkeys(COMMANDS[name] for name in named or COMMANDS):
        try:
            importlib.import_module(f"danchu.cli.{module}").add(commands)
        except ModuleNotFoundError as error:
            if error.name != f"danchu.cli.{module}":
                raise
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except BadInput as refusal:
        return complain(refusal, 2)
    except Refusal as refusal:
        return complain(refusal, 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return complain_of_unexpected(error)


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
