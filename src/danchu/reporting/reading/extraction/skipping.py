"""Numbers that are no results: targets, plans, norms, earlier values, differences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .lexicon.rule import OWN_PROPOSAL
from .lexicon.wording import Wording
from .mentions import Mention
from .model import Exact
from .segments import Document

_PROPOSED = r"(?! của| thu| xử| sửa| bỏ| bãi| giữ| hủy| cắt| đơn giản| giảm trừ| hoàn trả)"
_TARGET = Wording(
    r"phấn đấu|(?<!vượt )dự kiến|dự định|(?<!trình )mục tiêu|chỉ tiêu(?! của| do)|đề ra"
    r"|đến (?:hết )?năm 20\d\d(?=,| có| đạt| phải| toàn)|tiến tới|hướng tới|ít nhất|tối thiểu"
    r"|tối đa|không quá|chậm nhất|chỉ cần|ước cần|cần khoảng|phải có|cần có|phải trình"
    rf"|(?<!các )(?<!những )(?<!đơn )(?<!thư )đề nghị{_PROPOSED}"
    rf"|(?<!các )(?<!những )(?<!theo )yêu cầu{_PROPOSED}"
    r"|thời gian tới|ví dụ|giả sử|nếu(?! (?:tính|kể|cộng|gộp))|kiến nghị tăng|theo điều \d+"
    r"|theo khoản|theo quy định(?=,)"
)
_ASKED = Wording(
    r"(?:đã )?(?:đề nghị|yêu cầu|giao|chỉ đạo) (?:các|ban|ubnd|ủy ban|huyện|xã|sở|phòng|đảng)"
)
# These speak of their own part of the sentence only.
_WISH = Wording(r"sẽ|sắp|nhằm|muốn|đòi|xin(?! lỗi)")
_DONE = re.compile(
    r"(?<!\w)(?:đã|kết quả|đến nay|đến thời điểm|bị"
    # "được chi 4 triệu đồng" is a norm
    r"|được(?! (?:chi|hỗ trợ|hưởng|cấp|trích|thanh toán|bố trí)(?!\w)))(?!\w)"
)
_AFTER_ASKING = re.compile(r"(?<!\w)sau khi(?: \w+){0,6} $")
_AT_MOST = re.compile(r"(?:không quá|tối đa|tối thiểu|ít nhất) $")
# What is striven for stays so, whatever is to be "được" by then.
_STRIVING = re.compile(r"phấn đấu|(?:dự kiến|mục tiêu)")
_DONE_INDEED = re.compile(r"(?<!\w)(?:đã|kết quả|đến nay|đến thời điểm|thực tế)(?!\w)")
_NORM_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:/\s*(?:tháng|năm|quý|tuần|ngày|kỳ)|một tháng|mỗi tháng|mỗi tuần|mỗi quý"
    r"|trở lên|trở xuống)"
)
_NORM_BEFORE = re.compile(
    r"(?<!\w)(?:định kỳ(?: \d+ \w+| hằng| hàng| mỗi)|(?:mỗi|hằng|hàng) (?:tháng|quý|tuần|kỳ|ngày)"
    r"|thứ|lần thứ|khóa"
    r"|mỗi năm(?=\s*$)|khi có(?=\s*$)|thang(?: điểm)?|(?<!theo )yêu cầu"
    r"|từ ngày(?! (?:\w+ ){0,2}(?:sáp nhập|hợp nhất|thành lập|chia tách|vận hành|có luật|luật))"
    r"|trước ngày)(?!\w)[^.;,\d]{0,30}$"
    r"|\((?:theo )?(?:kế hoạch|chỉ tiêu)[^).;,\d]{0,20}$"
)
_ASSIGNED = re.compile(
    r"(?<!\w)(?:kế hoạch|chỉ tiêu)(?: [^.;,]{0,40})? giao(?: (?:là|cho|xã|phường|đơn vị|phải"
    r"|tổ chức|thực hiện|trong năm|cả năm|năm 20\d\d)){0,4}:? *$"
)
# "sáp nhập 2 xã", "hai xã cũ": what there was before the units were joined
_JOINED = re.compile(r"(?<!\w)(?:sáp nhập|hợp nhất|nhập)(?: [^.;,\d]{0,16})?$")
_FORMER = re.compile(r" (?:cũ|trước đây)(?!\w)")
# "trong khi kế hoạch là 40", "so với chỉ tiêu cả năm 60"
_AS_PLANNED = re.compile(
    r"(?<!\w)(?:trong khi|so với|nhưng|mà) (?:kế hoạch|chỉ tiêu|nghị quyết|quy định)"
    r"(?: [^.;,()\d]{0,30})?$"
)
# "12 doanh nghiệp thuộc diện phải tổ chức": of those that have to, not of those that did.
_OBLIGED = re.compile(r" *(?:\w+ ){0,3}?(?:thuộc (?:diện|đối tượng)|đến hạn) (?:phải|cần)(?!\w)")
# "xã nào còn trên 2% trễ hẹn thì …": a condition
_WHOEVER = re.compile(r"(?<!\w)\w+ nào(?!\w)[^.;]{0,60}$")
_THEN = re.compile(r"[^.;]{0,60}(?<!\w)thì(?!\w)")
# "không có lấy một kiến nghị", "không mở một cuộc nào"
_NOT_EVEN = re.compile(r"(?<!\w)(?:không|chưa|chẳng)(?!\w)[^.;,\d]{0,30}$")
_EVEN = re.compile(r"(?:lấy|nổi|được) $")
_ANY = re.compile(r"[^.;,\d]{0,24} nào(?!\w)")
# What a sentence that opens so strives for goes on behind its semicolons.
_SENTENCE_OF_AIMS = re.compile(
    r"\W*(?:\w{1,3}[.)] ?)?(?:các )?(?:mục tiêu|chỉ tiêu|phấn đấu)(?!\w)"
)
# "họp hai lần 4": the number of times belongs to the label.
_TIMES = re.compile(r" *lần +\d")
_SINGLE_DATE = re.compile(r"\s*(?:tuổi|giờ|tháng|năm|ngày)(?!\w)")
_EARLIER = re.compile(
    r"(?<!\w)(?:cùng kỳ(?: năm)?(?: trước| ngoái| \d{4})?|năm trước|năm ngoái|kỳ trước|tháng trước"
    r"|năm \d{4})(?:[^.;:,)\d]{0,40})?:? *$"
)
_EARLIER_YEAR = re.compile(
    r"\((?:năm|quý [ivx\d]+|tháng \d+|\d+ tháng(?: đầu| cuối)? năm)[ /]*20\d\d"
    r"(?: là| có| đạt|:)? *$"
)
# "so với giai đoạn 2011 - 2015 (24.310 đơn)"
_EARLIER_WHOLE = re.compile(r"(?<!\w)so với [^.;()]{0,50}\($")
# "năm 2018, con số này là 97", "năm 2019 là 84,9"; told of a year before that of the text
_OF_A_YEAR = re.compile(
    r"(?<!\w)năm (?P<year>20\d\d)(?:[^.;:()\d]{0,24}(?<!\w)(?:là|chỉ|mới|nhận|có|đạt|làm|được))+"
    r"(?: \w+)? *$"
)
# "trong khi cả năm 2021 chỉ làm được 7 km": told to compare, unless the year is the text's own
_WHILE_THEN = re.compile(
    r"(?<!\w)trong khi (?:đó,? )?(?:[^.;,()\d]{0,24}(?:\d+ tháng )?(?:đầu |cuối )?)?"
    r"năm (?P<year>20\d\d)(?: [^.;,()\d]{0,30})?$"
)
# "nếu như năm trước mới có 5 cuộc thì năm nay con số này là 9": the earlier value and this one
_IF_THEN = re.compile(
    r"(?<!\w)nếu(?: như)?(?: trong| ở)? (?:\d+ tháng đầu |cả )?(?:năm|quý|tháng|kỳ|cùng kỳ)(?!\w)"
    r"[^.;]{0,90}$"
)
_NOW = re.compile(
    r"[^.;\d]{0,30}(?<!\w)thì (?:đến |sang |trong )?(?:năm nay|năm ngoái|năm qua|nay|kỳ này|quý này"
    r"|tháng này|năm 20\d\d|(?:6|9|sáu|chín) tháng đầu năm(?: nay| 20\d\d)?)"
    r"(?:,? (?:con số (?:này|ấy|đó)|số này))?"
    r"(?: (?:đã|là|chỉ|còn|được|có|tăng|giảm|lên|xuống|tới|đến|đạt|tổ chức|mở|nhận|xuống còn))* *$"
)
_CARRIED_OVER = re.compile(r"(?<!\w)(?:chuyển (?:sang|qua|tiếp)|tồn(?: đọng)? từ)(?!\w)")
# "năm 2023 dân từng góp 40 triệu đồng"
_LONG_AGO = re.compile(
    r"(?<!\w)(?:từng (?:đóng|góp|hiến|nộp|làm|có|được|bị|tổ chức|vận động|xảy ra)"
    r"|trước đây|trước kia|hồi đó)(?!\w)[^.;,]{0,40}$"
)
_BROUGHT_FROM = re.compile(
    r" *(?:thanh tra |kiểm tra )?(?:được )?chuyển (?:tiếp )?từ (?:kỳ|quý|tháng|năm) trước(?!\w)"
)
# "trả lời số còn lại trước 5-9": a day, no range of numbers
_UNTIL = re.compile(r"(?<!\w)(?:trước|đến|tới|sau) $")
_DAY_TOLD = re.compile(r"(?:0?[1-9]|[12]\d|3[01]) ?[-/] ?(?:0?[1-9]|1[0-2])(?= *(?:[.,;)\n]|$))")
# "kỳ trước chuyển sang 11 cuộc": neither of this period nor the earlier value of anything
_BROUGHT_ALONG = re.compile(
    r"(?<!\w)(?:kỳ|quý|tháng|năm) trước (?:còn (?:tồn )?|tồn )?chuyển (?:sang|qua|tiếp)"
    r"(?: kỳ này)?(?: là| có)?:? *$"
)
_EARLIER_ONLY = re.compile(r"(?<!\w)(?:cùng kỳ|năm trước|năm ngoái|kỳ trước|tháng trước)(?!\w)")
_LAST_YEAR = re.compile(r"(?<!\w)năm ngoái(?!\w)[^.;:,)\d]*$")
_DIFFERENCE = re.compile(
    r"(?<!\w)(?:tăng|giảm|nhiều hơn|ít hơn|tăng thêm|hơn|kém)(?: (?:thêm|hơn|gần|khoảng|trên"
    r"|được))*\s*$"
)
# "27 cuộc, nhiều hơn cùng kỳ 6 cuộc": by how much, no earlier value
_DIFFERENCE_FROM = re.compile(
    r"(?<!\w)(?:nhiều hơn|ít hơn|cao hơn|thấp hơn|tăng|giảm|kém)(?: so với)? (?:cùng kỳ|kỳ trước"
    r"|năm (?:trước|ngoái|20\d\d)|quý trước|tháng trước)(?: năm (?:trước|ngoái|20\d\d))?"
    r"(?: là| tới| những| đến)? *$"
)
_SETTLEMENT = re.compile(r"(?<!\w)quyết toán(?!\w)")
_FROM = re.compile(r"(?<!\w)từ(?: \w+)?\s*$")
_TO = re.compile(
    r"^(?: ?\([^()]{0,24}\))?[^.;\d]{0,30}?(?:lên|xuống|còn|đến|tới)(?: [^.;\d]{0,14})?$"
)
_PLAN_SECTION = re.compile(
    r"(?<!\w)(?:nhiệm vụ|phương hướng|kế hoạch(?! số)|chỉ tiêu|mục tiêu|hướng năm|giải pháp|đề xuất"
    rf"|{OWN_PROPOSAL}|đề nghị|dự kiến|chương trình công tác"
    r"|(?:việc|công việc|phần việc) (?:cần|phải|sẽ|còn phải) làm"
    r"|công việc (?:tới|sắp tới|tiếp theo))(?!\w)"
    r"|^\W*(?:\w{1,4}[.)\-]\s*)?(?:các )?yêu cầu(?: của \w+(?: kiểm tra)?| khắc phục)?\W*$"
)
_RESULT_SECTION = re.compile(
    r"(?<!\w)(?:kết quả|tình hình|thực hiện(?! nhiệm vụ trọng tâm)|đánh giá|đã )"
)
_PLAN_LABEL = re.compile(
    r"^\W*(?:\w{1,3}[.)\-]\s*)?(?:các )?(?:chỉ tiêu|mục tiêu|nhiệm vụ|phương hướng|hướng năm"
    r"|dự kiến|đề xuất"
    r"|kiến nghị,? đề xuất|đề nghị(?! giữ| bãi| sửa| cắt| đơn| thay| bổ| hủy)|căn cứ"
    r"|theo quy định)[^.:]{0,50}:"
)


@dataclass(slots=True)
class Pairs:
    """Numbers that are the earlier value of another one."""

    earlier: set[int] = field(default_factory=set)
    """Numbers of an earlier time, no figures of this one."""
    before: set[int] = field(default_factory=set)
    """Those of them that belong to the figure read last: "(cùng kỳ 8 cuộc)"."""
    previous: dict[int, Exact] = field(default_factory=dict)
    of_a_kind: dict[int, int] = field(default_factory=dict)
    """A number without words of its own, and the earlier value that has them."""


class Skipping:
    """Tells numbers that are no results of the period.

    ``year`` is the first year that the text reports on, where it is known; ``of_last_year`` that
    this is the year before it was told, so that "năm ngoái" is no earlier time.
    """

    def __init__(
        self, document: Document, year: int | None = None, *, of_last_year: bool = False
    ) -> None:
        self.document = document
        self.plain = document.plain
        self.year = year
        self.of_last_year = of_last_year
        self._plans: dict[int, bool] = {}
        # The line above a run of bullets, by the numbers of those looked at.
        self._above: dict[int, int] = {}

    def skips(self, mention: Mention) -> bool:
        """Whether ``mention`` states a target, a plan, a norm or a difference."""
        near = self.plain[mention.left : mention.start][-60:]
        if mention.kind != "percent" and _DIFFERENCE.search(near) and not _SETTLEMENT.search(near):
            return True
        return self.is_planned(mention)

    def is_planned(self, mention: Mention) -> bool:
        """Whether ``mention`` states a target, a plan or a norm: nothing that came about."""
        plain = self.plain
        left = plain[mention.left : mention.start]
        near = left[-60:]
        if self._in_plan(mention) and not (
            mention.sentence.end - mention.sentence.start > 60 and _DONE.search(left[-90:])
        ):
            return True
        further = left[-100:]
        if any(words.search(further) for words in (_LONG_AGO, _ASSIGNED, _BROUGHT_ALONG)):
            return True
        if _BROUGHT_FROM.match(plain, mention.noun_end):
            return True
        if _UNTIL.search(near) and _DAY_TOLD.match(plain, mention.start):
            return True
        if _NORM_BEFORE.search(near) or _SINGLE_DATE.match(plain, mention.end):
            return mention.kind not in ("duration", "labour")
        if _TIMES.match(plain, mention.end) or _OBLIGED.match(plain, mention.noun_end):
            return True
        if mention.kind in ("commune", "unit") and (
            _JOINED.search(near) or _FORMER.match(plain, mention.noun_end)
        ):
            return True
        if _AS_PLANNED.search(near) or self._is_condition(mention, near) or self._denied(mention):
            return True
        if _NORM_AFTER.match(plain[mention.end : mention.end + 40]):
            return True
        return self._is_target(mention)

    def _is_condition(self, mention: Mention, near: str) -> bool:
        behind = _THEN.match(self.plain, mention.end, mention.sentence.end)
        return bool(behind and _WHOEVER.search(near))

    def _denied(self, mention: Mention) -> bool:
        """ "không có lấy một kiến nghị": that there was none."""
        plain = self.plain
        if not plain.startswith("một", mention.start):
            return False
        near = plain[mention.near_left : mention.start]
        even = _EVEN.search(near) or _ANY.match(plain, mention.end, mention.clause_right)
        return bool(even and _NOT_EVEN.search(near))

    def _is_target(self, mention: Mention) -> bool:
        plain = self.plain
        if _AT_MOST.search(plain[mention.start : mention.found.start]):
            return True
        begin = max(mention.left, mention.start - 140)
        words = mention.words_before(plain)
        last = None
        if _TARGET.may_be_among(words):
            last = _TARGET.last(plain, begin, mention.start)
        if last is not None and self._came_about(begin, last.start(), mention.start):
            last = None
        if last is not None and not self._apart(last.end(), mention.start):
            done = _DONE_INDEED if _STRIVING.match(last["cue"]) else _DONE
            if not done.search(plain, last.end(), mention.start):
                return True
        # "đề nghị các xã: sửa …; giải quyết 12 đơn": all clauses of the sentence are asked for.
        if mention.left > mention.sentence.start:
            aims = _SENTENCE_OF_AIMS.match(plain, mention.sentence.start)
            if aims and not _DONE_INDEED.search(plain, aims.end(), mention.start):
                return True
            first = max(mention.sentence.start, mention.start - 400)
            asked = _ASKED.last(plain, first, mention.left)
            if asked is not None and not _DONE.search(plain, asked.end(), mention.start):
                return True
        wish = None
        if _WISH.may_be_among(words):
            wish = _WISH.last(plain, begin, mention.start)
        if wish is None:
            return False
        # "điều ông muốn nói là chuyện khác: …": what follows the colon came about.
        told = ":" if wish["cue"] == "muốn" else ","
        between = plain[wish.end() : mention.start]
        return "," not in between and told not in between

    def _came_about(self, begin: int, asked: int, end: int) -> bool:
        """ "sau khi Ban đề nghị đo lại, quyết toán giảm 4 triệu đồng": what came of it."""
        after = _AFTER_ASKING.search(self.plain, begin, asked)
        return after is not None and self.plain.find(",", asked, end) >= 0

    def _apart(self, start: int, end: int) -> bool:
        """Whether a bracket that holds ``start`` is closed before ``end``."""
        closed = self.plain.find(")", start, end)
        opened = self.plain.find("(", start, end)
        return closed >= 0 and not 0 <= opened < closed

    def _in_plan(self, mention: Mention) -> bool:
        line_number = mention.sentence.line
        known = self._plans.get(line_number)
        if known is None:
            known = self._plan_line(line_number)
            self._plans[line_number] = known
        return known

    def _plan_line(self, number: int) -> bool:
        document = self.document
        line = document.lines[number]
        if _PLAN_LABEL.match(self.plain[line.start : line.end]):
            return True
        for start, end in line.headings:
            heading = self.plain[start:end]
            if _PLAN_SECTION.search(heading) and not _RESULT_SECTION.search(heading):
                return True
        # Bullets under "Các chỉ tiêu của năm:".
        index = self._above_bullets(number) if line.rank == 6 else -1
        if index < 0:
            return False
        above = document.lines[index]
        text = self.plain[above.start : above.end].rstrip()
        return text.endswith(":") and bool(_PLAN_SECTION.search(text[-90:]))

    def _above_bullets(self, number: int) -> int:
        """The line above the run of bullets that line ``number`` is in; -1 where none is."""
        index = number - 1
        while index >= 0 and self.document.lines[index].rank == 6 and index not in self._above:
            index -= 1
        found = self._above[number] = self._above.get(index, index)
        return found

    def _of_a_year_before(self, near: str) -> bool:
        match = _OF_A_YEAR.search(near) if self.year else None
        return bool(match and self.year and int(match["year"]) < self.year)

    def _while_then(self, near: str) -> bool:
        match = _WHILE_THEN.search(near)
        return match is not None and (self.year is None or int(match["year"]) < self.year)

    def _of_an_earlier_time(self, near: str) -> bool:
        if not (_EARLIER.search(near) and _EARLIER_ONLY.search(near)):
            return False
        return not (self.of_last_year and _LAST_YEAR.search(near))

    def _compared(self, mention: Mention, after: Mention) -> bool:
        """ "nếu năm trước có 5 cuộc thì năm nay là 9": two times of one thing."""
        if after.sentence is not mention.sentence or after.kind not in ("none", mention.kind):
            return False
        near = self.plain[max(mention.left, mention.start - 120) : mention.start]
        if not _IF_THEN.search(near):
            return False
        return _NOW.fullmatch(self.plain, mention.noun_end, after.start) is not None

    def pairs(self, mentions: list[Mention]) -> Pairs:
        """Earlier values: "từ 90% lên 97%", "(cùng kỳ năm trước 8 cuộc)"."""
        pairs = Pairs()
        for index, mention in enumerate(mentions):
            if index in pairs.of_a_kind:
                continue
            near = self.plain[max(mention.near_left, mention.start - 70) : mention.start]
            if index + 1 < len(mentions) and _FROM.search(near):
                after = mentions[index + 1]
                joint = self.plain[mention.noun_end : after.start]
                if after.kind == mention.kind and len(joint) <= 40 and _TO.match(joint):
                    pairs.earlier.add(index)
                    pairs.previous[index + 1] = mention.number.value
                    # What is said before "từ 90%" is said of the 97% it rises to.
                    after.number_left, after.near_left = mention.number_left, mention.near_left
                    continue
            if index + 1 < len(mentions) and self._compared(mention, mentions[index + 1]):
                pairs.earlier.add(index)
                pairs.previous[index + 1] = mention.number.value
                pairs.of_a_kind[index + 1] = index
                continue
            named = (
                self._of_an_earlier_time(near)
                or self._while_then(near)
                or _EARLIER_YEAR.search(near)
                or _EARLIER_WHOLE.search(
                    self.plain[max(mention.left, mention.start - 70) : mention.start]
                )
                or self._of_a_year_before(near)
            )
            if named and not _DIFFERENCE.search(near[-30:]) and mention.kind != "percent":
                if _CARRIED_OVER.search(near):
                    continue
                pairs.earlier.add(index)
                # What was carried over from before is no earlier value of the same thing.
                if not (_CARRIED_OVER.search(near) or _DIFFERENCE_FROM.search(near)):
                    pairs.before.add(index)
        return pairs
