"""Which units this installation may change, in which way; asked by the dry run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from danchu.core.contracts import ChangeKind
from danchu.core.errors import BadInput, Conflict
from danchu.core.units.models import Unit
from danchu.core.units.selectors import UnitOnDay
from danchu.core.units.services.ahead import (
    check_commune_name,
    check_map_name,
    require_free_code,
)
from danchu.core.units.services.checks import checked_short_code
from danchu.core.units.services.invented import checked_demo_code

if TYPE_CHECKING:
    from .planning import NewUnit, Wanted

OF_THE_MAP = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT, Unit.Level.COMMUNE)


def require_changeable(wanted: Wanted, units: Mapping[int, UnitOnDay]) -> None:
    """Raise a refusal unless this installation may change these units, in this way.

    Of the official map that is: communes, merged, split, moved or renamed; what begins takes
    code and name of the official list. Provinces change with a release only.
    """
    of_map = set(
        Unit.objects.filter(pk__in=wanted.units, is_registered=False, is_demo=False).values_list(
            "pk", flat=True
        )
    )
    new = [one for one in wanted.into if not isinstance(one, int)]
    if len({one.code.strip().upper() for one in new}) < len(new):
        raise BadInput(
            "Mỗi đơn vị mới một mã riêng.", "Each new unit has a code of its own.", field="code"
        )
    if not of_map:
        _require_free_codes(wanted, units, new)
        return
    if of_map != set(wanted.units):
        raise BadInput(
            "Không sắp xếp chung đơn vị của bản đồ chính thức với đơn vị khác.",
            "Units of the official map are not changed together with others.",
            field="units",
        )
    if wanted.kind == ChangeKind.ABOLISH or any(
        unit.level != Unit.Level.COMMUNE for unit in units.values()
    ):
        raise Conflict(
            "Trên bản đồ chính thức chỉ sắp xếp được xã, phường, đặc khu, và không giải thể mà "
            "không nhập vào đơn vị khác. Thay đổi ở cấp tỉnh có trong bản cập nhật danh mục.",
            "Of the official map only communes are changed here, and none ends without a "
            "successor. Changes of provinces come with an update of the map.",
            field="units",
        )
    if len(new) < len(wanted.into):
        raise BadInput(
            "Xã, phường, đặc khu có địa giới khác đi là đơn vị mới trong số liệu, kể cả khi giữ "
            "tên và mã: ghi tên và mã của từng đơn vị hình thành.",
            "A commune whose territory changes is another unit in figures, even with the same "
            "name and code: give name and code of each unit that is formed.",
            field="into",
        )
    for one in new:
        code = check_map_name(code=one.code, name=one.name, kind=one.kind)
        require_free_code(code, wanted.on, wanted.units)
    if wanted.kind == ChangeKind.RENAME:
        (unit,) = units.values()
        check_commune_name(name=wanted.name, kind=wanted.unit_kind or unit.kind)
    if (
        wanted.parent_id is not None
        and not Unit.objects.filter(
            pk=wanted.parent_id, level=Unit.Level.PROVINCE, is_demo=False
        ).exists()
    ):
        raise BadInput(
            "Xã, phường, đặc khu của bản đồ chính thức đứng dưới một tỉnh, thành phố.",
            "A commune of the official map stands under a province.",
            field="parent_id",
        )


def _require_free_codes(
    wanted: Wanted, units: Mapping[int, UnitOnDay], new: Sequence[NewUnit]
) -> None:
    """What registering would refuse, said in the dry run already."""
    if not new or not units:
        return
    first = units[wanted.units[0]]
    stem = "" if first.level in OF_THE_MAP else f"{first.code.partition('.')[0]}."
    for one in new:
        bare = checked_short_code(one.code) if stem else checked_demo_code(one.code)
        code = f"{stem}{bare}"
        require_free_code(code, wanted.on)
        if stem and Unit.objects.filter(registered_code=code).exists():
            raise Conflict(
                f"Mã {code} đã cấp cho một đơn vị khác và không dùng lại. Chọn mã ngắn khác.",
                f"The code {code} was given to another unit and is never reused. Choose another "
                "short code.",
                field="code",
            )
