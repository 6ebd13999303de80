"""The lines of the nation: built by ``danchu simulate``, then measured on PostgreSQL.

``python -m bench.nation [--scale nation|province] [--seed 1]``, ``make bench-nation``. The server
is a throw-away one; the nation needs some six gigabytes of disk while it runs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from .__main__ import OUT, ROOT, TODAY
from .child import Stage
from .results import Result, at_most, table, write

if TYPE_CHECKING:
    from danchu.core.calendar.models import Period

    from .country import Country

MOST_MINUTES = 15
MOST_MINUTES_IN_ALL = 45
MOST_GIGABYTES = 20
MOST_TIMES = 2.0
SECONDS = 60  # of handing in
# As docs/en/operating.md asks for a province; PostgreSQL's own 128 MB hold no index of a nation.
SERVER = "-c shared_buffers=1GB -c max_wal_size=4GB"


def main() -> int:
    """Measure, write the file, print the table; returns 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.nation", description=__doc__)
    parser.add_argument("--scale", choices=("province", "nation"), default="nation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only",
        choices=("disclosures",),
        help="of these lines alone, on provinces and communes without anything below them",
    )
    options = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        return _in_a_throw_away_server()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    started = time.perf_counter()
    built = _build(options.scale, options.seed, light=options.only is not None)
    import django

    django.setup()
    from danchu.cli.static_files import collect_when_stale

    collect_when_stale()
    _tidy()
    stage = Stage("PostgreSQL", TODAY, cache(_found), SECONDS)
    path = OUT / f"{options.scale}-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.json"
    results = [] if options.only else _building(built)

    def _disclosing(stage: Stage) -> list[Result]:
        from .disclosures import measure

        return measure(stage, options.seed, options.scale)

    # Last: what the others measure is asked of a country without a million notices.
    others = () if options.only else (_rolling_up, _submitting, _documents)
    for measured in (*others, _disclosing):
        began = time.perf_counter()
        results += measured(stage)
        write(results, path)  # what is measured is kept even if the next one breaks
        print(f"{measured.__name__}, {time.perf_counter() - began:.0f} s", file=sys.stderr)
    minutes = (time.perf_counter() - started) / 60
    told = f"scale {options.scale}; on the clock of a shared machine"
    results.append(at_most("this bench itself", minutes, MOST_MINUTES_IN_ALL, "minutes", told))
    write(results, path)
    print(table(results))
    for result in results:
        print(f"{'ok' if result.ok else 'OVER'} {result.name}: {result.how}")
    return int(not all(result.ok for result in results))


def _in_a_throw_away_server() -> int:
    with tempfile.TemporaryDirectory(prefix="danchu-nation-") as folder:
        command = [str(ROOT / "scripts" / "with-postgres"), sys.executable, "-m", "bench.nation"]
        environment = {
            **{k: v for k, v in os.environ.items() if k != "DANCHU_LANG"},
            "DANCHU_DATA": folder,
            "DANCHU_TODAY": TODAY.isoformat(),
            "POSTGRES_OPTIONS": SERVER,
        }
        run = subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, env=environment, check=False)
        return run.returncode


def _build(scale: str, seed: int, *, light: bool) -> dict[str, Any]:
    """``danchu simulate`` in a process of its own; what it tells of itself."""
    if light:
        return _run(["-m", "bench.communes_only", "--scale", scale, "--seed", str(seed)])
    code = "import sys; from danchu.cli import main; sys.exit(main(sys.argv[1:]))"
    options = ["simulate", "--scale", scale, "--seed", str(seed), "--json"]
    return _run(["-c", code, *options])


def _run(arguments: list[str]) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "danchu.settings"},
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def _tidy() -> None:
    """Have the server vacuum now what it would else vacuum by itself while things are measured.

    The new rows of a country take it minutes, on one of two cores.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _building(built: dict[str, Any]) -> list[Result]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    told = ", ".join(f"{name} {count}" for name, count in built.items() if name != "seconds")
    return [
        at_most(
            "danchu simulate",
            built["seconds"] / 60,
            MOST_MINUTES,
            "minutes",
            f"{told}; on the clock of a shared machine",
        ),
        at_most("size of the database", size / 1e9, MOST_GIGABYTES, "GB", told),
    ]


def _found() -> Country:
    """The country that was simulated; its first province is looked at."""
    from danchu.core.units.models import Placement, Unit

    from .country import Country

    def below(parents: list[int], level: Callable[[str], bool]) -> tuple[int, ...]:
        rows = Placement.objects.filter(tree="state", parent_id__in=parents, valid_to=None)
        places = rows.order_by("unit_id").values_list("unit_id", "unit__level")
        return tuple(unit for unit, of_level in places if level(of_level))

    nation = Unit.objects.get(level="nation", is_demo=True).pk
    provinces = below([nation], lambda level: level == "province")
    communes = below([provinces[0]], lambda level: level == "commune")
    return Country(nation, provinces, communes, below(list(communes), lambda _level: True))


def _period(land: Country) -> Period:
    """The half-year that was simulated."""
    from danchu.reporting.rounds.models import Round

    asked = Round.objects.filter(unit_id=land.province).select_related("period").order_by("pk")
    return asked[0].period


def _rolling_up(stage: Stage) -> list[Result]:
    from danchu.reporting.figures.models import Cell, Layer
    from danchu.reporting.rounds.models import SubmissionValue

    from .measuring import OneProcessor
    from .rollup import aggregate, memory, province_page, rebuilding

    land = stage.land()
    period = _period(land)
    cells = Cell.objects.filter(period_id=period.pk)
    before = cells.count()
    with OneProcessor():
        bare = aggregate()[0]
        handed_in = rebuilding(period, {Layer.REPORTED})
        anew = rebuilding(period)
        bare = min(bare, aggregate()[0], key=lambda spent: spent.cpu)
    if cells.count() != before:
        raise RuntimeError("the rebuild gives other cells than the increments")
    values = SubmissionValue.objects.count()
    told = cells.filter(layer=Layer.REPORTED).count()
    beside = (
        f"the aggregate of bench/aggregate.sql took {bare.cpu:.1f} s; processor time of this "
        "process and of the database server, one processor"
    )
    return [
        at_most(
            "rebuild of all levels",
            handed_in.cpu / bare.cpu,
            MOST_TIMES,
            "times the bare aggregate",
            f"{values} values handed in, {told} cells found to be right in {handed_in.cpu:.1f} s; "
            f"{beside}; with the cells that stand on records, which the aggregate does not read, "
            f"{before} cells in {anew.cpu:.1f} s",
        ),
        memory(stage),
        *province_page(stage, land, period),
    ]


def _submitting(stage: Stage) -> list[Result]:
    from .submitting import measure

    return measure(stage)


def _documents(stage: Stage) -> list[Result]:
    from .documents import measure

    return measure(stage)


if __name__ == "__main__":
    sys.exit(main())
