"""Files handed in together: single ones, and what a ZIP holds, within fixed bounds."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from danchu.core.errors import BadInput
from danchu.core.files.kinds import sniff
from danchu.core.text import at_the_door
from danchu.core.unpacking import DAMAGE, BoundedZip

MOST_FILES = 200  # of one batch
MOST_ENTRIES = 1000  # of one ZIP, folders and passed-over entries included
MOST_UNPACKED = 200 * 2**20  # bytes of one batch
MOST_RATIO = 200  # unpacked to packed


@dataclass(frozen=True, slots=True)
class Given:
    """One file: its bytes, or why it cannot be read (``refusal``)."""

    name: str
    data: bytes
    refusal: BadInput | None = None


def unpacked(files: Iterable[tuple[str, bytes]]) -> list[Given]:
    """The files of a batch, each ZIP replaced by what it holds, in order.

    A file that is too large or locked is named with its refusal; the others are given all the
    same. Raises ``BadInput`` (field "given") when there is none, or when the whole is too much.
    """
    found: list[Given] = []
    size = 0
    for name, data in files:
        for one in _members(name, data) if _is_plain_zip(data) else (Given(name, data),):
            found.append(one)
            size += len(one.data)
            if len(found) > MOST_FILES or size > MOST_UNPACKED:
                raise _refused(
                    f"Một lô nhiều nhất {MOST_FILES} tệp và {MOST_UNPACKED // 2**20} MB khi giải "
                    "nén. Chia thành nhiều lô.",
                    f"A batch has at most {MOST_FILES} files and {MOST_UNPACKED // 2**20} MB "
                    "unpacked. Split it.",
                )
    if not found:
        raise _refused("Chọn ít nhất một tệp.", "Choose at least one file.")
    return found


def _is_plain_zip(data: bytes) -> bool:
    """Whether these bytes are a ZIP that is no document itself (DOCX, XLSX and ODT are ZIPs)."""
    return data.startswith(b"PK\x03\x04") and sniff(data) is None


def _members(name: str, data: bytes) -> Iterator[Given]:
    largest = int(settings.DANCHU_MAX_UPLOAD)
    try:
        with BoundedZip(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            if (
                len(entries) > MOST_ENTRIES
                or total > MOST_UNPACKED
                or total > MOST_RATIO * len(data)
            ):
                raise _refused(
                    f"{name}: tệp ZIP bung ra quá lớn ({total // 2**20} MB, {len(entries)} mục) "
                    "nên không mở. Nén lại, chỉ gồm các báo cáo.",
                    f"{name}: the ZIP unpacks to too much ({total // 2**20} MB, {len(entries)} "
                    "entries) and was not opened. Pack only the reports.",
                )
            for entry in entries:
                inside = _shown(entry.filename)
                if entry.is_dir() or _is_passed_over(entry.filename):
                    continue
                if entry.flag_bits & 1:
                    yield Given(inside, b"", _locked(inside))
                elif entry.file_size > largest:
                    yield Given(inside, b"", _too_large(inside, largest))
                else:
                    yield Given(inside, archive.read(entry))
    except DAMAGE:
        raise _refused(
            f"{name}: tệp ZIP hỏng hoặc bị cắt ngang. Nén lại rồi gửi.",
            f"{name}: the ZIP is damaged or cut off. Pack it again.",
        ) from None


def _shown(path: str) -> str:
    """The last part of a path within the ZIP; a folder it names leads nowhere."""
    return at_the_door(path.replace("\\", "/").rstrip("/").rpartition("/")[2]) or "tep"


def _is_passed_over(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts
    )


def _locked(name: str) -> BadInput:
    return _refused(
        f"{name}: tệp có mật khẩu nên không đọc được. Bỏ mật khẩu rồi gửi lại.",
        f"{name}: the file has a password and cannot be read. Remove it and send it again.",
    )


def _too_large(name: str, largest: int) -> BadInput:
    return _refused(
        f"{name}: tệp lớn hơn {largest // 1_000_000} MB nên không đọc.",
        f"{name}: the file has more than {largest // 1_000_000} MB and is not read.",
    )


def _refused(vi: str, en: str) -> BadInput:
    return BadInput(vi, en, field="given")
