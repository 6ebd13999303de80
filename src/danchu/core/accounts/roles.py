"""Roles as data: who may do what. A role is held over a unit and all below it in one tree.

A right is a word that services ask for with ``require(actor, right, unit_id)``. A new kind of
work adds its rights here and to the roles that need them; the tables of the tests then prove
who may and who may not.
"""

from __future__ import annotations

from dataclasses import dataclass

RIGHTS: dict[str, tuple[str, str]] = {
    "records.read": ("Xem nội dung nội bộ", "Read internal records"),
    "records.write": ("Ghi việc", "Record work"),
    "records.cancel": ("Hủy nội dung đã ghi", "Cancel records"),
    "readings.write": ("Đưa báo cáo cũ vào đọc", "Hand in reports to be read"),
    "readings.decide": ("Duyệt số liệu đọc được", "Decide on figures that were read"),
    "figures.read": ("Xem số liệu", "Read figures"),
    "reports.read": ("Xem báo cáo", "Read reports"),
    "reports.write": ("Lập báo cáo", "Compose reports"),
    "reports.issue": ("Ghi số và ban hành báo cáo", "Number and issue reports"),
    "rounds.open": ("Mở đợt báo cáo", "Open reporting rounds"),
    "submissions.submit": ("Gửi báo cáo lên cấp trên", "Submit to the level above"),
    "submissions.decide": ("Nhận hoặc trả lại báo cáo", "Accept or return submissions"),
    "people.manage": ("Quản trị người dùng", "Manage people and roles"),
    "units.register": ("Đăng ký đơn vị", "Register units"),
    "units.change": ("Sắp xếp đơn vị trực thuộc", "Change the map of units below"),
    "units.edit": ("Sửa liên hệ, lịch tiếp công dân", "Edit contacts and reception days"),
    "calendar.edit": ("Sửa lịch làm việc", "Edit the working calendar"),
    "periods.edit": ("Sửa kỳ báo cáo", "Edit report periods"),
    "checks.edit": ("Sửa quy tắc kiểm tra số liệu", "Edit the checks of figures"),
    "outlines.edit": ("Sửa đề cương báo cáo", "Edit the outlines of reports"),
    "law.confirm": ("Xác nhận văn bản pháp luật", "Confirm legal texts"),
    "tasks.do": ("Làm việc được giao", "Do assigned tasks"),
    "units.remind": ("Nhắc đơn vị trực thuộc", "Remind the units below"),
}

_READ = frozenset({"records.read", "figures.read", "reports.read"})
_INSTALLATION = frozenset(
    {"calendar.edit", "periods.edit", "checks.edit", "outlines.edit", "law.confirm"}
)
_UNIT = frozenset(RIGHTS) - _INSTALLATION


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its stable key, its names, and the rights it gives."""

    key: str
    name_vi: str
    name_en: str
    rights: frozenset[str]


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "admin",
            "Quản trị hệ thống",
            "Administrator of the installation",
            frozenset(RIGHTS),
        ),
        # Nobody gives a role whose rights they do not hold, so the one who gives roles in a
        # unit holds all that can be given there.
        Role("unit_admin", "Quản trị của đơn vị", "Administrator of the unit", _UNIT),
        Role(
            "recorder",
            "Cán bộ ghi việc",
            "Recorder",
            _READ | {"records.write", "records.cancel", "tasks.do"},
        ),
        Role(
            "reporter",
            "Người lập báo cáo",
            "Reporter",
            _READ
            | {
                "readings.write",
                "readings.decide",
                "reports.write",
                "submissions.submit",
                "tasks.do",
            },
        ),
        Role(
            "leader",
            "Lãnh đạo",
            "Leader",
            _READ
            | {
                "records.cancel",
                "readings.decide",
                "submissions.submit",
                "submissions.decide",
                "reports.issue",
                "units.edit",
                "tasks.do",
                "units.remind",
            },
        ),
        Role(
            "committee",
            "Ban Chỉ đạo",
            "Steering committee",
            _READ
            | {
                "rounds.open",
                "submissions.decide",
                "readings.write",
                "readings.decide",
                "reports.write",
                "reports.issue",
                "tasks.do",
                "units.remind",
            },
        ),
        Role("viewer", "Người xem", "Viewer", _READ),
        Role("legal_officer", "Cán bộ pháp chế", "Legal officer", _READ | {"law.confirm"}),
    )
}


def roles_with(right: str) -> frozenset[str]:
    """The keys of the roles that give ``right``. Raises ``ValueError`` for an unknown right."""
    if right not in RIGHTS:
        raise ValueError(f"unknown right: {right!r}")
    return frozenset(key for key, role in ROLES.items() if right in role.rights)
