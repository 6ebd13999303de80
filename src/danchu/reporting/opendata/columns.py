"""The columns of the open tables. Names are stable; what a column holds is said in both languages.

A column is only added, at the end; one that changed its meaning would be a column of another name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["string", "integer", "number", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``kind`` is a type of a Frictionless table schema."""

    name: str
    kind: Kind
    vi: str
    en: str


_REPORT = (
    Column(
        "report_id",
        "string",
        "Mã vĩnh viễn của báo cáo. Trang của báo cáo ở địa chỉ kết thúc bằng mã này.",
        "Permanent id of the report. The address of its page ends with it.",
    ),
    Column(
        "report_number",
        "string",
        "Số, ký hiệu văn bản như đã ban hành, ví dụ 05/BC-UBND.",
        "Number and symbol of the paper as issued, such as 05/BC-UBND.",
    ),
    Column(
        "issued_on",
        "date",
        "Ngày ban hành in trên báo cáo.",
        "The day of issue printed on the report.",
    ),
    Column(
        "known_on",
        "date",
        "Ngày chốt số liệu: số là số biết đến ngày này.",
        "The day the figures were frozen: they are what was known on that day.",
    ),
    Column(
        "in_force",
        "boolean",
        "Đúng khi chưa có báo cáo đính chính thay thế.",
        "True while no amending report has replaced this one.",
    ),
)
_UNIT = (
    Column(
        "unit_code",
        "string",
        "Mã đơn vị vào ngày cuối kỳ, dạng chữ, giữ số 0 đầu. Mã được dùng lại sau ngày 01/7/2025 "
        "nên luôn đi cùng kỳ.",
        "Code of the unit on the last day of the period, as text with leading zeros. Codes were "
        "used again after 1 July 2025, so a code means a unit only together with the period.",
    ),
    Column(
        "unit_name",
        "string",
        "Tên đơn vị vào ngày cuối kỳ.",
        "Name of the unit on the last day of the period.",
    ),
    Column(
        "unit_level",
        "string",
        "Cấp: nation, province (tỉnh), district (huyện, đến 30/6/2025), commune (xã), agency "
        "(cơ quan).",
        "Level: nation, province, district (until 30 June 2025), commune, agency.",
    ),
)
_PERIOD = (
    Column(
        "period",
        "string",
        "Mã kỳ báo cáo. nd09:2026H1 là kỳ từ 15/12/2025 đến 14/6/2026; 2019H1 là 6 tháng đầu năm "
        "dương lịch.",
        "Code of the period. nd09:2026H1 runs from 15 December 2025 to 14 June 2026; 2019H1 is the "
        "first half of a calendar year.",
    ),
    Column("period_start", "date", "Ngày đầu kỳ.", "First day of the period."),
    Column("period_end", "date", "Ngày cuối kỳ.", "Last day of the period."),
)
_DEMO = Column(
    "demonstration",
    "boolean",
    "Đúng khi đơn vị và số liệu là minh họa, không có thật.",
    "True where unit and figures are invented for a demonstration.",
)
_KEY = Column(
    "indicator",
    "string",
    "Mã chỉ tiêu. Tên, định nghĩa, đơn vị tính ở bảng indicators.",
    "Key of the indicator. Its name, definition and unit are in the table indicators.",
)
_WITHHELD = Column(
    "withheld",
    "string",
    "Trống khi số được công bố. small: số từ 1 đến 4 trong nội dung nhạy cảm, chỉ ghi “dưới 5”. "
    "protects: không công bố vì lấy số này trừ đi sẽ ra một số dưới 5.",
    "Empty where the number is told. small: a count of 1 to 4 in a sensitive matter, printed only "
    "as “dưới 5” (under 5). protects: held back because such a count could be had from it by "
    "subtraction.",
)

FIGURES = (
    *_REPORT,
    *_UNIT,
    Column(
        "province_code",
        "string",
        "Mã tỉnh mà đơn vị thuộc vào ngày cuối kỳ.",
        "Code of the province the unit stood in on the last day of the period.",
    ),
    Column("province_name", "string", "Tên tỉnh đó.", "Name of that province."),
    *_PERIOD,
    _KEY,
    Column(
        "dimension",
        "string",
        "Phần của chỉ tiêu (lĩnh vực, hình thức). Trống: toàn bộ chỉ tiêu. Các phần có thể chồng "
        "lên nhau, không cộng lại thành toàn bộ.",
        "The part of the figure (a field, a form). Empty: the whole figure. Parts may overlap and "
        "need not add up to the whole.",
    ),
    Column(
        "layer",
        "string",
        "Số từ đâu: recorded (tính từ hồ sơ đã ghi), reported (cộng từ bản nộp của đơn vị dưới), "
        "stated (đọc từ một báo cáo).",
        "Where the number comes from: recorded (computed from records), reported (added up from "
        "what units below handed in), stated (read from a report).",
    ),
    Column(
        "state",
        "string",
        "reported: có số; zero: xác nhận bằng 0; not_applicable: không áp dụng; missing: chưa báo "
        "cáo. Chưa báo cáo không phải là 0.",
        "reported: has a number; zero: confirmed to be nought; not_applicable; missing: not "
        "reported. Missing is not nought.",
    ),
    Column(
        "value",
        "number",
        "Giá trị theo đơn vị tính của chỉ tiêu, không làm tròn; tỷ lệ tính bằng phần trăm như đã "
        "in. Trống khi không có số hoặc không công bố.",
        "The value in the unit of the indicator, not rounded; a share in per cent as printed. "
        "Empty where there is no number or it is held back.",
    ),
    Column(
        "numerator",
        "number",
        "Tử số của tỷ lệ tính từ hai số.",
        "Numerator of a share that is made of two numbers.",
    ),
    Column("denominator", "number", "Mẫu số của tỷ lệ đó.", "Denominator of that share."),
    Column(
        "text",
        "string",
        "Số như in trong báo cáo, cách viết Việt Nam (1.246; 95,8%).",
        "The number as the report prints it, in Vietnamese notation (1.246; 95,8%).",
    ),
    _WITHHELD,
    Column(
        "n_reported",
        "integer",
        "Số đơn vị có số khác 0. Với tỷ lệ: số đơn vị có cả tử và mẫu. Trống: báo cáo không giữ.",
        "Units with a number other than nought; for shares, units with both numbers. Empty: not "
        "kept with the report.",
    ),
    Column("n_zero", "integer", "Số đơn vị xác nhận bằng 0.", "Units that confirmed nought."),
    Column(
        "n_not_applicable",
        "integer",
        "Số đơn vị không áp dụng chỉ tiêu.",
        "Units to which the indicator does not apply.",
    ),
    Column("n_missing", "integer", "Số đơn vị chưa báo cáo.", "Units that did not report."),
    Column(
        "n_expected",
        "integer",
        "Số đơn vị thuộc diện báo cáo.",
        "Units that were expected to report.",
    ),
    Column(
        "dictionary_version",
        "integer",
        "Phiên bản từ điển chỉ tiêu khi chốt số liệu.",
        "Version of the dictionary of indicators when the figures were frozen.",
    ),
    _DEMO,
)

STATEMENTS = (
    *_UNIT,
    Column(
        "parent_code",
        "string",
        "Mã đơn vị cấp trên vào ngày cuối kỳ.",
        "Code of the unit above on the last day of the period.",
    ),
    Column("parent_name", "string", "Tên đơn vị cấp trên.", "Name of the unit above."),
    *_PERIOD,
    _KEY,
    Column(
        "value",
        "number",
        "Giá trị đã có người xác nhận, theo đơn vị tính của chỉ tiêu.",
        "The value a person confirmed, in the unit of the indicator.",
    ),
    Column(
        "text",
        "string",
        "Giá trị theo cách viết Việt Nam.",
        "The value in Vietnamese notation.",
    ),
    Column(
        "stated",
        "string",
        "Chữ số như báo cáo ghi. Trống khi người rà soát đã sửa số đọc được.",
        "The digits as the report has them. Empty where a person corrected what was read.",
    ),
    Column(
        "words",
        "string",
        "Nguyên văn đoạn báo cáo đã nêu số này.",
        "The very words of the report that state the figure.",
    ),
    Column(
        "approximate",
        "boolean",
        "Đúng khi báo cáo nói là số ước lượng (khoảng, hơn, gần).",
        "True where the report gives an estimate (about, over, nearly).",
    ),
    _WITHHELD,
    Column("document_id", "string", "Mã báo cáo nguồn.", "Id of the source report."),
    Column("document_title", "string", "Tên báo cáo nguồn.", "Title of the source report."),
    Column(
        "document_date",
        "date",
        "Ngày của báo cáo nguồn, nếu biết.",
        "Date of the source report where it is known.",
    ),
    Column(
        "source",
        "string",
        "Nơi báo cáo nguồn đã được công bố.",
        "Where the source report was published.",
    ),
    _DEMO,
)

REPORTS = (
    *_REPORT,
    Column("title", "string", "Trích yếu của báo cáo.", "Title of the report."),
    Column("issuing_body", "string", "Cơ quan ban hành.", "The issuing body."),
    *_UNIT,
    *_PERIOD,
    Column(
        "replaces",
        "string",
        "Mã báo cáo mà báo cáo này đính chính, thay thế.",
        "Id of the report that this one amends and replaces.",
    ),
    Column(
        "replaced_by",
        "string",
        "Mã báo cáo đã thay thế báo cáo này.",
        "Id of the report that has replaced this one.",
    ),
    Column(
        "pdf_sha256",
        "string",
        "SHA-256 của bản PDF đã ban hành; cũng có trong sổ nhật ký. Trống khi không đưa tệp lên vì "
        "có số dưới 5 trong nội dung nhạy cảm.",
        "SHA-256 of the PDF as issued; it stands in the ledger as well. Empty where the file is "
        "not given out because it prints a count under 5 in a sensitive matter.",
    ),
    Column(
        "release",
        "string",
        "Phiên bản phần mềm đã lập báo cáo.",
        "Release of the software that made the report.",
    ),
    Column(
        "dictionary_version",
        "integer",
        "Phiên bản từ điển chỉ tiêu.",
        "Version of the dictionary of indicators.",
    ),
    _DEMO,
)

INDICATORS = (
    Column("indicator", "string", "Mã chỉ tiêu, không đổi.", "Key of the indicator; stable."),
    Column("name_vi", "string", "Tên chỉ tiêu.", "Name in Vietnamese."),
    Column("name_en", "string", "Tên tiếng Anh.", "Name in English."),
    Column("definition_vi", "string", "Định nghĩa.", "Definition in Vietnamese."),
    Column("definition_en", "string", "Định nghĩa tiếng Anh.", "Definition in English."),
    Column("unit_vi", "string", "Đơn vị tính.", "Unit in Vietnamese."),
    Column("unit_en", "string", "Đơn vị tính, tiếng Anh.", "Unit in English."),
    Column("decimals", "integer", "Số chữ số thập phân khi in.", "Decimals printed."),
    Column(
        "nature",
        "string",
        "flow: phát sinh trong kỳ; stock: có đến cuối kỳ; distinct: đếm không trùng; ratio, "
        "coverage: tỷ lệ; duration: thời gian; change: tăng, giảm.",
        "flow: within the period; stock: at its end; distinct: counted once; ratio, coverage: "
        "shares; duration; change.",
    ),
    Column(
        "over_time",
        "string",
        "Gộp các kỳ: sum (cộng), last (lấy kỳ cuối), distinct (đếm lại), none (không gộp).",
        "How periods are put together: sum, last, distinct, none.",
    ),
    Column(
        "over_units",
        "string",
        "Gộp các đơn vị: sum (cộng), distinct (đếm lại), none (không gộp).",
        "How units are put together: sum, distinct, none.",
    ),
    Column("numerator", "string", "Chỉ tiêu là tử số.", "The indicator that is the numerator."),
    Column(
        "denominator", "string", "Chỉ tiêu là mẫu số.", "The indicator that is the denominator."
    ),
    Column("part_of", "string", "Là một phần của chỉ tiêu này.", "It is a part of this indicator."),
    Column(
        "sensitive",
        "boolean",
        "Đúng: số từ 1 đến 4 chỉ ghi “dưới 5”.",
        "True: counts of 1 to 4 are printed as “dưới 5” (under 5).",
    ),
    Column("basis", "string", "Căn cứ pháp lý.", "Legal basis."),
    Column(
        "since_version",
        "integer",
        "Định nghĩa này có từ phiên bản từ điển nào.",
        "The version of the dictionary that brought this definition.",
    ),
    Column("retired", "boolean", "Đúng khi thôi dùng.", "True where it is no longer used."),
)
