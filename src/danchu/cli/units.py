"""``danchu units``: the map of the country on any day, and what became of what."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING, Any

from danchu.core import clock
from danchu.core.errors import Refusal

from .output import add_json, date_argument, day_word, emit_json, emit_table, language, tr, warn
from .surroundings import setup_django

if TYPE_CHECKING:
    from danchu.core.units.selectors import Kin, Renaming, UnitOnDay, Warning


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    units = commands.add_parser(
        "units", help=tr("tra danh mục đơn vị hành chính theo ngày", "the map on any day")
    ).add_subparsers(dest="units_command", metavar=tr("VIỆC", "ACTION"), required=True)

    show = units.add_parser("show", help=tr("một đơn vị", "one unit"))
    _add_code(show)
    _add_day(show, "--on")
    show.set_defaults(run=run_show)

    find = units.add_parser(
        "find", help=tr("tìm theo tên, có dấu hoặc không dấu", "find by name, accents or not")
    )
    find.add_argument(
        "text",
        metavar=tr("TÊN", "TEXT"),
        nargs="+",
        help=tr("tên hoặc một phần của tên", "a name or a part of one"),
    )
    _add_day(find, "--on", tr("mặc định là mọi thời điểm", "all times if not given"))
    find.set_defaults(run=run_find)

    trace = units.add_parser(
        "trace", help=tr("đơn vị trước và sau khi sắp xếp", "what a code was and became")
    )
    _add_code(trace)
    _add_day(trace, "--from", tr("mặc định là bản đồ cũ nhất", "the oldest map if not given"))
    _add_day(trace, "--to")
    trace.set_defaults(run=run_trace)

    count = units.add_parser("count", help=tr("số đơn vị vào một ngày", "how many on a day"))
    _add_day(count, "--on")
    count.set_defaults(run=run_count)

    add_json(show, find, trace, count)


def _add_code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "code",
        metavar=tr("MÃ", "CODE"),
        help=tr("mã đơn vị, ví dụ 06895 hoặc 200", "a unit's code, such as 06895 or 200"),
    )


def _add_day(parser: argparse.ArgumentParser, name: str, default: str = "") -> None:
    parser.add_argument(
        name,
        dest=name.strip("-").replace("from", "start"),
        type=date_argument,
        default=None,
        metavar=day_word(),
        help=default or tr("mặc định là hôm nay", "today if not given"),
    )


def run_show(options: argparse.Namespace) -> int:
    """``units show CODE``."""
    _prepare()
    from danchu.core.units.selectors import unit_on

    unit = unit_on(options.code, options.on or clock.today())
    if options.json:
        emit_json(_document(unit))
        return 0
    rows = [
        (tr("Mã", "Code"), unit.code),
        (tr("Tên", "Name"), unit.name),
        (tr("Loại", "Kind"), unit.kind),
        (tr("Cấp", "Level"), _level(unit.level)),
        (tr("Thuộc", "Under"), unit.parent_name),
        (tr("Từ ngày", "From"), _day(unit.valid_from)),
        (tr("Đến ngày", "Until"), _day(unit.valid_to)),
        (tr("Căn cứ", "Basis"), unit.basis),
    ]
    width = max(len(label) for label, _value in rows)
    for label, value in rows:
        print(f"{label.ljust(width)}  {value}".rstrip())
    _print_warnings(unit.warnings)
    return 0


def run_find(options: argparse.Namespace) -> int:
    """``units find TEXT``; every match, none is no failure."""
    _prepare()
    from danchu.core.units.selectors import find_units

    found = find_units(" ".join(options.text), options.on, limit=200)
    if options.json:
        emit_json([_document(unit) for unit in found])
        return 0
    emit_table(
        (
            tr("Mã", "Code"),
            tr("Tên", "Name"),
            tr("Thuộc", "Under"),
            tr("Từ ngày", "From"),
            tr("Đến ngày", "Until"),
        ),
        [(u.code, u.name, u.parent_name, _day(u.valid_from), _day(u.valid_to)) for u in found],
    )
    return 0


def run_trace(options: argparse.Namespace) -> int:
    """``units trace CODE``."""
    _prepare()
    from danchu.core.units.selectors import trace

    found = trace(options.code, options.start, options.to)
    if options.json:
        emit_json(
            {
                "code": found.unit.code,
                "name": found.unit.name,
                "on": found.on,
                **({"valid_to": found.ended_on} if found.ended_on else {}),
                "successors": [_kin_document(kin) for kin in found.successors],
                "predecessors": [_kin_document(kin) for kin in found.predecessors],
                "renamings": [_renaming_document(one) for one in found.renamings],
                "warnings": _texts(found.warnings),
            }
        )
        return 0
    until = f" ({tr('đến', 'until')} {_day(found.ended_on)})" if found.ended_on else ""
    print(f"{found.unit.code}  {found.unit.name}{until}")
    print(f"\n{tr('Trở thành', 'Became')}:")
    _print_kin(found.successors)
    print(f"\n{tr('Hình thành từ', 'Made of')}:")
    _print_kin(found.predecessors)
    if found.renamings:
        print(f"\n{tr('Đổi tên, đổi loại', 'Changed name or kind')}:")
        _print_renamings(found.renamings)
    _print_warnings(found.warnings)
    return 0


def run_count(options: argparse.Namespace) -> int:
    """``units count``."""
    _prepare()
    from danchu.core.units.selectors import count_units

    found = count_units(options.on or clock.today())
    if options.json:
        emit_json(
            {
                "on": found.on,
                "province": found.province,
                "district": found.district,
                "commune": found.commune,
                "by_kind": found.by_kind,
                "warnings": _texts(found.warnings),
            }
        )
        return 0
    print(f"{tr('Ngày', 'On')} {_day(found.on)}")
    levels = (("province", found.province), ("district", found.district))
    for level, number in (*levels, ("commune", found.commune)):
        print(f"{_level(level):<12}{number:>8}")
    print()
    emit_table((tr("Loại", "Kind"), tr("Số đơn vị", "Units")), list(found.by_kind.items()))
    _print_warnings(found.warnings)
    return 0


def _prepare() -> None:
    """Django, and a map to answer from. Raises ``Refusal`` when there is none."""
    setup_django()
    from django.db import DatabaseError

    from danchu.core.units.models import UnitState

    try:
        loaded = UnitState.objects.exists()
    except DatabaseError:
        loaded = False
    if not loaded:
        raise Refusal(
            "Cơ sở dữ liệu chưa có danh mục đơn vị. Chạy “danchu init” trước.",
            'The database holds no units yet. Run "danchu init" first.',
        )


def _document(unit: UnitOnDay) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "parent": unit.parent_name or None,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "basis": unit.basis,
        "warnings": _texts(unit.warnings),
    }


def _kin_document(kin: Kin) -> dict[str, Any]:
    share = kin.share
    return {
        "code": kin.unit.code,
        "name": kin.unit.name,
        "parent": kin.unit.parent_name or None,
        "part": kin.part,
        "share": None if share is None or kin.part == "whole" else float(share),
        "from": kin.on,
        "basis": kin.basis,
        **({"valid_to": kin.ended_on} if kin.ended_on else {}),
        **({"name_then": kin.then.name} if kin.name_since else {}),
        **({"parent_then": kin.then.parent_name} if kin.parent_since else {}),
    }


def _print_kin(kin: tuple[Kin, ...]) -> None:
    part = {"whole": tr("toàn bộ", "whole"), "part": tr("một phần", "part")}
    emit_table(
        (
            tr("Mã", "Code"),
            tr("Tên", "Name"),
            tr("Thuộc", "Under"),
            tr("Phần", "Part"),
            tr("Từ ngày", "From"),
            tr("Căn cứ", "Basis"),
        ),
        [
            (
                k.unit.code,
                _since(k.then.name, k.name_since),
                _since(k.then.parent_name, k.parent_since),
                part[k.part],
                _day(k.on),
                k.basis,
            )
            for k in kin
        ],
    )


def _since(then: str, later: str) -> str:
    """A name of the day of the change, with the later one beside it where it is another."""
    return f"{then} ({tr('sau là', 'later')} {later})" if later else then


def _renaming_document(one: Renaming) -> dict[str, Any]:
    return {
        "code": one.unit.code,
        "name": one.unit.name,
        "kind": one.unit.kind,
        "parent": one.unit.parent_name or None,
        "code_before": one.code_before,
        "name_before": one.name_before,
        "kind_before": one.kind_before,
        "from": one.on,
        "basis": one.basis,
    }


def _print_renamings(renamings: tuple[Renaming, ...]) -> None:
    emit_table(
        (
            tr("Mã", "Code"),
            tr("Trước", "Before"),
            tr("Sau", "After"),
            tr("Thuộc", "Under"),
            tr("Từ ngày", "From"),
            tr("Căn cứ", "Basis"),
        ),
        [
            (
                one.unit.code
                if one.code_before == one.unit.code
                else f"{one.code_before} → {one.unit.code}",
                one.name_before,
                one.unit.name,
                one.unit.parent_name,
                _day(one.on),
                one.basis,
            )
            for one in renamings
        ],
    )


def _level(level: str) -> str:
    names = {
        "nation": ("quốc gia", "nation"),
        "province": ("cấp tỉnh", "province"),
        "district": ("cấp huyện", "district"),
        "commune": ("cấp xã", "commune"),
        "village": ("thôn, tổ dân phố", "village"),
        "agency": ("cơ quan, đơn vị", "agency"),
        "state_enterprise": ("doanh nghiệp nhà nước", "state enterprise"),
        "workplace": ("nơi làm việc", "workplace"),
        "committee": ("ban chỉ đạo", "committee"),
    }
    return tr(*names[level])


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _texts(warnings: tuple[Warning, ...]) -> list[str]:
    return [w.en if language() == "en" else w.vi for w in warnings]


def _print_warnings(warnings: tuple[Warning, ...]) -> None:
    for text in _texts(warnings):
        warn(text)
