"""``make bench-reading CORPUS=FOLDER``: the figures that reading finds, against marked texts.

FOLDER holds ``articles/*.txt``, ``gold/*.json`` and, if the keys differ from the dictionary's,
``VOCAB.md``. Prints a table for each text, one for all, the reliability of the confidence and the
lines to keep, and writes all of it as JSON. Exit status 1 when a line is missed, 2 when the folder
is no corpus.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from danchu.reporting.reading.extraction import read_text

from ..results import table
from .calibration import as_rows, expected_error
from .corpus import CorpusError, core_keys, load
from .printing import per_text, pooled_table, reliability
from .scoring import Scored, score
from .speed import Speed, measure
from .standards import standards

OUT = Path(__file__).resolve().parent.parent / "results"


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write; see the module for the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.reading_quality", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help="the JSON file (default: bench/results/)")
    parser.add_argument("--verbose", action="store_true", help="name what was missed and added")
    parser.add_argument("--no-speed", action="store_true", help="take no times")
    options = parser.parse_args(arguments)
    try:
        texts, core = load(options.folder), core_keys(options.folder)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    pooled, each = Scored(), {}
    for text in texts:
        each[text.name] = score(read_text(text.text, text.name), text, core)
        pooled.add(each[text.name])
    speed = None
    if not options.no_speed:
        speed = measure([text.text for text in texts], [text.path for text in texts])
    results = standards(pooled, speed)
    print(per_text(each))
    if options.verbose:
        for name, scored in each.items():
            for line in scored.wrong:
                print(f"{name}  {line}")
    print("\n" + pooled_table(pooled))
    print("\n" + reliability(pooled.said))
    print("\n" + table(results))
    path = options.out or OUT / f"reading-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "lines": [asdict(result) for result in results],
        "pooled": _fields(pooled),
        "texts": {name: _fields(scored) for name, scored in each.items()},
        "reliability": as_rows(pooled.said),
        "calibration_error": expected_error(pooled.said),
        "speed": asdict(speed) if isinstance(speed, Speed) else None,
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"Written to {path}")
    return int(not all(result.ok for result in results))


def _fields(scored: Scored) -> dict[str, dict[str, Any]]:
    return {
        name: {
            **asdict(total),
            "precision": round(total.precision, 4),
            "recall": round(total.recall, 4),
            "f1": round(total.f1, 4),
            "accuracy": round(total.accuracy, 4),
        }
        for name, total in scored.scores.items()
    }


if __name__ == "__main__":
    sys.exit(main())
