"""The append-only, hash-chained ledger (DESIGN decision 12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from danchu.core.contracts import Actor


def log_action(
    code: str, *, actor: Actor, record_id: int | None = None, data: Mapping[str, object]
) -> None:
    """Append one entry to the chain. See :func:`danchu.core.ledger.services.log_action`."""
    # Tables may only be imported once the apps are ready, packages at any time.
    from .services import log_action as append

    append(code, actor=actor, record_id=record_id, data=data)
