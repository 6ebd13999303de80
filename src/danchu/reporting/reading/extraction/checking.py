"""The arithmetic of the figures a text states."""

from __future__ import annotations

from .model import Check, Reading


def check_reading(reading: Reading) -> list[Check]:
    """Every check that the figures of ``reading`` allow."""
    raise NotImplementedError
