"""How often one address may ask what is dear: a bucket for each, in the memory of the process.

A bucket holds as many requests as come in its time (a minute) and fills evenly. It is counted in
each process and forgotten with it; addresses are kept nowhere else.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict

MOST_ADDRESSES = 10_000
MINUTE, DAY = 60, 86_400  # seconds


class Buckets:
    """The buckets of one kind of request, each filled once in ``seconds``."""

    def __init__(self, seconds: int = MINUTE) -> None:
        self._seconds = seconds
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str, rate: int) -> int:
        """0 when the request may pass, else the seconds after which the next one may.

        ``rate``: requests in the time of the bucket, its size too; 0 lets everything pass.
        """
        if rate <= 0:
            return 0
        now = time.monotonic()
        with self._lock:
            left, at = self._known.pop(address, (float(rate), now))
            left = min(float(rate), left + (now - at) * rate / self._seconds)
            passes = left >= 1
            self._known[address] = (left - 1 if passes else left, now)
            while len(self._known) > MOST_ADDRESSES:
                self._known.popitem(last=False)
        return 0 if passes else max(1, math.ceil((1 - left) * self._seconds / rate))

    def clear(self) -> None:
        """Forget every address."""
        with self._lock:
            self._known.clear()
