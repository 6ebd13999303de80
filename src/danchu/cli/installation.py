"""``danchu init``: setting up the installation, as often as it takes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from danchu.core.errors import NotFound, Refusal

from .database import bring_up, require_migrated
from .output import tr
from .reference_data import bring_in
from .surroundings import setup_django, there_is_a_database


def add(commands: Any) -> None:
    """Add the command."""
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


def require_installation() -> None:
    """Raise a ``Refusal`` unless ``danchu init`` has been run to its end."""
    from danchu.core.accounts.installation import installation

    require_migrated()
    if installation() is None:
        raise Refusal(
            "Hệ thống chưa được thiết lập. Chạy: danchu init (hoặc danchu init --demo)",
            "The installation is not set up. Run: danchu init (or danchu init --demo)",
        )
