"""Names of invented units. "Mẫu" is part of each, so that none is taken for a real one."""

from __future__ import annotations

from random import Random

from .plan import PersonPlan, UnitPlan

_FIRST = (
    "An", "Bình", "Cẩm", "Đông", "Gia", "Hòa", "Hưng", "Khánh", "Lạc", "Long", "Minh", "Nam",
    "Ngọc", "Phú", "Phước", "Quang", "Sơn", "Tân", "Thanh", "Thịnh", "Thuận", "Trung", "Vân",
    "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
_SECOND = (
    "Bắc", "Châu", "Giang", "Hà", "Hải", "Hạ", "Hội", "Lâm", "Lộc", "Mỹ", "Phong", "Quý", "Tây",
    "Thành", "Thắng", "Thọ", "Thượng", "Tiến", "Trạch", "Trường",
)  # fmt: skip
_COMMUNES = ("xã", "xã", "xã", "phường")
_VILLAGES = {"xã": ("thôn", "bản", "ấp"), "phường": ("tổ dân phố", "khu phố")}
_TRADES = ("May", "Gạch", "Gỗ", "Cơ khí", "Giấy", "Thủy sản", "Dược", "Vận tải", "Bao bì", "Chè")
_AGENCIES = (
    "Trường Tiểu học", "Trường Trung học cơ sở", "Trường Mầm non", "Trạm Y tế", "Trung tâm Văn hóa",
)  # fmt: skip
NATION = UnitPlan("nation", "MAU", "Quốc gia Mẫu", "quốc gia")


def province(number: int) -> UnitPlan:
    """The province of this number, counted from 0."""
    kind = "thành phố" if number % 6 == 5 else "tỉnh"
    return UnitPlan("province", f"M{number + 1:02d}", f"{kind} Mẫu {_pair(number)}", kind)


def people(province_code: str) -> tuple[PersonPlan, ...]:
    """Who records, reports and decides for a province."""
    return tuple(
        PersonPlan(role, f"{role}.{province_code.lower()}@minhhoa.example", name, post)
        for role, name, post in (
            ("recorder", "Lê Mẫu Ghi", "Cán bộ ghi việc mẫu"),
            ("reporter", "Trần Mẫu Báo", "Cán bộ lập báo cáo mẫu"),
            ("committee", "Nguyễn Mẫu Duyệt", "Thường trực Ban Chỉ đạo mẫu"),
        )
    )


def commune(province_code: str, number: int) -> UnitPlan:
    """The commune of this number of the country."""
    kind = _COMMUNES[number % len(_COMMUNES)]
    code = f"{province_code}{number + 1:04d}"
    return UnitPlan("commune", code, f"{kind} Mẫu {_pair(number * 7)} {number + 1}", kind)


def below(above: UnitPlan, villages: int, workplaces: int, chance: Random) -> tuple[UnitPlan, ...]:
    """The villages, agencies and workplaces of a commune."""
    kinds = _VILLAGES[above.kind]
    kind = chance.choice(kinds)
    found = [
        _registered(above, "village", f"T{n}", f"{kind} Mẫu {chance.choice(_SECOND)} {n}", kind)
        for n in range(1, villages + 1)
    ]
    for n in range(1, workplaces + 1):
        if n % 3:
            name = f"Công ty {chance.choice(_TRADES)} Mẫu {chance.choice(_FIRST)} {n}"
            found.append(_registered(above, "workplace", f"D{n}", name, "doanh nghiệp"))
        else:
            name = f"{chance.choice(_AGENCIES)} Mẫu {chance.choice(_FIRST)} {n}"
            found.append(_registered(above, "agency", f"C{n}", name, "đơn vị sự nghiệp"))
    return tuple(found)


def _registered(above: UnitPlan, level: str, short: str, name: str, kind: str) -> UnitPlan:
    return UnitPlan(level, f"{above.code}.{short}", name, kind, short)


def _pair(number: int) -> str:
    first, second = _FIRST[number % len(_FIRST)], _SECOND[number // len(_FIRST) % len(_SECOND)]
    return f"{first} {second}"
