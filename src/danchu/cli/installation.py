"""``danchu init``, ``danchu account``, ``danchu reference``: setting up and keeping up to date."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from danchu.core.accounts.roles import ROLES
from danchu.core.contracts.reference import ReferenceChange
from danchu.core.errors import NotFound, Refusal
from danchu.core.text import format_number

from .database import bring_up
from .output import add_json, date_argument, day_word, emit_json, emit_table, language, tr
from .surroundings import setup_django, there_is_a_database

FEW = 6  # changes that are told in their own words


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
        metavar=tr("MÃ", "CODE"),
        help=tr("mã các đơn vị mà hệ thống phục vụ", "codes of the units it works for"),
    )
    init.set_defaults(run=_init)

    account = commands.add_parser("account", help=tr("tài khoản người dùng", "people's accounts"))
    parts = account.add_subparsers(dest="part", metavar=tr("VIỆC", "WHAT"), required=True)
    create = parts.add_parser(
        "create", help=tr("thêm người và vai trò", "add a person with a role")
    )
    _add_email(create)
    create.add_argument(
        "--role",
        required=True,
        metavar=tr("VAI_TRÒ", "ROLE"),
        help="; ".join(f"{one.key}: {tr(one.name_vi, one.name_en)}" for one in ROLES.values()),
    )
    create.add_argument(
        "--unit",
        required=True,
        metavar=tr("MÃ", "CODE"),
        help=tr(
            "mã đơn vị giữ vai trò, cả các đơn vị bên dưới; VN là cả nước",
            "code of the unit over which, with all below it; VN is the whole country",
        ),
    )
    create.add_argument(
        "--name",
        default="",
        metavar=tr("HỌ_TÊN", "NAME"),
        help=tr("họ và tên", "the person's name"),
    )
    create.add_argument(
        "--post", default="", metavar=tr("CHỨC_VỤ", "POST"), help=tr("chức vụ", "the post held")
    )
    create.add_argument(
        "--from",
        dest="valid_from",
        type=date_argument,
        metavar=day_word(),
        help=tr("ngày bắt đầu, mặc định là hôm nay", "the first day, today if not given"),
    )
    create.add_argument(
        "--to",
        dest="valid_to",
        type=date_argument,
        metavar=day_word(),
        help=tr("ngày cuối, không nêu thì chưa định", "the last day, open if not given"),
    )
    create.set_defaults(run=_create)
    reset = parts.add_parser(
        "reset", help=tr("in đường dẫn đặt lại mật khẩu", "print a link to set a new password")
    )
    _add_email(reset)
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


def _add_email(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "email",
        metavar=tr("THƯ_ĐIỆN_TỬ", "EMAIL"),
        help=tr("thư điện tử dùng để đăng nhập", "the e-mail address that signs in"),
    )


def set_up(*, demo: bool, serves: list[str], loading: bool = False) -> list[str]:
    """What ``danchu init`` does; each step can be run again after an interruption.

    Returns the codes of the units that the installation serves.
    """
    from danchu.core.accounts import installation

    mode = installation.DEMO if demo else installation.LIVE
    bring_up()
    installation.require_mode(mode)
    print(tr("Cơ sở dữ liệu đã sẵn sàng.", "The database is ready."))
    bring_in(None)
    row, now = installation.set_up(mode=mode, serves=serves, loading=loading)
    if demo:
        told = tr("Đây là bản minh họa.", "This is a demonstration.")
    else:
        told = tr("Đây là bản chính thức.", "This is a live installation.")
    print(told if now else told + tr(" (đã thiết lập từ trước)", " (as set up before)"))
    return list(row.serves)


def require_known(serves: Sequence[str]) -> None:
    """Raise ``NotFound`` for a code that no unit holds today, before anything is made.

    Known is what the map of the release or the database, where there is one, holds.
    """
    from danchu.core import clock
    from danchu.core.units.release import codes_on

    asked = [code.strip() for code in serves]
    missing = set(asked) - codes_on(clock.today()) if asked else set()
    if missing and there_is_a_database():
        setup_django()
        missing -= _held_today(missing)
    if missing:
        named = ", ".join(code for code in dict.fromkeys(asked) if code in missing)
        raise NotFound(
            f"Hôm nay không có đơn vị nào mang mã {named}. Chưa có gì được tạo ra; xem lại mã "
            "ở --serves.",
            f"No unit holds the code {named} today. Nothing was made; check --serves.",
        )


def _held_today(codes: set[str]) -> set[str]:
    from django.db import DatabaseError

    from danchu.core.clock import today
    from danchu.core.units.selectors.named import named_units

    try:
        return {unit.code for unit in named_units("code", sorted(codes), today())}
    except DatabaseError:  # nothing was set up in it yet
        return set()


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


def _init(options: argparse.Namespace) -> int:
    require_known(options.serves)
    setup_django(may_make="database")
    unit = " ".join(set_up(demo=options.demo, serves=options.serves)[:1]) or "VN"
    print(
        tr(
            f"Tạo quản trị đầu tiên: danchu account create THƯ_ĐIỆN_TỬ --role admin --unit {unit}",
            f"Make the first administrator: danchu account create EMAIL --role admin --unit {unit}",
        )
    )
    return 0


def _create(options: argparse.Namespace) -> int:
    setup_django(may_make="key")
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
            f"Đã cấp vai trò {ROLES[options.role].name_vi} ở {unit.name} cho {account.email}.",
            f"{account.email} now holds the role {ROLES[options.role].name_en} over {unit.name}.",
        )
    )
    if account.has_usable_password():
        return 0
    token = make_one_time_link(actor=OPERATOR, account_id=account.pk, purpose="welcome")
    _print_link(token, "welcome")
    return 0


def _reset(options: argparse.Namespace) -> int:
    setup_django(may_make="key")
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

    from danchu.core.addresses import absolute

    # Where the server runs is known only where it was said: else the path, after its address.
    asked_at = f"http://localhost:{os.environ['PORT']}" if "PORT" in os.environ else ""
    address = absolute(reverse("office:one_time_link", args=[purpose, token]), asked_at=asked_at)
    whole = not address.startswith("/")
    life = {"welcome": tr("7 ngày", "7 days"), "reset": tr("24 giờ", "24 hours")}[purpose]
    after_vi = "" if whole else ", ghi sau địa chỉ của hệ thống"
    after_en = "" if whole else ", to be written after the address of the system"
    print(
        tr(
            f"Đường dẫn dùng một lần, trong {life}{after_vi}:\n{address}",
            f"A link that works once, for {life}{after_en}:\n{address}",
        )
    )


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
