""" "A trên tổng số B, đạt P%": a share against its two numbers, to the printed precision."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Check
from ..printing import printed, rounded
from .amounts import Amount
from .pairing import pairs_of
from .pairs import Pair
from .passages import Passage
from .saying import check, shown, verdict_of

_SAYS_SHARE = re.compile(
    r"(?<!\w)(?:(?:đạt|chiếm|bằng|tương đương|tương ứng|tức(?: là)?)"
    r"(?: (?:tỷ lệ|trên|hơn|gần|khoảng|là))*(?: [^\W\d_]+){0,3}"
    r"|(?:tỷ lệ|tỷ trọng|mức độ)(?: [^\W\d_]+){0,9}) ?[\"(:]? ?$"
)
_IN_BRACKETS = re.compile(r"\( ?(?:[^\W\d_]+ ){0,2}$")
# "P% số thôn (…)", "P% người được hỏi"
_SHARE_OF = re.compile(
    r"^ ?(?:tổng )?(?:số|người|hộ|ý kiến|cử tri|hồ sơ|thôn|cán bộ|đại biểu|phiếu|công dân|đơn"
    r"|doanh nghiệp|kế hoạch|chỉ tiêu|dự toán|lượt|đơn vị|diện tích|vụ|hội viên"
    r"|đảng viên|lao động)(?!\w)"
)
_COMPARED = re.compile(
    r"(?<!\w)(?:tăng|giảm|vượt|so với|lãi suất|cùng kỳ|hỗ trợ|hơn|kém)(?! khoảng| gần)(?!\w)"
)
_COMPARED_BEHIND = re.compile(
    r"^ ?(?:so với (?:cùng|năm|kỳ|quý|tháng|nhiệm kỳ|trước|mức|\d)|cùng kỳ)"
)
# What a rule or a plan asks for is no result.
_ASKED = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|ít nhất|tối thiểu|tối đa|không quá|phải|khi có|sẽ"
    r"|dự kiến|trở lên|quy định|yêu cầu)(?!\w)"
)

# Where more than the whole is well possible.
_MAY_EXCEED = re.compile(
    r"(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|dự kiến|vượt|so với|cùng kỳ|giao|nghị quyết"
    r"|đăng ký|định mức|yêu cầu|phải)(?!\w)"
)
_COUNTED = re.compile(
    r"(?<!\w)(?:số )?(?:hộ|phiếu|ý kiến|cử tri|hồ sơ|thôn|bản|tổ dân phố|đơn|kiến nghị|đại biểu"
    r"|người được hỏi|nhân khẩu|đảng viên|hội viên|vụ việc|cơ quan|trường|doanh nghiệp)(?!\w)"
)


def shares(passage: Passage) -> Iterator[Check]:
    """A check for each share of the sentence whose numbers the sentence gives, or should give."""
    last: Amount | None = None
    for place, share in enumerate(passage.amounts):
        if not share.is_percent:
            continue
        since, last = last, share
        said = _says_share(passage, share)
        if said is None:
            continue
        pairs = pairs_of(passage, place, since)
        if not said:
            # Only its noun says that it is a share: its numbers stand behind it or nowhere.
            pairs = [pair for pair in pairs if pair.part.start > share.end]
            if not pairs and share.approx:
                continue  # "trên 50% số hộ" is asked for more often than reached
            if not pairs and _ASKED.search(passage.plain[passage.start : passage.end]):
                continue
        check_ = _judged(passage, share, pairs)
        yield check_ or _unknown(share)


def _says_share(passage: Passage, share: Amount) -> bool | None:
    """Whether words before it or its brackets say that a percentage is a share; None: no share."""
    lead = passage.before(share)
    if _COMPARED.search(lead[-40:]) or _COMPARED_BEHIND.match(
        passage.plain[share.end : share.end + 24]
    ):
        return None
    if _SAYS_SHARE.search(lead) or _IN_BRACKETS.search(lead):
        return True
    return False if _SHARE_OF.match(passage.plain[share.end : share.end + 24]) else None


def _judged(passage: Passage, share: Amount, pairs: list[Pair]) -> Check | None:
    def fits(pair: Pair) -> bool:
        return rounded(pair.percent, share.decimals) == share.value

    fitting = next((pair for pair in pairs if fits(pair)), None)
    pair = fitting or next((pair for pair in pairs if pair.certain), None)
    if pair is None or (fitting is None and not all(pair.certain for pair in pairs)):
        return None
    if fitting is not None and _is_beyond(passage, pair):
        return _beyond(share, pair)
    computed = rounded(pair.percent, max(share.decimals + 1, 2))
    unit = pair.part.unit

    def words(language: str) -> str:
        part, base = shown(pair.part.value, unit, language), shown(pair.base, unit, language)
        return f"{part} / {base} = {printed(computed)}%"

    stated = printed(share.value, share.decimals)
    involved = [share, pair.part, pair.whole]
    verdict = verdict_of(fitting is not None, involved)
    said = {
        "ok": (
            f"Tỷ lệ {stated}% khớp với {words('vi')}.",
            f"The share {stated}% agrees with {words('en')}.",
        ),
        "fail": (
            f"Tỷ lệ nêu {stated}% không khớp: {words('vi')}.",
            f"The stated share {stated}% does not agree: {words('en')}.",
        ),
        "not_checkable": (
            f"Tỷ lệ {stated}% đứng cạnh số nói khoảng chừng ({words('vi')}) nên không kiểm được.",
            f"The share {stated}% stands beside approximate numbers ({words('en')}).",
        ),
    }[verdict]
    return check("share", verdict, said, involved, share.value, computed)


def _is_beyond(passage: Passage, pair: Pair) -> bool:
    """Whether more than all there are is said of people, households and matters; a plan and what
    was done of it may be exceeded.
    """
    if pair.percent <= 100 or _MAY_EXCEED.search(passage.text):
        return False
    around = passage.plain[pair.part.start : min(passage.end, pair.whole.end + 24)]
    return bool(_COUNTED.search(around))


def _beyond(share: Amount, pair: Pair) -> Check:
    stated = printed(share.value, share.decimals)
    part, base = printed(pair.part.value), printed(pair.base)
    words = (
        f"Tỷ lệ {stated}% vượt 100%: {part} không thể nhiều hơn tổng {base}.",
        f"The share {stated}% is more than 100%: {part} cannot be more than its whole {base}.",
    )
    involved = [share, pair.part, pair.whole]
    return check("share", verdict_of(False, involved), words, involved, share.value)


def _unknown(share: Amount) -> Check:
    stated = printed(share.value, share.decimals)
    words = (
        f"Tỷ lệ {stated}% không kèm tử số và mẫu số nên không kiểm được.",
        f"The share {stated}% comes without its two numbers and cannot be checked.",
    )
    return check("share", "not_checkable", words, [share], share.value)
