"""What tells that something is lacking: headings, turns within a text, and words of its own."""

from __future__ import annotations

import re

from .achieving import achieves
from .openings import pieces_of
from .sought import Sought

LIMIT_HEADING = Sought(
    r"(?<!\w)(?:hạn chế|tồn tại|khó khăn|vướng mắc|khuyết điểm|yếu kém|chưa làm được|chưa tốt"
    r"|bất cập|nguyên nhân|thiếu sót|nhược điểm|còn vướng"
    r"|(?:mặt|việc|điểm|nội dung) (?:còn )?chưa(?: làm)? (?:được|đạt|tốt))(?!\w)"
)
TURNS_TO_LIMITS = Sought(
    r"(?<!\w)(?:bên cạnh (?:những |các )?(?:kết quả|mặt|thành tích|ưu điểm)|tuy nhiên"
    r"|tuy (?:vậy|thế)|dù vậy|dẫu vậy|không né tránh(?=:)"
    r"|không phải (?:chỗ|nơi|xã|thôn|đâu) nào cũng"
    r"|song(?= (?:báo cáo|hội nghị|vẫn|cũng|còn) )|song bên cạnh|vẫn còn|những tồn tại"
    r"|những hạn chế|một số (?:hạn chế|tồn tại)|tồn tại(?: là|,|:| đáng)|hạn chế(?: là|,|:)"
    r"|(?:khuyết|nhược) điểm(?: là|:)|thiếu sót(?: là|:)"
    r"|việc chưa tốt|còn hạn chế"
    r"|chỉ ra (?:những|một số)|phát hiện nhiều|mặc dù|khó khăn(?: là|:)|nêu một số ý kiến)(?!\w)"
)
LIMIT_WORD = Sought(
    r"(?<!\w)(?:chưa(?! từng)|còn (?:hạn chế|chậm|thiếu|yếu|hình thức|thấp|lúng túng|bất cập"
    r"|sơ hở|cao|nhiều khó|nợ)"
    r"|hình thức(?=[,.;]|$)|khó khăn|vướng mắc|chậm(?! nhất)|bất cập|lúng túng"
    r"|thiếu (?:kinh nghiệm|nhân|kinh phí|chữ)"
    r"|không (?:được cập nhật|đảm bảo|đọc được|hiểu|rõ|đủ|có chữ ký|liên thông|lên tiếng|còn quỹ"
    r"|đúng|nêu lý do)|bức xúc"
    r"|ngại|sai (?:sót|phạm)|hầu như|khó (?:thấy|tiếp cận)|quá hạn|quá \d+ ngày|bị nghẽn"
    r"|thấp|chiếu lệ|qua loa|nể nang|kiêm nhiệm|quá tải|buông lỏng|còn (?:ít|mang tính|lúng)"
    r"|không còn phù hợp|chồng chéo|phàn nàn|né tránh|đùn đẩy|đối phó|rập khuôn|máy móc|va chạm"
    r"|hay (?:nghẽn|thay đổi|hỏng)|sơ sài|cầm chừng|chung chung|lòng vòng|hư hỏng|phô trương"
    r"|làm lướt|mờ nhạt|dở dang|ghi thiếu|vắng họp|chép lại|lẫn lộn|chưa đều|nặng về"
    r"|muộn(?! nhất)|kéo dài (?:qua|nhiều|mà)|hay bị|bị (?:dời|hẹn đi)"
    r"|(?:ban hành|công bố|trả lời|báo cáo|gửi) trễ(?! hạn| hẹn)"
    r"|đi lại nhiều lần|chạy theo hình thức|ít (?:khi|cập nhật|người dự|người biết|được (?:sử|cập))"
    r"|không (?:kịp|dứt điểm|chấn chỉnh|báo trước|gỡ|mở|được (?:đưa|mời))"
    r"|thất lạc|giậm chân|khó đọc|nhầm lẫn|lấy lệ|nửa vời|khoán trắng|bị bỏ qua|cho có"
    r"|không (?:ghi|mở sổ|niêm yết|có (?:lấy|sổ|biên bản|phiếu|thông báo)))(?!\w)"
)
# A difficulty that is dealt with, or that people helped are in, is no limitation.
_REMEDIED = Sought(
    r"(?<!\w)(?:giải quyết|khắc phục|xử lý|tháo gỡ|chấn chỉnh|hạn chế|kéo giảm|chia sẻ|hỗ trợ|giúp"
    r"|lắng nghe|nắm bắt)(?! chưa| còn)[^,.;]{0,50}?(?<!\w)(?:bức xúc|khó khăn|vướng mắc|bất cập"
    r"|sai sót|sai phạm|chậm)(?!\w)"
    r"|(?:hoàn cảnh|gia đình|người|hộ|đối tượng)[^,.;]{0,30} khó khăn|^trước đây,? "
)
_REMEDY_PIECES = pieces_of(_REMEDIED.pattern)
# "Tuy vậy, A; B; C", "Hạn chế: A; B": each of them is lacking, in whatever words.
_LISTS_LIMITS = re.compile(
    r"\W*(?:(?:tuy (?:nhiên|vậy|thế)|dù vậy|dẫu vậy|song)(?=,| (?:báo cáo|hội nghị|đoàn|vẫn|cũng"
    r"|một số|còn|có|ở))"
    r"|(?:về |những |một số |các )?(?:hạn chế|tồn tại|khuyết điểm|nhược điểm|thiếu sót)(?=:| là ))"
)
# What was done, or is still to be done, is not lacking.
_DONE = re.compile(
    r"(?<!\w)(?:đã(?! hứa| bị| gỡ| lâu)|sẽ|cần|đề nghị|yêu cầu|hoàn thành|xong|vượt)(?!\w)"
)


def is_limited(words: str, said: frozenset[str]) -> bool:
    """Whether something is lacking, and not dealt with; ``said`` are the words one by one."""
    if any(piece in words for piece in _REMEDY_PIECES) and _REMEDIED.search(words):
        return bool(LIMIT_WORD.search(_REMEDIED.sub(" ", words)))
    return bool(LIMIT_WORD.search_among(said, words))


def lists_limits(sentence: str) -> bool:
    """Whether a sentence turns at its beginning to several limitations."""
    return ";" in sentence and _LISTS_LIMITS.match(sentence) is not None


def is_lacking(words: str, said: frozenset[str]) -> bool:
    """Whether a clause among those listed as limitations may be one: nothing brought about."""
    return not _DONE.search(words) and not achieves(words, said)
