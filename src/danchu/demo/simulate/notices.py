"""Drawing what communes disclosed: three years of notices with where and how long they hung.

A step of its own after the half-year of ``drawing``: a nation has one and a half million of them,
and most of what is tried on a simulated country asks for none.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from danchu.civic.disclosure.services import NoticeInput, PostingInput
from danchu.core.calendar.selectors import current_calendar
from danchu.core.law.clock import Derivation, deadline_in
from danchu.core.law.events import ClockEvent
from danchu.core.law.selectors import current_catalogue

from .drawing import Plan
from .plan import CommunePlan

A_YEAR, YEARS = 150, 3
_LAW_10_2022 = dt.date(2023, 7, 1)  # in force from that day on
_DAY = dt.timedelta(days=1)
# Clauses of article 11 with how often each comes among a hundred; what hangs for good comes once.
_OFTEN = (
    ("xa_ck_01", 5), ("xa_ck_02", 18), ("xa_ck_03", 22), ("xa_ck_05", 8), ("xa_ck_06", 7),
    ("xa_ck_07", 14), ("xa_ck_08", 3), ("xa_ck_09", 3), ("xa_ck_10", 3), ("xa_ck_11", 6),
    ("xa_ck_12", 7), ("xa_ck_14", 4),
)  # fmt: skip
_FOR_GOOD = ("xa_ck_04", "xa_ck_13")
_ABOUT: dict[str, tuple[str, ...]] = {
    "xa_ck_01": (
        "Kế hoạch phát triển kinh tế - xã hội",
        "Phương án chuyển đổi cơ cấu cây trồng",
        "Quy hoạch chung xây dựng",
    ),
    "xa_ck_02": (
        "Dự toán thu, chi ngân sách",
        "Tình hình thực hiện dự toán ngân sách",
        "Quyết toán thu, chi ngân sách",
    ),
    "xa_ck_03": (
        "Dự án nâng cấp đường giao thông nông thôn",
        "Tiến độ thi công nhà văn hóa",
        "Phương án bồi thường, hỗ trợ, tái định cư",
        "Quy hoạch sử dụng đất",
        "Công trình kiên cố hóa kênh mương",
    ),
    "xa_ck_04": ("Quy chế thực hiện dân chủ của xã",),
    "xa_ck_05": ("Thu, chi Quỹ Đền ơn đáp nghĩa", "Khoản Nhân dân đóng góp làm đường"),
    "xa_ck_06": ("Mua sắm tài sản công", "Thanh lý tài sản công"),
    "xa_ck_07": (
        "Kết quả rà soát hộ nghèo, hộ cận nghèo",
        "Chính sách trợ giúp xã hội",
        "Cho vay vốn giải quyết việc làm",
    ),
    "xa_ck_08": ("Hỗ trợ khắc phục thiên tai", "Tiếp nhận hàng cứu trợ"),
    "xa_ck_09": ("Tiêu chuẩn tuyển chọn và gọi công dân nhập ngũ",),
    "xa_ck_10": ("Kết luận thanh tra về quản lý đất đai",),
    "xa_ck_11": (
        "Lấy ý kiến Nhân dân về đề án sắp xếp thôn",
        "Tổng hợp, giải trình ý kiến Nhân dân",
    ),
    "xa_ck_12": ("Mức thu phí, lệ phí", "Mức thu tiền vệ sinh môi trường"),
    "xa_ck_13": ("Danh mục thủ tục hành chính",),
    "xa_ck_14": ("Lịch tiêm phòng cho gia súc", "Lịch tiếp công dân của lãnh đạo xã"),
}
_RARE = "Tu bổ đình làng theo nếp cổ truyền"  # one in some thousands
_TEXTS = (
    "Nội dung chi tiết kèm theo văn bản. Người dân xem tại trụ sở và nhà văn hóa thôn.",
    "Ủy ban nhân dân xã thông báo để Nhân dân biết, kiểm tra, giám sát việc thực hiện.",
    "Mọi ý kiến gửi về bộ phận tiếp công dân trong giờ làm việc.",
)


@dataclass(frozen=True, slots=True)
class NoticePlan:
    """A notice with its postings. ``taken``: the last day of each, None for one that hangs."""

    unit: str  # code
    day: dt.date
    key: uuid.UUID
    content: NoticeInput
    taken: tuple[dt.date | None, ...]


class Days:
    """Counts the days of communes by the law and calendar in force, each term once.

    A service asks the database for both each time; a country has a million terms and few thousand
    different ones.
    """

    def __init__(self) -> None:
        self.rules = current_catalogue()
        self._calendar = current_calendar()
        self._kept: dict[tuple[str, dt.date, bool], Derivation | None] = {}

    def derived(self, rule: str, day: dt.date, *, posting: bool) -> Derivation | None:
        """The term of a clause from that day; None where it sets none."""
        key = (rule, day, posting)
        if key not in self._kept:
            known = self.rules.rules[rule]
            days = known.posting_days if posting else known.deadline_days
            start = [ClockEvent("start", day)]
            self._kept[key] = (
                None
                if days is None
                else deadline_in(self.rules, self._calendar, rule, start, posting=posting)
            )
        return self._kept[key]

    def complete_on(self, rule: str, day: dt.date) -> dt.date | None:
        """The day that completes a posting begun that day; None without least days."""
        derived = self.derived(rule, day, posting=True)
        return derived.due if derived else None


def notices(plan: Plan, commune: CommunePlan, days: Days) -> Iterator[NoticePlan]:
    """What the commune disclosed in the years up to the day of the plan, year by year."""
    chance = Random(f"{plan.seed} {commune.number} notices")  # noqa: S311 - to be the same again
    last = plan.time.day - _DAY
    keys, weights = zip(*_OFTEN, strict=True)
    for back in range(YEARS, 0, -1):
        # From 10 July 2023 at the earliest, that a decision can lie before it under the law.
        start = max(last - dt.timedelta(days=365 * back - 1), _LAW_10_2022 + 9 * _DAY)
        length = (last - dt.timedelta(days=365 * (back - 1)) - start).days
        drawn = chance.choices(keys, weights, k=A_YEAR)
        if back == YEARS:
            drawn[: len(_FOR_GOOD)] = _FOR_GOOD
        for n, rule in enumerate(drawn, start=1):
            day = start + dt.timedelta(days=chance.randint(0, length))
            yield _notice(plan, commune, rule, day, n, chance, days)


def _notice(
    plan: Plan,
    commune: CommunePlan,
    rule: str,
    day: dt.date,
    n: int,
    chance: Random,
    days: Days,
) -> NoticePlan:
    key = uuid.UUID(int=chance.getrandbits(128), version=4)
    decided = day - dt.timedelta(days=chance.choice((0, 0, 1, 1, 2, 3, 4, 5, 9)))
    villages = [one for one in commune.below if one.level == "village"]
    where = chance.choice(villages).name if villages else "trung tâm"
    about = _RARE if chance.random() < 0.0003 else chance.choice(_ABOUT[rule])
    postings = [PostingInput("headquarters", "Trụ sở Ủy ban nhân dân")]
    if n % 5 == 0:
        postings.append(PostingInput("culture_house", f"Nhà văn hóa {where}"))
    content = NoticeInput(
        rule_key=rule,
        title=f"{about} năm {day.year}, {where}",
        decided_on=decided,
        text=chance.choice(_TEXTS),
        document_number=f"{n}/{'QĐ' if n % 3 else 'TB'}-UBND",
        postings=tuple(postings),
    )
    complete = days.complete_on(rule, day)
    taken = tuple(_taken(plan, day, complete, chance) for _posting in postings)
    return NoticePlan(commune.unit.code, day, key, content, taken)


def _taken(plan: Plan, day: dt.date, complete: dt.date | None, chance: Random) -> dt.date | None:
    if complete is None or complete + 10 * _DAY >= plan.time.day:
        return None
    if chance.random() < 0.02:
        return day + 10 * _DAY  # too early
    return complete + chance.randint(0, 6) * _DAY
