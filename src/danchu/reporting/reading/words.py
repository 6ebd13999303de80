"""The number in words that a person marked in a report."""

from __future__ import annotations

from dataclasses import dataclass

from danchu.core.errors import BadInput
from danchu.core.text import find_numbers, fold, in_base, place_tones
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions

from .amounts import LARGEST, smallest

LONGEST = 600  # characters that are marked for one figure
_COUNTED = ("quantity", "ordinal", "year")
_MEASURES = {"VND": "VND", "m2": "m2", "m": "m", "%": "percent", "giờ": "hour"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A figure in marked words: ``amount`` in the smallest unit, ``stated`` with its digits."""

    amount: int
    denominator: int | None
    stated: str
    approx: bool
    start: int
    end: int
    surface: str


def marked(text: str, start: int, end: int, meaning: Definition) -> Marked:
    """The figure that ``text[start:end]`` states; blanks at its edges do not belong to it.

    Raises ``BadInput`` (field "words") for words without a number, with several, or with a number
    in another unit than the indicator's.
    """
    if not 0 <= start < end <= len(text):
        raise _refused("Bôi chữ có số cần ghi.", "Mark the words that hold the number.")
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise _refused("Bôi chữ có số cần ghi.", "Mark the words that hold the number.")
    if end - start > LONGEST:
        raise _refused(
            f"Đoạn chọn dài {end - start} ký tự, nhiều nhất {LONGEST}. Chỉ chọn câu có số.",
            f"The marked words have {end - start} characters, at most {LONGEST}. Mark only the "
            "sentence with the number.",
        )
    surface = text[start:end]
    found = [one for one in find_numbers(surface) if one.kind in _COUNTED]
    if any(one.kind == "quantity" for one in found):
        found = [one for one in found if one.kind == "quantity"]
    if not found:
        raise _refused(
            "Đoạn chọn không có số nào. Chọn cả chữ số hoặc số viết bằng chữ.",
            "There is no number in the marked words. Mark the digits or the number in words.",
        )
    if len(found) > 1:
        listed = ", ".join(one.surface for one in found[:4])
        raise _refused(
            f"Đoạn chọn có {len(found)} số ({listed}). Chỉ chọn một số cùng chữ của số ấy.",
            f"The marked words hold {len(found)} numbers ({listed}). Mark one, with its words.",
        )
    number = in_base(found[0].number)
    measure = _MEASURES.get(number.unit, "")
    fits = measure == meaning.unit if measure else True
    if not fits:
        raise _refused(
            f"Đoạn chọn ghi “{found[0].surface}”, còn chỉ tiêu này tính bằng {meaning.unit_vi}. "
            "Chọn chỉ tiêu khác hoặc đoạn khác.",
            f"The marked words say “{found[0].surface}”, but this indicator is counted in "
            f"{meaning.unit_en}. Choose another indicator or other words.",
        )
    amount = smallest(number.value, meaning)
    whole = None if number.denominator is None else smallest(number.denominator, meaning)
    if any(one is not None and abs(one) > LARGEST for one in (amount, whole)):
        raise _refused("Số quá lớn.", "The number is too large.")
    digits = found[0].surface[:59]
    return Marked(
        amount=amount,
        denominator=whole,
        stated=digits + ("%" if meaning.is_rate and not digits.endswith("%") else ""),
        approx=number.approx,
        start=start,
        end=end,
        surface=surface,
    )


def place_of(text: str, words: str) -> tuple[int, int]:
    """Where typed or pasted words stand, for who cannot mark them; blanks need not agree.

    Raises ``BadInput`` (field "words") when they stand nowhere, or in several places.
    """
    wanted = words.split()
    if not wanted:
        raise _refused("Bôi chữ có số cần ghi.", "Mark the words that hold the number.")
    joined = place_tones(" ".join(wanted))
    flat, places = _flat(text)
    if len(placed := place_tones(flat)) == len(flat):
        flat = placed  # "hoà" and "hòa" are one word
    at = flat.find(joined)
    if at < 0:
        raise _refused(
            "Không thấy những chữ này trong văn bản. Chép đúng nguyên văn.",
            "These words are not in the text. Copy them exactly.",
        )
    if flat.find(joined, at + 1) >= 0:
        raise _refused(
            "Những chữ này có ở nhiều chỗ. Chép thêm chữ trước hoặc sau để rõ chỗ nào.",
            "These words stand in several places. Copy more of what stands before or after.",
        )
    return places[at], places[at + len(joined) - 1] + 1


def _flat(text: str) -> tuple[str, list[int]]:
    """The text with every run of blanks as one, and where each character of that stands."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        places.append(place)
    return "".join(characters), places


def indicator_named(text: str) -> str:
    """The key of the indicator that a person typed: its key, its name, or a part of one name.

    Raises ``BadInput`` (field "key") with the nearest names when it is none or not one alone.
    """
    meanings = definitions()
    wanted = fold(text).strip()
    if not wanted:
        raise BadInput("Chọn chỉ tiêu.", "Choose the indicator.", field="key")
    if text.strip() in meanings:
        return text.strip()
    exact = [k for k, d in meanings.items() if wanted in (fold(d.name_vi), fold(d.name_en))]
    if len(exact) == 1:
        return exact[0]
    words = wanted.split()
    near = [
        key
        for key, d in meanings.items()
        if all(word in fold(f"{d.name_vi} {d.name_en} {key}") for word in words)
    ]
    if len(near) == 1:
        return near[0]
    if not near:
        raise BadInput(
            f"Không có chỉ tiêu nào tên “{text[:80]}”. Gõ vài chữ rồi chọn trong danh sách.",
            f"No indicator is called “{text[:80]}”. Type a few letters and choose from the list.",
            field="key",
        )
    names_vi = "; ".join(meanings[key].name_vi for key in near[:4])
    names_en = "; ".join(meanings[key].name_en for key in near[:4])
    raise BadInput(
        f"“{text[:80]}” có ở {len(near)} chỉ tiêu: {names_vi}. Ghi rõ hơn.",
        f"“{text[:80]}” fits {len(near)} indicators: {names_en}. Say which.",
        field="key",
    )


def _refused(vi: str, en: str) -> BadInput:
    return BadInput(vi, en, field="words")
