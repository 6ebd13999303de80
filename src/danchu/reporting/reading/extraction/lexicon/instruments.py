"""The instruments that reports on grassroots democracy cite, with the words they are cited by.

Only what can be told from a short citation is here; a full symbol needs no table. ``since`` and
``until`` are the first and last day in force, for citations that only the day of the text decides.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument: full symbol, kind, and the name it is cited by (over plain text)."""

    symbol: str
    kind: str
    name: str = ""
    since: dt.date = dt.date(1900, 1, 1)
    until: dt.date = dt.date(9999, 12, 31)

    @property
    def number(self) -> str:
        """The number before the first stroke or dash, without leading zeros: "4"."""
        match = re.match(r"0*(\d+)", self.symbol)
        return match[1] if match else ""

    @property
    def year(self) -> str:
        """The year within the symbol; empty for instruments numbered without one."""
        match = re.search(r"/(\d{4})/", self.symbol)
        return match[1] if match else ""


def _on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _row(symbol: str, kind: str, name: str = "", since: str = "", until: str = "") -> Instrument:
    return Instrument(
        symbol,
        kind,
        name,
        _on(since) if since else dt.date(1900, 1, 1),
        _on(until) if until else dt.date(9999, 12, 31),
    )


INSTRUMENTS: tuple[Instrument, ...] = (
    _row("10/2022/QH15", "luật", r"thực hiện dân chủ ở cơ sở|dân chủ(?: ở)? cơ sở", "2022-11-10"),
    _row("42/2013/QH13", "luật", r"tiếp công dân", "2013-11-25"),
    _row("02/2011/QH13", "luật", r"khiếu nại(?!,? (?:và )?tố cáo)", "2011-11-11"),
    _row("25/2018/QH14", "luật", r"tố cáo", "2018-06-12"),
    _row("03/2011/QH13", "luật", r"tố cáo", "2011-11-11", "2018-06-11"),
    _row(
        "75/2015/QH13", "luật", r"mặt trận tổ quốc(?: việt nam)?|mttq(?: việt nam)?", "2015-06-09"
    ),
    _row("72/2025/QH15", "luật", r"tổ chức chính quyền địa phương", "2025-06-16"),
    _row("77/2015/QH13", "luật", r"tổ chức chính quyền địa phương", "2015-06-19", "2025-02-28"),
    _row("01/2026/QH16", "luật", r"tiếp cận thông tin", "2026-09-01"),
    _row("104/2016/QH13", "luật", r"tiếp cận thông tin", "2016-04-06", "2026-08-31"),
    _row("91/2025/QH15", "luật", r"bảo vệ dữ liệu cá nhân", "2025-06-26"),
    _row("117/2025/QH15", "luật", r"bảo vệ bí mật nhà nước", "2026-03-01"),
    _row("45/2019/QH14", "bộ luật", r"lao động", "2019-11-20"),
    _row("10/2012/QH13", "bộ luật", r"lao động", "2012-06-18", "2019-11-19"),
    _row("136/2025/QH15", "luật", "", "2025-12-10"),
    _row("97/2025/QH15", "luật", "", "2025-06-27"),
    _row(
        "34/2007/PL-UBTVQH11",
        "pháp lệnh",
        r"(?:thực hiện )?dân chủ(?: ở (?:cơ sở|xã))?",
        "2007-04-20",
    ),
    _row("55/1998/NQ-UBTVQH10", "nghị quyết"),
    _row("29/1998/NĐ-CP", "nghị định", "", "1998-05-11", "2003-07-06"),
    _row("71/1998/NĐ-CP", "nghị định", "", "1998-09-08"),
    _row("79/2003/NĐ-CP", "nghị định", "", "2003-07-07", "2007-12-31"),
    _row("60/2013/NĐ-CP", "nghị định", "", "2013-06-19"),
    _row("04/2015/NĐ-CP", "nghị định", "", "2015-01-09"),
    _row("159/2016/NĐ-CP", "nghị định", "", "2016-11-29"),
    _row("149/2018/NĐ-CP", "nghị định", "", "2018-11-07"),
    _row("145/2020/NĐ-CP", "nghị định", "", "2020-12-14"),
    _row("59/2023/NĐ-CP", "nghị định", "", "2023-08-14"),
    _row("61/2023/NĐ-CP", "nghị định", "", "2023-08-16"),
    _row("61/2018/NĐ-CP", "nghị định", "", "2018-04-23", "2023-08-15"),
    _row("118/2025/NĐ-CP", "nghị định", "", "2025-06-09"),
    _row("64/2014/NĐ-CP", "nghị định", "", "2014-06-26"),
    _row("124/2020/NĐ-CP", "nghị định", "", "2020-10-19"),
    _row("31/2019/NĐ-CP", "nghị định", "", "2019-04-10"),
    _row("75/2012/NĐ-CP", "nghị định", "", "2012-10-03"),
    _row("20/2008/NĐ-CP", "nghị định", "", "2008-02-14"),
    _row("154/2026/NĐ-CP", "nghị định", "", "2026-05-15"),
    _row("155/2026/NĐ-CP", "nghị định", "", "2026-05-15"),
    _row("156/2026/NĐ-CP", "nghị định", "", "2026-05-15"),
    _row("185/2026/NĐ-CP", "nghị định", "", "2026-05-26"),
    _row("30/2020/NĐ-CP", "nghị định", "", "2020-03-05"),
    _row("30-CT/TW", "chỉ thị", "", "1998-02-18"),
    _row("120-KL/TW", "kết luận", "", "2016-01-07"),
    _row("215-KL/TW", "kết luận", "", "2025-11-23"),
    _row("217-QĐ/TW", "quyết định", "", "2013-12-12"),
    _row("218-QĐ/TW", "quyết định", "", "2013-12-12"),
    _row("11-QĐi/TW", "quy định", "", "2019-02-18"),
    _row("766/QĐ-TTg", "quyết định", "", "2022-06-23"),
    _row("68/NQ-CP", "nghị quyết", "", "2021-07-01", "2022-12-31"),
    _row("05/2021/TT-TTCP", "thông tư", "", "2021-10-01"),
    _row("01/2016/TT-BNV", "thông tư", "", "2016-01-13"),
    _row("12-NQ/TW", "nghị quyết trung ương", r"4 \(khóa xi\)", "2012-01-16", "2016-10-29"),
    _row("04-NQ/TW", "nghị quyết trung ương", r"4 \(khóa xii\)", "2016-10-30"),
)
