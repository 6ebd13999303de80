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

# The rhythms of the catalogue, as it writes them.
PERIOD_NAMES: dict[str, str] = {
    "15 to 14": "từ ngày 15 tháng trước quý đến ngày 14 tháng cuối quý",
    "15/12 (year-1) to 14/12": "từ 15/12 năm trước đến 14/12",
    "15/12 (year-1) to 14/6": "từ 15/12 năm trước đến 14/6",
    "15/12 (year-1) to 14/9": "từ 15/12 năm trước đến 14/9",
    "15/6 to 14/12": "từ 15/6 đến 14/12",
    "15/M-1 to 14/M": "từ ngày 15 tháng trước đến ngày 14 của tháng",
    "5 years": "5 năm",
    "6 months from 2026-09-01": "6 tháng kể từ 01/09/2026",
    "6-month": "6 tháng",
    "6-month, yearly": "6 tháng, hằng năm",
    "72 hours": "72 giờ",
    "consent valid 3 months": "sự đồng ý có giá trị 3 tháng",
    "continuous": "thường xuyên, liên tục",
    "each regular session": "mỗi kỳ họp thường lệ",
    "every 12 months": "12 tháng một lần",
    "every 2 years (min)": "ít nhất 2 năm một lần",
    "every 2 years in each HĐND term": "2 năm một lần trong mỗi nhiệm kỳ HĐND",
    "max 6 months": "tối đa 6 tháng",
    "min 1 day per month": "ít nhất 1 ngày mỗi tháng",
    "min 1 day per week": "ít nhất 1 ngày mỗi tuần",
    "min 2 days per month": "ít nhất 2 ngày mỗi tháng",
    "monthly, Q1, 6-month, 9-month, yearly": "hằng tháng, quý I, 6 tháng, 9 tháng, hằng năm",
    "on request": "khi có yêu cầu",
    "per term": "theo nhiệm kỳ",
    "permanent": "thường xuyên",
    "quarterly": "hằng quý",
    "quarterly, 6-month, yearly": "hằng quý, 6 tháng, hằng năm",
    "term 2 years": "nhiệm kỳ 2 năm",
    "within 1 year": "trong 1 năm",
    "yearly": "hằng năm",
    "yearly (min 1)": "hằng năm, ít nhất 1 lần",
    "yearly, before 30/11": "hằng năm, trước 30/11",
    "yearly, within 3 months of the next working year": (
        "hằng năm, trong 3 tháng đầu của năm công tác sau"
    ),
    "yearly, within 3 months of the next year": "hằng năm, trong 3 tháng đầu của năm sau",
    "yearly, year end": "hằng năm, vào cuối năm",
}


def period_name(period: str) -> Phrase:
    """The rhythm or term of a rule that sets no number of days; as written where it is unknown."""
    return Phrase(PERIOD_NAMES.get(period, period), period)
