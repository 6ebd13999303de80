"""How something that was made known is corrected: by another record, made known likewise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Corrections:
    """Declared by a kind of work whose public records are corrected by records of their own.

    ``of(record_id)``: the records that correct this one, of every state and face, the newest
    first; who asks takes only those it may show. ``page(public_id, code)``: path of the office page
    on which a correction of that record is written, ``code`` being that of its unit today.
    """

    record_kind: str
    of: Callable[[int], list[int]]
    page: Callable[[UUID, str], str]
