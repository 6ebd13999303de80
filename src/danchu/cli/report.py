"""danchu report: the six-month report of a unit, in any format."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from danchu.core.errors import BadInput

from .output import (
    Choices,
    date_argument,
    day_word,
    emit_json,
    language,
    tr,
    warn,
    write_file,
)
from .surroundings import setup_django

FORMATS = ("docx", "pdf", "html", "xlsx", "json")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "report",
        help=tr("lập báo cáo 6 tháng của một đơn vị", "compose a unit's six-month report"),
    )
    parser.add_argument("unit", metavar=tr("MÃ", "UNIT"), help=tr("mã đơn vị", "the unit's code"))
    parser.add_argument(
        "period",
        metavar=tr("KỲ", "PERIOD"),
        help=tr(
            "kỳ báo cáo: 2019H1, 2019, 2019Q1, 2019M06, nd09:2026H1",
            "the period: 2019H1, 2019, 2019Q1, 2019M06, nd09:2026H1",
        ),
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="docx",
        help=tr("định dạng, mặc định là docx", "the format, docx if not given"),
    )
    parser.add_argument(
        "--layout",
        choices=Choices.of(
            {
                "state": tr("thể thức của Nhà nước", "the State"),
                "party": tr("của Đảng", "the Party"),
            }
        ),
        help=tr(
            "thể thức: state của Nhà nước, party của Đảng; mặc định theo cơ quan ban hành",
            "the layout of the State or of the Party; that of the issuing body if not given",
        ),
    )
    parser.add_argument(
        "--out",
        metavar=tr("TỆP", "FILE"),
        help=tr("tệp sẽ ghi; không nêu thì in ra", "the file to write; printed if not given"),
    )
    parser.add_argument(
        "--structure",
        metavar=day_word(),
        type=date_argument,
        help=tr("đọc mã đơn vị theo bản đồ của ngày này", "read the code on this day's map"),
    )
    parser.set_defaults(run=report)


def report(options: argparse.Namespace) -> int:
    """Compose and write the report; without ``--out`` it goes to standard output."""
    setup_django()
    from danchu.core.contracts import OPERATOR
    from danchu.core.outbox.services import drain
    from danchu.core.records.services import FIGURES
    from danchu.reporting.figures.services import open_period
    from danchu.reporting.reviews.compose import compose
    from danchu.reporting.reviews.export import as_json, file_name, render

    open_period(options.period)
    while drain(topics=[FIGURES]):
        pass
    found = compose(
        viewer=OPERATOR,
        code=options.unit,
        period_code=options.period,
        layout=options.layout,
        structure_on=options.structure,
        language=language(),
    )
    for warning in found.warnings:
        warn(warning)
    if options.format == "json":
        if options.out is None:
            emit_json(as_json(found))
            return 0
        import json

        content = json.dumps(as_json(found), ensure_ascii=False, indent=2, default=str).encode()
    else:
        content = render(found, options.format)
    if options.out is None:
        if sys.stdout.isatty() and options.format in ("docx", "pdf", "xlsx"):
            raise BadInput(
                f"Chỉ định tệp bằng --out, ví dụ --out {file_name(found, options.format)}.",
                f"Name a file with --out, for instance {file_name(found, options.format)}.",
            )
        sys.stdout.buffer.write(content)
        return 0
    write_file(Path(options.out), content)
    print(tr(f"Đã ghi {options.out}.", f"Wrote {options.out}."))
    return 0
