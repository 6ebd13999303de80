"""Editions of the open data: all tables of one moment as files that never change.

An edition is named by its day and by what it holds, so the same data by the same release have the
same name and the same bytes. The worker makes one a day where something changed; until the first
is there, whoever asks first has it made.
"""

from __future__ import annotations

import csv
import datetime as dt
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from danchu import __version__
from danchu.core.accounts.installation import is_demonstration
from danchu.core.clock import today
from danchu.core.documents import DEMONSTRATION_MARK
from danchu.core.documents.sheets import (
    Kind,
    Sheet,
    SheetCell,
    SheetColumn,
    SheetValue,
    render_xlsx,
)
from danchu.core.errors import NotFound
from danchu.reporting.figures.selectors import dictionary_number
from danchu.reporting.reading.open_statements import newest_statement
from danchu.reporting.reviews.published_figures import newest_change

from .licence import licence
from .tables import TABLES, Cell, Row, Table

MANIFEST = "datapackage.json"
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
MOST_SHEET_ROWS = 50_000  # a spreadsheet of more is no help to anybody; there is the CSV
KEPT = 30  # editions; older ones go
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def folder() -> Path:
    """Where the editions stand."""
    return Path(settings.DANCHU_DATA) / "cache" / "open-data"


def state_of_data() -> str:
    """Eight digits that tell one state of the open data from another; three statements."""
    told = [__version__, dictionary_number(), newest_change(), newest_statement(), licence().name]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:8]


def editions() -> list[str]:
    """The editions there are, the newest first."""
    try:
        names = [path.name for path in folder().iterdir() if _NAME.fullmatch(path.name)]
    except FileNotFoundError:
        return []
    return sorted(names, key=lambda name: (name[:10], _made_at(name)), reverse=True)


def _made_at(name: str) -> float:
    return (folder() / name / MANIFEST).stat().st_mtime


def newest_edition() -> dict[str, Any]:
    """The data package of the newest edition; the first one is made on asking."""
    known = editions()
    return manifest(known[0] if known else make_edition())


def manifest(edition: str) -> dict[str, Any]:
    """The data package of an edition. Raises ``NotFound``."""
    found: dict[str, Any] = json.loads(path_of(edition, MANIFEST).read_text("utf-8"))
    return found


def path_of(edition: str, name: str) -> Path:
    """A file of an edition. Raises ``NotFound``; nothing outside the edition is ever found."""
    names = {MANIFEST, *(f"{one.name}.{fmt}" for one in TABLES for fmt in FORMATS)}
    path = folder() / edition / name
    if not _NAME.fullmatch(edition) or name not in names or not path.is_file():
        raise NotFound(
            "Không có tệp dữ liệu này. Xem các tệp hiện có ở trang Dữ liệu mở.",
            "There is no such data file. The page Open data lists those there are.",
        )
    return path


def make_edition() -> str:
    """Make the edition of today, unless the newest one still holds all there is; its name."""
    folder().mkdir(parents=True, exist_ok=True)
    with _alone():
        while True:
            state = state_of_data()
            known = editions()
            if known and known[0].endswith(state):
                return known[0]
            name = f"{today().isoformat()}-{state}"
            building = _built(name)
            if state_of_data() == state:  # what was published meanwhile belongs to the next
                break
        shutil.rmtree(folder() / name, ignore_errors=True)
        os.replace(building, folder() / name)
        for old in editions()[KEPT:]:
            shutil.rmtree(folder() / old, ignore_errors=True)
        return name


def _built(name: str) -> Path:
    building = folder() / "building"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    resources = [one for table in TABLES for one in _write(table, building, name)]
    text = json.dumps(_package(name, resources), ensure_ascii=False, indent=1) + "\n"
    (building / MANIFEST).write_text(text, "utf-8")
    return building


@contextmanager
def _alone() -> Iterator[None]:
    """One process makes an edition at a time; the others wait and find it made."""
    with (folder() / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _package(name: str, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """The edition as a Frictionless data package."""
    terms = licence()
    return {
        "profile": "data-package",
        "name": "danchu-open-data",
        "title": "Dữ liệu mở về thực hiện dân chủ ở cơ sở",
        "version": name,
        "created": f"{name[:10]}T00:00:00+07:00",
        "licenses": [{"name": terms.name, "path": terms.address, "title": terms.title_en}],
        "danchu": {
            "release": __version__,
            "dictionary_version": dictionary_number(),
            "demonstration": is_demonstration(),
        },
        "resources": resources,
    }


def _write(table: Table, into: Path, edition: str) -> list[dict[str, Any]]:
    """Write a table in every format in one pass over its rows; what each file is."""
    kept: list[Row] | None = []
    count = 0
    with ExitStack() as stack:
        csv_file = stack.enter_context(
            (into / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="")
        )
        json_file = stack.enter_context((into / f"{table.name}.json").open("w", encoding="utf-8"))
        writer = csv.writer(csv_file)
        writer.writerow([column.name for column in table.columns])
        _begin_json(json_file, table, edition)
        for count, row in enumerate(table.rows(), start=1):
            writer.writerow([_in_csv(cell) for cell in row])
            json_file.write((",\n" if count > 1 else "\n") + _in_json(table, row))
            if count > MOST_SHEET_ROWS:
                kept = None
            elif kept is not None:
                kept.append(row)
        json_file.write("\n]}\n")
    if kept is not None:
        (into / f"{table.name}.xlsx").write_bytes(_sheet(table, kept, edition))
    return [
        _resource(table, into / f"{table.name}.{fmt}", fmt, count)
        for fmt in FORMATS
        if (into / f"{table.name}.{fmt}").exists()
    ]


def _resource(table: Table, path: Path, fmt: str, rows: int) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "name": f"{table.name}-{fmt}",
        "path": path.name,
        "format": fmt,
        "mediatype": FORMATS[fmt].partition(";")[0],
        "encoding": "utf-8",
        "title": table.title_vi,
        "description": table.about_vi,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "rows": rows,
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.kind,
                    "title": column.vi,
                    "description": column.en,
                }
                for column in table.columns
            ],
            "missingValues": [""],
        },
    }


def _in_csv(cell: Cell) -> str:
    """A cell of the CSV. Text that a spreadsheet would take for a formula is led in by a quote."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case Decimal():
            return f"{cell:f}"
        case dt.date():
            return cell.isoformat()
    return str(cell)


def _begin_json(out: IO[str], table: Table, edition: str) -> None:
    head = {
        "table": table.name,
        "edition": edition,
        "release": __version__,
        "dictionary_version": dictionary_number(),
        "licence": licence().name,
        "columns": [
            {"name": one.name, "type": one.kind, "vi": one.vi, "en": one.en}
            for one in table.columns
        ],
    }
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [')


def _in_json(table: Table, row: Row) -> str:
    named = {
        column.name: as_number(cell) if isinstance(cell, Decimal) else cell
        for column, cell in zip(table.columns, row, strict=True)
    }
    return json.dumps(named, ensure_ascii=False, default=str)


def as_number(value: Decimal) -> int | float:
    """A number as JSON writes it; three decimals and fifteen digits come through unchanged."""
    return int(value) if value == value.to_integral_value() else float(value)


def _sheet(table: Table, rows: list[Row], edition: str) -> bytes:
    kinds: dict[str, Kind] = {"integer": "integer", "number": "decimal", "date": "date"}
    columns = tuple(
        SheetColumn(column.name, kinds.get(column.kind, "text")) for column in table.columns
    )
    notes: list[str | tuple[str, str]] = [
        ("Phiên bản", f"{edition}, danchu {__version__}, từ điển {dictionary_number()}"),
        ("Giấy phép", f"{licence().title_vi} ({licence().name})"),
    ]
    notes += [(column.name, f"{column.vi} / {column.en}") for column in table.columns]
    return render_xlsx(
        [
            Sheet(
                table.title_vi,
                columns,
                tuple(tuple(_in_sheet(cell) for cell in row) for row in rows),
                tuple(notes),
            )
        ],
        created=dt.date.fromisoformat(edition[:10]),
        title=table.title_vi,
        demo_mark=DEMONSTRATION_MARK if is_demonstration() else None,
    )


def _in_sheet(cell: Cell) -> SheetValue:
    if isinstance(cell, bool):
        return "đúng" if cell else "sai"
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return SheetCell(int(cell), "integer")
    return cell
