"""What tells that something was achieved, and what only looks like it."""

from __future__ import annotations

import re

from .sought import Sought

# A clause shorter than this says nothing by itself.
SHORTEST = 22
_ACHIEVED = Sought(
    r"(?<!\w)(?:được (?:\w+ ){0,3}(?:duy trì|tăng cường|quan tâm|nâng lên|chú trọng|đẩy mạnh"
    r"|triển khai(?! tại| theo)|thực hiện(?! tại| theo)|khắc phục|công khai)"
    r"|đạt (?:\w+ ){0,3}(?:kết quả|hiệu quả|khích lệ)|tích cực|hiệu quả|chuyển biến|nghiêm túc"
    r"|kịp thời|thực hiện tốt"
    r"|làm tốt|nâng lên|gần gũi hơn|rõ nét|phát huy|tạo (?:sự|được|điều kiện)|nề nếp|nền nếp"
    r"|dân chủ được|đồng thuận"
    r"|đã (?:kịp thời|đẩy mạnh|tích cực|chủ động|tập trung|phối hợp|làm(?! việc)|thực hiện|tạo"
    r"|cơ bản)"
    r"|duy trì|đánh giá cao"
    r"|luôn thể hiện|coi trọng|được nhân dân|ghi nhận(?! \d)|biểu dương|giảm hẳn|nhanh hơn"
    r"|khắc phục được|đầy đủ|phấn khởi|niềm tin|mạnh dạn|thông suốt|dễ hiểu|lan tỏa|khen ngợi"
    r"|không (?:để|làm) (?:phát sinh|xảy ra|gián đoạn)|không phát sinh|không phải (?:cưỡng chế"
    r"|tổ chức)"
    r"|không có (?:đơn|điểm)[^,.;]{0,40}(?:vượt cấp|nóng)|hưởng ứng|đồng tình|tự nguyện|kéo giảm"
    r"|giảm (?:rõ|dần|mạnh|hơn nửa|quá nửa|rất nhiều)"
    r"|(?:bảo đảm|đảm bảo) công khai|(?:đạt|đạt được) (?:\w+ ){0,2}kết quả"
    r"|có (?:nhiều |sự )?(?:đổi mới|tiến bộ|quan tâm"
    r"|bước tiến)"
    r"|được (?:cải thiện|củng cố|khẳng định|rút ngắn|siết chặt|mở rộng)|khá (?:hơn|đều|tốt"
    r"|toàn diện)"
    r"|đi vào (?:nề nếp|nền nếp|thực chất|chiều sâu)|quen với|đều do dân|toàn diện"
    r"|(?:luôn|đều|được) (?:\w+ ){0,4}quan tâm|rút ngắn|(?:nhiều|rõ|tốt|sâu|sát"
    r"|gần) (?:dân )?hơn)(?!\w)"
)
# What stands behind is aimed at, not brought about.
_AIM = re.compile(
    r"(?<!\w)(?:nhằm|mục đích|mục tiêu|sẽ|mong|(?<!không )để|cần(?! thiết)"
    r"|(?<!không )phải)(?!\w)"
)
_LEAD = 400
_DRAFT = re.compile(
    r"(?<!\w)(?:tại|theo) dự thảo (?:luật|thông tư|nghị (?:định|quyết)|quyết định|quy chế)(?!\w)"
)
_GOES_ON = re.compile(r"tiếp tục (?!được|có)")
_OWN_VOICE = re.compile(r"(?<!\w)(?:chúng )?tôi(?!\w)")
# Who says so and when: no part of what was achieved.
_OPENER = re.compile(
    r"(?:(?:cũng )?theo (?!đó)[^,;:]{3,90}|(?:trong )?(?:thời gian|những năm|\w+ năm) (?:vừa )?qua"
    r"|từ (?:việc|khi|đó)[^,;:]{0,90}|nhìn chung|có thể (?:nói|khẳng định)|đến nay|cho đến nay"
    r"|nhờ (?:đó|vậy)|qua đó|trong (?:kỳ|năm|quý)[^,;:]{0,20}|\d+ tháng[^,;:]{0,20}), "
    r"|(?:những |các )?(?:ưu điểm|kết quả|mặt được|thành tích)(?: nổi bật| chính| đạt được)?: "
)
# Days, months, years and the numbers of papers tell when and by what, not how many.
_WHEN = re.compile(
    r"(?<!\w)(?:\d{1,2} (?:tháng|năm)(?: (?:đầu|cuối) năm| qua)?(?: 20\d\d)?"
    r"|(?:tháng|quý|năm|từ|đến) \d{1,2}(?:[/-]\d{1,2})?[/-](?:19|20)\d\d"
    r"|(?:năm |năm học )?(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?"
    r"|(?:(?:ngày|sáng|chiều|từ|đến) )\d{1,2}[/-]\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]\d{4}"
    r"|(?:số|nghị quyết|chỉ thị|kết luận|nghị định|quyết định|nq|điều) \d+[\w/-]*)(?!\w)"
)
_DIGIT = re.compile(r"\d")


def is_draft(plain: str) -> bool:
    """Whether a text tells of a draft: that says what shall be, not what was achieved."""
    return _DRAFT.search(plain, 0, _LEAD) is not None


def counts_in(words: str) -> int:
    """How many digits of ``words`` count something."""
    return len(_DIGIT.findall(_WHEN.sub(" ", words)))


def achieves(words: str, said: frozenset[str], *, counted: bool = False) -> bool:
    """Whether something was brought about, and is not only aimed at or said of oneself.

    ``counted``: the clause states a number; that something was done with it is no achievement.
    """
    if not _ACHIEVED.may_be_among(said) or _OWN_VOICE.search(words) or _GOES_ON.match(words):
        return False
    aim = _AIM.search(words)
    end = aim.start() if aim else len(words)
    return any(
        not (counted and cue[0].startswith("đã ")) for cue in _ACHIEVED.finditer(words, 0, end)
    )


def after_opener(plain: str, start: int, end: int) -> int:
    """Where the finding begins after who says so and since when: "Theo …, ", "Thời gian qua, "."""
    while (opener := _OPENER.match(plain, start, end)) is not None:
        rest = plain[opener.end() : end]
        if len(rest) < SHORTEST or not _ACHIEVED.search(rest):
            break
        start = opener.end()
    return start
