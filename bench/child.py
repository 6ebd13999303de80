"""One engine: prepares an installation in a throw-away folder and runs the groups on it.

Started by ``bench.__main__`` with ``DANCHU_DATA``, ``DATABASE_URL`` and a fixed day in the
environment. Results go to a file, remarks to standard error.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from .results import Result, write

if TYPE_CHECKING:
    from .country import Country

# In this order: setting up fills the empty database that the others stand on.
GROUPS = {
    "setup": "from nothing to the whole country",
    "reading": "reading reports",
    "pages": "list and dashboard pages",
    "public": "citizens' pages over a real server",
    "rollup": "the roll-up of a province built anew",
    "submitting": "a province handing in",
    "documents": "the six-month report of a province",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """What every group may use."""

    engine: str  # "SQLite" or "PostgreSQL"
    today: dt.date
    found: Callable[[], Country] | None = None  # the country that is there; None: make one
    seconds: int = 30  # of handing in

    def land(self) -> Country:
        """The invented country that is looked at."""
        from .country import country

        return (self.found or country)()


Group = Callable[[Stage], list[Result]]


def main() -> int:
    """Run the groups named; returns 1 when one of them broke."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--groups", required=True)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from django.db import connection

    from danchu.core.clock import today

    stage = Stage("PostgreSQL" if connection.vendor == "postgresql" else "SQLite", today())
    wanted = options.groups.split(",")
    results: list[Result] = []
    for name in GROUPS:
        if name not in wanted and name != "setup":
            continue
        began = time.perf_counter()
        group: Group = import_module(f"bench.{name}").measure
        found = group(stage)
        if name in wanted:
            results += found
        print(
            f"{stage.engine}: {GROUPS[name]}, {time.perf_counter() - began:.0f} s", file=sys.stderr
        )
        write(results, options.out)  # what is measured is kept even if a later group breaks
    return 0


if __name__ == "__main__":
    sys.exit(main())
