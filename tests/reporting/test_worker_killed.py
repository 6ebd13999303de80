"""A worker that is killed while it folds leaves what was there, and the next one does it all."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from danchu.core.outbox.selectors import pending
from danchu.core.outbox.worker import run_worker
from danchu.reporting.figures import fold
from tests.cast import Cast
from tests.making import hold
from tests.reporting.folding import amount, cells, open_periods, sound

MOMENTS = ("after the first cells", "after the third", "after all, before the messages go")


def stop_at(moment: str, told: Callable[[], None]) -> None:
    """In the process that is to be killed: say so and stand still once that much is written."""
    written = 0
    replace, consume = fold._replace, fold.consume

    def still() -> None:
        told()
        time.sleep(60)

    def replacing(*given: Any) -> None:
        nonlocal written
        replace(*given)
        written += 1
        if written == MOMENTS.index(moment) * 2 + 1:
            still()

    def consuming(messages: Any) -> None:
        consume(messages)
        still()

    if moment == MOMENTS[-1]:
        fold.consume = consuming
    else:
        fold._replace = replacing


def killed(moment: str) -> None:
    """A worker of a process of its own, ended by SIGKILL at that moment."""
    reading, writing = os.pipe()
    connection.close()  # each process opens its own
    worker = os.fork()
    if worker == 0:
        try:
            stop_at(moment, lambda: os.write(writing, b"x") and None)
            run_worker(threading.Event())
        finally:
            os._exit(1)
    os.close(writing)
    came = os.read(reading, 1)
    os.kill(worker, signal.SIGKILL)
    _pid, status = os.waitpid(worker, 0)
    os.close(reading)
    assert (came, os.WTERMSIG(status)) == (b"x", signal.SIGKILL), moment


def test_a_worker_killed_in_the_middle_of_the_fold_leaves_the_same_result(
    committed_cast: Cast, settle: Any
) -> None:
    cast = committed_cast
    period = open_periods("nd09:2026H1")["nd09:2026H1"]
    hold(cast.recorder_benmau, cast.benmau, participants=80)
    settle()
    hold(cast.recorder_benmau, cast.benmau, "Nước yếu.", participants=30)
    hold(cast.village_head, cast.maulai, participants=5)
    hold(cast.recorder_caumau, cast.caumau, participants=9)
    before, waiting = cells(), pending().count
    assert waiting and amount(cast.minhhoa, period, "participants") == 80
    for moment in MOMENTS:
        killed(moment)
        # Nothing half folded is seen, and everything still waits.
        assert cells() == before, moment
        assert pending().count == waiting, moment
    settle()
    assert amount(cast.benmau, period, "participants") == 115
    assert amount(cast.minhhoa, period, "participants") == 124
    sound()
