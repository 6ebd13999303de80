"""Finding units by what people type: with or without accents, kind or not, old names too."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from danchu.core import clock
from danchu.core.text import at_the_door, fold

from ..kinds import bare_name, split_kind
from ..models import Unit, UnitState
from ..naming import folded_kinds
from .states import UnitOnDay, describe
from .validity import holds, in_force

_LEVELS = {level: place for place, level in enumerate(Unit.Level.values)}
_MOST = 200
_LAST = chr(0x10FFFF)
_TOGETHER = re.compile(r"(?<=^tp|^tx|^tt)\.(?=\w)|(?<=^[qpfhxt])\.(?=\w)|(?<=^[qpf])(?=\d)", re.I)


def find_units(text: str, on: dt.date | None = None, limit: int = 50) -> list[UnitOnDay]:
    """Units whose name or code fits, best first: same name, then beginning, word, part of it.

    A name goes before a kind: "thanh" means xã Thanh Mai before any thành phố.

    ``on`` None searches all times and gives each match as it is today or was last. Among
    equals, names with the very accents typed come first, then what exists, then the higher
    level. A kind in front ("huyện", "tp") narrows the search, missing it widens it. At most
    ``limit`` matches (200 at most); none for an empty text.
    """
    query = _Query.of(text)
    if query is None:
        return []
    limit = max(1, min(limit, _MOST))
    day = on or clock.today()
    found: dict[tuple[int, str], UnitState] = {}
    for tier in query.tiers():
        states = UnitState.objects.select_related("unit").filter(tier)
        for state in _portion(states, on, limit):
            key = (state.unit_id, state.name)
            known = found.get(key)
            if known is None or (not holds(known, day) and _later(state, known)):
                found[key] = state
        if len(found) >= limit:
            break
    ranked = sorted(found.values(), key=lambda state: query.rank(state, day))
    return describe([(state, _own_day(state, day)) for state in ranked[:limit]])


@dataclass(frozen=True, slots=True)
class _Query:
    """A text taken apart once."""

    code: str
    folded: str  # the whole text, folded
    kind: str  # the kind in front, spelled out; empty without
    bare: str  # the rest
    accented: str  # the rest as typed; empty when no accent was typed

    @classmethod
    def of(cls, text: str) -> _Query | None:
        words = " ".join(at_the_door(text).split())
        # "TP.Tam Kỳ", "Q1", "P.5": the short form of a kind and the name stand apart.
        spaced = _TOGETHER.sub(" ", words)
        folded = fold(spaced)
        if not folded:
            return None
        kind, bare = split_kind(folded, folded_kinds())
        typed = spaced.casefold().split(" ")[-len(bare.split(" ")) :]
        accented = " ".join(typed)
        return cls(
            words.upper(), folded, kind, bare, "" if fold(accented) == accented else accented
        )

    @property
    def whole(self) -> str:
        """The name with its kind spelled out."""
        return f"{self.kind} {self.bare}".strip()

    def tiers(self) -> Iterator[Q]:
        """Filters from the narrowest to the widest: same, beginning, part, words of the kind."""
        yield Q(code=self.code) | Q(folded=self.whole) | Q(bare_folded=self.folded)
        beginning = _begins("bare_folded", self.folded)
        yield _begins("folded", self.whole) | beginning if self.kind else beginning
        if len(self.bare) > 1:
            inside = Q(bare_folded__contains=self.bare)
            if self.kind:
                inside &= _begins("folded", f"{self.kind} ")
            anywhere = inside | Q(folded__contains=self.folded)
            if any(self.folded in kind for kind in folded_kinds()):
                yield inside  # what only the kind holds must not take the place of names
            yield anywhere

    def rank(self, state: UnitState, day: dt.date) -> tuple[object, ...]:
        """Sorts matches: smaller is better."""
        if state.code == self.code:
            fit = 0
        elif state.folded == self.whole or state.bare_folded == self.folded:
            fit = 1
        elif state.bare_folded.startswith(self.folded) or (
            self.kind and state.folded.startswith(self.whole)
        ):
            fit = 2
        elif f" {self.bare} " in f" {state.bare_folded} ":
            fit = 3
        elif self.bare in state.bare_folded:
            fit = 4
        else:
            fit = 5  # only the words of its kind
        return (
            fit,
            bool(self.accented)
            and self.accented not in bare_name(state.name, state.kind).casefold(),
            not holds(state, day),
            _LEVELS[state.unit.level],
            state.sort_key,
            state.code,
            -(state.valid_from or dt.date.min).toordinal(),
        )


def _begins(column: str, text: str) -> Q:
    """A range rather than LIKE: SQLite uses an index for it (and letters are folded already)."""
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + _LAST})


def _portion(states: QuerySet[UnitState], on: dt.date | None, limit: int) -> QuerySet[UnitState]:
    if on is not None:
        states = states.filter(in_force(on))
    return states.order_by("sort_key", "pk")[: limit * 4]


def _later(state: UnitState, known: UnitState) -> bool:
    return (state.valid_from or dt.date.min) > (known.valid_from or dt.date.min)


def _own_day(state: UnitState, day: dt.date) -> dt.date:
    """The day on which a match is described: the one asked for, else its last, else its first."""
    if holds(state, day):
        return day
    if state.valid_to is not None and state.valid_to < day:
        return state.valid_to
    return state.valid_from or day
