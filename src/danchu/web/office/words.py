"""What the codes in records are called on the screen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure.rules import FORM_NAMES
from danchu.core.law.shipped import shipped_catalogue

Choices = tuple[tuple[str, Any], ...]

DIALOGUE_KINDS: Choices = (
    ("people", _("Đối thoại giữa người đứng đầu với Nhân dân")),
    ("by_request", _("Đối thoại theo yêu cầu của cử tri")),
    ("village_heads", _("Đối thoại với trưởng thôn, tổ trưởng tổ dân phố")),
    ("lower_leaders", _("Đối thoại với lãnh đạo đơn vị cấp dưới")),
    ("staff", _("Đối thoại với cán bộ, công chức, viên chức, người lao động")),
    ("workplace", _("Đối thoại tại nơi làm việc")),
    ("briefing", _("Hội nghị giao ban cán bộ thôn, tổ dân phố")),
    ("conference", _("Hội nghị, cuộc họp khác về thực hiện dân chủ")),
)
BASE_KINDS: Choices = (
    ("commune", _("Xã, phường, đặc khu")),
    ("agency", _("Cơ quan, đơn vị")),
    ("state_enterprise", _("Doanh nghiệp nhà nước")),
    ("workplace", _("Nơi làm việc khác")),
)
FIELDS: Choices = (
    ("land", _("Đất đai")),
    ("clearance", _("Bồi thường, giải phóng mặt bằng")),
    ("environment", _("Môi trường, nước sạch")),
    ("infrastructure", _("Hạ tầng, giao thông")),
    ("social", _("Chính sách xã hội, giáo dục, y tế")),
    ("administration", _("Thủ tục hành chính, tác phong phục vụ")),
    ("security", _("An ninh, trật tự")),
    ("other", _("Lĩnh vực khác")),
)
OUTCOMES: Choices = (
    ("accepted", _("Đã tiếp thu, giải quyết")),
    ("explained", _("Đã giải trình, trả lời")),
    ("transferred", _("Đã chuyển cơ quan có thẩm quyền")),
)
RECEPTION_FORMS: Choices = (
    ("regular", _("Thường xuyên")),
    ("periodic", _("Định kỳ của lãnh đạo")),
    ("ad_hoc", _("Đột xuất")),
)
RECEIVERS: Choices = (
    ("head", _("Chủ tịch UBND hoặc người đứng đầu")),
    ("party_secretary", _("Bí thư cấp ủy")),
    ("deputy", _("Cấp phó tiếp thay")),
    ("officer", _("Công chức tiếp công dân")),
)
SECTIONS: dict[str, Any] = {
    "lead": _("Lãnh đạo, chỉ đạo"),
    "outreach": _("Tuyên truyền, tập huấn"),
    "committee": _("Ban Chỉ đạo"),
    "inspection": _("Kiểm tra, thanh tra"),
    "disclosure": _("Công khai"),
    "decisions": _("Nhân dân bàn và quyết định"),
    "consultation": _("Nhân dân tham gia ý kiến"),
    "dialogue": _("Đối thoại, ý kiến"),
    "reception": _("Tiếp công dân"),
    "petitions": _("Đơn thư, vụ việc"),
    "services": _("Thủ tục hành chính, mức độ hài lòng"),
    "site_clearance": _("Bồi thường, giải phóng mặt bằng"),
    "supervision": _("Giám sát"),
    "boards": _("Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng"),
    "conventions": _("Hương ước, quy ước"),
    "agencies": _("Cơ quan, đơn vị"),
    "workplace": _("Nơi làm việc"),
    "front": _("Mặt trận, các tổ chức"),
    "exemplars": _("Dân vận khéo, thi đua"),
    "contributions": _("Nhân dân đóng góp, công trình"),
    "other": _("Khác"),
}
POSTING_STATES: dict[str, tuple[str, Any]] = {
    "hanging": ("wait", _("đang niêm yết")),
    "complete": ("done", _("đủ số ngày")),
    "interrupted": ("late", _("đang gián đoạn")),
    "taken_early": ("late", _("gỡ sớm")),
    "taken_down": ("idle", _("đã gỡ")),
    "not_yet": ("draft", _("chưa đến ngày")),
    "unposted": ("draft", _("chưa niêm yết")),
}
MONEY_UNITS: Choices = (
    ("", _("như bảng ghi ở dòng đơn vị tính, tên cột; không ghi thì không phải tiền")),
    ("khong", _("không phải tiền")),
    ("dong", _("đồng")),
    ("nghin", _("nghìn đồng")),
    ("trieu", _("triệu đồng")),
    ("ty", _("tỷ đồng")),
)
BUDGET_PERIODS: Choices = (
    ("est", _("Dự toán năm")),
    ("q1", _("Thực hiện quý I")),
    ("q2", _("Thực hiện quý II")),
    ("q3", _("Thực hiện quý III")),
    ("q4", _("Thực hiện quý IV")),
    ("h1", _("Thực hiện 6 tháng")),
    ("m9", _("Thực hiện 9 tháng")),
    ("year", _("Thực hiện cả năm")),
    ("final", _("Quyết toán")),
    ("other", _("Khác")),
)
MOMENTS: Choices = (
    ("start", _("khi niêm yết")),
    ("check", _("kiểm tra giữa kỳ")),
    ("end", _("khi gỡ")),
)
# The head of a task's title, up to its colon: what is to be done, by those who made the task.
TASK_HEADS: dict[str, Any] = {
    "Trả lời ý kiến": _("Trả lời ý kiến"),
    "Công bố kết quả đối thoại": _("Công bố kết quả đối thoại"),
    "Gỡ niêm yết đã đủ ngày": _("Gỡ niêm yết đã đủ ngày"),
    "Công khai nội dung còn thiếu": _("Công khai nội dung còn thiếu"),
    "Nộp số liệu": _("Nộp số liệu"),
    "Nộp lại số liệu": _("Nộp lại số liệu"),
    "Lập báo cáo đính chính": _("Lập báo cáo đính chính"),
    "Giải trình chênh lệch số liệu": _("Giải trình chênh lệch số liệu"),
}
_NAMES: dict[str, Any] = {
    **dict(BASE_KINDS),
    **dict(FIELDS),
    **dict(RECEPTION_FORMS),
    **dict(RECEIVERS),
}


def dimension_name(code: str) -> str:
    """What a part of a figure is called; a limit read from a text stands for itself.

    A form of disclosure is told by its letter ("form_dd"), a clause by its rule ("xa_ck_02").
    """
    letter = code.removeprefix("form_")
    if letter != code and letter in FORM_NAMES:
        return FORM_NAMES[letter].said(get_language() or "vi")
    if "_ck_" in code:
        rule = shipped_catalogue().rules.get(code)  # a name; no query for each
        if rule is not None:
            return rule.title(get_language() or "vi")
    return str(_NAMES.get(code, code))


def section_name(code: str) -> str:
    """What a section of the dictionary is called."""
    return str(SECTIONS.get(code, code))


def task_title(title: str) -> str:
    """The title of a task with what is to be done in the language of the page.

    What follows the colon was typed by somebody and stays as it is.
    """
    head, colon, rest = title.partition(": ")
    return f"{TASK_HEADS.get(head, head)}{colon}{rest}"


def name_in(choices: Choices, code: str) -> str:
    """The words of a code in a list of choices."""
    return str(dict(choices).get(code, code))
