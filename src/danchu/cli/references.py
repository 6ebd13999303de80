"""The reference sets of a release: found in the apps, brought in from it or from a file."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from danchu.core.contracts.reference import ReferenceSet
from danchu.core.errors import BadInput
from danchu.core.os_reasons import reason_of
from danchu.core.unpacking import DAMAGE

ORDER = ("units", "calendar", "law", "dictionary", "checks")
MAX_FILE = 200 * 1024 * 1024  # bytes of one file of a set
MAX_DIGEST = 4096  # characters of a file that states a hash
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b", re.IGNORECASE)


def reference_sets() -> list[ReferenceSet]:
    """Every set that an installed app declares, those that others rest on first."""
    from django.apps import apps

    found: list[ReferenceSet] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.reference"
        if config.name.startswith("danchu.") and importlib.util.find_spec(name) is not None:
            found.extend(importlib.import_module(name).REFERENCES)
    known = {name: place for place, name in enumerate(ORDER)}
    return sorted(found, key=lambda one: known.get(one.name, len(ORDER)))


@contextmanager
def sources(file: Path | None) -> Iterator[list[tuple[ReferenceSet, Path]]]:
    """Each set with the folder to bring it in from: that of the release, or out of ``file``.

    ``file`` is a zip with all files of one or more sets, at its top or in a folder named like
    the set, and its SHA-256: in ``FILE.sha256`` beside it, or inside it as one ``.sha256`` file
    for each. Raises ``BadInput`` when the hash is missing or wrong or a set is incomplete.
    """
    sets = reference_sets()
    if file is None:
        yield [(one, one.folder) for one in sets]
        return
    with tempfile.TemporaryDirectory(prefix="danchu-reference-") as folder:
        yield _unpacked(file, sets, Path(folder))


def _unpacked(
    file: Path, sets: list[ReferenceSet], folder: Path
) -> list[tuple[ReferenceSet, Path]]:
    _require_takeable(file)
    try:
        with zipfile.ZipFile(file) as archive:
            names = {name for name in archive.namelist() if not name.endswith("/")}
            beside = file.with_name(file.name + ".sha256")
            if beside.exists():
                _require_hash(file.name, _sha256(file), _digest_beside(beside))
            found: list[tuple[ReferenceSet, Path]] = []
            for one in sets:
                places = _places(one, names)
                if places is None:
                    continue
                target = folder / one.name
                target.mkdir()
                for name, place in places.items():
                    _take(archive, place, target / name)
                    if not beside.exists():
                        _require_inner_hash(archive, names, place, target / name)
                found.append((one, target))
    except DAMAGE as error:
        reason = reason_of(error) if isinstance(error, OSError) else "không phải tệp zip đọc được"
        raise BadInput(
            f"Không mở được {file}: {reason}.", f"{file} cannot be opened: {error}."
        ) from None
    if not found:
        raise BadInput(
            f"Trong {file} không có bộ dữ liệu nào: " + ", ".join(one.name for one in sets) + ".",
            f"{file} holds none of the sets: " + ", ".join(one.name for one in sets) + ".",
        )
    return found


def _require_takeable(file: Path) -> None:
    """Raise ``BadInput`` for what is no plain file, or larger than any set could be."""
    try:
        there = file.exists()
    except OSError:  # a name that no file can have
        there = False
    if not there:
        raise BadInput(f"Không tìm thấy tệp {file}.", f"There is no file {file}.")
    if not file.is_file():
        raise BadInput(f"{file} không phải là tệp.", f"{file} is no file.")
    if file.stat().st_size > MAX_FILE:
        raise BadInput(f"Tệp {file} quá lớn.", f"The file {file} is too large.")


def _digest_beside(beside: Path) -> str:
    if not beside.is_file():
        raise BadInput(f"{beside} không phải là tệp.", f"{beside} is no file.")
    with beside.open(encoding="utf-8", errors="replace") as handle:
        return handle.read(MAX_DIGEST)


def _places(one: ReferenceSet, names: set[str]) -> dict[str, str] | None:
    """File name -> its place in the zip; None when the zip holds nothing of the set."""
    found: dict[str, str] = {}
    for name in one.files:
        for place in (f"{one.name}/{name}", name):
            if place in names:
                found[name] = place
                break
    missing = [name for name in one.files if name not in found]
    if not found:
        return None
    if missing:
        raise BadInput(
            f"Bộ {one.name} thiếu tệp: {', '.join(missing)}. Chưa có gì thay đổi.",
            f"The set {one.name} lacks: {', '.join(missing)}. Nothing was changed.",
        )
    return found


def _take(archive: zipfile.ZipFile, place: str, target: Path) -> None:
    if archive.getinfo(place).file_size > MAX_FILE:
        raise BadInput(f"Tệp {place} quá lớn.", f"The file {place} is too large.")
    with archive.open(place) as inside, target.open("wb") as out:
        shutil.copyfileobj(inside, out)


def _require_inner_hash(archive: zipfile.ZipFile, names: set[str], place: str, taken: Path) -> None:
    if f"{place}.sha256" not in names:
        raise BadInput(
            "Tệp không kèm mã kiểm SHA-256 (tệp .sha256 bên cạnh hoặc bên trong). "
            "Chưa có gì thay đổi.",
            "There is no SHA-256 with the file (a .sha256 beside it or inside). "
            "Nothing was changed.",
        )
    _require_hash(place, _sha256(taken), archive.read(f"{place}.sha256").decode("utf-8", "replace"))


def _require_hash(name: str, actual: str, stated: str) -> None:
    found = _DIGEST.search(stated)
    if found is None or found[0].lower() != actual:
        raise BadInput(
            f"Mã kiểm SHA-256 của {name} không khớp: tệp đã bị sửa hoặc tải chưa hết. "
            "Chưa có gì thay đổi.",
            f"The SHA-256 of {name} does not match: it was changed or cut off. "
            "Nothing was changed.",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
