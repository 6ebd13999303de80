"""Several places by one act: all of them ticked at once, pictures dealt to them in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from danchu.civic.disclosure.models import Place

WHICH = "which"  # of a place: which of the pictures chosen for all of them
EACH, HALLS, ALL = "each", "halls", "all"
_HALLS = {Place.CULTURE_HOUSE, Place.COMMUNITY_POINT}


def at_once(kinds: Sequence[str]) -> list[tuple[str, str]]:
    """What one act may tick, by the kinds of the places listed; each by itself comes first."""
    halls = sum(kind in _HALLS for kind in kinds)
    walls = sum(kind != Place.PORTAL for kind in kinds)
    offered: list[tuple[str, str]] = [(EACH, str(_("chọn từng nơi bên dưới")))]
    if halls > 1:
        told = ngettext(
            "mọi nhà văn hóa, điểm sinh hoạt (%(n)s)",
            "mọi nhà văn hóa, điểm sinh hoạt (%(n)s)",
            halls,
        )
        offered.append((HALLS, told % {"n": halls}))
    if walls > max(1, halls):
        told = ngettext("mọi nơi, cả trụ sở (%(n)s)", "mọi nơi, cả trụ sở (%(n)s)", walls)
        offered.append((ALL, told % {"n": walls}))
    return offered


def tick_all(data: QueryDict) -> None:
    """Tick the places that one answer stands for; from there on each place speaks for itself."""
    chosen = data.get("posted_at", EACH)
    if chosen not in (HALLS, ALL):
        return
    data["posted_at"] = EACH
    for name in list(data):
        prefix, _dash, what = name.rpartition("-")
        if what != "known" or data[name] not in ("True", "on"):
            continue
        kind = data.get(f"{prefix}-kind")
        if kind in _HALLS or (chosen == ALL and kind != Place.PORTAL):
            data[f"{prefix}-posted"] = "on"


@dataclass(slots=True)
class Dealing:
    """Which picture each place has, by their keys. ``left``: of no place; ``twice``: places that
    asked for one that another has; ``by_us``: some were given without anybody saying so."""

    given: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    twice: set[str] = field(default_factory=set)
    by_us: bool = False


def deal(
    places: Sequence[tuple[str, str | None]],
    pictures: Sequence[str],
    arrived: Sequence[str | None],
) -> Dealing:
    """Give each place the picture that it says, the others in order to those that say nothing.

    A place says a picture by its key, or "n2" for the third of those ``arrived`` now, for a page
    that deals them before they are sent; "" for none.
    """
    dealing, silent = Dealing(left=list(pictures)), list[str]()
    fresh = {f"n{number}": key for number, key in enumerate(arrived)}
    for place, said in places:
        if said is None:
            silent.append(place)
            continue
        key = fresh.get(said, said)
        if key in dealing.left:
            dealing.given[place] = key
            dealing.left.remove(key)
        elif key in pictures:
            dealing.twice.add(place)
    for place in silent:
        if dealing.left:
            dealing.given[place] = dealing.left.pop(0)
            dealing.by_us = True
    return dealing
