"""Words that tell that a person is ill or disabled, apart from programmes against illness."""

from __future__ import annotations

from danchu.core.text.normal import nfc

from .words_said import said

_WORDS = (
    "(?<!khám )(?<!chữa )(?<!dịch )bệnh(?! (binh|viện))|ung~thư|hiv|aids|tâm~thần|thần~kinh|"
    "khuyết~tật|tàn~tật|dị~tật|khiếm~thị|khiếm~thính|câm~điếc|mù~lòa|bại~liệt|bại~não|động~kinh|"
    "chạy~thận|suy~thận|lao~phổi|nghiện|ma~túy|trầm~cảm|tự~kỷ|xơ~gan|đột~quỵ|tai~biến|tiểu~đường|"
    "chất~độc|(không|chưa|thiếu)~đủ~sức~khỏe|thiếu~sức~khỏe|sức~khỏe~(loại|yếu|kém)"
)
_ILL = said(_WORDS)
# What a commune does about illness, and illnesses of animals and crops, tell of nobody.
_OF_NOBODY = said(
    f"(phòng,?~(chống|ngừa|trừ)|phòng|ngăn~chặn|khắc~phục|kiểm~soát|dập|tầm~soát|sàng~lọc|truyền~thông|"
    f"tuyên~truyền(~về)?|công~tác|chiến~dịch|tiêm~phòng|cai|tệ~nạn|tội~phạm)~(các~|dịch~|về~)?"
    f"((và~)?({_WORDS})(~(tật|truyền~nhiễm))?[ ,/]*)+|"
    "(hội|câu~lạc~bộ|trung~tâm|cơ~sở|ban~chỉ~đạo|trường|ngày|luật)~((bảo~trợ|nạn~nhân|người|bảo~vệ|"
    "chăm~sóc|điều~trị|vì)~){0,3}(khuyết~tật|tàn~tật|mù|tâm~thần|chất~độc|nghiện|hiv)"
)
_OF_ANIMALS = said(
    "bệnh~(tả~lợn|tai~xanh|lở~mồm|dại|cúm~gia~cầm|viêm~da~nổi~cục|gia~súc|gia~cầm|vật~nuôi|"
    "thủy~sản|(trên|ở)~(lợn|trâu|bò|gà|vịt|tôm|cá|cây|lúa|đàn)|đạo~ôn|khảm|bạc~lá|lùn)"
)


def illness_in(text: str) -> str:
    """The words of a text that tell of illness or disability, "" where there are none."""
    plain = " ".join(nfc(text).lower().split())
    found = _ILL.search(_OF_NOBODY.sub(" ", _OF_ANIMALS.sub(" ", plain)))
    return found[0] if found else ""
