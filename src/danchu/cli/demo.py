"""danchu demo: putting the demonstration back to its first day."""

from __future__ import annotations

import argparse

from danchu.core.errors import BadInput, Refusal

from .database import bring_up
from .output import tr
from .running import nothing_runs
from .surroundings import setup_django


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help=tr("dữ liệu minh họa", "the demonstration"))
    parser.add_argument(
        "--reset",
        action="store_true",
        help=tr("đưa bản minh họa về ngày đầu", "put it back to its first day"),
    )
    parser.set_defaults(run=_demo)


def _demo(options: argparse.Namespace) -> int:
    if not options.reset:
        raise BadInput(
            "Nêu việc cần làm: danchu demo --reset.", "Say what to do: danchu demo --reset."
        )
    setup_django(may_make="database")
    from danchu.core.accounts.installation import installation

    bring_up()
    known = installation()
    if known is not None and known.mode != "demo":
        raise Refusal(
            "Đây là bản dùng thật, không nạp dữ liệu minh họa. Không có gì thay đổi.",
            "This is a live installation; demonstration data are not loaded. Nothing changed.",
        )
    from .first_start import load_anew

    with nothing_runs():
        load_anew()
    print(tr("Đã dựng lại bản minh họa.", "The demonstration is as on its first day."))
    return 0
