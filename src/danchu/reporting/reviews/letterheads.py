"""The head and foot a unit's paper has by the rules, where nobody set another.

A People's Committee, an agency and an enterprise issue in the layout of the State (NĐ 30/2020), a
steering committee of a Party committee in that of the Party. A village is no body that issues
papers: the rules give it no form, and none is offered.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from danchu.core.calendar.models import Period
from danchu.core.units.models import Placement
from danchu.core.units.selectors import UnitOnDay, ancestors
from danchu.core.units.selectors.validity import in_force

AUTHORITIES = ("province", "district", "commune")
ENTERPRISES = ("state_enterprise", "workplace")
# A long name of an enterprise is divided where it is said: its form, then its own name.
_FORM = re.compile(r"(?<=CỔ PHẦN) |(?<=MỘT THÀNH VIÊN) |(?<=HỮU HẠN) (?!MỘT)|(?<=TNHH) (?!MỘT)")
_SHORT_CODE = re.compile(r"\.([A-Za-zĐđ]{2,10})$")
# How the head of a body is called, by the words its name begins with.
_HEADS = (
    ("sở", "GIÁM ĐỐC"),
    ("trung tâm", "GIÁM ĐỐC"),
    ("bệnh viện", "GIÁM ĐỐC"),
    ("công ty", "GIÁM ĐỐC"),
    ("tổng công ty", "TỔNG GIÁM ĐỐC"),
    ("hợp tác xã", "GIÁM ĐỐC"),
    ("trường", "HIỆU TRƯỞNG"),
    ("phòng", "TRƯỞNG PHÒNG"),
    ("trạm", "TRƯỞNG TRẠM"),
    ("ban", "TRƯỞNG BAN"),
    ("văn phòng", "CHÁNH VĂN PHÒNG"),
)


@dataclass(frozen=True, slots=True)
class IssuerView:
    """The head and foot of a unit's report.

    ``no_paper``: why the unit issues none, in Vietnamese and English; its paper is then not made.
    """

    layout: Literal["state", "party"]
    parent_body: str
    issuing_body: str
    symbol: str
    place: str
    addressee: tuple[str, ...]
    authority: str
    post: str
    recipients: tuple[str, ...]
    no_paper: tuple[str, str] | None = None


def letterhead_of(unit: UnitOnDay, on: dt.date) -> IssuerView:
    """The head and foot of the unit's own kind on a day."""
    if unit.level in AUTHORITIES:
        return _peoples_committee(unit)
    day = min(on, unit.valid_to) if unit.valid_to else on
    seat = seat_of(unit, day)
    if unit.level == "committee" and _is_of_the_party(unit.id, day):
        return _party_committee(unit, seat)
    if unit.level == "committee":
        return _state_committee(unit, seat)
    if unit.level == "agency":
        return _agency(unit, seat)
    if unit.level in ENTERPRISES:
        return _enterprise(unit, seat)
    return _without_form(unit, seat)


def for_reference(unit: UnitOnDay, layout: str) -> IssuerView:
    """The head of an authority's paper in the layout of the body that does not issue it."""
    return _peoples_committee(unit) if layout == "state" else _party_committee(unit, unit)


def seat_of(unit: UnitOnDay, on: dt.date) -> UnitOnDay | None:
    """The commune, or the province, in which a body below the authorities sits."""
    above = [one for one in ancestors(unit.id, on) if one.level in AUTHORITIES]
    return above[-1] if above else None


def outline_level(unit: UnitOnDay, on: dt.date) -> str:
    """For which level the outline of a unit's report is: a committee reports on its seat."""
    if unit.level != "committee":
        return unit.level
    seat = seat_of(unit, min(on, unit.valid_to) if unit.valid_to else on)
    return seat.level if seat else unit.level


def issuer_name(layout: str, unit: UnitOnDay, period: Period, language: str = "vi") -> str:
    """The issuing body as a sentence names it, beginning as it does inside one."""
    english = language == "en"
    if unit.level not in AUTHORITIES:
        return unit.name if english else _begun(unit.name)
    if layout == "state":
        if english:
            return f"the People's Committee of {unit.name}"
        return f"Ủy ban nhân dân {unit.name}"
    if english:
        return f"the steering committee on grassroots democracy of {unit.name}"
    until_2023 = period.end < dt.date(2023, 7, 1)
    what = "thực hiện Quy chế dân chủ ở cơ sở" if until_2023 else "thực hiện dân chủ ở cơ sở"
    return f"Ban Chỉ đạo {what} {unit.name}"


def _begun(name: str) -> str:
    return name[:1].upper() + name[1:]


def _bare(unit: UnitOnDay) -> str:
    prefix = f"{unit.kind} "
    return unit.name[len(prefix) :] if unit.name.lower().startswith(prefix.lower()) else unit.name


def _without_seat(name: str, seat: UnitOnDay | None) -> str:
    """The name of a body as its head says it, where the body above says the place already."""
    return name.removesuffix(f" {seat.name}") if seat else name


def _symbol(unit: UnitOnDay) -> str:
    """ "BC-SNV": the short code people registered the body by; a number says nothing there."""
    short = _SHORT_CODE.search(unit.code)
    return f"BC-{short[1].upper()}" if short else "BC"


def _head(name: str) -> str:
    folded = name.lower()
    return next((post for begin, post in _HEADS if folded.startswith(f"{begin} ")), "")


def _is_of_the_party(unit_id: int, on: dt.date) -> bool:
    placed = Placement.objects.filter(in_force(on), tree=Placement.Tree.PARTY, unit_id=unit_id)
    return placed.exists()


def _peoples_committee(unit: UnitOnDay) -> IssuerView:
    """A State head by the rules of Decree 30/2020: a People's Committee names no body above."""
    parent = "" if unit.level == "province" else unit.parent_name
    return IssuerView(
        layout="state",
        parent_body="",
        issuing_body=f"ỦY BAN NHÂN DÂN\n{unit.name.upper()}",
        symbol="BC-UBND",
        place=_bare(unit),
        addressee=(f"Ủy ban nhân dân {parent}",) if parent else (),
        authority="TM. ỦY BAN NHÂN DÂN",
        post="CHỦ TỊCH",
        recipients=("Như trên", "Thường trực HĐND", "Ủy ban MTTQ Việt Nam", "Lưu: VT"),
    )


def _committee_body(unit: UnitOnDay, seat: UnitOnDay | None) -> str:
    name = unit.name if unit.level == "committee" else "Ban Chỉ đạo thực hiện dân chủ ở cơ sở"
    return re.sub(r"\s(?=DÂN CHỦ)", "\n", _without_seat(name, seat).upper(), count=1)


def _party_committee(unit: UnitOnDay, seat: UnitOnDay | None) -> IssuerView:
    above = ""
    if seat is not None and seat.level == "province":
        above = f"{'Thành' if seat.kind == 'thành phố' else 'Tỉnh'} ủy {_bare(seat)}"
    elif seat is not None:
        above = f"Đảng ủy {seat.name}"
    return IssuerView(
        layout="party",
        parent_body=above.upper(),
        issuing_body=_committee_body(unit, seat),
        symbol="BC/BCĐ",
        place=_bare(seat) if seat else "",
        addressee=(f"Thường trực {above}",) if above else (),
        authority="T/M BAN CHỈ ĐẠO",
        post="TRƯỞNG BAN",
        recipients=(
            *((f"Thường trực {above}",) if above else ()),
            "Thành viên Ban Chỉ đạo",
            "Lưu Ban Chỉ đạo",
        ),
    )


def _state_committee(unit: UnitOnDay, seat: UnitOnDay | None) -> IssuerView:
    """A committee that the People's Committee set up has its own series of numbers."""
    return IssuerView(
        layout="state",
        parent_body=f"ỦY BAN NHÂN DÂN\n{seat.name.upper()}" if seat else "",
        issuing_body=_committee_body(unit, seat),
        symbol="BC-BCĐ",
        place=_bare(seat) if seat else "",
        addressee=(f"Ủy ban nhân dân {seat.name}",) if seat else (),
        authority="TM. BAN CHỈ ĐẠO",
        post="TRƯỞNG BAN",
        recipients=("Như trên", "Thành viên Ban Chỉ đạo", "Lưu: VT"),
    )


def _agency(unit: UnitOnDay, seat: UnitOnDay | None) -> IssuerView:
    """A body with one head signs by the head's post alone."""
    return IssuerView(
        layout="state",
        parent_body=f"ỦY BAN NHÂN DÂN\n{seat.name.upper()}" if seat else "",
        issuing_body=_without_seat(unit.name, seat).upper(),
        symbol=_symbol(unit),
        place=_bare(seat) if seat else "",
        addressee=(f"Ủy ban nhân dân {seat.name}",) if seat else (),
        authority="",
        post=_head(unit.name) or "THỦ TRƯỞNG CƠ QUAN",
        recipients=("Như trên", "Lưu: VT"),
    )


def _enterprise(unit: UnitOnDay, seat: UnitOnDay | None) -> IssuerView:
    return IssuerView(
        layout="state",
        parent_body="",
        issuing_body=_FORM.sub("\n", unit.name.upper(), count=1),
        symbol=_symbol(unit),
        place=_bare(seat) if seat else "",
        addressee=(f"Ủy ban nhân dân {seat.name}",) if seat else (),
        authority="",
        post=_head(unit.name) or "GIÁM ĐỐC",
        recipients=("Như trên", "Lưu: VT"),
    )


def _without_form(unit: UnitOnDay, seat: UnitOnDay | None) -> IssuerView:
    kind = unit.kind[:1].upper() + unit.kind[1:]
    return IssuerView(
        layout="state",
        parent_body="",
        issuing_body="",
        symbol="BC",
        place=_bare(seat) if seat else "",
        addressee=(),
        authority="",
        post="",
        recipients=(),
        no_paper=(
            f"{kind} không phải là cơ quan ban hành văn bản hành chính nên không có thể thức báo "
            "cáo riêng. Số liệu xem ở trang này và được tổng hợp vào báo cáo của cấp trên.",
            f"A {unit.kind} is not a body that issues official papers, so the rules give it no "
            "form. Its figures are shown here and go into the report of the level above.",
        ),
    )
