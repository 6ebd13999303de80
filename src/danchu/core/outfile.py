"""A file that a command writes where it was told: whole or not at all, and never over the data.

What is exported is meant for elsewhere. Inside the data folder every name may be one on which the
installation rests, so that none there is taken.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from .errors import Refusal
from .os_reasons import reason_of


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which stands at ``path`` only when the block ends well.

    A link is followed. Raises ``Refusal`` for a folder, a device, a place inside of the data
    folder or the database itself, and for what cannot be written; what stood at ``path`` before
    is then still there.
    """
    beside: Path | None = None
    try:
        target = _target(path)
        number, name = tempfile.mkstemp(prefix=".danchu-", suffix=".part", dir=target.parent)
        beside = Path(name)
        with os.fdopen(number, "wb") as out:
            yield out
            out.flush()
            os.fsync(number)
        beside.replace(target)
    except OSError as error:
        raise Refusal(
            f"Không ghi được {path}: {reason_of(error)}. Chưa có gì thay đổi.",
            f"Cannot write {path}: {error.strerror}. Nothing was changed.",
        ) from None
    finally:
        if beside is not None:
            with suppress(OSError):
                beside.unlink()


def _target(path: Path) -> Path:
    """Where ``path`` leads, or why nothing is written there."""
    try:
        target = path.resolve()
    except (RuntimeError, ValueError):  # links in a circle, a name no file can have
        raise OSError(errno.ELOOP, "links lead in a circle") from None
    if _is_of_the_installation(target):
        raise Refusal(
            f"{path} nằm trong thư mục dữ liệu của hệ thống, ghi vào đó có thể làm mất dữ liệu. "
            "Chọn nơi khác. Chưa có gì thay đổi.",
            f"{path} lies inside the data folder of the installation, where writing could destroy "
            "data. Choose another place. Nothing was changed.",
        )
    if target.exists() and not target.is_file():
        raise Refusal(
            f"{path} không phải là tệp thường. Nêu tên một tệp.",
            f"{path} is no plain file. Name a file.",
        )
    return target


def _is_of_the_installation(target: Path) -> bool:
    data = Path(settings.DANCHU_DATA)
    if any(_is_same(place, data) for place in (target, *target.parents)):
        return True
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return False
    kept = Path(str(database["NAME"])).resolve()
    names = [kept, *(kept.with_name(kept.name + end) for end in ("-wal", "-shm", "-journal"))]
    return any(_is_same(target, name) for name in names)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one place, also where the same folder is mounted twice."""
    with suppress(OSError):
        return one.samefile(other)
    return one == other
