"""How kinds of unit, modes and units of time are called, for tables and pages."""

from __future__ import annotations

from danchu.core.calendar.words import Phrase

from .catalog import DeadlineUnit, Mode, UnitKind

UNIT_KIND_NAMES: dict[UnitKind, Phrase] = {
    "commune": Phrase("xã, phường, đặc khu", "commune, ward, special zone"),
    "agency": Phrase("cơ quan, đơn vị", "agency or public unit"),
    "workplace": Phrase("doanh nghiệp, tổ chức có sử dụng lao động", "workplace"),
    "state_enterprise": Phrase("doanh nghiệp nhà nước", "state enterprise"),
}

MODE_NAMES: dict[Mode, Phrase] = {
    "inform": Phrase("công khai", "disclosure"),
    "discuss_decide": Phrase("bàn và quyết định", "discussion and decision"),
    "consult": Phrase("tham gia ý kiến", "consultation"),
    "inspect_supervise": Phrase("kiểm tra, giám sát", "inspection and supervision"),
    "dialogue": Phrase("đối thoại", "dialogue"),
    "receive": Phrase("tiếp nhận, tiếp công dân", "reception"),
    "resolve": Phrase("giải quyết, trả lời", "settlement and answer"),
    "report": Phrase("báo cáo", "report"),
}

DEADLINE_UNIT_NAMES: dict[DeadlineUnit, Phrase] = {
    "working": Phrase("ngày làm việc", "working days"),
    "calendar": Phrase("ngày", "days"),
    "working_before": Phrase("ngày làm việc, trước sự kiện", "working days before"),
    "calendar_before": Phrase("ngày, trước sự kiện", "days before"),
    "calendar_min": Phrase("ngày, ít nhất", "days at least"),
}
