"""What a poster says a notice is about: its own first sentences, as many as fit on the sheet.

A poster cannot be called back once it hangs: a sentence that names a person or holds the number of
one is left out of it, and nobody of a list stands on it. What is cut never ends in a number, for
"12 tỷ 500 triệu" cut short is another amount.
"""

from __future__ import annotations

import re

from .services.listed_names import first_named
from .services.people_named import begins_with_a_name, lists_a_name, names_somebody
from .services.people_numbers import number_of_a_person
from .views import NoticeView, PostingView

LENGTHS = (900, 700, 560, 440, 330, 240, 160)  # letters, the longest that fits is printed
_MOST_PLACE = 70  # letters of the name of a place
_ELLIPSIS = "…"
_END = re.compile(r"[.?!;]\s+(?=[“\"(]?([^\W\d_]))")
_WORD = re.compile(r"\S+")
_UNIT_OF = re.compile(r"(?<=\d) (?=\S)")  # a number and what it counts stand in one line
# Words of which amounts, days and shares are made: what follows one of them belongs to it.
_AMOUNTS = frozenset(
    re.findall(
        r"\w+",
        "một hai ba bốn tư lăm sáu bảy tám chín mười mươi mốt trăm nghìn ngàn triệu tỷ tỉ rưỡi",
    )
)
_OF_A_NUMBER = _AMOUNTS | frozenset(
    re.findall(
        r"\w+",
        "không năm vạn linh lẻ nửa phần phẩy khoảng gần hơn quá dưới trên từ đến ngày tháng quý "
        "số điều khoản",
    )
)


def summaries(notice: NoticeView) -> tuple[str, ...]:
    """What the notice is about in ever fewer words, the longest first; empty for nothing to say."""
    said = _sayable(notice)
    found = dict.fromkeys(shortened(said, most) for most in LENGTHS)
    return tuple(_UNIT_OF.sub("\u00a0", text) for text in found if text)


def places_named(postings: list[PostingView], kinds: dict[str, str]) -> str:
    """Where it hangs: each place by its name, by its kind where the name is long or a person's.

    ``kinds``: the name of each kind of place in the language of the poster.
    """
    found = dict[str, None]()
    for posting in postings:
        place = " ".join(posting.place.split())
        plain = place and len(place) <= _MOST_PLACE and not _about_somebody(place)
        found[place if plain and posting.kind != "portal" else kinds[posting.kind]] = None
    if len(found) > 4:
        found = dict.fromkeys(kinds[posting.kind] for posting in postings)
    return ", ".join(found)


def _sayable(notice: NoticeView) -> str:
    names = [one.name for one in notice.named]
    kept = list[str]()
    for line in notice.text.splitlines():
        for sentence in sentences(" ".join(line.split())):
            if _about_somebody(sentence) or first_named(names, sentence):
                if kept and kept[-1] != _ELLIPSIS:
                    kept.append(_ELLIPSIS)
                continue
            ends = sentence.endswith((".", "?", "!", ";", ":", ","))
            kept.append(sentence if ends else f"{sentence}.")
    while kept and kept[-1] == _ELLIPSIS:
        kept.pop()
    return " ".join(kept)


def _about_somebody(text: str) -> bool:
    return (
        names_somebody(text)
        or begins_with_a_name(text)
        or any(lists_a_name(part) for part in re.split(r"[:,;]", text)[1:])
        or number_of_a_person(text) is not None
    )


def sentences(text: str) -> list[str]:
    """The sentences of a line; "TP. Hồ Chí Minh" and "1. Thu" are no ends of one."""
    found, start = list[str](), 0
    for end in _END.finditer(text):
        before = text[start : end.start()].rpartition(" ")[2].lstrip('“"(')
        abbreviated = len(before) < 4 and (not before.islower() or len(before) < 2)
        if abbreviated or not end[1].isupper():
            continue
        found.append(text[start : end.start() + 1])
        start = end.end()
    return [*found, text[start:]] if text[start:] else found


def shortened(text: str, most: int) -> str:
    """A text in at most ``most`` letters: whole sentences, else cut before any number of the part
    that does not fit, with "…"; "" where not even a few words are left."""
    if len(text) <= most:
        return text
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) + 2 > most:
            # Half a sheet of blank is worse than the beginning of a sentence.
            if len(kept) < most // 2:
                kept = f"{kept} {_cut(sentence, most - len(kept) - 3)}".strip()
            break
        kept = longer
    kept = kept.rstrip(f"{_ELLIPSIS} ,;:")
    return f"{kept}{_ELLIPSIS if kept[-1:].isalnum() else f' {_ELLIPSIS}'}" if kept else ""


def _cut(sentence: str, most: int) -> str:
    """The beginning of a sentence up to the last comma that fits, else to the last whole word, and
    never within an amount, a day or the number of a paper."""
    words = list(_WORD.finditer(sentence))
    fits = [word for word in words if word.end() <= most]
    parted = [
        n
        for n, word in enumerate(fits)
        if word[0][-1] in ",;:" and not (words[n + 1 :] and _numeric(words[n + 1][0]))
    ]
    if parted and fits[parted[-1]].end() > most // 2:
        fits = fits[: parted[-1] + 1]
    else:
        after = parted[-1] + 1 if parted else 0
        tail = fits[after:]
        first = next((n for n, word in enumerate(tail) if _numeric(word[0])), None)
        fits = fits[:after] + (tail if first is None else tail[:first])
    while fits and _leads_to_a_number(fits[-1][0]) and fits[-1][0][-1] not in ",;":
        fits.pop()
    return sentence[: fits[-1].end()].rstrip(" ,;:") if len(fits) > 2 else ""


def _numeric(word: str) -> bool:
    return any(sign.isdigit() for sign in word) or word.strip('(“".,;:').lower() in _AMOUNTS


def _leads_to_a_number(word: str) -> bool:
    return word.strip('(“".,;:').lower() in _OF_A_NUMBER or _numeric(word)
