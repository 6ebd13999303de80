"""``danchu deadline``, ``danchu workdays`` and ``danchu law``: when something is due, and why.

They answer from the calendar and the catalogue of the release when there is no database, and
from the installation's own when there is one, so that its confirmations and days count.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, cast

from danchu.core import clock
from danchu.core.calendar.days import CALENDAR_CLASSES, WorkCalendar
from danchu.core.calendar.selectors import current_calendar
from danchu.core.calendar.shipped import shipped_calendar
from danchu.core.calendar.words import Phrase
from danchu.core.law.catalog import MODES, UNIT_KINDS, Catalogue
from danchu.core.law.clock import deadline_in
from danchu.core.law.events import ClockEvent, EventKind
from danchu.core.law.selectors import current_catalogue
from danchu.core.law.shipped import shipped_catalogue
from danchu.core.law.words import MODE_NAMES, UNIT_KIND_NAMES

from . import law_shown as shown
from .output import (
    Choices,
    add_json,
    date_argument,
    day_word,
    emit_json,
    language,
    number_argument,
    tr,
    warn,
)
from .surroundings import setup_django, there_is_a_database

_ASKED_EVENTS = ("suspend", "resume", "extend", "transfer", "stop")


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    _add_deadline(commands)
    _add_workdays(commands)
    law = commands.add_parser(
        "law", help=tr("tra danh mục pháp luật", "look up the law catalogue")
    ).add_subparsers(dest="law_command", metavar=tr("VIỆC", "ACTION"), required=True)
    duties = law.add_parser(
        "duties", help=tr("việc pháp luật đòi hỏi vào một ngày", "what the law asks on a day")
    )
    kinds = _choices(UNIT_KINDS, UNIT_KIND_NAMES)
    duties.add_argument("--kind", required=True, choices=kinds, help=str(kinds))
    duties.add_argument(
        "--on", type=date_argument, default=None, metavar=day_word(),
        help=tr("mặc định là hôm nay", "today if not given"),
    )  # fmt: skip
    modes = _choices(MODES, MODE_NAMES)
    duties.add_argument("--mode", choices=modes, help=str(modes))
    duties.set_defaults(run=run_duties)
    show = law.add_parser("show", help=tr("một quy tắc, đủ các trường", "one rule in full"))
    _add_rule(show)
    add_json(duties, show)
    show.set_defaults(run=run_show)


def _add_deadline(commands: Any) -> None:
    parser = commands.add_parser(
        "deadline", help=tr("tính hạn theo một quy tắc", "the due day under a rule")
    )
    _add_rule(parser)
    parser.add_argument(
        "--from", dest="start", required=True, type=date_argument, metavar=day_word(),
        help=tr(
            "ngày xảy ra sự kiện, ngày đầu không tính", "the day of the event; it is not counted"
        ),
    )  # fmt: skip
    parser.add_argument(
        "--event", action="append", default=[], type=_event, metavar=tr("VIỆC=NGÀY", "KIND=DATE"),
        help=tr(
            "suspend=NGÀY, resume=NGÀY, extend=SỐ@NGÀY, transfer=NGÀY, stop=NGÀY; ghi được nhiều "
            "lần",
            "suspend=DATE, resume=DATE, extend=DAYS@DATE, transfer=DATE, stop=DATE; may be "
            "repeated",
        ),
    )  # fmt: skip
    parser.add_argument(
        "--complex", action="store_true", help=tr("vụ việc phức tạp", "a complex matter")
    )
    parser.add_argument(
        "--remote", action="store_true", help=tr("vùng sâu, vùng xa", "a remote area")
    )
    parser.add_argument(
        "--posting", action="store_true",
        help=tr("tính thời gian niêm yết thay cho hạn làm", "the time of posting instead"),
    )  # fmt: skip
    _add_calendar(parser)
    add_json(parser)
    parser.set_defaults(run=run_deadline)


def _add_rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "rule", metavar=tr("QUY_TẮC", "RULE"),
        help=tr(
            "mã quy tắc, như danchu law duties in ra, ví dụ xa_dt_72_kq",
            "a rule's id as danchu law duties prints it, such as xa_dt_72_kq",
        ),
    )  # fmt: skip


def _add_calendar(parser: argparse.ArgumentParser) -> None:
    said = {
        "public": tr("khu vực công", "the public sector"),
        "enterprise": tr(
            "doanh nghiệp, không theo ngày làm bù", "an enterprise, without swapped days"
        ),
    }
    classes = Choices.of({key: said[key] for key in CALENDAR_CLASSES})
    parser.add_argument(
        "--calendar", choices=classes, default="public",
        help=f"{classes}" + tr(" (mặc định: public)", " (public if not given)"),
    )  # fmt: skip


def _choices(keys: Sequence[Any], names: Mapping[Any, Phrase]) -> Choices:
    return Choices.of({key: names[key].said(language()) for key in keys})


def _add_workdays(commands: Any) -> None:
    parser = commands.add_parser(
        "workdays",
        help=tr("ngày làm việc thứ N sau một ngày", "the Nth working day after a day"),
    )
    parser.add_argument(
        "start", metavar=day_word(), type=date_argument,
        help=tr("ngày bắt đầu, không tính", "the first day, not counted"),
    )  # fmt: skip
    parser.add_argument(
        "n", metavar=tr("SỐ_NGÀY", "N"), type=number_argument(),
        help=tr("số âm thì đếm ngược", "a negative number counts back"),
    )  # fmt: skip
    _add_calendar(parser)
    add_json(parser)
    parser.set_defaults(run=run_workdays)


def run_deadline(options: argparse.Namespace) -> int:
    """``danchu deadline``."""
    calendar, catalogue = sources()
    derivation = deadline_in(
        catalogue,
        calendar,
        options.rule,
        [ClockEvent("start", options.start), *options.event],
        options.calendar,
        remote=options.remote,
        complex=options.complex,
        posting=options.posting,
    )
    if options.json:
        emit_json(derivation.as_json(language()))
        return 0
    shown.print_derivation(derivation)
    return 0


def run_workdays(options: argparse.Namespace) -> int:
    """``danchu workdays``."""
    calendar, _ = sources()
    result = calendar.add_working_days(options.start, options.n, options.calendar)
    if options.json:
        emit_json(
            {
                "from": result.from_,
                "n": result.n,
                "date": result.date,
                "skipped": [
                    {"date": day.date, "why": tr(day.why_vi, day.why_en)} for day in result.skipped
                ],
                "calendar": options.calendar,
                "calendar_version": result.calendar_version,
                "warnings": [warning.said(language()) for warning in result.warnings],
            }
        )
        return 0
    shown.print_workdays(result)
    return 0


def run_duties(options: argparse.Namespace) -> int:
    """``danchu law duties``."""
    _, catalogue = sources()
    on = options.on or clock.today()
    rules = catalogue.in_force(options.kind, on, options.mode)
    if options.json:
        emit_json([shown.duty_json(rule) for rule in rules])
    else:
        shown.print_duties(rules)
    shown.remarks_on_duties(rules, options.kind, on, catalogue.first_day(options.kind))
    return 0


def run_show(options: argparse.Namespace) -> int:
    """``danchu law show``."""
    _, catalogue = sources()
    rule = catalogue.rule(options.rule)
    if options.json:
        emit_json(shown.rule_json(rule))
    else:
        shown.print_rule(rule)
    return 0


def sources() -> tuple[WorkCalendar, Catalogue]:
    """The calendar and the catalogue of the installation, or of the release without one.

    Where there is no database nothing is made or changed; one that is there and does not
    answer is said on standard error.
    """
    if there_is_a_database():
        setup_django()
        from django.db import DatabaseError

        try:
            return current_calendar(), current_catalogue()
        except DatabaseError:
            warn(
                tr(
                    "Không đọc được cơ sở dữ liệu; dùng lịch và danh mục của bản phát hành.",
                    "The database cannot be read; the calendar and catalogue of the release are "
                    "used.",
                )
            )
    return shipped_calendar(), shipped_catalogue()


def _event(text: str) -> ClockEvent:
    """An argparse type: ``suspend=DATE``, ``extend=DAYS@DATE`` and the like."""
    kind, equals, value = text.partition("=")
    if not equals or kind not in _ASKED_EVENTS:
        raise argparse.ArgumentTypeError(
            tr(
                f"{text!r} không phải một việc của đồng hồ; viết suspend=NGÀY, resume=NGÀY, "
                "extend=SỐ@NGÀY, transfer=NGÀY hoặc stop=NGÀY",
                f"{text!r} is no event of a clock; write suspend=DATE, resume=DATE, "
                "extend=DAYS@DATE, transfer=DATE or stop=DATE",
            )
        )
    if kind != "extend":
        return ClockEvent(cast(EventKind, kind), date_argument(value))
    days, at, date = value.partition("@")
    if not at or not (days.isascii() and days.isdigit()) or len(days) > 5:
        raise argparse.ArgumentTypeError(
            tr(
                f"{text!r}: gia hạn viết dạng extend=SỐ@NGÀY",
                f"{text!r}: an extension is written extend=DAYS@DATE",
            )
        )
    return ClockEvent("extend", date_argument(date), int(days))
