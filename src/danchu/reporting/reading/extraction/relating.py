"""Wholes, scopes and periods of the figures read: what one figure takes from those around it."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from .dates import named_span
from .lexicon.relations import WHOLE_OF
from .matching import UPPER
from .model import Exact, Indicator, Level, PeriodKind, PeriodRead
from .segments import Document, Sentence

_REACH = 600
_CLAUSE = 120
_ROUNDED = Fraction(3, 20)
# Periods of reporting end up to so many days before those of the calendar: 14/6, 14/12.
_REPORTED_EARLY = 17
# No breakdown has more parts than this.
_SISTERS = 60
# The indicators read so far, by their keys.
_Earlier = defaultdict[str, list[Indicator]]
_PARTS_FOLLOW = re.compile(
    r"(?<!\w)(?:trong đó|trong số (?:đó|này)|gồm|bao gồm|chia ra|chia theo|riêng|phân theo"
    r"|đông nhất|nhóm)(?!\w)|\("
)
_LEVEL = re.compile(
    r"(?<!\w)(?P<scope>(?:cấp|khối) (?:tỉnh|huyện|xã|cơ sở|trung ương|thành phố)|toàn (?:ngành"
    r"|tỉnh|huyện|xã))"
    r"(?: (?:tổ chức|có|tiến hành|thực hiện|là|đạt|chọn)| chủ trì)?[ :]*$"
)
_OWN: dict[Level, frozenset[str]] = {
    "commune": frozenset(("toàn xã",)),
    "district": frozenset(("toàn huyện",)),
    "province": frozenset(("toàn tỉnh",)),
}
_LEVEL_AFTER = re.compile(
    r"^[ ]*(?:\w+ ){0,3}(?P<scope>trung ương|địa phương|cấp (?:tỉnh|huyện|xã)|cơ sở)(?=[ ,.;\n]|$)"
)
_UNIT_BEFORE = re.compile(
    rf"(?P<scope>(?:huyện|xã|phường|thị trấn|quận|thị xã|tỉnh|thành phố"
    rf"|thôn) [{UPPER}][\w]*(?: [{UPPER}][\w]*){{0,3}})"
    r"(?: (?:có|tiếp|tổ chức|là|đạt))?[ :]*$"
)
_AT_HEADING = re.compile(
    r"^\W*(?:\d+[.)]|[a-z]\)|[ivx]+[.-])?\s*(?:ở|tại|trong) (?P<scope>[^:.\n]{3,60})$"
)
_BOARD = re.compile(
    r"(?<!\w)(?:(?:các|những) )?(?P<name>(?:ban )?(?:thanh tra nhân dân|ttnd"
    r"|giám sát đầu tư (?:của )?cộng đồng|giám sát cộng đồng|gsđtcđ|gsđtccđ))(?!\w)"
)
_TOGETHER = re.compile(r" ?(?:,|và|,? ?cùng|/|-|với) ?(?:các )?(?:\d[\d./]* )?")
# Somebody else's supervision named since: "Ban …; Mặt trận giám sát 6 cuộc".
_OTHER_BODY = re.compile(
    r"(?<!\w)(?:mặt trận|mttq|hội đồng nhân dân|hđnd|đoàn thể|hội (?:nông dân|phụ nữ"
    r"|cựu chiến binh)|chính trị ?- ?xã hội|đoàn thanh niên)(?!\w)"
)
_BOARDS_KEY = "community_supervision_boards"
_BOARD_KEYS = frozenset(
    (
        "supervisions_conducted",
        "supervision_findings",
        "supervision_findings_resolved",
        "board_members",
        "violations_found",
        "funds_recovered_vnd",
        "land_recovered_m2",
        _BOARDS_KEY,
    )
)
_SINCE_NEW_YEAR = re.compile(
    r"(?<!\w)(?:lũy kế(?! từ năm)|(?:tính )?từ đầu năm|từ tháng (?:một|giêng"
    r"|0?1))(?: [^.;\d]{0,40})?$"
)
_SINCE_YEAR = re.compile(r"(?<!\w)từ năm (?P<year>20\d{2})(?: [^.;\d]{0,60})?$")
_OTHER_YEAR = re.compile(r"(?<!\w)năm (?P<year>20\d{2})(?!\w)")
_SESSIONS = ("reception_sessions_held", "reception_sessions_required")
_PERCENT_WHOLE = {
    "opinions_resolved_pct": "opinions_received",
    "petitions_processed_pct": "petitions_received",
    "supervision_findings_resolved_pct": "supervision_findings",
}


def relate(
    document: Document,
    indicators: list[Indicator],
    period: PeriodRead | None,
    level: Level = "other",
) -> list[Indicator]:
    """``indicators`` with the wholes, scopes and periods that their surroundings give them.

    ``level`` is that of the unit whose text it is: "toàn xã" in the report of a commune is all of
    it and no scope.
    """
    own = _OWN.get(level, frozenset())
    out: list[Indicator] = []
    earlier: _Earlier = defaultdict(list)
    for indicator in indicators:
        related = _with_scope(document, indicator, own)
        related = _with_period(document, related, period)
        related = _with_whole(document, related, earlier)
        earlier[related.key].append(related)
        out.append(related)
    return _without_repeats(document, _with_required(out))


def _with_required(indicators: list[Indicator]) -> list[Indicator]:
    """ "34 buổi trên tổng số 39 buổi phải tiếp": the whole stands beside its part."""
    out = list(indicators)
    for place, beside in enumerate(itertools.pairwise(indicators)):
        if tuple(sorted(one.key for one in beside)) != _SESSIONS:
            continue
        at = 0 if beside[0].key == _SESSIONS[0] else 1
        held, required = beside[at], beside[1 - at]
        near = beside[1].number[0] - beside[0].number[1] <= _CLAUSE
        if held.denominator is None and near and held.value <= required.value:
            out[place + at] = replace(held, denominator=required.value)
    return out


# -- wholes -------------------------------------------------------------------------------------


def _with_whole(document: Document, indicator: Indicator, earlier: _Earlier) -> Indicator:
    if indicator.part_of is not None:
        return indicator
    percent_whole = _PERCENT_WHOLE.get(indicator.key)
    if percent_whole and _last(earlier, percent_whole, indicator) is not None:
        return replace(indicator, part_of=percent_whole)
    for key in WHOLE_OF.get(indicator.key, ()) if indicator.value else ():
        whole = _last(earlier, key, indicator)
        if whole is None or indicator.value > whole.value:
            continue
        if indicator.denominator is None and whole.period == indicator.period:
            return replace(indicator, part_of=key, denominator=whole.value)
        if indicator.denominator == whole.value:
            return replace(indicator, part_of=key)
    return _part_of_its_own_kind(document, indicator, earlier)


def _part_of_its_own_kind(document: Document, indicator: Indicator, earlier: _Earlier) -> Indicator:
    """ "1.647 lượt, trong đó 500 lượt do lãnh đạo tiếp": the 500 are among the 1.647."""
    if indicator.denominator is not None or indicator.unit in ("percent", "point"):
        return indicator
    if indicator.key == "recovery_proposed_vnd":
        return indicator
    alike = reversed(earlier[indicator.key][-_SISTERS:])
    whole = next((other for other in alike if other.part_of != other.key), None)
    if whole is None or indicator.value >= whole.value or whole.unit != indicator.unit:
        return indicator
    if indicator.char_start - whole.char_end > _REACH:
        return indicator
    between = document.plain[whole.number[1] : indicator.number[0]]
    if "\n" in between:
        # In another paragraph only a breakdown of its own tells a part.
        sentence = document.sentence_at(indicator.number[0])
        between = document.plain[sentence.start : indicator.number[0]]
    if not _PARTS_FOLLOW.search(between):
        return indicator
    return replace(indicator, part_of=indicator.key, denominator=whole.value)


def _last(earlier: _Earlier, key: str, indicator: Indicator) -> Indicator | None:
    """The whole of kind ``key`` read last; a far one only when there is no other."""
    wholes = [other for other in earlier[key][-_SISTERS:] if other.part_of != key]
    wholes = [other for other in wholes if other.period == indicator.period] or wholes
    for other in reversed(wholes):
        gap = indicator.number[0] - other.number[1]
        if gap > _REACH and len(wholes) > 1:
            return None
        if other.scope in (None, indicator.scope) or gap <= _CLAUSE:
            return other
    return None


# -- scopes -------------------------------------------------------------------------------------


def _with_scope(document: Document, indicator: Indicator, own: frozenset[str]) -> Indicator:
    if indicator.scope is not None:
        return indicator
    sentence = document.sentence_at(indicator.number[0])
    start = max(sentence.start, indicator.char_start - 60)
    near = document.plain[start : indicator.char_start]
    level = _LEVEL.search(near)
    if level is None and indicator.char_start < indicator.number[0]:
        near = document.plain[start : indicator.number[0]]
        level = _LEVEL.search(near)
    if level:
        whole = level["scope"] in own
        return indicator if whole else replace(indicator, scope=level["scope"])
    unit = _UNIT_BEFORE.search(document.text[start : indicator.number[0]])
    if unit:
        return replace(indicator, scope=" ".join(unit["scope"].split()))
    after = _LEVEL_AFTER.match(document.plain[indicator.char_end : indicator.char_end + 40])
    if after and indicator.key == "supervisions_conducted":
        return replace(indicator, scope=after["scope"])
    headings = document.line_of(sentence).headings
    for begin, end in reversed(headings):
        heading = document.plain[begin:end]
        at = _AT_HEADING.match(heading)
        if at:
            return replace(indicator, scope=at["scope"].strip())
    if indicator.key in _BOARD_KEYS:
        boards = _boards(document, sentence, indicator)
        return replace(indicator, scope=boards) if boards else indicator
    return indicator


def _boards(document: Document, sentence: Sentence, indicator: Indicator) -> str | None:
    """The board that a figure is of: the last one named before it, in its paragraph or above.

    Two boards named together ("Ban …, Ban …") are both of it.
    """
    line = document.line_of(sentence)
    end = max(indicator.char_end, indicator.number[1])
    here = (max(line.start, indicator.char_start - _REACH), end)
    for begin, end in (here, *reversed(line.headings)):
        found = list(_BOARD.finditer(document.plain, begin, end))
        if not found:
            continue
        since = document.plain[found[-1].end() : max(indicator.number[0], found[-1].end())]
        if begin == here[0] and _OTHER_BODY.search(since):
            return None
        first = found[-1]
        # A count of boards is of the kind that it names itself.
        for other in reversed(found[:-1] if indicator.key != _BOARDS_KEY else ()):
            if not _TOGETHER.fullmatch(document.plain, other.end(), first.start()):
                break
            first = other
        words = document.text[first.start("name") : found[-1].end()]
        words = words.capitalize() if words.isupper() else words
        return " ".join(words.split())
    return None


# -- periods ------------------------------------------------------------------------------------


def _with_period(document: Document, indicator: Indicator, period: PeriodRead | None) -> Indicator:
    if period is None:
        return indicator
    if indicator.period is not None:
        # A column of a table: "Quý III" in a report of that quarter is the period of the text.
        own = indicator.period
        apart = (abs((own.start - period.start).days), abs((own.end - period.end).days))
        same = own.kind == period.kind and max(apart) <= _REPORTED_EARLY
        return replace(indicator, period=None) if same else indicator
    sentence = document.sentence_at(indicator.number[0])
    near = document.plain[max(sentence.start, indicator.number[0] - 90) : indicator.number[0]]
    if period.kind != "year" and _SINCE_NEW_YEAR.search(near):
        return _over(indicator, dt.date(period.end.year, 1, 1), period.end, period)
    since = _SINCE_YEAR.search(near)
    if since and int(since["year"]) < period.end.year:
        return _over(indicator, dt.date(int(since["year"]), 1, 1), period.end, period)
    words = document.plain[max(sentence.start, indicator.number[0] - 300) : indicator.number[0]]
    named = named_span(words)
    if named is not None:
        return _over(indicator, *named, period)
    years = [int(m["year"]) for m in _OTHER_YEAR.finditer(near)]
    if years and period.kind == "year" and years[-1] < period.start.year:
        return _over(indicator, dt.date(years[-1], 1, 1), dt.date(years[-1], 12, 31), period)
    return indicator


def _over(indicator: Indicator, start: dt.date, end: dt.date, period: PeriodRead) -> Indicator:
    if start > end or (start, end) == (period.start, period.end):
        return indicator
    whole_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    kind: PeriodKind = "range"
    if start == end:
        kind = "date"
    elif whole_year and start.year == end.year:
        kind = "year"
    return replace(indicator, period=PeriodRead(kind, start, end))


class _Later:
    """What the body of a text states, to be asked of each figure of its headline."""

    def __init__(self, figures: Iterable[Indicator]) -> None:
        self.stated: set[tuple[str, Exact, str]] = set()
        self.values: defaultdict[tuple[str, str], list[Fraction]] = defaultdict(list)
        for figure in figures:
            self.stated.add((figure.key, figure.value, figure.unit))
            self.values[figure.key, figure.unit].append(Fraction(figure.value))
        for values in self.values.values():
            values.sort()

    def told_exactly(self, headline: Indicator) -> bool:
        """ "hơn 900 công trình" in a headline, and 935 in the body."""
        value = Fraction(headline.value)
        near = _ROUNDED * abs(value)
        values = self.values.get((headline.key, headline.unit), [])
        place = bisect.bisect_left(values, value - near)
        return place < len(values) and values[place] <= value + near


# -- repeats ------------------------------------------------------------------------------------


def _without_repeats(document: Document, indicators: list[Indicator]) -> list[Indicator]:
    """Each statement once: a headline gives way to the body, a word-for-word repeat goes."""
    title = document.lines[min(1, len(document.lines) - 1)].end
    said: set[tuple[object, ...]] = set()
    later = _Later(i for i in indicators if i.char_start >= title)
    out: list[Indicator] = []
    for indicator in indicators:
        statement = (indicator.key, indicator.value, indicator.unit)
        if indicator.char_end <= title and (
            statement in later.stated or (indicator.approx and later.told_exactly(indicator))
        ):
            continue
        words = " ".join(document.plain[indicator.char_start : indicator.char_end].split())
        # A bare cell "12" repeats nothing by being twelve again.
        if not words.replace(".", "").isdigit():
            key = (*statement, indicator.scope, words)
            if key in said:
                continue
            said.add(key)
        out.append(indicator)
    return out
