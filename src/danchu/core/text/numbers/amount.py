"""Digits, words and words of size at one place of a text: the grammar of an amount.

Vietnamese rules: "." groups thousands, "," is the decimal mark. In words: mười, mươi, mốt,
tư, lăm, linh or lẻ before a last digit after an empty place of tens, phẩy for the comma.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from danchu.core.text.numbers.model import Exact, exact

_DIGIT = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
# How the last digit is said after mươi, and which of those also follow mười.
_LAST = {
    "mốt": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SIZE = {
    "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4,
    "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_NUMBER_WORDS = sorted(
    {*_DIGIT, *_LAST, "mười", "mươi", "trăm", "chục", "linh", "lẻ", "phẩy", "phảy", "rưỡi", "nửa"},
    key=len,
    reverse=True,
)
_WORD = re.compile(rf"\s*({'|'.join(_NUMBER_WORDS)})(?!\w)")
_AFTER_FIVE = re.compile(r"\s*(?:mươi|trăm|chục|nghìn|ngàn|triệu|tỷ|tỉ|vạn)(?!\w)")
# Not the "tỷ" of tỷ lệ nor the "triệu" of triệu tập.
SIZE_WORD = re.compile(
    r"\s*(chục|trăm|nghìn|ngàn|vạn|"
    r"triệu(?!\s+(?:tập|hồi|chứng))|t[ỷỉ](?!\s+(?:lệ|trọng|số|suất|giá|phú|mỉ)))(?!\w)"
)
_HALF = re.compile(r"\s*rưỡi(?!\w)")
_SHORT_MILLION = re.compile(r"\s*(tr)\.?(?=\s?đ(?:ồng)?(?!\w))")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+){0,20}")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])(?:,[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
# No figure is longer; a run of digits that is, is no number.
_LONGEST = 40
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_LISTED = re.compile(r"[0-9]{1,3}(?:,[0-9]{1,3}){2,}")


@dataclass(slots=True)
class Amount:
    """An amount read at a place; ``end`` is where it stops."""

    value: Exact
    end: int
    multiplier: int = 1
    sizes: int = 0
    """Words of size and further groups; with exactly one, the unit as written begins with it."""
    size_start: int = -1
    size_end: int = -1
    decimals: int = 0
    spelled: bool = False
    doubtful: bool = False
    words: int = 0
    """Number words it is made of; a single one may be an ordinary word."""


def digits_at(text: str, at: int, *, spaced: bool = False) -> Amount | None:
    """The numeral that begins at ``at``; with ``spaced`` also "1 234 567"."""
    if spaced:
        m = _SPACED.match(text, at)
        if m and len(m[0]) <= _LONGEST:
            whole, _, frac = m[0].partition(",")
            return _decimal("".join(c for c in whole if c in "0123456789"), frac, m.end())
    m = _DIGITS.match(text, at)
    if not m:
        return None
    run = m[0]
    if len(run) > _LONGEST:
        return None
    if _PLAIN.fullmatch(run):
        whole, _, frac = run.partition(",")
        return _decimal(whole, frac, m.end())
    if _GROUPED.fullmatch(run):
        whole, _, frac = run.partition(",")
        return _decimal(whole.replace(".", ""), frac, m.end())
    return _against_the_rules(run, at, m.end())


def _decimal(whole: str, frac: str, end: int) -> Amount:
    if not frac:
        return Amount(int(whole), end)
    value = exact(Fraction(int(whole + frac), 10 ** len(frac)))
    return Amount(value, end, decimals=len(frac))


def _against_the_rules(run: str, at: int, end: int) -> Amount:
    """The likeliest reading of "12.34", "1.6430" or "1,234,567", marked doubtful."""
    if _ENGLISH.fullmatch(run):
        whole, _, frac = run.partition(".")
        amount = _decimal(whole.replace(",", ""), frac, end)
    elif _LISTED.fullmatch(run):
        first = run.split(",", 1)[0]
        amount = Amount(int(first), at + len(first))
    else:
        head, _, frac = run.partition(".")
        if head.isdigit() and frac.isdigit() and (len(frac) < 3 or head.startswith("0")):
            amount = _decimal(head, frac, end)
        else:
            whole, _, frac = run.rpartition(",") if run.count(",") == 1 else (run, "", "")
            amount = _decimal(re.sub(r"[.,]", "", whole), re.sub(r"[.,]", "", frac), end)
    amount.doubtful = True
    return amount


def _word(text: str, at: int) -> tuple[str, int]:
    m = _WORD.match(text, at)
    return (m[1], m.end()) if m else ("", at)


def _last_digit(text: str, at: int, *, after_ten: bool) -> tuple[int, int]:
    """The digit said after mười or mươi, and where it ends; (0, at) when there is none.

    "năm" is never one: twenty-five is hai mươi lăm, and hai mươi năm are twenty years.
    """
    word, end = _word(text, at)
    if word in _LAST and not (after_ten and word in ("mốt", "tư")):
        # "hai mươi ba trăm" does not exist: the digit then begins the next thing.
        nxt, _ = _word(text, end)
        if nxt not in ("mươi", "trăm", "chục"):
            return _LAST[word], end
    return 0, at


def words_at(text: str, at: int, *, inner: bool = False) -> Amount | None:
    """A group below one thousand in words. ``inner``: it follows a word of size."""
    word, end = _word(text, at)
    if word == "mười":
        last, stop = _last_digit(text, end, after_ten=True)
        return Amount(10 + last, stop, spelled=True, words=2 if last else 1)
    if inner and word in ("linh", "lẻ"):
        return _odd_digit(text, end, 0)
    if word not in _DIGIT:
        return None
    if word == "năm" and inner and not _AFTER_FIVE.match(text, end):
        return None
    digit = _DIGIT[word]
    nxt, after = _word(text, end)
    if nxt == "mươi" and digit > 1:
        last, stop = _last_digit(text, after, after_ten=False)
        return Amount(digit * 10 + last, stop, spelled=True, words=3 if last else 2)
    if nxt == "chục" and digit:
        return Amount(digit * 10, after, spelled=True, words=2)
    if nxt == "trăm":
        return _hundreds(text, after, digit)
    if nxt in ("mốt", "lăm", "nhăm") and digit > 1:
        return Amount(digit * 10 + _LAST[nxt], after, spelled=True, words=2)
    return Amount(digit, end, spelled=True, words=1)


def _odd_digit(text: str, at: int, hundreds: int) -> Amount | None:
    word, end = _word(text, at)
    digit = _DIGIT.get(word, 4 if word == "tư" else 0)
    if not digit:
        return None
    return Amount(hundreds + digit, end, spelled=True, words=3)


def _hundreds(text: str, at: int, digit: int) -> Amount:
    base = digit * 100
    whole = Amount(base, at, spelled=True, words=2)
    word, end = _word(text, at)
    if word in ("linh", "lẻ"):
        return _odd_digit(text, end, base) or whole
    if word == "rưỡi":
        return Amount(base + 50, end, spelled=True, words=3)
    if word == "mười":
        last, stop = _last_digit(text, end, after_ten=True)
        return Amount(base + 10 + last, stop, spelled=True, words=4)
    if word in _DIGIT:
        nxt, after = _word(text, end)
        if nxt == "mươi" and _DIGIT[word] > 1:
            last, stop = _last_digit(text, after, after_ten=False)
            return Amount(base + _DIGIT[word] * 10 + last, stop, spelled=True, words=4)
    if word in _LAST and word != "năm":
        # "một trăm hai": said for 120, written by nobody careful.
        return Amount(base + _LAST[word] * 10, end, spelled=True, words=3, doubtful=True)
    return whole


def _with_comma(text: str, amount: Amount) -> Amount:
    """Add the decimals of "hai phẩy năm", "ba phẩy không bốn", "hai phẩy hai mươi lăm"."""
    word, at = _word(text, amount.end)
    if word not in ("phẩy", "phảy"):
        return amount
    digits, end = "", at
    tens = words_at(text, at)
    if tens and tens.words > 1:
        digits, end = str(tens.value), tens.end
    else:
        while True:
            word, stop = _word(text, end)
            if word not in _DIGIT or len(digits) == _LONGEST:
                break
            digits += str(_DIGIT[word])
            end = stop
    if not digits:
        return amount
    value = exact(Fraction(int(amount.value), 1) + Fraction(int(digits), 10 ** len(digits)))
    return Amount(value, end, decimals=len(digits), spelled=True, words=amount.words + 2)


def _group(text: str, at: int, *, first: bool, spaced: bool) -> Amount | None:
    while at < len(text) and not first and text[at].isspace():
        at += 1
    if at < len(text) and text[at] in "0123456789":
        return digits_at(text, at, spaced=spaced)
    if first:
        word, end = _word(text, at)
        if word == "nửa":
            return Amount(Fraction(1, 2), end, spelled=True, words=1)
        amount = words_at(text, at)
        return _with_comma(text, amount) if amount else None
    return words_at(text, at, inner=True)


def _sizes(text: str, at: int) -> tuple[int, int, int, int]:
    """Words of size from ``at``: their product, the end, the start of the first, how many."""
    product, start, count, last = 1, -1, 0, ""
    m = SIZE_WORD.match(text, at)
    while m:
        if count and _SIZE[m[1]] <= _SIZE[last]:
            break
        product, count, last = product * _SIZE[m[1]], count + 1, m[1]
        start = m.start(1) if start < 0 else start
        at = m.end()
        m = SIZE_WORD.match(text, at)
    if not count:
        m = _SHORT_MILLION.match(text, at)
        if m:
            return 10**6, m.end(), m.start(1), 1
    return product, at, start, count


def _may_follow(group: Amount, size: int, last_size: int, *, digits: bool) -> bool:
    """Whether a group belongs to the amount before it rather than beginning another."""
    if size >= 10**9:
        # "một nghìn hai trăm tỷ", "một triệu năm trăm nghìn tỷ": tỷ multiplies all before it.
        return not digits and last_size < 10**9 and group.value * (size // 10**9) < last_size
    if size > 1:
        return size < last_size
    if digits or not group.spelled or group.value >= last_size:
        return False
    # "năm triệu một hộ" is five million for each household.
    return not (group.words == 1 and group.value == 1)


def amount_at(text: str, at: int, *, spaced: bool = False) -> Amount | None:
    """The amount beginning at ``at`` of a lower-case text: "2 tỷ 350 triệu", "mười hai nghìn".

    Groups are added from the largest word of size down; tỷ after nghìn or triệu multiplies
    what was read ("một nghìn hai trăm tỷ"). None when there is no number.
    """
    group = _group(text, at, first=True, spaced=spaced)
    if group is None:
        return None
    result = Amount(0, group.end, spelled=group.spelled, decimals=group.decimals)
    billions: Exact = 0
    rest: Exact = 0
    last_size = 0
    while group is not None:
        size, end, size_start, sizes = _sizes(text, group.end)
        if last_size:
            if not _may_follow(group, size, last_size, digits=not result.spelled):
                break
            result.decimals = group.decimals
            result.sizes += 1
        result.words += group.words + sizes
        result.doubtful |= group.doubtful
        result.sizes += sizes
        result.multiplier, result.end = size, end
        result.size_start, result.size_end = size_start, end
        value = group.value
        if last_size and size == 1 and group.words == 1:
            # "một triệu hai" is said for 1.2 million, and written by nobody careful.
            value, result.doubtful = value * (last_size // 10), True
        half = _HALF.match(text, end) if size > 1 or group.words == 1 else None
        if half:
            value += Fraction(1, 2)
            result.end, result.decimals, result.words = half.end(), 1, result.words + 1
        if size >= 10**9:
            rest = (rest + value * (size // 10**9)) * 10**9
        else:
            rest += value * size
        if size == 1 or half:
            break
        last_size = size
        if size >= 10**9:
            billions, rest, last_size = billions + rest, 0, 10**9
        group = _group(text, end, first=False, spaced=spaced)
    result.value = exact(billions + rest)
    return result
