"""Processes beside the server: people who hand in, and the worker that folds."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import uuid


def hand_in(round_id: int, account_id: int, units: list[int], times: int, every: float) -> None:
    """Hand in ``times`` times, one each ``every`` seconds.

    Prints for each how many seconds it took, how many it was late, and whether it was taken.

    A submission whose time has come while the last one was still under way is handed in at
    once, so the rate does not sink with the speed.
    """
    from django.db import DatabaseError

    from danchu.core.accounts.models import Account
    from danchu.reporting.rounds.services import submit

    told = []
    Account.objects.get(pk=account_id)  # the connection stands before the clock runs
    began = time.perf_counter()
    for number in range(times):
        due = began + number * every
        time.sleep(max(0.0, due - time.perf_counter()))
        at = time.perf_counter()
        try:
            submit(
                actor=Account.objects.get(pk=account_id),
                round_id=round_id,
                unit_id=units[number % len(units)],
                client_key=uuid.uuid4(),
            )
        except DatabaseError as error:  # the person sees an error page and has lost the attempt
            print(f"not taken: {error}", file=sys.stderr)
            taken = False
        else:
            taken = True
        told.append([time.perf_counter() - at, at - due, taken])
    print(json.dumps(told))


def work() -> None:
    """The worker of the product until it is told to stop."""
    from danchu.core.outbox.worker import run_worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    run_worker(stop)


def main() -> None:
    """``hand-in ROUND ACCOUNT UNITS TIMES EVERY`` or ``work``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    match sys.argv[1:]:
        case ["hand-in", opened, account, units, times, every]:
            hand_in(
                int(opened),
                int(account),
                [int(u) for u in units.split(",")],
                int(times),
                float(every),
            )
        case ["work"]:
            work()


if __name__ == "__main__":
    main()
