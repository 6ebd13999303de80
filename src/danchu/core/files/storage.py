"""Where the bytes are kept: a folder now, an object store later, behind one small interface."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings


class Store(Protocol):
    """Keeps bytes under names it makes itself."""

    def keep(self, data: bytes) -> str:
        """Keep the bytes for good before returning; the name under which they are found."""

    def open(self, name: str) -> BinaryIO:
        """A handle on what is kept. Raises ``FileNotFoundError``."""

    def forget(self, name: str) -> None:
        """Delete what is kept under this name, if anything is."""

    def older_than(self, seconds: float) -> Iterator[str]:
        """The names of what has been kept for longer than this."""


class FolderStore:
    """Files below one folder that no web server exposes, named by chance, without extension."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, data: bytes) -> str:
        token = secrets.token_hex(20)
        name = f"{token[:2]}/{token}"
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_name(f".{token}.part")
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            os.rename(beside, path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return name

    def open(self, name: str) -> BinaryIO:
        return self._path(name).open("rb")

    def forget(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Iterator[str]:
        before = time.time() - seconds
        if not self.root.is_dir():
            return
        for folder in sorted(self.root.iterdir()):
            if not folder.is_dir():
                continue
            for path in sorted(folder.iterdir()):
                if path.stat().st_mtime < before:
                    yield f"{folder.name}/{path.name}"

    def _path(self, name: str) -> Path:
        folder, _slash, rest = name.partition("/")
        if not rest or folder.strip("0123456789abcdef") or "/" in rest or rest in (".", ".."):
            raise FileNotFoundError(name)
        return self.root / folder / rest


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def store() -> Store:
    """The store of this installation."""
    return FolderStore(Path(settings.DANCHU_DATA) / "files")
