"""The files of the demonstration."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "demo_data"


@cache
def invented() -> dict[str, Any]:
    """The invented units, people and records, relative to the day of loading."""
    return _load(FOLDER / "invented.yaml")


@cache
def published() -> list[dict[str, Any]]:
    """Reports written for this project that carry published figures, with their sources."""
    reports: list[dict[str, Any]] = _load(FOLDER / "published" / "published.yaml")["reports"]
    return reports


def published_text(file: str) -> str:
    """The text of one of those reports."""
    return (FOLDER / "published" / file).read_text("utf-8")


def _load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found
