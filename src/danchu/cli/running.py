"""What runs on the data: the demonstration is not put back under a server or a worker."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from danchu.core.errors import Conflict

from .surroundings import data_folder


@contextmanager
def running() -> Iterator[None]:
    """For as long as a server or a worker runs; a lock file that dies with its process.

    Any number run at once. Raises ``Conflict`` while the demonstration is put back.
    """
    with _held(fcntl.LOCK_SH):
        yield


@contextmanager
def nothing_runs() -> Iterator[None]:
    """For as long as everything is put back. Raises ``Conflict`` while something runs."""
    with _held(fcntl.LOCK_EX):
        yield


@contextmanager
def _held(kind: int) -> Iterator[None]:
    path = data_folder() / "running.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if kind == fcntl.LOCK_EX:
                raise Conflict(
                    "Máy chủ hoặc tiến trình xử lý đang chạy trên dữ liệu này. Dừng rồi chạy lại "
                    "danchu demo --reset. Chưa có gì thay đổi.",
                    "A server or a worker runs on this data. End it, then run danchu demo --reset "
                    "again. Nothing changed.",
                ) from None
            raise Conflict(
                "Bản minh họa đang được dựng lại. Chờ xong rồi chạy.",
                "The demonstration is being put back. Wait until that is done.",
            ) from None
        yield
