"""Instruments that a text cites, with their full symbol where it is certain."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from .lexicon.instruments import INSTRUMENTS, Instrument
from .lexicon.wording import spaced
from .model import LegalRef
from .segments import Document
from .sought import Sought

_KINDS = {
    "bộ luật": "bộ luật",
    "luật": "luật",
    "pháp lệnh": "pháp lệnh",
    "pl": "pháp lệnh",
    "nghị định": "nghị định",
    "nđ": "nghị định",
    "nghị quyết": "nghị quyết",
    "nghị quyết liên tịch": "nghị quyết",
    "nq": "nghị quyết",
    "chỉ thị": "chỉ thị",
    "ct": "chỉ thị",
    "quyết định": "quyết định",
    "qđ": "quyết định",
    "thông tư": "thông tư",
    "thông tư liên tịch": "thông tư",
    "tt": "thông tư",
    "kết luận": "kết luận",
    "kl": "kết luận",
    "quy định": "quy định",
    "hướng dẫn": "hướng dẫn",
    "kế hoạch": "kế hoạch",
    "chương trình": "chương trình",
    "chương trình hành động": "chương trình",
}
_KIND = "|".join(sorted((k for k in _KINDS), key=len, reverse=True))
# 59/2023/NĐ-CP, 30-CT/TW, 61/QĐ-CTN, 09- NQ/TU
_SYMBOL = (
    r"\d{1,4}[a-zđ]?(?:/\d{4}/| ?- ?|/)(?:nq|nđ|qđ|qđi|ct|ctr|kl|kh|hd|tt|ttlt|pl|qh\d+|bc|nqlt"
    r"|nghị)"
    r"[a-zđ0-9]*(?:[-/][a-zđ0-9]+){0,3}"
)
_LAW_NAMES = "|".join(i.name for i in INSTRUMENTS if i.kind == "luật" and i.name)
_CITED = (
    r"(?P<constitution>hiến pháp(?: năm)? \d{4})",
    rf"(?P<law>(?:bộ )?(?<!pháp )luật (?:{_LAW_NAMES}|lao động)(?: (?:năm )?(?P<law_year>\d{{4}}))?"
    r"(?:,? (?:luật )?(?:số )?(?P<law_symbol>\d+/\d{4}/qh\d+))?)",
    r"(?P<numbered_law>(?:bộ )?luật (?:số )?(?P<bare_law>\d+/\d{4}/qh\d+))",
    r"(?P<democracy>pháp lệnh (?:thực hiện )?dân chủ(?: ở (?:cơ sở|xã(?:, phường, thị trấn)?))?"
    r"(?: số \d+(?:/\d{4}[\w/-]*)?)?)",
    r"(?P<plenum>(?:nghị quyết|nq) (?:t\.?ư|trung ương) (?P<plenum_number>\d+)"
    r"(?: ?[(,]? ?khóa (?P<term>[ivx]+)\)?)?)",
    r"(?P<committee>(?:nghị quyết|nq) (?:số )?(?P<committee_number>\d+) (?:của )?"
    r"(?:bch ?t\.?ư|ban chấp hành trung ương)[^;.,(]{0,8}(?: ?\(khóa [ivx]+\))?)",
    rf"(?P<full>(?P<full_kind>{_KIND}) (?:số:? )?(?P<symbol>{_SYMBOL}))",
    rf"(?P<short>(?P<short_kind>{_KIND}) (?:số:? )?(?P<number>\d{{1,4}})"
    r"(?:/(?P<year>\d{4})(?![\d/])| năm (?P<said_year>\d{4}))?"
    r"(?: của (?:thủ tướng )?chính phủ|(?P<of_party> của (?:bộ chính trị|ban bí thư)))?)",
)
_PATTERN = Sought(
    r"(?<!\w)"
    + spaced(r"(?P<article>(?:điểm \w,? )?(?:khoản \d+,? )?điều \d+[a-z]? (?:của )?)?")
    + rf"(?:{'|'.join(spaced(part) for part in _CITED)})(?!\w)"
)
# "các Quyết định số 217-QĐ/TW, 218-QĐ/TW": what follows is of the same kind
_ANOTHER = re.compile(rf"(?:,|;|,? và)\s+(?:số )?(?P<symbol>{_SYMBOL})(?!\w)")
# "Quyết định 217 và 218 của Bộ Chính trị"
_NUMBERS_OF_PARTY = Sought(
    r"(?<!\w)(?P<kind>quyết định|chỉ thị|kết luận|nghị quyết)\s+(?:số:? )?"
    r"(?P<numbers>\d{1,3}(?:(?:, ?| và )(?:số )?\d{1,3}){1,5})"
    r" của (?:bộ chính trị|ban bí thư)(?!\w)"
)
# The Politburo and the Secretariat number what they issue without its year.
_OF_PARTY = {"quyết định": "QĐ", "chỉ thị": "CT", "kết luận": "KL", "nghị quyết": "NQ"}
_LAW_ABOVE = Sought(r"(?<!\w)điều \d+ (?:của )?luật(?! \w+ (?:dân|công|nại|cáo))(?!\w)")
_DRAFT = re.compile(r"dự (?:thảo|án) +$")


def read_legal_refs(document: Document, day: dt.date | None) -> tuple[LegalRef, ...]:
    """The instruments that ``document`` cites, each at its first mention."""
    plain = document.plain
    out: list[LegalRef] = []
    seen: set[tuple[str, str]] = set()
    last_law: str | None = None
    known: dict[tuple[str, str], str] = {}
    matches = [(m.start(), m.end(), m) for m in _PATTERN.finditer_among(document.words, plain)]
    above = [(m.start(), m.end(), None) for m in _LAW_ABOVE.finditer_among(document.words, plain)]
    for start, end, match in sorted((*matches, *above), key=lambda item: item[:2]):
        if match is None:
            if any(a <= start < b for a, b, other in matches if other):
                continue
            canonical = last_law
        else:
            if match["short"] and not _short_is_certain(plain, match):
                continue
            canonical = _canonical(match, day)
            number = _number_of(match)
            if canonical is None and number:
                canonical = known.get(number)
            elif canonical and number:
                known.setdefault(number, canonical)
            if _DRAFT.search(plain, max(0, start - 12), start):
                canonical = None
            if match["law"] or match["numbered_law"]:
                last_law = canonical
        end = start + len(document.text[start:end].rstrip())
        cited = [(start, end, canonical)]
        if match is not None and match["full"]:
            cited += _of_the_same_kind(plain, end)
        for begin, stop, symbol in cited:
            # The same instrument is listed once, but each of its articles on its own.
            key = (symbol or plain[begin:stop], (match and match["article"]) or "")
            if key not in seen:
                seen.add(key)
                out.append(LegalRef(document.text[begin:stop].strip(), symbol, begin, stop))
    for start, end, canonical in _numbers_of_party(plain):
        if (canonical, "") not in seen:
            seen.add((canonical, ""))
            out.append(LegalRef(document.text[start:end], canonical, start, end))
    return tuple(sorted(out, key=lambda ref: ref.char_start))


def _of_the_same_kind(plain: str, end: int) -> list[tuple[int, int, str | None]]:
    """The symbols that follow an instrument without naming its kind again."""
    found: list[tuple[int, int, str | None]] = []
    while (another := _ANOTHER.match(plain, end)) is not None:
        end = another.end()
        found.append((another.start("symbol"), end, _symbol(another["symbol"])))
    return found


def _numbers_of_party(plain: str) -> Iterator[tuple[int, int, str]]:
    """Each of the numbers that one kind and one body of the Party are named with."""
    for match in _NUMBERS_OF_PARTY.finditer(plain):
        for number in re.finditer(r"\d+", match["numbers"]):
            at = match.start("numbers")
            start = at + number.start() if number.start() else match.start()
            yield start, at + number.end(), _of_party(match["kind"], number[0])


def _of_party(kind: str, number: str) -> str:
    return f"{int(number):02d}-{_OF_PARTY[kind]}/TW"


def _kind_of(written: str) -> str:
    """The kind of an instrument; a text may have several spaces between its words."""
    return _KINDS[" ".join(written.split())]


def _number_of(match: re.Match[str]) -> tuple[str, str] | None:
    """Kind and number, by which a text cites again what it cited in full before."""
    if match["plenum"]:
        return "nghị quyết trung ương", match["plenum_number"]
    if match["full"]:
        return _kind_of(match["full_kind"]), re.split(r"\D", match["symbol"])[0].lstrip("0")
    if match["short"]:
        return _kind_of(match["short_kind"]), match["number"].lstrip("0")
    return None


def _short_is_certain(plain: str, match: re.Match[str]) -> bool:
    """ "quyết định 5 nội dung" is no citation; "Nghị định 04" is one."""
    if match["year"] or match["said_year"]:
        return True
    kind = _kind_of(match["short_kind"])
    if match["of_party"] and kind in _OF_PARTY:
        return True
    if kind in ("quyết định", "kế hoạch", "quy định", "hướng dẫn", "chương trình", "thông tư"):
        return False
    if "số" in match[0] or kind in ("nghị định", "pháp lệnh"):
        return True
    follows = plain[match.end() : match.end() + 2]
    return bool(re.match(r"[,;:.)]|$|\n", follows.strip() or "\n"))


def _canonical(match: re.Match[str], day: dt.date | None) -> str | None:
    if match["constitution"]:
        year = re.search(r"\d{4}", match["constitution"])
        return f"Hiến pháp {year[0]}" if year else None
    if match["law_symbol"] or match["bare_law"]:
        return str(match["law_symbol"] or match["bare_law"]).upper()
    if match["law"]:
        return _law(match, day)
    if match["democracy"]:
        return "34/2007/PL-UBTVQH11"
    if match["plenum"]:
        return _plenum(match)
    if match["committee"]:
        return f"{int(match['committee_number']):02d}-NQ/TW"
    if match["full"]:
        return _symbol(match["symbol"])
    return _by_number(match, day)


def _law(match: re.Match[str], day: dt.date | None) -> str | None:
    words = match["law"]
    kind = "bộ luật" if words.startswith("bộ luật") else "luật"
    found = [
        i
        for i in INSTRUMENTS
        if i.kind == kind and i.name and re.search(rf"luật +(?:{spaced(i.name)})", words)
    ]
    if match["law_year"]:
        dated = [i for i in found if i.year == match["law_year"]]
        if dated:
            return dated[0].symbol
    return _in_force(found, day)


def _in_force(found: list[Instrument], day: dt.date | None) -> str | None:
    """The one in force on ``day``; with no day, the only one there is."""
    if len(found) > 1 and day is not None:
        found = [i for i in found if i.since <= day <= i.until] or found
    return found[0].symbol if len(found) == 1 else None


def _plenum(match: re.Match[str]) -> str | None:
    name = f"{match['plenum_number']} (khóa {match['term']})"
    for instrument in INSTRUMENTS:
        if instrument.kind == "nghị quyết trung ương" and re.fullmatch(instrument.name, name):
            return instrument.symbol
    return None


def _symbol(written: str) -> str:
    """ "09- nq/tu" is "09-NQ/TU"; the mixed cases of TTg, TTr and CTr are kept."""
    compact = re.sub(r" ?- ?", "-", written).upper()
    for mixed in ("TTg", "TTr", "CTr", "QĐi", "BCĐ"):
        compact = re.sub(rf"(?<=[-/]){mixed.upper()}(?=$|[-/])", mixed, compact)
    head = re.match(r"(\d+)([-/].*)", compact)
    return f"{int(head[1]):02d}{head[2]}" if head and len(head[1]) < 2 else compact


def _by_number(match: re.Match[str], day: dt.date | None) -> str | None:
    kind = _kind_of(match["short_kind"])
    number = match["number"].lstrip("0")
    year = match["year"] or match["said_year"]
    if match["of_party"] and not year and kind in _OF_PARTY:
        return _of_party(kind, number)
    found = [i for i in INSTRUMENTS if i.kind == kind and i.number == number]
    if year:
        dated = [i for i in found if i.year == year]
        if dated:
            return dated[0].symbol
        suffix = {"nghị định": "NĐ-CP"}.get(kind)
        return f"{int(number):02d}/{year}/{suffix}" if suffix and number else None
    if day is not None:
        found = [i for i in found if i.since <= day <= i.until]
    return found[0].symbol if len(found) == 1 else None
