"""``python -m bench``: every budget that can be measured so far, on both engines."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .child import GROUPS
from .results import Result, read, table, write

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "results"
# One fixed day, near the end of a half-year, so that every run measures the same data.
TODAY = dt.date(2026, 6, 10)
ENGINES = {
    "sqlite": tuple(GROUPS),
    "postgresql": ("setup", "pages", "rollup", "submitting", "documents"),
}
NOT_YET = (
    "the roll-up, the handing in and the folding of the whole nation",
    "autosave ≤ 10 kB (a test holds it)",
    "usable at 150 kbit/s and 800 ms (needs a browser and a slowed line)",
    "the tests' own budgets (make check and make test time themselves)",
)


def main() -> int:
    """Measure, write the file, print the table; returns 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--engine", choices=sorted(ENGINES), action="append")
    parser.add_argument("--group", choices=sorted(GROUPS), action="append")
    options = parser.parse_args()
    results: list[Result] = []
    remarks: list[str] = []
    broken = False
    for engine in options.engine or ENGINES:
        groups = [g for g in ENGINES[engine] if not options.group or g in options.group]
        if not groups:
            continue
        if engine == "postgresql" and not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            remarks.append("PostgreSQL is not installed here: nothing was measured on it.")
            continue
        found, went_well = run_engine(engine, groups)
        results += found
        broken |= not went_well
    path = OUT / f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.json"
    write(results, path)
    print(table(results))
    for result in results:
        if not result.ok:
            print(f"OVER {result.name}: {result.how}")
    for remark in remarks:
        print(remark)
    print("Not measured yet: " + "; ".join(NOT_YET) + ".")
    print(f"Written to {path.relative_to(ROOT)}")
    if broken:
        print("A group of measurements broke off; see above.", file=sys.stderr)
    return int(broken or not all(result.ok for result in results))


def run_engine(engine: str, groups: list[str]) -> tuple[list[Result], bool]:
    """The results of one engine, and whether its child came to its end."""
    with tempfile.TemporaryDirectory(prefix="danchu-bench-") as folder:
        out = Path(folder) / "results.json"
        command = [sys.executable, "-m", "bench.child"]
        command += ["--groups", ",".join(groups), "--out", str(out)]
        if engine == "postgresql":
            command = [str(ROOT / "scripts" / "with-postgres"), *command]
        environment = {
            **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DANCHU_LANG")},
            "DANCHU_DATA": folder,
            "DANCHU_TODAY": TODAY.isoformat(),
        }
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        return (read(out) if out.exists() else []), status == 0


if __name__ == "__main__":
    sys.exit(main())
