"""Every number of a running text, and what kind of number it is.

One pass over the places where a digit or a number word stands; at each, the patterns of dates,
papers and clocks first, then the grammar of amounts, then the words around it decide the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from danchu.core.text.numbers import lexicon as lx
from danchu.core.text.numbers.amount import Amount
from danchu.core.text.numbers.model import Exact, Found, Kind, Number, PartialDate
from danchu.core.text.numbers.reading import number_at, unit_at
from danchu.core.text.numbers.special import special_at

_PLACES = re.compile(
    r"[0-9]+|\b(?:m(?:ột|ười)|hai|b(?:a|ốn|ảy|ẩy)|năm|sáu|tám|chín"
    r"|(?<=: )không(?=\s*(?:[;,.|)\n]|$))"
    r"|nửa(?=\s+(?:nghìn|ngàn|triệu|tỷ|tỉ)\b)|không(?=\s(?:có|còn|để|phát\ssinh|xảy\sra|(?:tiếp\s|ghi\s)?nhận)\b))\b"
)
_BLANKS = "\u00a0\u2007\u2009\u202f\u2002\u2003"
_NEXT = re.compile(r"\s*[\"“”'‘]?([^\W\d_]+)(?:\s+([^\W\d_]+))?(?:\s+([^\W\d_]+))?")
_TOKEN = re.compile(r"https?://\S+|www\.\S+|\S{1,64}@\S{1,255}")
_NO_RANGE = re.compile(
    r"(?:tăng|giảm|nâng|hạ|lên|chuyển|tụt|rút)\b[^.;,:\n]{0,40}\btừ\s+(?:\w+\s+)?$"
)
_OF_TOTAL = re.compile(r"[0-9]\s+\w+\s+trên\s*$")
_ABSENCE = re.compile(
    r"không\s(?:có|còn|để(?:\s(?:xảy\sra|phát\ssinh))?|phát\ssinh|xảy\sra"
    r"|(?:tiếp\s|ghi\s)?nhận(?:\sđược)?)(?!\w)"
)
_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_TWO_WORDS = re.compile(rf"({'|'.join(_COUNTS)}),?\s+({'|'.join(_COUNTS)})(?!\w)")
_DIGITS = re.compile(r"[0-9]+")
_AND = frozenset((",", "và", "-", "–", "đến"))
_ALONE = re.compile(r"\s*(?:[.;,|)\n]|$)")
_SENTENCE_END = frozenset('.!?:;\n•*+|-–—(“"')


def find_numbers(text: str, most: int | None = None) -> list[Found]:
    """All numbers of ``text`` in order, each with its kind; NFC text is expected.

    ``most``: look no further than for so many.

    Amounts in words count only where they are followed by something countable or are of more
    than one word ("hai hội nghị", "năm tỷ đồng", not "một số", "hai bên", "năm 2019"); "không
    có đơn tố cáo" is a zero over the words "không có". Spans never overlap. Digits inside names
    of things (m2, RE2, Covid-19), addresses of the web and e-mail are left out.
    """
    low = text.lower()
    if len(low) != len(text):
        # İ is the one letter whose small form is longer; offsets must not move.
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for blank in _BLANKS:
        if blank in low:
            low = low.replace(blank, " ")
    return list(islice(_Finder(text, low).all(), most))


class _Finder:
    def __init__(self, text: str, low: str) -> None:
        self.text, self.low = text, low
        self.last: Found | None = None
        self.skips: list[tuple[int, int]] = []
        if "@" in low or "http" in low or "www." in low:
            self.skips = [m.span() for m in _TOKEN.finditer(low)]

    def all(self) -> Iterator[Found]:
        at = skipped = 0
        search = _PLACES.search
        while m := search(self.low, at):
            start = m.start()
            at = m.end()
            while skipped < len(self.skips) and self.skips[skipped][1] <= start:
                skipped += 1
            if skipped < len(self.skips) and self.skips[skipped][0] <= start:
                at = max(at, self.skips[skipped][1])
                continue
            found = self.digits(start) if self.low[start] in "0123456789" else self.word(start)
            if found:
                yield found
                self.last = found
                at = max(at, found.end)

    def before(self, at: int) -> list[str]:
        """Up to three words straight before ``at``; none when punctuation stands between."""
        words = self.low[max(0, at - 28) : at].split()
        out: list[str] = []
        for word in reversed(words[-3:]):
            bare = word.lstrip("(“\"'‘-–•")
            if not bare or not (bare[-1].isalpha() or (bare[-1] == ":" and not out)):
                break
            out.append(bare.rstrip(":"))
            if bare != word:
                break
        return out

    def after(self, at: int) -> tuple[str, str, str]:
        m = _NEXT.match(self.low, at)
        return (m[1], m[2] or "", m[3] or "") if m else ("", "", "")

    def countable(self, at: int) -> bool:
        one, two, three = self.after(at)
        if not one:
            return False
        pair = f"{one} {two}"
        if pair in lx.NOT_A_NOUN or f"{pair} {three}" in lx.NOT_A_NOUN:
            return False
        return not lx.COUNTABLE.isdisjoint((one, pair, f"{pair} {three}"))

    def approx(self, at: int, words: list[str]) -> int:
        """Where the approximation before ``at`` begins; ``at`` when there is none."""
        if words:
            pair = f"{words[1]} {words[0]}" if len(words) > 1 else ""
            if pair in lx.APPROX_PAIR_BEFORE:
                return self.low.rindex(words[1], 0, self.low.rindex(words[0], 0, at))
            if words[0] in lx.APPROX_BEFORE:
                if words[0] == "trên" and _OF_TOTAL.search(self.low, max(0, at - 28), at):
                    return at
                return self.low.rindex(words[0], 0, at)
        if at and self.low[at - 1] in "~≈":
            return at - 1
        return at

    def make(
        self,
        number: Number,
        kind: Kind,
        start: int,
        end: int,
        words: list[str],
        date: PartialDate | None = None,
    ) -> Found:
        lead = start
        if kind in ("quantity", "year"):
            lead = self.approx(start, words)
        if lead < start:
            number = replace(number, approx=True)
        return Found(number, kind, start, end, self.text[start:end], lead, date)

    def digits(self, start: int) -> Found | None:
        low = self.low
        words = self.before(start)
        if start and not self.free_on_the_left(start):
            return None
        special = special_at(self.text, low, start, words, self.countable)
        if special:
            value, kind, end, date = special
            return self.make(Number(value), kind, start, end, words, date)
        if low[start - 1 : start] == "," and low[start - 2 : start - 1].isdigit():
            # The rest of "3,5,7".
            end = start + len(_DIGITS.match(low, start)[0])  # type: ignore[index]
            if end - start > 40:
                return None
            number = Number(int(low[start:end]), doubtful=True)
            return self.make(number, "quantity", start, end, words)
        ranges = not (
            words
            and words[0] in ("từ", *lx.APPROX_BEFORE)
            and _NO_RANGE.search(low, max(0, start - 60), start)
        )
        read = number_at(low, start, spaced=self.spaced(start), ranges=ranges)
        if read is None:
            return None
        number, end, amount = read
        if end < len(low) and low[end].isalnum() and not self.countable(end):
            # "1x2", "3a": part of a name. A noun typed without its space is still counted.
            return None
        begin = start
        exact_share = number.percent or amount.decimals
        if exact_share and number.low is None and self.is_minus(start - 1):
            number, begin = replace(number, value=-number.value), start - 1
        same = self.goes_on(number, amount, start, end)
        if same:
            return self.make(number, same.kind, start, end, words, self.alike(number, same))
        kind = self.kind(number, amount, start, end, words)
        return self.make(number, kind, begin, end, words)

    def is_minus(self, at: int) -> bool:
        """Whether the sign at ``at`` is a minus, not a bullet, a range or part of a name."""
        if at < 1 or self.low[at] not in "-−":
            return False
        left = self.low[max(0, at - 3) : at]
        return left[-1] in " (" and bool(left.strip(" ")) and left.strip(" ")[-1] != "\n"

    def goes_on(self, number: Number, amount: Amount, start: int, end: int) -> Found | None:
        """The date or rank that a list continues: "tháng 7 và 8", "lần thứ 3 và 4"."""
        last = self.last
        if last is None or last.kind not in ("date", "ordinal") or start - last.end > 5:
            return None
        if number.unit or amount.sizes or amount.decimals or number.value > 31:
            return None
        if self.low[last.end : start].strip() not in _AND or self.countable(end):
            return None
        if number.denominator is not None:
            return last if last.kind == "date" and number.denominator <= 12 else None
        return last if last.number.value < number.value else None

    def alike(self, number: Number, last: Found) -> PartialDate | None:
        """The date of a number that goes on where ``last`` stopped."""
        value = int(number.value)
        if last.date is None:
            return None
        if number.denominator is not None:
            return PartialDate(month=int(number.denominator), day=value)
        if last.date.day is None and last.date.month:
            return PartialDate(month=value)
        return PartialDate(day=value)

    def free_on_the_left(self, start: int) -> bool:
        low, left = self.low, self.low[start - 1]
        if left.isalpha() or left == "_":
            word = re.search(r"[^\W\d_]+$", low[max(0, start - 10) : start])
            return bool(
                word
                and word[0] in lx.GLUED_BEFORE
                and word[0] == self.text[start - len(word[0]) : start]
            )
        if left in "-–" and start > 1 and low[start - 2].isalnum():
            return low[start - 2].isdigit()
        if left in "+#":
            return False
        # "v.2" is a name, "01 đơn.02 vụ" lacks a space.
        return not (left == "." and low[start - 2].isalpha() and not low[start - 3].isalpha())

    def spaced(self, start: int) -> bool:
        """Whether digits parted by spaces may be one number here and not a row of a table."""
        left = self.low[max(0, start - 3) : start].rstrip()
        return not (left and left[-1].isdigit())

    def kind(self, number: Number, amount: Amount, start: int, end: int, words: list[str]) -> Kind:
        if (
            number.unit
            or number.multiplier > 1
            or amount.decimals
            or number.denominator is not None
        ):
            return "quantity"
        prev = words[0] if words else ""
        pair = f"{words[1]} {prev}" if len(words) > 1 else ""
        low = self.low
        counted = self.countable(end)
        plain = low[start:end].isdigit()
        if prev in lx.ALWAYS_ORDINAL or pair in lx.ALWAYS_ORDINAL:
            return "ordinal"
        if counted:
            return "quantity"
        if plain and self.is_section(start, end):
            return "ordinal"
        if (
            prev in lx.DOCUMENT_BEFORE
            or pair in lx.DOCUMENT_BEFORE
            or (prev == "số" and len(words) > 1 and self.papers(words))
        ):
            return "document"
        ranked = prev in lx.ORDINAL_BEFORE or pair in lx.ORDINAL_BEFORE
        if prev == "lần" and len(words) > 1 and words[1] in _COUNTS:
            # "họp hai lần 4": the number after it is what was counted.
            return "quantity"
        if ranked and pair not in lx.NOT_ORDINAL_BEFORE:
            return "ordinal"
        if plain and end - start > 2 and low[start] == "0":
            return "ordinal"
        return "quantity"

    def papers(self, words: list[str]) -> bool:
        return words[1] in lx.DOCUMENT_BEFORE or (
            len(words) > 2 and f"{words[2]} {words[1]}" in lx.DOCUMENT_BEFORE
        )

    def is_section(self, start: int, end: int) -> bool:
        """ "1." or "2)" that opens a line, "(3)" that opens a line or a clause."""
        low = self.low
        tail = low[end : end + 2]
        # Most numbers are neither; a paragraph is not gone back over for each of them.
        if end - start > 2 or tail[:1] not in (".", ")"):
            return False
        line = low.rfind("\n", 0, start) + 1
        marks = start
        while marks > line and low[marks - 1] in " \t*#•-–":
            marks -= 1
        head = marks > line
        if not head and tail[:1] in (".", ")") and (len(tail) == 1 or tail[1].isspace()):
            return True
        if start and low[start - 1] == "(" and tail[:1] == ")":
            left = low[line : start - 1].rstrip()
            return not left or left[-1] in ":;.,"
        return False

    def word(self, start: int) -> Found | None:
        low = self.low
        words = self.before(start)
        prev = words[0] if words else ""
        if low.startswith("không", start):
            return self.absence(start)
        if prev not in ("tháng", "thứ") and not self.may_be_written(start):
            return None
        if (
            prev == "tháng"
            and low.startswith("năm ", start)
            and low[start + 4 : start + 5].isdigit()
        ):
            return None
        if prev in ("thứ", "khóa", "khoá", "lần", "tháng") and low[start - 1] == " ":
            return self.named(start, prev, words)
        if low.startswith("năm", start) and self.is_year_word(start, prev):
            return None
        pair = self.two_in_a_row(start)
        if pair:
            return self.make(*pair, words)
        read = number_at(low, start)
        if read is None:
            return None
        number, end, amount = read
        if prev == "năm" and 1900 <= number.value <= 2100 and not number.unit:
            return self.make(number, "year", start, end, words, PartialDate(int(number.value)))
        half = amount.words == 2 and amount.decimals == 1 and not amount.sizes
        if (amount.words == 1 or half) and not self.single(start, amount.end, number):
            return None
        return self.make(number, "quantity", start, end, words)

    def two_in_a_row(self, start: int) -> tuple[Number, Kind, int, int] | None:
        """ "hai, ba cuộc", "ba bốn lần": from two to three, from three to four."""
        m = _TWO_WORDS.match(self.low, start)
        if not m or not (self.countable(m.end()) or unit_at(self.low, m.end())[0]):
            return None
        low, high = _COUNTS.index(m[1]) + 1, _COUNTS.index(m[2]) + 1
        if high != low + 1 or m[2] == "năm":
            return None
        unit, end = unit_at(self.low, m.end())
        number = Number(low, low=low, high=high, approx=True, unit=unit, spelled=True)
        return number, "quantity", start, end

    def single(self, start: int, end: int, number: Number) -> bool:
        """Whether one number word alone is an amount here."""
        if number.denominator is not None:
            return False
        word = self.low[start:end]
        one, two, three = self.after(end)
        if f"{word} {one}" in lx.NOT_COUNTED or f"{word} {one} {two}" in lx.NOT_COUNTED:
            # "một nhà văn hóa" counts although "một nhà" may not.
            return f"{one} {two}" in lx.COUNTABLE or f"{one} {two} {three}" in lx.COUNTABLE
        if number.low is not None:
            return True
        if number.unit:
            return not (
                word == "một" and number.unit in ("năm", "ngày", "tháng", "tuần", "quý", "giờ")
            )
        return self.countable(end)

    def may_be_written(self, start: int) -> bool:
        """A capital inside a sentence is a name (anh Ba, Hai Bà Trưng), unless all is capital."""
        if not self.text[start].isupper() or self.text[start + 1].isupper():
            return True
        left = self.text[max(0, start - 4) : start].rstrip(" \t")
        return not left or left[-1] in _SENTENCE_END

    def is_year_word(self, start: int, prev: str) -> bool:
        low = self.low
        if prev in lx.YEAR_WORD_BEFORE:
            return True
        left = low[max(0, start - 3) : start].rstrip()
        return bool(left) and left[-1] in "0123456789%"

    def named(self, start: int, prev: str, words: list[str]) -> Found | None:
        read = number_at(self.low, start, ranges=False)
        if read is None or read[0].unit:
            return None
        number, _, amount = read
        end = amount.end
        if prev == "tháng":
            each = len(words) > 1 and words[1] in ("mỗi", "hằng", "hàng", "một", "từng")
            if each or not 1 <= number.value <= 12:
                return None
            return self.make(
                number, "date", start, end, words, PartialDate(month=int(number.value))
            )
        return self.make(number, "ordinal", start, end, words)

    def none_at_all(self, start: int) -> Found | None:
        """ "Tố cáo: không;" states nought."""
        end = start + len("không")
        if self.low[max(0, start - 2) : start] != ": " or not _ALONE.match(self.low, end):
            return None
        nought = Number(0, spelled=True)
        return Found(nought, "quantity", start, end, self.text[start:end], start)

    def absence(self, start: int) -> Found | None:
        m = _ABSENCE.match(self.low, start)
        if not m:
            return self.none_at_all(start)
        one, two, three = self.after(m.end())
        known = (
            one in lx.ABSENT or f"{one} {two}" in lx.ABSENT or f"{one} {two} {three}" in lx.ABSENT
        )
        if f"{one} {two}" in lx.NOT_A_NOUN or ("để" in m[0] and one not in lx.ABSENT_CASES):
            known = False
        alone = m[0] == "không có" and _ALONE.match(self.low, m.end())
        if not (known or alone):
            return None
        zero: Exact = 0
        return Found(
            Number(zero, spelled=True),
            "quantity",
            start,
            m.end(),
            self.text[start : m.end()],
            start,
        )
