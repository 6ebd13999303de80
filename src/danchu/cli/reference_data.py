"""``danchu reference``: the versions of the reference data in use, and bringing new ones in."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from danchu.core.contracts.reference import ReferenceChange
from danchu.core.text import format_number

from .database import require_migrated
from .output import add_json, emit_json, emit_table, language, tr
from .surroundings import setup_django

FEW = 6  # changes that are told in their own words


def add(commands: Any) -> None:
    """Add the command."""
    reference = commands.add_parser(
        "reference", help=tr("dữ liệu nền: đơn vị, lịch, luật, chỉ tiêu", "reference data")
    )
    parts = reference.add_subparsers(dest="part", metavar=tr("VIỆC", "WHAT"), required=True)
    status = parts.add_parser("status", help=tr("phiên bản đang dùng", "the versions in use"))
    status.set_defaults(run=_status)
    update = parts.add_parser("update", help=tr("đưa phiên bản mới vào", "bring a new version in"))
    update.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar=tr("TỆP", "FILE"),
        help=tr(
            "tệp zip kèm TỆP.sha256; không nêu thì lấy của bản phát hành",
            "a zip with FILE.sha256 beside it; that of the release if not given",
        ),
    )
    update.add_argument(
        "--dry-run",
        action="store_true",
        help=tr("chỉ nêu điều sẽ thay đổi", "only say what would change"),
    )
    add_json(status, update)
    update.set_defaults(run=_update)


def bring_in(file: Path | None) -> None:
    """Bring the reference sets in and print how much changed in each."""
    from .references import sources

    with sources(file) as found:
        for one, folder in found:
            changes = one.apply(folder)
            print(f"{_set_name(one.name)}: {_told(changes)}")
            for change in changes:
                if change.what in ("conflict", "kept"):
                    print("  " + tr(change.detail_vi, change.detail_en))


def _status(options: argparse.Namespace) -> int:
    setup_django()
    from .references import reference_sets

    require_migrated()
    rows = [
        {
            "name": one.name,
            "installed": one.installed(),
            "release": one.version(one.folder),
        }
        for one in reference_sets()
    ]
    if options.json:
        emit_json([{**row, "current": row["installed"] == row["release"]} for row in rows])
        return 0
    emit_table(
        [tr("Bộ", "Set"), tr("Đang dùng", "In use"), tr("Bản phát hành", "Release"), ""],
        [
            [
                _set_name(str(row["name"])),
                (row["installed"] or "-")[:16],
                (row["release"] or "")[:16],
                tr("mới nhất", "current")
                if row["installed"] == row["release"]
                else tr("có bản mới", "can be updated"),
            ]
            for row in rows
        ],
    )
    return 0


def _update(options: argparse.Namespace) -> int:
    setup_django()
    from .references import sources

    require_migrated()
    document = []
    with sources(options.file) as found:
        for one, folder in found:
            changes = one.plan(folder) if options.dry_run else one.apply(folder)
            document.append((one, one.version(folder), changes))
    if options.json:
        emit_json(
            [
                {
                    "name": one.name,
                    "version": version,
                    "applied": not options.dry_run,
                    "changes": [
                        {"what": c.what, "key": c.key, "detail": tr(c.detail_vi, c.detail_en)}
                        for c in changes
                    ],
                }
                for one, version, changes in document
            ]
        )
        return 0
    for one, _version, changes in document:
        print(f"{_set_name(one.name)}: {_told(changes)}")
        # A first load has tens of thousands of lines; what is left alone is always told.
        shown = [c for c in changes if c.what in ("conflict", "kept")]
        told = [c for c in changes if c.what not in ("conflict", "kept")]
        shown += told[: 20 if options.dry_run else 0]
        for change in shown:
            print("  " + tr(change.detail_vi, change.detail_en))
    if options.dry_run:
        print(tr("Chưa có gì thay đổi.", "Nothing was changed."))
    return 0


def _set_name(name: str) -> str:
    names = {
        "units": tr("Đơn vị hành chính", "Units"),
        "calendar": tr("Lịch làm việc", "Calendar"),
        "law": tr("Pháp luật", "Law"),
        "dictionary": tr("Từ điển chỉ tiêu", "Dictionary"),
        "checks": tr("Quy tắc kiểm tra số liệu", "Checks of figures"),
    }
    return names.get(name, name)


def _told(changes: Sequence[ReferenceChange]) -> str:
    """What changed, on one line: a few changes in their own words, many as counts."""
    told = [c for c in changes if c.what not in ("conflict", "kept")]
    if 0 < len(told) <= FEW:
        words = [tr(c.detail_vi, c.detail_en) for c in told]
    else:
        counts: Counter[str] = Counter(c.what for c in told)
        words = [
            f"{say} {format_number(counts[what])} mục"
            if language() == "vi"
            else f"{counts[what]} {say}"
            for what, say in (
                ("add", tr("thêm", "added")),
                ("change", tr("sửa", "changed")),
                ("end", tr("kết thúc", "ended")),
            )
            if counts[what]
        ]
    if kept := sum(c.what == "kept" for c in changes):
        words.append(tr(f"giữ {kept} thay đổi ghi ở đây", f"{kept} changes entered here stay"))
    if left := len(changes) - len(told) - kept:
        words.append(tr(f"giữ nguyên {left} chỗ mâu thuẫn", f"{left} conflicts left alone"))
    return ", ".join(words) or tr("không thay đổi", "no change")
