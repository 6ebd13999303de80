"""danchu simulate: a half-year of an invented country, to measure and to try things on."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from typing import TYPE_CHECKING, Any

from danchu.core.text import format_number

from .database import bring_up
from .output import Choices, add_json, emit_json, language, number_argument, tr, warn
from .surroundings import setup_django

if TYPE_CHECKING:
    from danchu.demo.simulate.drawing import Plan
    from danchu.demo.simulate.in_bulk import Written


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "simulate",
        help=tr(
            "sinh nửa năm dữ liệu trên bản đồ minh họa", "a half-year of data on an invented map"
        ),
        description=tr(
            "Sinh số liệu nửa năm gần nhất đã kết thúc trên bản đồ minh họa vào cơ sở dữ liệu đang "
            "cấu hình. Cùng một hạt giống cho cùng nội dung. Chỉ dùng cho cơ sở dữ liệu trống; bản "
            "dùng thật luôn bị từ chối.",
            "Writes the last half-year that ended, on an invented map, into the configured "
            "database. The same seed gives the same content. Only for an empty database; a live "
            "installation always refuses.",
        ),
    )
    parser.add_argument(
        "--scale",
        required=True,
        choices=Choices.of(
            {
                "commune": tr("một xã", "one commune"),
                "province": tr("một tỉnh", "one province"),
                "nation": tr("cả nước", "the nation"),
            }
        ),
        help=tr(
            "quy mô: một xã, một tỉnh (98 xã) hoặc cả nước (34 tỉnh, 3.321 xã)",
            "how large: one commune, one province (98 communes) or the nation (34 provinces, "
            "3,321 communes)",
        ),
    )
    parser.add_argument(
        "--seed",
        type=number_argument(),
        default=1,
        metavar=tr("SỐ", "N"),
        help=tr("hạt giống, mặc định là 1", "the seed, 1 if not given"),
    )
    add_json(parser)
    parser.set_defaults(run=_simulate)


def _simulate(options: argparse.Namespace) -> int:
    began = time.monotonic()
    setup_django(may_make="database")
    from danchu.core.accounts.installation import loaded, loading
    from danchu.demo.simulate.run import may_be_filled, plan_for, simulate

    bring_up()
    may_be_filled()
    with contextlib.redirect_stdout(sys.stderr):  # what it tells on its way is no answer
        _make_ready()
        loading()
        plan = plan_for(options.scale, options.seed)
        done = simulate(plan, _told)
        _gather_statistics()
        loaded()
    _answer(options, plan, done, time.monotonic() - began)
    return 0


def _make_ready() -> None:
    """Reference data and an installation that is a demonstration; what was half made goes."""
    from danchu.demo.simulate.run import is_half_made

    from .installation import set_up

    if is_half_made():
        empty()
    set_up(demo=True, serves=[], loading=True)


def empty() -> None:
    """Empty the database of a demonstration; what its making took away for a while is put back."""
    from django.core.management import call_command

    from danchu.core.bulk import restore_references
    from danchu.demo.simulate.tables import LARGEST

    call_command("flush", interactive=False, verbosity=0)
    restore_references(LARGEST)


def _told(name: str, number: int, of: int) -> None:
    warn(f"{number}/{of} {name}")


def _gather_statistics() -> None:
    """What a server does by itself in time: without it the first questions take the long way."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _answer(options: argparse.Namespace, plan: Plan, done: Written, seconds: float) -> None:
    counts = {
        "provinces": done.provinces,
        "communes": done.communes,
        "units_below": done.units_below,
        "records": done.records,
        "versions": done.versions,
        "values": done.values,
    }
    if options.json:
        head = {"scale": plan.scale.name, "seed": plan.seed, "period": plan.time.period.code}
        emit_json({**head, **counts, "seconds": round(seconds, 1)})
        return
    words = (
        tr("tỉnh", "provinces"),
        tr("xã", "communes"),
        tr("thôn, cơ quan, nơi làm việc", "villages, agencies and workplaces"),
        tr("việc đã ghi", "records"),
        tr("bản đã nộp", "versions handed in"),
        tr("giá trị", "values"),
    )
    listed = ", ".join(
        f"{format_number(count) if language() == 'vi' else format(count, ',')} {word}"
        for count, word in zip(counts.values(), words, strict=True)
    )
    print(
        tr(
            f"Đã sinh {listed} của kỳ {plan.time.period.code} trong {seconds:.0f} giây.",
            f"Wrote {listed} for the period {plan.time.period.code} in {seconds:.0f} seconds.",
        )
    )
