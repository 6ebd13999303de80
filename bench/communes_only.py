"""A simulated country of provinces and communes alone, for what needs nothing below or beside.

``python -m bench.communes_only --scale nation --seed 1``: minutes less than ``danchu simulate``.
Prints what it wrote as JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from dataclasses import replace


def main() -> int:
    """Fill the empty database that is configured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    from danchu.cli.surroundings import setup_django

    setup_django(may_make="database")
    from danchu.cli.database import bring_up
    from danchu.cli.installation import set_up
    from danchu.core.accounts.installation import loaded, loading
    from danchu.demo.simulate.drawing import Plan
    from danchu.demo.simulate.run import plan_for

    bring_up()
    with contextlib.redirect_stdout(sys.stderr):
        set_up(demo=True, serves=[], loading=True)
        loading()
        plan: Plan = plan_for(options.scale, options.seed)
        _found(replace(plan, scale=replace(plan.scale, villages=0, workplaces=0)))
        loaded()
    told = {"scale": options.scale, "communes": plan.scale.communes}
    print(json.dumps({**told, "seconds": time.monotonic() - began}))
    return 0


def _found(plan: object) -> None:
    from django.db import transaction

    from danchu.core.clock import on_day
    from danchu.core.outbox.services import drain
    from danchu.demo.simulate import frame
    from danchu.demo.simulate.bulk_units import Units
    from danchu.demo.simulate.drawing import Plan
    from danchu.demo.simulate.tables import Tables

    assert isinstance(plan, Plan)
    with on_day(plan.time.day):
        with transaction.atomic():
            nation_id, _period = frame.found_nation(plan.time)
        while drain():
            pass
        for province in plan.provinces():
            with transaction.atomic():
                province_id, _people = frame.found_province(province, nation_id, plan.time)
                tables = Tables()
                with tables.written():
                    units = Units(tables, plan.time, nation_id, province_id)
                    for commune in plan.communes(province):
                        units.found(commune)


if __name__ == "__main__":
    sys.exit(main())
