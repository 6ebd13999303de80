"""danchu corrections: what people made of readings, as material to train the reader with."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .output import tr, write_file
from .surroundings import setup_django


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "corrections",
        help=tr(
            "xuất các chỗ đã sửa khi rà soát, để huấn luyện máy đọc",
            "write what reviews corrected, to train the reader with",
        ),
        description=tr(
            "Mỗi dòng là một chỗ người rà soát đã sửa, bỏ hoặc thêm, dạng JSON: câu chữ đã che tên "
            "người, số đã đọc và quy tắc đã đọc nó, số đúng.",
            "Each line is a figure that a person corrected, rejected or added, in JSON: the words "
            "without names of persons, what was read and by which rule, and what is right.",
        ),
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar=tr("TỆP", "FILE"),
        help=tr("tệp sẽ ghi; không nêu thì in ra", "the file to write; printed if not given"),
    )
    parser.set_defaults(run=corrections)


def corrections(options: argparse.Namespace) -> int:
    """Write every standing correction, one JSON document a line."""
    setup_django()
    from danchu.core.contracts import OPERATOR
    from danchu.reporting.reading.selectors import correction_lines

    from .database import require_migrated

    require_migrated()
    lines = [json.dumps(line, ensure_ascii=False) + "\n" for line in correction_lines(OPERATOR)]
    if options.out is None:
        sys.stdout.writelines(lines)
        return 0
    write_file(options.out, "".join(lines).encode())
    print(
        tr(
            f"Đã ghi {len(lines)} chỗ đã sửa vào {options.out}.",
            f"{len(lines)} corrections in {options.out}.",
        )
    )
    return 0
