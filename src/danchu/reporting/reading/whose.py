"""Whether a text names another unit than the one it was handed in for."""

from __future__ import annotations

import re

from danchu.core.contracts import Actor
from danchu.core.errors import Conflict
from danchu.core.text import fold, place_tones
from danchu.core.units.kinds import bare_name
from danchu.core.units.models import Unit, UnitState

from .extraction import UnitRead, places_named

_OF_THE_MAP = (Unit.Level.COMMUNE, Unit.Level.DISTRICT, Unit.Level.PROVINCE)

_SPELLED = {"tp": "thành phố", "tp.": "thành phố"}


class AnotherUnit(Conflict):
    """The text names another unit; a person says whether it belongs to this one all the same."""

    default_code = "other_unit"
    named: UnitRead | None = None


def refuse_another_unit(unit_id: int, read: UnitRead) -> None:
    """Raise :class:`AnotherUnit` when the unit that a text names is not this one.

    The unit is known by every name it ever bore. A text that names nobody is taken as its own,
    and so is one of an office that bears its name: "Sở Nội vụ tỉnh Minh Họa" for the province.
    """
    states = list(UnitState.objects.select_related("unit").filter(unit_id=unit_id))
    if not read.name or not states or any(_is_named(read, state) for state in states):
        return
    own = max(states, key=lambda state: (state.valid_to is None, state.pk)).name
    refusal = AnotherUnit(
        f"Văn bản ghi là của “{read.name}”, còn lô này của {own}. Nếu đúng là báo cáo của {own} "
        "thì chọn đọc; nếu không thì bỏ qua và đưa vào cho đúng đơn vị.",
        f"The text says it is of “{read.name}”, but this batch is of {own}. If it is a report of "
        f"{own}, have it read; if not, leave it out and hand it in for the right unit.",
        field="given",
    )
    refusal.named = read
    raise refusal


def unit_named(actor: Actor, read: UnitRead) -> int | None:
    """The one unit of today that a text names and the actor may hand reports in for."""
    name = (read.name or "").split(",")[0]
    names = [f"{_SPELLED.get(place.kind, place.kind)} {place.name}" for place in places_named(name)]
    states = UnitState.objects.select_related("unit").filter(valid_to=None, name__in=names)
    found = {
        state.unit_id
        for state in states
        if state.unit.level in _OF_THE_MAP and actor.may("readings.write", state.unit_id)
    }
    return found.pop() if len(found) == 1 else None


def _is_named(read: UnitRead, state: UnitState) -> bool:
    # "xã Bến Mẫu, huyện Minh Họa": the district is where it lies.
    name = (read.name or "").split(",")[0]
    named, own = _words(name), _words(state.name)
    if _same_end(named, own) or _same_end(own, named):
        return True
    places = places_named(name)
    if state.unit.level not in _OF_THE_MAP:
        # "BCĐ xã Bến Mẫu" for the committee of that commune
        seats = {_words(place.name) for place in places_named(state.name)}
        return any(_words(place.name) in seats for place in places)
    bare = _words(bare_name(state.name, state.kind))
    if not places:
        return _same_end(named, bare)
    return any(
        _same(_words(f"{_SPELLED.get(place.kind, place.kind)} {place.name}"), own)
        or (place.level == state.unit.level and _same(_words(place.name), bare))
        for place in places
    )


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", place_tones(name).casefold()))


def _same(read: str, own: str) -> bool:
    """Alike, with their accents where the text has any."""
    return read == own or read == fold(own)


def _same_end(whole: str, part: str) -> bool:
    """Whether a name ends in another: "ubnd xã bến mẫu" in "xã bến mẫu"."""
    words = whole.split()
    return bool(part) and _same(" ".join(words[-len(part.split()) :]), part)
