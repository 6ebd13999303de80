"""``danchu read`` and ``danchu check``: what the text of a report states, and whether it adds up.

Neither needs a database nor loads Django. An input that cannot be read has its own entry; the
others are answered all the same.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from danchu.core.errors import BadInput, Refusal
from danchu.core.text.normal import nfc
from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.reading.extraction import Reading, check_reading, extract_text, read_text
from danchu.reporting.reading.extraction.model import Check, Exact, Indicator, Json, PeriodRead
from danchu.reporting.reading.extraction.printing import printed
from danchu.reporting.reading.extraction.sources import documents_below
from danchu.reporting.reading.extraction.unit_words import UNIT_WORDS

from .checking import Against, against_database, against_nothing, require_both
from .output import add_json, emit_json, emit_table, language, tr, warn

_VERDICTS = {
    "ok": ("khớp", "ok"),
    "fail": ("KHÔNG KHỚP", "FAIL"),
    "not_checkable": ("không kiểm được", "not checkable"),
}
_KINDS = {
    "conference_review": ("hội nghị sơ kết, tổng kết", "review at a conference"),
    "inspection": ("kiểm tra", "inspection"),
    "dialogue": ("đối thoại", "dialogue"),
    "report": ("báo cáo", "report"),
    "other": ("loại khác", "other"),
}
_FINDINGS = (
    ("achievements", "Kết quả", "Achievements"),
    ("limitations", "Hạn chế", "Limitations"),
    ("tasks", "Nhiệm vụ, đề nghị", "Tasks"),
)
# What a check tries where its numbers belong to no indicator.
_TRIED = {
    "share": ("số trong câu: tỷ lệ", "numbers of the sentence: share"),
    "change": ("số trong câu: tăng, giảm", "numbers of the sentence: rise or fall"),
    "parts": ("số trong câu: tổng và các phần", "numbers of the sentence: whole and parts"),
    "remainder": ("số trong câu: số còn lại", "numbers of the sentence: remainder"),
    "units": ("số trong câu: hai đơn vị đo", "numbers of the sentence: two units"),
    "average": ("số trong câu: bình quân", "numbers of the sentence: average"),
    "repeat": ("số trong câu", "numbers of the sentence"),
}
# How many characters of its line stand around the number that is judged.
_WORDS_BEFORE, _WORDS_BEHIND = 40, 24
# A cell of the table for people; the JSON has the whole surface.
_SURFACE_WIDTH = 60


class _Unread:
    """An input that could not be read, and why."""

    def __init__(self, file: str, refusal: Refusal) -> None:
        self.file = file
        self.message = " ".join(refusal.in_language(language()).split())
        self.code = refusal.code


def add(commands: Any) -> None:
    """Add the two commands to the parser."""
    read = commands.add_parser(
        "read",
        help=tr("đọc số liệu trong văn bản báo cáo", "read the figures of reports"),
        description=tr(
            "Đọc DOCX, PDF, DOC, HTML, TXT, ODT hoặc cả thư mục; mỗi số kèm đúng câu chữ của nó.",
            "Reads DOCX, PDF, DOC, HTML, TXT, ODT or whole folders; each figure with its words.",
        ),
    )
    read.set_defaults(run=run_read)
    check = commands.add_parser(
        "check",
        help=tr("kiểm tra số liệu trong văn bản có khớp nhau", "check that stated figures agree"),
        description=tr(
            "Thử các phép tính của số liệu nêu trong văn bản; trả về 1 khi có chỗ không khớp.",
            "Tries the arithmetic of the figures a text states; exit status 1 when one fails.",
        ),
    )
    check.set_defaults(run=run_check)
    for parser in (read, check):
        parser.add_argument(
            "paths",
            nargs="+",
            metavar=tr("TỆP", "PATH"),
            help=tr("tệp hoặc thư mục", "files or folders"),
        )
    check.add_argument(
        "--unit",
        metavar=tr("MÃ", "CODE"),
        help=tr(
            "đối chiếu với số liệu đang có của đơn vị này (cùng với --period)",
            "hold the text against what is known of this unit (with --period)",
        ),
    )
    check.add_argument(
        "--period",
        metavar=tr("KỲ", "P"),
        help=tr("kỳ của báo cáo, ví dụ 2026H1", "the period of the report, such as 2026H1"),
    )
    add_json(read, check)


def run_read(options: argparse.Namespace) -> int:
    """Read every input; 1 when one could not be read."""
    answers = [answer for answer, _ in _readings(options.paths)]
    if options.json:
        emit_json([_reading_json(answer) for answer in answers])
    else:
        for answer in answers:
            _print_reading(answer)
    return int(any(isinstance(answer, _Unread) for answer in answers))


def run_check(options: argparse.Namespace) -> int:
    """Check every input; 1 when a figure disagrees or an input could not be read."""
    against: Against = against_nothing
    if require_both(options.unit, options.period):
        against = against_database(options.unit, options.period)
    checked = [
        (
            answer,
            [] if isinstance(answer, _Unread) else [*check_reading(answer), *against(text, answer)],
            text,
        )
        for answer, text in _readings(options.paths)
    ]
    if options.json:
        emit_json([_checks_json(answer, checks) for answer, checks, _ in checked])
    else:
        for answer, checks, text in checked:
            _print_checks(answer, checks, text)
    failed = any(check.verdict == "fail" for _, checks, _ in checked for check in checks)
    return int(failed or any(isinstance(answer, _Unread) for answer, *_ in checked))


def _readings(paths: list[str]) -> Iterator[tuple[Reading | _Unread, str]]:
    """What each input says, with its text as it was read."""
    for name in paths:
        if not name.strip():
            raise BadInput("Tên tệp để trống.", "A file name is empty.")
        path = Path(name)
        if not os.path.isdir(name):  # Path raises for a name that is too long
            yield _read(path, name)
            continue
        documents = documents_below(path)
        if not documents:
            empty = Refusal(
                f"{name}: thư mục không có văn bản nào đọc được (DOCX, PDF, DOC, HTML, TXT, ODT).",
                f"{name}: the folder holds no readable document (DOCX, PDF, DOC, HTML, TXT, ODT).",
                code="empty",
            )
            yield _Unread(name, empty), ""
        for document in documents:
            yield _read(document, str(document))


def _read(path: Path, name: str) -> tuple[Reading | _Unread, str]:
    try:
        source = extract_text(path)
        reading = read_text(source.text, name)
    except Refusal as refusal:
        return _Unread(name, refusal), ""
    except Exception as error:
        # One broken file must not take the others of a batch with it.
        if os.environ.get("DANCHU_DEBUG"):
            raise
        kind = type(error).__name__
        unexpected = Refusal(
            f"{path.name}: không đọc được vì lỗi chưa lường trước ({kind}: {error}). "
            "Gửi tệp cho người quản trị để xem lại.",
            f"{path.name}: could not be read because of an unexpected error ({kind}: {error}).",
            code="unexpected",
        )
        return _Unread(name, unexpected), ""
    # Offsets count the composed text.
    text = nfc(source.text)
    return replace(reading, warnings=(*source.warnings, *reading.warnings)), text


# -- JSON ---------------------------------------------------------------------------------------


def _reading_json(answer: Reading | _Unread) -> Json:
    if isinstance(answer, Reading):
        return answer.as_json()
    document = Reading(file=answer.file).as_json()
    document["doc_kind"] = None
    document["error"] = answer.message
    document["error_code"] = answer.code
    return document


def _checks_json(answer: Reading | _Unread, checks: list[Check]) -> Json:
    if isinstance(answer, _Unread):
        return {
            "file": answer.file,
            "figures": [],
            "checks": [],
            "error": answer.message,
            "error_code": answer.code,
        }
    return {
        "file": answer.file,
        "figures": [indicator.as_json() for indicator in answer.indicators],
        "checks": [check.as_json() for check in checks],
    }


# -- tables for people --------------------------------------------------------------------------


def _print_reading(answer: Reading | _Unread) -> None:
    print(answer.file)
    if isinstance(answer, _Unread):
        print(f"  {tr('Không đọc được', 'Not read')}: {answer.message}\n")
        return
    print(f"  {tr('Loại', 'Kind')}: {tr(*_KINDS[answer.doc_kind])}")
    unit = answer.unit
    where = ", ".join(part for part in (unit.name, unit.province) if part)
    if where:
        code = f" ({tr('mã', 'code')} {unit.code})" if unit.code else ""
        print(f"  {tr('Đơn vị', 'Unit')}: {where}{code}")
    if answer.period:
        print(f"  {tr('Kỳ', 'Period')}: {_span(answer.period)}")
    if answer.event_date:
        print(f"  {tr('Ngày', 'Day')}: {answer.event_date:%d/%m/%Y}")
    print()
    rows = [
        (
            _name(indicator.key),
            ("~" if indicator.approx else "") + _number(indicator.value),
            _number(indicator.denominator) if indicator.denominator is not None else "",
            _unit(indicator),
            _short(indicator.surface),
            f"{indicator.confidence:.2f}",
        )
        for indicator in answer.indicators
    ]
    emit_table(
        (
            tr("Chỉ tiêu", "Indicator"),
            tr("Giá trị", "Value"),
            tr("Trên", "Of"),
            tr("Đơn vị tính", "Unit"),
            tr("Câu chữ", "Words"),
            tr("Độ tin", "Confidence"),
        ),
        rows,
    )
    for attribute, vi, en in _FINDINGS:
        found = getattr(answer.findings, attribute)
        if found:
            print(f"\n  {tr(vi, en)}:")
            for finding in found:
                print(f"  - {' '.join(finding.surface.split())}")
    if answer.inconsistencies:
        print(f"\n  {tr('Chỗ không khớp', 'Disagreements')}:")
        for found in answer.inconsistencies:
            print(f"  ! {tr(found.message_vi, found.message_en)}")
    for warning in answer.warnings:
        warn(f"{answer.file}: {warning}")
    print()


def _print_checks(answer: Reading | _Unread, checks: list[Check], text: str) -> None:
    print(answer.file)
    if isinstance(answer, _Unread):
        print(f"  {tr('Không đọc được', 'Not read')}: {answer.message}\n")
        return
    if not checks:
        print(
            tr(
                "  Không có phép tính nào để kiểm: văn bản không nêu hai số liên quan với nhau.",
                "  Nothing to check: the text states no two figures that belong together.",
            )
        )
    else:
        emit_table(
            (
                tr("Kết quả", "Verdict"),
                tr("Chỉ tiêu", "Indicators"),
                tr("Câu chữ", "Words"),
                tr("Lý do", "Reason"),
            ),
            [
                (
                    tr(*_VERDICTS[check.verdict]),
                    _name(check.indicators[0]) if check.indicators else _of_sentence(check),
                    _where(text, check),
                    tr(check.message_vi, check.message_en),
                )
                for check in checks
            ],
        )
    print()


def _of_sentence(check: Check) -> str:
    """What is tried where no indicator of the dictionary is known to stand there."""
    return tr(*_TRIED.get(check.rule, _TRIED["repeat"]))


def _where(text: str, check: Check) -> str:
    """The words of the text around the number that is judged, on one line."""
    if not check.spans:
        return ""
    start, end = check.spans[0]
    line = text.rfind("\n", 0, start) + 1
    begin = max(line, start - _WORDS_BEFORE)
    if begin > line:
        # No half word at the beginning.
        begin = min(text.find(" ", begin, start) + 1 or begin, start)
    stop = text.find("\n", end)
    behind = text[end : len(text) if stop < 0 else stop][:_WORDS_BEHIND].rsplit(" ", 1)[0]
    words = " ".join((text[begin:end] + behind).split())
    return f"{'…' if begin > line else ''}{words}"


def _number(value: Exact) -> str:
    """A number as the language writes it: "4.984" and "95,81", in English "4,984" and "95.81"."""
    return tr(printed(value), printed(value).translate(str.maketrans(".,", ",.")))


def _name(key: str) -> str:
    definition = shipped().get(key)
    if definition is None:
        return key
    return tr(definition.name_vi, definition.name_en)


def _unit(indicator: Indicator) -> str:
    """The unit in words: those of the dictionary where the figure has the unit it gives."""
    definition = shipped().get(indicator.key)
    if definition is not None and definition.unit == indicator.unit:
        return tr(definition.unit_vi, definition.unit_en)
    return tr(*UNIT_WORDS[indicator.unit])


def _short(surface: str) -> str:
    words = " ".join(surface.split())
    return words if len(words) <= _SURFACE_WIDTH else words[: _SURFACE_WIDTH - 1] + "…"


def _span(period: PeriodRead) -> str:
    return f"{period.start:%d/%m/%Y} - {period.end:%d/%m/%Y}"
