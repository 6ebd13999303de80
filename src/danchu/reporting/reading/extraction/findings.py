"""Achievements, limitations and tasks: whole clauses, told by headings and by cue phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .achieving import SHORTEST, achieves, after_opener, counts_in, is_draft
from .lacking import (
    LIMIT_HEADING,
    LIMIT_WORD,
    TURNS_TO_LIMITS,
    is_lacking,
    is_limited,
    lists_limits,
)
from .lexicon.rule import OWN_PROPOSAL
from .matching import last_match
from .model import Finding, Findings
from .openings import words_in
from .segments import Document, Line
from .sought import Sought

Label = Literal["achievements", "limitations", "tasks"]

# A longer clause is no single finding.
_LONGEST = 450

_TASK_HEADING = Sought(
    rf"(?<!\w)(?:nhiệm vụ|phương hướng|giải pháp|{OWN_PROPOSAL}|đề xuất|đề nghị|hướng năm"
    r"|kế hoạch|thời gian tới)(?!\w)"
)
_RESULT_HEADING = Sought(
    r"(?<!\w)(?:kết quả|ưu điểm|đạt được|thành tích|thuận lợi|đánh giá chung|nhận xét)(?!\w)"
)

_TURNS_TO_TASKS = Sought(
    r"(?<!\w)(?:(?<!các )(?<!những )(?<!ý kiến )(?<!được )(?<!hoặc )(?<!hộ )đề nghị"
    r"(?! của| thanh toán| và (?:được|đã))"
    r"|(?<!các )(?<!theo )(?<!những )(?<!đáp ứng )(?<!trong khi )yêu cầu"
    r"(?! của| công| về| các đơn vị đã| \d)"
    r"|kiến nghị:|(?:phương )?hướng (?:năm|tháng|quý|kỳ|tới)[^:;.\n]{0,20}:"
    r"|thời gian tới|trong những tháng cuối năm|nhiệm vụ trong thời gian"
    r"|chỉ đạo(?= (?:\w+ ){2,6}(?:cho|tăng|đẩy|tiếp|công bố))|(?<!đáng )lưu ý|nhắc nhở"
    r"|(?<!không )(?<!mà )đòi hỏi)(?=\W|$)"
)
_TASK_VERB = (
    r"(?:tiếp tục|tăng cường|đẩy mạnh|nâng cao|củng cố|kiện toàn|chú trọng|tập trung|phát huy"
    r"|triển khai|rà soát"
    r"|thực hiện|duy trì|quan tâm|phối hợp|chỉ đạo|tổ chức|bổ sung|xây dựng|hoàn thành|hoàn thiện"
    r"|kiểm tra|làm tốt"
    r"|bồi dưỡng|báo cáo|bố trí|mở|phân công|đổi mới|giải quyết|khắc phục|chấn chỉnh|sớm|cử|dành"
    r"|công bố|đảm bảo|bảo đảm)"
)
_NEXT_TASK = Sought(r", (?:và |đồng thời )?(?=(?:cần|phải|tiếp tục) \w)")
_ASKS = re.compile(rf"^(?:[^,:]{{0,60}}(?<!\w))?(?:cần|phải|sẽ|không|{_TASK_VERB})(?!\w)")
_MUST = Sought(rf"(?<!\w)(?:cần|phải|sẽ) (?:\w+ )?{_TASK_VERB}(?!\w)")
# "…, tuy nhiên X", "Thanh tra thừa nhận X": the limitation is X.
_SAID_OF_LIMITS = Sought(
    r"(?:, (?:tuy nhiên|song|nhưng|nên)|(?<!\w)(?:cho biết|thừa nhận|cho rằng|đánh giá"
    r"|phản ánh|nhìn nhận|thẳng thắn|chỉ ra|thực tế cho thấy|lưu ý là|phát hiện))[,:]? (?=\w)"
)
_LEADS_IN = re.compile(r"[^:;\n]{12,170}: (?!\")")
_SPEECH = Sought(
    r"(?<!\w)(?:cho biết|khẳng định|phát biểu|chia sẻ|theo ông|theo bà"
    r"|nói(?! (?:ra|trước|sau|chung|riêng|lên))"
    r"|trả lời(?! (?:cử tri|kiến nghị|ý kiến|người dân|chung|chậm|lòng)))(?!\w)"
)
_NOISE = re.compile(
    r"(?<!\w)(?:ảnh:|ảnh|nguồn:|bình luận|email|quang cảnh|toàn cảnh|trang chủ|đã xem"
    r"|tin mới)(?!\w)"
)
_LISTED = re.compile(r"(?<!\w)(?:như|gồm|đó là|cụ thể|sau)(?: sau| là)?:|:")
_FIRST_WORDS = re.compile(
    r"^(?:\s|[-–•+*●▪,;:.\"'“”)(]|và (?=\w)|đồng thời,? |trong đó,? |theo đó,? |bên cạnh đó,? "
    r"|song song với đó,? "
    r"|do đó,? |ngoài ra,? |cùng với đó,? |tuy (?:nhiên|vậy|thế),? |dù vậy,? |song,? "
    r"|\(?\d{1,2}[.)] |[a-hđ]\) )+"
)


@dataclass(slots=True)
class _State:
    heading: Label | None = None
    turn: Label | None = None
    turned_line: int = -1
    listed: bool = False
    lists_limits: bool = False
    found: dict[Label, list[Finding]] = field(
        default_factory=lambda: {"achievements": [], "limitations": [], "tasks": []}
    )


def read_findings(document: Document) -> Findings:
    """The findings of ``document`` in the order of the text."""
    state = _State()
    seen: set[str] = set()
    drafted = is_draft(document.plain)
    headings: dict[tuple[int, int], Label | None] = {}
    looked_at, is_prose = -1, False
    for sentence in document.sentences:
        line = document.line_of(sentence)
        if sentence.line != looked_at:
            looked_at = sentence.line
            is_prose = not (line.is_heading or looked_at == 0 or _is_no_prose(document, line))
            if is_prose and _RECEIVERS.match(document.plain[line.start : line.end]):
                break
        if not is_prose:
            continue
        if state.turned_line != sentence.line:
            state.turn = None
        state.heading = _heading_label(document, line, headings)
        state.listed = 3 <= line.rank <= 6
        state.lists_limits = lists_limits(document.plain[sentence.start : sentence.end])
        for start, end in _clauses(document, sentence.start, sentence.end):
            carried = state.turn
            said = words_in(document.plain[start:end])
            state.turn, begin = _turn(document, state, start, end, said)
            if carried == state.turn == "tasks" and begin == start == sentence.start:
                # What was asked ends where a sentence tells of something else.
                state.turn = "tasks" if _ASKS.match(document.plain[start:end]) else None
            if state.turn:
                state.turned_line = sentence.line
            led = _after_lead_in(document, begin, end)
            whole = (begin, led)
            start, end = _trimmed(document, led, end)
            # What is left out by now ends with a word, so no word is left that was not said.
            label = _label(document, state, start, end, said)
            if label is None and begin < led and state.turn is None:
                # "Cải cách hành chính đạt nhiều kết quả: đã tiếp nhận 4.984 hồ sơ …"
                told = _trimmed(document, *whole)
                if achieves(document.plain[slice(*told)], said) and (
                    _label(document, state, *told, said) == "achievements"
                ):
                    label, (start, end) = "achievements", told
            if label == "achievements" and drafted:
                label = None
            if label == "achievements":
                start = after_opener(document.plain, start, end)
            if label == "limitations":
                start = _limitation_from(document, start, end)
            parts = _asked_one_by_one(document, start, end) if label == "tasks" else [(start, end)]
            for part_start, part_end in parts:
                words = document.plain[part_start:part_end]
                if label is not None and words not in seen:
                    seen.add(words)
                    found = Finding(document.text[part_start:part_end], part_start, part_end)
                    state.found[label].append(found)
    return Findings(
        achievements=tuple(state.found["achievements"]),
        limitations=tuple(state.found["limitations"]),
        tasks=tuple(state.found["tasks"]),
    )


# What stands below is addresses and names.
_RECEIVERS = re.compile(
    r"^\W*(?:nơi nhận|(?:t/?m|k/?t|t/?l|tuq|q)[./ ] ?(?:ban|ủy|chủ|trưởng|phó|giám|ủy viên))"
    r"|^[^.;]{0,60}\(b/c\)"
)
_PASSIVE = re.compile(r"(?<!\w)(?:được|do) (?:\w+ ){1,4}(?:đề nghị|yêu cầu)$")
_DIGIT = re.compile(r"\d")
_KEYWORDS = re.compile(r"[^\W\d],[^\W\d]")


def _is_no_prose(document: Document, line: Line) -> bool:
    """Rows of tables, lists of keywords, captions and titles without a full stop."""
    text = document.text[line.start : line.end]
    if "|" in text or (text.count(",") >= 4 and len(_KEYWORDS.findall(text)) >= 4):
        return True
    ends = text.rstrip()[-1:] in '.;:…”")/'
    return not ends and line.rank > 6 and len(text) < 140


def _heading_label(
    document: Document, line: Line, known: dict[tuple[int, int], Label | None]
) -> Label | None:
    """What the headings of a line say of it; ``known`` are those looked at before."""
    for heading in reversed(line.headings):
        if heading not in known:
            known[heading] = _said_by(document.plain[slice(*heading)])
        if (label := known[heading]) is not None:
            return label
    return None


def _said_by(heading: str) -> Label | None:
    if LIMIT_HEADING.search(heading):
        return "limitations"
    if _RESULT_HEADING.search(heading):
        return "achievements"
    return "tasks" if _TASK_HEADING.search(heading) else None


def _clauses(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a sentence between semicolons."""
    begin = start
    while (stop := document.plain.find(";", begin, end)) >= 0:
        yield begin, stop
        begin = stop + 1
    yield begin, end


def _asked_one_by_one(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of what is asked: "cần A, cần B, tiếp tục C" asks three things."""
    begin = start
    for match in _NEXT_TASK.finditer(document.plain, start, end):
        if match.start() - begin >= SHORTEST and end - match.end() >= SHORTEST:
            yield begin, match.start()
            begin = match.end()
    yield begin, end


def _after_lead_in(document: Document, start: int, end: int) -> int:
    """Where the finding begins after words like "Kết quả nổi bật là: "."""
    colon = _LEADS_IN.match(document.plain, start, end)
    return colon.end() if colon and end - colon.end() >= SHORTEST else start


def _limitation_from(document: Document, start: int, end: int) -> int:
    """Where the limitation begins after what leads to it, if it alone is limited."""
    begin = start
    for match in _SAID_OF_LIMITS.finditer(document.plain, start, end):
        rest = document.plain[match.end() : end]
        before = LIMIT_WORD.search(document.plain, start, match.start())
        if len(rest) >= SHORTEST and not before and LIMIT_WORD.search(rest):
            begin = match.end()
    return begin


def _turn(
    document: Document, state: _State, start: int, end: int, said: frozenset[str]
) -> tuple[Label | None, int]:
    """What the text has turned to within its paragraph, and where the finding begins.

    ``said`` are the words of the clause.
    """
    plain = document.plain
    task = limit = None
    if _TURNS_TO_TASKS.may_be_among(said):
        task = last_match(_TURNS_TO_TASKS.compiled, plain, start, end)
    if task is not None and _PASSIVE.search(plain[start : task.end()]):
        # "theo mẫu được phường đề nghị": somebody was asked, nothing is asked.
        task = None
    if TURNS_TO_LIMITS.may_be_among(said):
        limit = TURNS_TO_LIMITS.compiled.search(plain, start, end)
    if task is not None and not (limit and limit.start() > task.start()):
        begin = task.end()
        colon = plain.find(":", begin, min(begin + 90, end))
        if 0 <= colon < end - SHORTEST:
            begin = colon + 1
        if end - begin < SHORTEST:
            begin = start
        return "tasks", begin
    if limit is not None:
        listed = _LISTED.search(plain, limit.start(), end)
        begin = listed.end() if listed and end - listed.end() >= SHORTEST else start
        return "limitations", begin
    return state.turn, start


def _trimmed(document: Document, start: int, end: int) -> tuple[int, int]:
    first = _FIRST_WORDS.match(document.plain[start:end])
    if first:
        start += first.end()
    while end > start and document.text[end - 1] in ' .;,:!…/\n"”)':
        if document.text[end - 1] == ")" and "(" in document.text[start:end]:
            break
        end -= 1
    return start, end


def _label(
    document: Document, state: _State, start: int, end: int, said: frozenset[str]
) -> Label | None:
    length = end - start
    if not SHORTEST <= length <= _LONGEST:
        return None
    words = document.plain[start:end]
    if _NOISE.match(words):
        return None
    limited = is_limited(words, said)
    digits = len(_DIGIT.findall(words))
    if state.turn == "tasks" or state.heading == "tasks":
        return None if words.startswith("phấn đấu") and digits else "tasks"
    if state.turn == "limitations":
        listed = state.lists_limits and is_lacking(words, said)
        return "limitations" if limited or listed or state.heading == "limitations" else None
    if state.heading == "limitations":
        return "limitations"
    if _MUST.search_among(said, words) and not digits:
        return "tasks"
    if limited and not re.search(r"không còn|đã khắc phục|đã từng bước", words):
        calm = digits <= 2 and not _SPEECH.search_among(said, words)
        return "limitations" if calm and _REPORTS.search_among(said, words) else None
    point = state.heading == "achievements" and state.listed
    counts = counts_in(words)
    if counts > 2 or _SPEECH.search_among(said, words):
        return None
    # What only counts is a figure: "14/17 thôn đã sửa hương ước".
    achieved = (point and not counts) or achieves(words, said, counted=counts > 0)
    return "achievements" if achieved and document.text[end : end + 1] != "?" else None


_REPORTS = Sought(
    r"(?<!\w)(?:một số|nhiều|công tác|việc|cán bộ|chất lượng|tiến độ|thành viên|hồ sơ|tỷ lệ"
    r"|cấp ủy|tổ|ban|người dân|phần mềm|có nơi|có lúc|kinh phí|giám sát"
    r"|phần lớn|không ít|khối|quy chế|sổ|biên bản|mặt trận|có (?:phường|xã|thôn|đơn vị)"
    r"|(?:hai|ba|bốn|năm) đơn vị|vụ)(?!\w)"
)
