"""What several of the services ask before they write."""

from __future__ import annotations

import datetime as dt
import re

from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.text import at_the_door

from ..models import Placement, Unit, UnitState
from ..selectors.states import UnitOnDay, printed, require_unit
from ..selectors.validity import in_force
from ..spans import Span

_SHORT_CODE = re.compile(r"[A-Z0-9]{1,12}")


def checked_text(text: str, *, field: str, longest: int, vi: str, en: str) -> str:
    """Text from a person, put in order. ``BadInput`` when empty or too long."""
    clean = " ".join(at_the_door(text).split())
    if not clean:
        raise BadInput(f"Chưa ghi {vi}.", f"The {en} is missing.", field=field)
    if len(clean) > longest:
        raise BadInput(
            f"{vi[0].upper()}{vi[1:]} dài quá {longest} ký tự.",
            f"The {en} is longer than {longest} characters.",
            field=field,
        )
    return clean


def checked_name(name: str) -> str:
    """A unit's name with its kind."""
    return checked_text(name, field="name", longest=200, vi="tên đơn vị", en="name of the unit")


def checked_kind(kind: str) -> str:
    """A kind of unit, in small letters."""
    clean = checked_text(kind, field="kind", longest=40, vi="loại đơn vị", en="kind of unit")
    return clean.lower()


def checked_basis(basis: str) -> str:
    """The instrument something rests on; may be empty."""
    if not basis.strip():
        return ""
    return checked_text(basis, field="basis", longest=300, vi="căn cứ", en="basis")


def checked_short_code(short_code: str) -> str:
    """Letters and digits, capital. ``BadInput`` otherwise: the code stands in addresses."""
    code = short_code.strip().upper()
    if not _SHORT_CODE.fullmatch(code):
        raise BadInput(
            "Mã ngắn chỉ gồm chữ cái không dấu và chữ số, nhiều nhất 12 ký tự.",
            "A short code has only plain letters and digits, 12 at most.",
            field="short_code",
        )
    return code


def checked_tree(tree: str) -> str:
    """One of the trees."""
    if tree not in Placement.Tree.values:
        raise BadInput(f"Không có hệ thống “{tree}”.", f"There is no tree {tree!r}.", field="tree")
    return tree


def checked_span(first: dt.date | None, last: dt.date | None, *, field: str = "valid_to") -> Span:
    """[first, last]. ``BadInput`` when it ends before it begins."""
    if first and last and last < first:
        raise BadInput(
            f"Ngày cuối {printed(last)} trước ngày đầu {printed(first)}.",
            f"The last day {last.isoformat()} is before the first, {first.isoformat()}.",
            field=field,
        )
    return Span(first, last)


def locked_unit(unit_id: int) -> Unit:
    """The unit's row, locked until the transaction ends, so that validity has one writer."""
    try:
        return Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    except Unit.DoesNotExist:
        raise NotFound("Không có đơn vị này.", "There is no such unit.") from None


def own_unit(unit_id: int, *, of_map: bool = False) -> Unit:
    """A locked unit that this installation may change: registered here, or invented.

    ``of_map``: or a unit of the official map, for a change that is ahead of its releases.
    """
    unit = locked_unit(unit_id)
    if is_of_map(unit) and not of_map:
        raise Conflict(
            "Đơn vị hành chính của bản đồ chính thức chỉ thay đổi bằng một lần sắp xếp đơn vị, "
            "hoặc theo bản cập nhật danh mục.",
            "A unit of the official map changes only by a change of the map, or with an update "
            "of the map.",
        )
    return unit


def is_of_map(unit: Unit) -> bool:
    """Whether it is a unit of the official map: neither registered here nor invented."""
    return not (unit.is_registered or unit.is_demo)


def last_state(unit_id: int) -> UnitState:
    """The state of a unit that began last."""
    states = UnitState.objects.filter(unit_id=unit_id)
    return max(states, key=lambda state: state.valid_from or dt.date.min)


def parent_for(parent_id: int, span: Span, tree: str, *, field: str = "parent_id") -> UnitOnDay:
    """The parent on the first day of ``span``; it must stand in the tree on all its days.

    Raises ``BadInput`` when it begins later, ``Conflict`` when it ends earlier.
    """
    day = span.first
    if day is None:
        raise BadInput("Chưa ghi ngày bắt đầu.", "The first day is missing.", field="valid_from")
    parent = require_unit(parent_id, day, field=field)
    rows = Placement.objects.filter(in_force(day), unit_id=parent_id, tree=tree)
    standing = rows.order_by("pk").first()
    if standing is None:
        raise BadInput(
            f"{parent.name} không có chỗ trong hệ thống này vào ngày {printed(day)}.",
            f"{parent.name} stands nowhere in this tree on {day.isoformat()}.",
            field=field,
        )
    ends = _end_of(parent_id, tree, day)
    if ends is not None and (span.last is None or ends < span.last):
        raise Conflict(
            f"{parent.name} kết thúc ngày {printed(ends)}. Ghi ngày cuối không sau ngày đó, "
            "hoặc chọn đơn vị đang có.",
            f"{parent.name} ends on {ends.isoformat()}. Give a last day not after it, or "
            "choose a unit that goes on.",
            field=field,
        )
    return parent


def _end_of(unit_id: int, tree: str, day: dt.date) -> dt.date | None:
    """The last day on which the unit stands in the tree without a break since ``day``."""
    rows = Placement.objects.filter(unit_id=unit_id, tree=tree)
    spans = sorted((Span(row.valid_from, row.valid_to) for row in rows), key=lambda s: s.order)
    current = next(span for span in spans if span.holds(day))
    for span in spans:
        if current.followed_by(span):
            current = span
    return current.last
