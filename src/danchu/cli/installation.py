"""``danchu init``, ``danchu account``, ``danchu reference``: setting up and keeping up to date."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from danchu.core.contracts.reference import ReferenceChange
from danchu.core.errors import NotFound, Refusal

from .output import date_argument, emit_json, emit_table, setup_django, tr


def add(commands: Any) -> None:
    """Add the three commands."""
    init = commands.add_parser(
        "init", help=tr("thiết lập hệ thống, chạy lại được", "set up the installation; repeatable")
    )
    init.add_argument(
        "--demo",
        action="store_true",
        help=tr("bản minh họa, mãi là bản minh họa", "a demonstration, for good"),
    )
    init.add_argument(
        "--serves",
        nargs="+",
        default=[],
        metavar="CODE",
        help=tr("mã các đơn vị mà hệ thống phục vụ", "codes of the units it works for"),
    )
    init.set_defaults(run=_init)

    account = commands.add_parser("account", help=tr("tài khoản người dùng", "people's accounts"))
    parts = account.add_subparsers(dest="part", metavar=tr("VIỆC", "WHAT"), required=True)
    create = parts.add_parser(
        "create", help=tr("thêm người và vai trò", "add a person with a role")
    )
    create.add_argument("email", metavar="EMAIL")
    create.add_argument("--role", required=True, metavar="ROLE")
    create.add_argument("--unit", required=True, metavar="CODE")
    create.add_argument("--name", default="", metavar="NAME")
    create.add_argument("--post", default="", metavar="POST")
    create.add_argument("--from", dest="valid_from", type=date_argument, metavar="DATE")
    create.add_argument("--to", dest="valid_to", type=date_argument, metavar="DATE")
    create.set_defaults(run=_create)
    reset = parts.add_parser(
        "reset", help=tr("in đường dẫn đặt lại mật khẩu", "print a link to set a new password")
    )
    reset.add_argument("email", metavar="EMAIL")
    reset.add_argument(
        "--second-factor",
        action="store_true",
        help=tr("bỏ cả lớp xác thực thứ hai đã mất", "drop a lost second factor as well"),
    )
    reset.set_defaults(run=_reset)

    reference = commands.add_parser(
        "reference", help=tr("dữ liệu nền: đơn vị, lịch, luật, chỉ tiêu", "reference data")
    )
    parts = reference.add_subparsers(dest="part", metavar=tr("VIỆC", "WHAT"), required=True)
    status = parts.add_parser("status", help=tr("phiên bản đang dùng", "the versions in use"))
    status.add_argument("--json", action="store_true", help="JSON")
    status.set_defaults(run=_status)
    update = parts.add_parser("update", help=tr("đưa phiên bản mới vào", "bring a new version in"))
    update.add_argument("file", nargs="?", type=Path, metavar="FILE")
    update.add_argument(
        "--dry-run",
        action="store_true",
        help=tr("chỉ nêu điều sẽ thay đổi", "only say what would change"),
    )
    update.add_argument("--json", action="store_true", help="JSON")
    update.set_defaults(run=_update)


def set_up(*, demo: bool, serves: list[str], loading: bool = False) -> None:
    """What ``danchu init`` does; each step can be run again after an interruption."""
    from django.core.management import call_command

    from danchu.core.accounts import installation

    mode = installation.DEMO if demo else installation.LIVE
    call_command("migrate", interactive=False, verbosity=0)
    installation.require_mode(mode)
    print(tr("Cơ sở dữ liệu đã sẵn sàng.", "The database is ready."))
    bring_in(None)
    _row, now = installation.set_up(mode=mode, serves=serves, loading=loading)
    if demo:
        told = tr("Đây là bản minh họa.", "This is a demonstration.")
    else:
        told = tr("Đây là bản chính thức.", "This is a live installation.")
    print(told if now else told + tr(" (đã thiết lập từ trước)", " (as set up before)"))


def bring_in(file: Path | None) -> None:
    """Bring the reference sets in and print how much changed in each."""
    from .references import sources

    with sources(file) as found:
        for one, folder in found:
            changes = one.apply(folder)
            print(f"{_set_name(one.name)}: {_counted(changes)}")
            for change in changes:
                if change.what == "conflict":
                    print("  " + tr(change.detail_vi, change.detail_en))


def _init(options: argparse.Namespace) -> int:
    setup_django()
    set_up(demo=options.demo, serves=options.serves)
    print(
        tr(
            "Tạo quản trị đầu tiên: danchu account create EMAIL --role admin --unit MÃ",
            "Make the first administrator: danchu account create EMAIL --role admin --unit CODE",
        )
    )
    return 0


def _create(options: argparse.Namespace) -> int:
    setup_django()
    from danchu.core.accounts.links import make_one_time_link
    from danchu.core.accounts.services import add_person
    from danchu.core.clock import today
    from danchu.core.contracts import OPERATOR
    from danchu.core.units.selectors import unit_on

    require_installation()
    unit = unit_on(options.unit, today())
    added = add_person(
        actor=OPERATOR,
        email=options.email,
        name=options.name or options.email.split("@")[0],
        post=options.post,
        unit_id=unit.id,
        role=options.role,
        valid_from=options.valid_from,
        valid_to=options.valid_to,
    )
    account = added.account
    print(
        tr(
            f"Đã cấp vai trò {options.role} ở {unit.name} cho {account.email}.",
            f"{account.email} now holds the role {options.role} over {unit.name}.",
        )
    )
    if account.has_usable_password():
        return 0
    token = make_one_time_link(actor=OPERATOR, account_id=account.pk, purpose="welcome")
    _print_link(token, "welcome")
    return 0


def _reset(options: argparse.Namespace) -> int:
    setup_django()
    from danchu.core.accounts.links import drop_second_factor, make_one_time_link
    from danchu.core.accounts.models import Account
    from danchu.core.contracts import OPERATOR

    require_installation()
    account = Account.objects.filter(email=options.email.strip().lower()).first()
    if account is None:
        raise NotFound(
            f"Không có tài khoản {options.email}.", f"There is no account {options.email}."
        )
    if options.second_factor and drop_second_factor(actor=OPERATOR, account_id=account.pk):
        print(tr("Đã bỏ lớp xác thực thứ hai.", "The second factor was dropped."))
    token = make_one_time_link(actor=OPERATOR, account_id=account.pk, purpose="reset")
    _print_link(token, "reset")
    return 0


def _print_link(token: str, purpose: str) -> None:
    from django.urls import reverse

    origins = os.environ.get("DANCHU_ORIGINS", "").split()
    origin = origins[0].rstrip("/") if origins else f"http://localhost:{_port()}"
    address = origin + reverse("office:one_time_link", args=[purpose, token])
    life = {"welcome": tr("7 ngày", "7 days"), "reset": tr("24 giờ", "24 hours")}[purpose]
    print(
        tr(
            f"Đường dẫn dùng một lần, trong {life}:\n{address}",
            f"A link that works once, for {life}:\n{address}",
        )
    )


def _port() -> str:
    return os.environ.get("PORT", "8000")


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
        print(f"{_set_name(one.name)}: {_counted(changes)}")
        # A first load has tens of thousands of lines; what is left alone is always told.
        shown = [c for c in changes if c.what == "conflict"] or []
        shown += [c for c in changes if c.what != "conflict"][: 20 if options.dry_run else 0]
        for change in shown:
            print("  " + tr(change.detail_vi, change.detail_en))
    if options.dry_run:
        print(tr("Chưa có gì thay đổi.", "Nothing was changed."))
    return 0


def require_migrated() -> None:
    """Raise a ``Refusal`` when the database cannot be reached or is not that of this release."""
    from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
    from django.db.migrations.executor import MigrationExecutor

    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise Refusal(
            f"Không kết nối được cơ sở dữ liệu: {error}", f"The database does not answer: {error}"
        ) from None
    if plan:
        raise Refusal(
            "Cơ sở dữ liệu chưa được thiết lập hoặc chưa nâng cấp. Chạy: danchu init",
            "The database is not set up or not up to date. Run: danchu init",
        )


def require_installation() -> None:
    """Raise a ``Refusal`` unless ``danchu init`` has been run to its end."""
    from danchu.core.accounts.installation import installation

    require_migrated()
    if installation() is None:
        raise Refusal(
            "Hệ thống chưa được thiết lập. Chạy: danchu init (hoặc danchu init --demo)",
            "The installation is not set up. Run: danchu init (or danchu init --demo)",
        )


def _set_name(name: str) -> str:
    names = {
        "units": tr("Đơn vị hành chính", "Units"),
        "calendar": tr("Lịch làm việc", "Calendar"),
        "law": tr("Pháp luật", "Law"),
        "dictionary": tr("Từ điển chỉ tiêu", "Dictionary"),
    }
    return names.get(name, name)


def _counted(changes: Iterable[ReferenceChange]) -> str:
    counts: Counter[str] = Counter(change.what for change in changes)
    words = {
        "add": tr("thêm", "added"),
        "change": tr("sửa", "changed"),
        "end": tr("kết thúc", "ended"),
        "conflict": tr("mâu thuẫn, giữ nguyên", "conflicts left alone"),
    }
    told = [f"{counts[what]} {words[what]}" for what in words if counts[what]]
    return ", ".join(told) or tr("không thay đổi", "no change")
