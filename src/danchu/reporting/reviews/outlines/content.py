"""The outline of one layout and level as plain data that can be kept, changed and compared.

Only these fields, and nothing that runs::

    subject, basis, opening, closing   lines: vi, en, valid_from, valid_to
    sections   id, title_vi, title_en, valid_from, valid_to, findings, empty_vi, empty_en,
               sentences, children
    sentences  id, vi, en, needs, unless, apart, none_vi, none_en
    annexes    id, title_vi, title_en, columns

Days are "2026-07-01" or None. Numbers of headings are not kept: they follow from the order.
English may be left empty; the Vietnamese words then stand in its place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from danchu.core.errors import BadInput
from danchu.core.text import at_the_door

from ..outline import Literal, Optional, Slot, parse, shipped_layouts

LAYOUTS = ("state", "party")
LEVELS = ("commune", "district", "province")
FINDINGS = ("achievement", "limitation", "cause", "task", "recommendation")
LINES = ("subject", "basis", "opening", "closing")
DEEPEST = 3
MOST_BYTES = 300_000
MOST_SECTIONS = 120
MOST_SENTENCES = 60  # of one section
MOST_LINES = 20  # of one part
MOST_ANNEXES = 30
MOST_COLUMNS = 12
LONGEST = 1_000  # characters of a sentence
LONGEST_TITLE = 300

Content = dict[str, Any]
_ID = re.compile(r"[a-z0-9_]{1,60}")


class Unfit(BadInput):
    """A part of an outline that cannot be kept; the sentence begins with its place."""

    default_code = "unfit_outline"

    def __init__(self, place: tuple[str, str], vi: str, en: str) -> None:
        super().__init__(f"{place[0]}: {vi}", f"{place[1]}: {en}")


def shipped_content(layout: str, level: str) -> Content:
    """The outline as it came with the release, for one level."""
    whole = shipped_layouts()[layout]
    lines = {part: _lines_of_level(whole[part], level) for part in LINES}
    return tidy({**whole, **lines, "sections": _of_level(whole["sections"], level)})


def _lines_of_level(rows: list[dict[str, Any]], level: str) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in row.items() if key != "levels"}
        for row in rows
        if level in (row.get("levels") or [level])
    ]


def _of_level(rows: list[dict[str, Any]], level: str) -> list[dict[str, Any]]:
    kept = []
    for row in rows:
        if level in (row.get("levels") or [level]):
            one = {key: value for key, value in row.items() if key != "levels"}
            kept.append({**one, "children": _of_level(row.get("children") or [], level)})
    return kept


def digest_of(content: Content) -> str:
    """SHA-256 of the content: the same for the same outline, whoever wrote it."""
    return hashlib.sha256(as_file(content)).hexdigest()


def as_file(content: Content) -> bytes:
    """The content as one JSON file, keys in order."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def from_file(data: bytes) -> Content:
    """The content of a file that somebody sends. Raises ``BadInput`` (field "file")."""
    if len(data) > MOST_BYTES:
        raise BadInput(
            f"Tệp lớn hơn {MOST_BYTES // 1000} kB; đề cương không dài đến thế.",
            f"The file has more than {MOST_BYTES // 1000} kB; no outline is that long.",
            field="file",
        )
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise BadInput(
            "Tệp không phải là đề cương tải từ hệ thống (JSON).",
            "The file is no outline taken from the system (JSON).",
            field="file",
        ) from None
    try:
        made = tidy(raw)
        _require_told_apart(made)
    except Unfit as told:
        told.field = "file"
        raise
    return made


def _require_told_apart(content: Content) -> None:
    """Raise :class:`Unfit` for a file without a section, or with one id twice."""
    whole = ("Tệp", "The file")
    sections = list(walk(content["sections"]))
    if not sections:
        raise Unfit(whole, "không có mục nào của đề cương.", "has no section of an outline.")
    ids = (
        ("mục", "section", [row["id"] for row in sections]),
        ("câu", "sentence", [s["id"] for row in sections for s in row["sentences"]]),
        ("biểu", "table", [row["id"] for row in content["annexes"]]),
    )
    for vi, en, named in ids:
        twice = next((one for one in named if named.count(one) > 1), None)
        if twice is not None:
            raise Unfit(
                whole,
                f"hai {vi} cùng mã “{twice}”. Mỗi {vi} một mã.",
                f"two {en}s have the id “{twice}”. Each has its own.",
            )


def tidy(raw: object) -> Content:
    """The content with every field in its form. Raises :class:`Unfit` with the place."""
    whole = ("Đề cương", "The outline")
    row = _fields(raw, {*LINES, "sections", "annexes"}, whole)
    made: Content = {
        part: [
            tidy_line(one, (f"{LINE_NAMES[part][0]}, dòng {n}", f"{LINE_NAMES[part][1]}, line {n}"))
            for n, one in enumerate(_list(row.get(part), MOST_LINES, whole), 1)
        ]
        for part in LINES
    }
    made["sections"] = _sections(row.get("sections"), 1, whole)
    made["annexes"] = [
        _annex(one, n) for n, one in enumerate(_list(row.get("annexes"), MOST_ANNEXES, whole), 1)
    ]
    if sum(1 for _ in walk(made["sections"])) > MOST_SECTIONS:
        raise Unfit(whole, f"nhiều nhất {MOST_SECTIONS} mục.", f"at most {MOST_SECTIONS} sections.")
    if len(as_file(made)) > MOST_BYTES:
        raise Unfit(whole, "quá dài.", "too long.")
    return made


LINE_NAMES = {
    "subject": ("Trích yếu", "The subject"),
    "basis": ("Căn cứ", "The legal bases"),
    "opening": ("Lời mở đầu", "The opening"),
    "closing": ("Lời kết", "The closing"),
}


def _sections(raw: object, depth: int, place: tuple[str, str]) -> list[dict[str, Any]]:
    rows = _list(raw, MOST_SECTIONS, place)
    if rows and depth > DEEPEST:
        raise Unfit(
            place, f"chỉ chia đến {DEEPEST} cấp đề mục.", f"headings go {DEEPEST} levels deep."
        )
    return [tidy_section(row, n, depth) for n, row in enumerate(rows, 1)]


def tidy_section(raw: object, n: int = 1, depth: int = 1) -> dict[str, Any]:
    """One section with all below it."""
    place = (f"Mục thứ {n} ở cấp {depth}", f"Section {n} at level {depth}")
    row = _fields(
        raw,
        {
            "id",
            "title_vi",
            "title_en",
            "valid_from",
            "valid_to",
            "findings",
            "empty_vi",
            "empty_en",
            "sentences",
            "children",
        },
        place,
    )
    title = _text(row.get("title_vi"), LONGEST_TITLE, place)
    if not title:
        raise Unfit(place, "chưa có tên mục.", "there is no heading.")
    place = section_place({"title_vi": title, "title_en": str(row.get("title_en") or "")})
    findings = row.get("findings") or []
    named = [findings] if isinstance(findings, str) else _list(findings, len(FINDINGS), place)
    for kind in named:
        if kind not in FINDINGS:
            raise Unfit(place, f"không có loại nhận xét “{kind}”.", f"no kind of finding “{kind}”.")
    first, last = _days(row, place)
    return {
        "id": _id(row.get("id"), place),
        "title_vi": title,
        "title_en": _text(row.get("title_en"), LONGEST_TITLE, place),
        "valid_from": first,
        "valid_to": last,
        "findings": named,
        "empty_vi": _text(row.get("empty_vi"), LONGEST, place),
        "empty_en": _text(row.get("empty_en"), LONGEST, place),
        "sentences": [
            tidy_sentence(one, n, place)
            for n, one in enumerate(_list(row.get("sentences"), MOST_SENTENCES, place), 1)
        ],
        "children": _sections(row.get("children"), depth + 1, place),
    }


def tidy_sentence(raw: object, n: int, section: tuple[str, str]) -> dict[str, Any]:
    """One sentence; what it always prints is among what it needs."""
    place = (f"{section[0]}, câu {n}", f"{section[1]}, sentence {n}")
    row = _fields(raw, {"id", "vi", "en", "needs", "unless", "apart", "none_vi", "none_en"}, place)
    vi, en = (_text(row.get(name), LONGEST, place) for name in ("vi", "en"))
    if not vi:
        raise Unfit(place, "chưa có câu tiếng Việt.", "there is no Vietnamese sentence.")
    always: list[str] = []
    for words in (vi, en):
        try:
            always += [part.key for part in parse(words) if isinstance(part, Slot)]
        except ValueError:
            raise Unfit(
                place,
                "dấu [[ và ]] phải đi thành cặp, không lồng nhau; tổng {a+b} đứng cùng {a} và {b} "
                "trong một phần [[ ]].",
                "[[ and ]] come in pairs and not one in the other; a sum {a+b} stands beside {a} "
                "and {b} in one [[ ]].",
            ) from None
    named = (
        [_key(key, place) for key in _list(row.get(name), MOST_COLUMNS, place)]
        for name in ("needs", "unless")
    )
    needs, unless = named
    none_vi, none_en = (
        None if row.get(name) is None else _text(row[name], LONGEST, place)
        for name in ("none_vi", "none_en")
    )
    return {
        "id": _id(row.get("id"), place),
        "vi": vi,
        "en": en,
        "needs": list(dict.fromkeys([*needs, *always])),
        "unless": unless,
        "apart": bool(row.get("apart")),
        "none_vi": none_vi,
        "none_en": none_en or none_vi,
    }


def tidy_line(raw: object, place: tuple[str, str]) -> dict[str, Any]:
    """One line of the frame."""
    row = _fields(raw, {"vi", "en", "valid_from", "valid_to"}, place)
    vi = _text(row.get("vi"), LONGEST, place)
    if not vi:
        raise Unfit(place, "để trống.", "is empty.")
    first, last = _days(row, place)
    return {
        "vi": vi,
        "en": _text(row.get("en"), LONGEST, place),
        "valid_from": first,
        "valid_to": last,
    }


def _annex(raw: object, n: int) -> dict[str, Any]:
    place = (f"Biểu phụ lục {n}", f"Annex table {n}")
    row = _fields(raw, {"id", "title_vi", "title_en", "columns"}, place)
    title = _text(row.get("title_vi"), LONGEST_TITLE, place)
    if not title:
        raise Unfit(place, "chưa có tên biểu.", "there is no title.")
    return {
        "id": _id(row.get("id"), place),
        "title_vi": title,
        "title_en": _text(row.get("title_en"), LONGEST_TITLE, place),
        "columns": [_key(key, place) for key in _list(row.get("columns"), MOST_COLUMNS, place)],
    }


def walk(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every section of these and below, in the order they are printed."""
    for row in rows:
        yield row
        yield from walk(row["children"])


def keys_in(text: str) -> list[str]:
    """The indicators a sentence prints, in their order."""
    return [
        part.key
        for outer in parse(text)
        for part in (outer.parts if isinstance(outer, Optional) else (outer,))
        if isinstance(part, Slot)
    ]


def words_in(text: str) -> str:
    """A sentence without its places."""
    return "".join(
        part.text
        for outer in parse(text)
        for part in (outer.parts if isinstance(outer, Optional) else (outer,))
        if isinstance(part, Literal)
    )


def section_place(row: Mapping[str, Any]) -> tuple[str, str]:
    """How a section is named to a person."""
    return f"Mục “{row['title_vi']}”", f"Section “{row['title_en'] or row['title_vi']}”"


def _fields(raw: object, known: Collection[str], place: tuple[str, str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Unfit(place, "không đúng dạng.", "is not of the right form.")
    for name in raw:
        if name not in known:
            shown = str(name)[:40]
            raise Unfit(place, f"không có thành phần “{shown}”.", f"there is no field “{shown}”.")
    return raw


def _list(raw: object, most: int, place: tuple[str, str]) -> list[Any]:
    rows = [] if raw is None else raw
    if not isinstance(rows, list | tuple):
        raise Unfit(place, "không đúng dạng.", "is not of the right form.")
    if len(rows) > most:
        raise Unfit(place, f"nhiều nhất {most} dòng.", f"at most {most} rows.")
    return list(rows)


def _text(raw: object, limit: int, place: tuple[str, str]) -> str:
    if raw is not None and not isinstance(raw, str):
        raise Unfit(place, "chữ ghi không đúng dạng.", "words are not of the right form.")
    text = " ".join(at_the_door(raw or "").split())
    if len(text) > limit:
        raise Unfit(place, f"dài hơn {limit} ký tự.", f"longer than {limit} characters.")
    return text


def _id(raw: object, place: tuple[str, str]) -> str:
    if not isinstance(raw, str) or not _ID.fullmatch(raw):
        raise Unfit(place, "mã không đúng dạng.", "the id is not of the right form.")
    return raw


def _key(raw: object, place: tuple[str, str]) -> str:
    if not isinstance(raw, str) or not _ID.fullmatch(raw):
        raise Unfit(
            place,
            f"“{str(raw)[:40]}” không phải mã chỉ tiêu.",
            f"“{str(raw)[:40]}” is no key of an indicator.",
        )
    return raw


def _days(row: Mapping[str, Any], place: tuple[str, str]) -> tuple[str | None, str | None]:
    days = []
    for name in ("valid_from", "valid_to"):
        value = row.get(name)
        if isinstance(value, dt.date):
            value = value.isoformat()
        if value is not None:
            try:
                value = dt.date.fromisoformat(value).isoformat()
            except (TypeError, ValueError):
                raise Unfit(place, "ngày không đúng.", "a day is not right.") from None
        days.append(value)
    first, last = days
    if first and last and last < first:
        raise Unfit(place, "ngày cuối trước ngày đầu.", "it ends before it begins.")
    return first, last
