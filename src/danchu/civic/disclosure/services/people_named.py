"""Where a text names a person: told by Vietnamese surnames, capitals and words such as "ông".

Good enough to hold beside words of debt and refusal; nothing is refused for a name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SYLLABLE = re.compile(r"[^\W\d_]+")
_SURNAMES = frozenset(
    _SYLLABLE.findall("""
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đoàn trịnh đinh lâm
    tô trương hà phùng vương chu châu tạ quách tống kiều lương lưu đào nông triệu hứa giang mạc lò
    lường quàng giàng sùng thào ksor siu rmah
""")
)
# Words of every day and of places too: only with two more words after them.
_RARE = frozenset(
    _SYLLABLE.findall("""
    mai cao thái la cầm vàng vừ lầu thạch sơn kim danh bế ma vi đàm bàn phàn chảo tẩn khổng tăng
    trang từ văn nay
""")
)
_BEFORE_A_PERSON = frozenset(("ông", "bà", "cụ", "anh", "chị", "hộ"))
_ANNOUNCES = frozenset(("ông", "bà", "cụ"))
_BEFORE_A_PLACE = frozenset(
    _SYLLABLE.findall("""
    tỉnh phố huyện quận xã phường trấn thôn ấp bản làng xóm khu đường trường cầu chợ ngõ sông hồ
    đảo tp học sở thông non
""")
)
_NO_PERSON = frozenset(
    (
        "hồ chí minh", "bà rịa", "bà nà", "bà đen", "bà trưng", "bà triệu",
        "hà nội", "hà nam", "hà tĩnh", "hà giang", "lâm đồng",
    )
)  # fmt: skip
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\(?[0-9a-zđ]{1,3}[.)])?\s*", re.IGNORECASE)


def _runs(text: str) -> Iterator[tuple[str, list[str], int]]:
    """Each run of words with capitals, with the word before it in lower case and its place."""
    previous, run, start, end = "", list[str](), 0, 0
    for found in _SYLLABLE.finditer(text):
        capital = found[0][0].isupper()
        parted = bool(text[end : found.start()].strip(" "))
        if run and (parted or not capital):
            yield previous, run, start
            previous, run = run[-1].lower(), []
        if parted:
            previous = ""
        if not capital:
            previous = found[0].lower()
        else:
            start = start if run else found.start()
            run.append(found[0])
        end = found.end()
    if run:
        yield previous, run, start


def _names_in(text: str) -> Iterator[tuple[int, bool]]:
    """(where it begins, whether it is a name beyond doubt) of what looks like a person's name."""
    for previous, run, start in _runs(text):
        said = [word.lower() for word in run]
        announced = previous in _ANNOUNCES
        while said and said[0] in _BEFORE_A_PERSON and len(said) > 1:
            if " ".join(said[:2]) in _NO_PERSON:
                break
            announced = announced or said[0] in _ANNOUNCES
            said = said[1:]
        if " ".join(said[:2]) in _NO_PERSON or " ".join(said[:3]) in _NO_PERSON:
            continue
        if announced:
            yield start, True
        elif previous not in _BEFORE_A_PLACE and (
            (said[0] in _SURNAMES and len(said) >= 2) or (said[0] in _RARE and len(said) >= 3)
        ):
            yield start, len(said) >= 3 and not all(word.isupper() for word in run)


def names_somebody(sentence: str) -> bool:
    """Whether a sentence names a person: by "ông" or "bà", or by a surname and two more words."""
    return any(certain for _start, certain in _names_in(sentence))


def begins_with_a_name(line: str) -> bool:
    """Whether a line of a list or a cell begins with a person's name."""
    bare = _BULLET.sub("", line, count=1)
    return any(
        set(bare[:start].lower().split()) <= _BEFORE_A_PERSON for start, _certain in _names_in(bare)
    )


_NOT_A_NAME = re.compile(r"\s*(\d|%|hộ\b|người\b)")


def lists_a_name(text: str) -> bool:
    """Whether an enumeration begins with something like a name, of whatever surname.

    Two to five words with capitals, none of a place or an office, no number behind: of
    "Thử Văn Mẫu, …", but not of "Mẫu Lai 5 hộ" or "Ủy ban nhân dân xã".
    """
    for previous, run, start in _runs(text):
        said = [word.lower() for word in run]
        end = start + len(" ".join(run))
        if (
            2 <= len(run) <= 5
            and not all(word.isupper() for word in run)
            and previous not in _BEFORE_A_PLACE
            and said[0] not in _BEFORE_A_PLACE
            and " ".join(said[:2]) not in _NO_PERSON
            and not _NOT_A_NAME.match(text, end)
        ):
            return True
    return False
