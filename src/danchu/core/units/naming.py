"""One way to write a state down, so that every name is found and sorted alike."""

from __future__ import annotations

import datetime as dt
from functools import cache

from danchu.core.text import fold, sort_key

from .kinds import KINDS, bare_name
from .models import UnitState
from .spans import Span


def new_state(
    unit_id: int,
    *,
    code: str,
    name: str,
    kind: str,
    span: Span,
    known_from: dt.date | None,
    basis: str,
) -> UnitState:
    """A state, not yet saved, with the columns that searching and sorting use."""
    state = UnitState(
        unit_id=unit_id,
        code=code,
        valid_from=span.first,
        valid_to=span.last,
        known_from=known_from,
        basis=basis,
    )
    set_name(state, name, kind)
    return state


def set_name(state: UnitState, name: str, kind: str) -> None:
    """Name a state; the kind in front does not count when names are sorted."""
    bare = bare_name(name, kind)
    state.name, state.kind = name, kind
    state.folded, state.bare_folded = fold(name), fold(bare)
    state.sort_key = sort_key(bare)[:400]


@cache
def folded_kinds() -> frozenset[str]:
    """The kinds of units as searches see them."""
    return frozenset(fold(kind) for kind in KINDS)
