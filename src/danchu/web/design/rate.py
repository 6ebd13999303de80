"""How often one address may ask what is dear: a bucket for each, in the memory of the process.

A bucket holds as many requests as come in its time (a minute) and fills evenly. It is counted in
each process and forgotten with it. What must hold over all processes is counted in ``Places``, by
the hash of an address; addresses themselves are kept nowhere.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MOST_ADDRESSES = 10_000
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds


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


class Places:
    """So many places for each address, each taken for ``seconds``; alike in all processes.

    Counted in the cache that the processes share. Two that ask at the same moment do not get the
    same place: it is a row whose key can be written once.
    """

    def __init__(self, name: str, seconds: int = HOUR) -> None:
        self._name, self._seconds = name, seconds

    def wait(self, address: str, number: int) -> int:
        """0 when a place was free and is taken now, else the seconds until one is."""
        who = salted_hmac(f"danchu.places.{self._name}", address, algorithm="sha256").hexdigest()
        keys = [f"{self._name}:{who}:{n}" for n in range(number)]
        now = time.time()
        taken = cache.get_many(keys)
        for key in keys:
            if key not in taken and cache.add(key, now, self._seconds):
                return 0
        first = min(taken.values(), default=now)
        return max(1, math.ceil(first + self._seconds - now))
