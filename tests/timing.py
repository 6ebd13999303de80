"""Time in tests is a ratio within one run: the same machine, the same minute.

What a thing may take in seconds stands in the design's budgets and is measured by ``make bench``.
"""

from __future__ import annotations

import time
from collections.abc import Callable


def times_as_long(call: Callable[[], object], base: Callable[[], object], rounds: int = 5) -> float:
    """How many times the processor time of ``base`` one ``call`` takes: the best of each, turn
    about, so that other work on the machine meets both."""
    best: list[float] = [float("inf"), float("inf")]
    for _ in range(rounds):
        for place, run in enumerate((call, base)):
            start = time.process_time()
            run()
            best[place] = min(best[place], time.process_time() - start)
    return best[0] / best[1]
