"""What kinds of units there are, and how people write them in front of a name."""

from __future__ import annotations

# kind -> its English name (DESIGN decision 20). Local names of villages print as they are.
KINDS: dict[str, str] = {
    "quốc gia": "nation",
    "tỉnh": "province",
    "thành phố": "city",
    "quận": "urban district",
    "huyện": "district",
    "thị xã": "town",
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "township",
    "đặc khu": "special zone",
    "thôn": "village",
    "bản": "village",
    "làng": "village",
    "ấp": "hamlet",
    "xóm": "hamlet",
    "buôn": "village",
    "bon": "village",
    "phum": "village",
    "sóc": "village",
    "khóm": "residential group",
    "khối": "residential group",
    "khu phố": "residential quarter",
    "tổ dân phố": "residential group",
    "sở": "department",
    "cơ quan": "agency",
    "đơn vị sự nghiệp": "public service unit",
    "doanh nghiệp nhà nước": "state enterprise",
    "doanh nghiệp": "enterprise",
    "ban chỉ đạo": "steering committee",
}

# Short forms that people put before a name, as they come out of folding.
_SHORT = {
    "t": "tinh",
    "tp": "thanh pho",
    "q": "quan",
    "h": "huyen",
    "tx": "thi xa",
    "x": "xa",
    "p": "phuong",
    "f": "phuong",
    "tt": "thi tran",
    "dk": "dac khu",
    "tdp": "to dan pho",
}


def kind_in_english(kind: str) -> str:
    """The English word for a kind; the Vietnamese one where the list has none."""
    return KINDS.get(kind, kind)


def bare_name(name: str, kind: str) -> str:
    """A name without its kind in front: "Đầm Hà" of "huyện Đầm Hà"."""
    head, rest = name[: len(kind)], name[len(kind) :]
    if kind and head.casefold() == kind.casefold() and rest.startswith(" "):
        return rest.strip() or name
    return name


def split_kind(folded: str, folded_kinds: frozenset[str]) -> tuple[str, str]:
    """The folded kind words a folded text begins with, and the rest; ("", text) without.

    ``folded_kinds`` are the kinds of :data:`KINDS`, folded. "tp tam ky" gives
    ("thanh pho", "tam ky"). A text that is nothing but a kind is left whole.
    """
    words = folded.split(" ")
    for length in (3, 2, 1):
        head, rest = " ".join(words[:length]), " ".join(words[length:])
        if not rest:
            continue
        if head in folded_kinds:
            return head, rest
        if length == 1 and head.rstrip(".") in _SHORT:
            return _SHORT[head.rstrip(".")], rest
    return "", folded
