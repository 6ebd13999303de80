"""What a dry run asks the person to look at twice: names that are there already, the text it
rests on. None of it refuses: two units may bear one name, and a text may be cited in many ways."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danchu.core.contracts import ChangeKind, UnitChange
from danchu.core.text import fold
from danchu.core.units.kinds import bare_name
from danchu.core.units.models import Unit
from danchu.core.units.selectors import UnitOnDay, child_units

if TYPE_CHECKING:
    from .planning import Wanted

NO_DISTRICTS = dt.date(2025, 7, 1)  # from then on communes stand under provinces alone
VILLAGES_BY_COMMUNES = dt.date(2026, 5, 26)  # NĐ 185/2026/NĐ-CP in force
_STANDING_COMMITTEE = re.compile(r"ubtvqh|uy ban thuong vu quoc hoi")
_ASSEMBLY = re.compile(r"/qh\d*\b|\bquoc hoi\b")
_COUNCIL = re.compile(r"hdnd|hoi dong nhan dan")
_COMMITTEE = re.compile(r"ubnd|uy ban nhan dan")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at twice, in words for people."""

    vi: str
    en: str


def doubts_of(
    wanted: Wanted, change: UnitChange, units: Mapping[int, UnitOnDay]
) -> tuple[Doubt, ...]:
    """Everything about the change that is worth a second look before it is carried out."""
    return (*_names(wanted, change, units), *_basis(wanted, change, units))


def _names(wanted: Wanted, change: UnitChange, units: Mapping[int, UnitOnDay]) -> Iterator[Doubt]:
    """Names that a unit beside has on that day, or another part of the change, but for accents
    and capitals."""
    first = units[wanted.units[0]]
    parent = wanted.parent_id or first.parent_id
    given = [(one.name, one.kind) for one in wanted.into if not isinstance(one, int)]
    if wanted.kind == ChangeKind.RENAME:
        given = [(wanted.name, wanted.unit_kind or first.kind)]
    elif wanted.kind == ChangeKind.MOVE:
        given = [(first.name, first.kind)]
    if parent is None or not given:
        return
    leaving = set(change.ends) | (set(wanted.units) if wanted.kind == ChangeKind.RENAME else set())
    beside = {
        _heard(child.name, child.kind): child.name
        for child in child_units(parent, wanted.on)
        if child.level == first.level and child.id not in leaving
    }
    for name, kind in given:
        heard = _heard(name.strip(), kind)
        if heard in beside:
            yield Doubt(
                f"Tên “{name.strip()}” trùng hoặc chỉ khác dấu, khác loại với {beside[heard]} cùng "
                "cấp trên. Đối chiếu lại với văn bản.",
                f"The name “{name.strip()}” is that of {beside[heard]} under the same unit, but "
                "for accents or the kind. Compare it with the legal document.",
            )
        beside[heard] = name.strip()


def _heard(name: str, kind: str) -> str:
    return fold(bare_name(name, kind))


def _basis(wanted: Wanted, change: UnitChange, units: Mapping[int, UnitOnDay]) -> Iterator[Doubt]:
    """Whether the text named is of the body that decides at this level."""
    said, level = fold(change.basis), units[wanted.units[0]].level
    if level == Unit.Level.COMMUNE and wanted.on >= NO_DISTRICTS:
        if not _STANDING_COMMITTEE.search(said):
            # Điều 74 khoản 8 Hiến pháp; renaming follows the law on local government.
            vi = "Luật Tổ chức chính quyền địa phương"
            en = "the law on the organisation of local government"
            if wanted.kind != ChangeKind.RENAME:
                vi, en = "khoản 8 Điều 74 Hiến pháp", "Article 74(8) of the Constitution"
            yield Doubt(
                "Với xã, phường, đặc khu, căn cứ là nghị quyết của Ủy ban Thường vụ Quốc hội "
                f"({vi}). Văn bản đã ghi không nêu cơ quan này.",
                "A change of communes rests on a resolution of the Standing Committee of the "
                f"National Assembly ({en}). The document given does not name it.",
            )
    elif level == Unit.Level.PROVINCE:
        if not _ASSEMBLY.search(said) or _STANDING_COMMITTEE.search(said):
            yield Doubt(
                "Với tỉnh, thành phố, căn cứ là nghị quyết của Quốc hội (khoản 9 Điều 70 Hiến "
                "pháp). Văn bản đã ghi không phải của Quốc hội.",
                "A change of provinces rests on a resolution of the National Assembly (Article "
                "70(9) of the Constitution). The document given is not one.",
            )
    elif (
        level == Unit.Level.VILLAGE
        and wanted.on >= VILLAGES_BY_COMMUNES
        and not _COUNCIL.search(said)
        and not ("dac khu" in said and _COMMITTEE.search(said))
    ):
        yield Doubt(
            "Với thôn, tổ dân phố, căn cứ là nghị quyết của Hội đồng nhân dân cấp xã; ở đặc khu "
            "không có Hội đồng nhân dân là quyết định của Ủy ban nhân dân (Điều 9 Nghị định "
            "185/2026/NĐ-CP). Văn bản đã ghi không nêu cơ quan này.",
            "A change of villages rests on a resolution of the commune's People's Council, or of "
            "the People's Committee in a special zone without a council (Article 9 of Decree "
            "185/2026/NĐ-CP). The document given does not name it.",
        )
