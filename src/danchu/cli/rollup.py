"""danchu rollup: the state of the roll-up, and building it anew.

What is derived beside it, how units stand with the clauses of disclosure, is built with it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time

from danchu.core.text import format_number

from .output import add_json, emit_json, emit_table, tr
from .surroundings import setup_django


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "rollup", help=tr("bảng cộng dồn số liệu", "the roll-up of figures")
    )
    inner = parser.add_subparsers(required=True, metavar=tr("VIỆC", "ACTION"))
    rebuild = inner.add_parser("rebuild", help=tr("dựng lại toàn bộ", "build it anew"))
    rebuild.set_defaults(run=_rebuild)
    status = inner.add_parser("status", help=tr("tình trạng", "its state"))
    add_json(status)
    status.set_defaults(run=_status)


def _rebuild(options: argparse.Namespace) -> int:
    setup_django()
    from danchu.civic.disclosure.folding import rebuild as rebuild_standings
    from danchu.reporting.figures.fold import rebuild

    began = time.monotonic()
    cells, standings = rebuild(), rebuild_standings()
    seconds = time.monotonic() - began
    print(
        tr(
            f"Đã dựng lại {format_number(cells)} ô và {format_number(standings)} ô công khai theo "
            f"khoản trong {_tenths(seconds)} giây.",
            f"Built {cells:,} cells and {standings:,} cells of disclosure by clause anew in "
            f"{seconds:.1f} seconds.",
        )
    )
    return 0


def _tenths(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")


def _when(instant: dt.datetime | None) -> str:
    from danchu.core.clock import day_of
    from danchu.core.text import format_date

    return format_date(day_of(instant)) if instant else ""


def _status(options: argparse.Namespace) -> int:
    setup_django()
    from danchu.core.outbox.selectors import pending
    from danchu.reporting.figures.comparing import last_comparison
    from danchu.reporting.figures.models import Cell

    waiting, last = pending(), last_comparison()
    document = {
        "cells": Cell.objects.count(),
        "pending": waiting.count,
        "oldest": waiting.oldest_at,
        "failed": waiting.failed,
        "compared_at": last.at,
        "compared": last.cells,
        "differing": last.differing,
    }
    if options.json:
        emit_json(document)
    else:
        emit_table(
            (
                tr("Ô", "Cells"),
                tr("Chờ cộng", "Pending"),
                tr("Hỏng", "Failed"),
                tr("Đối chiếu gần nhất", "Last compared"),
                tr("Ô sai lệch", "Differing"),
            ),
            [
                (
                    document["cells"],
                    document["pending"],
                    document["failed"],
                    _when(last.at),
                    document["differing"] if last.at else "",
                )
            ],
        )
    return 0
