"""How derivations and rules are shown on the command line: as tables and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from danchu.core.calendar.days import DayRow, WorkdayResult
from danchu.core.calendar.words import Phrase, printed
from danchu.core.law.catalog import Rule, UnitKind
from danchu.core.law.citing import cited
from danchu.core.law.clock import Derivation
from danchu.core.law.events import EVENT_NAMES
from danchu.core.law.words import DEADLINE_UNIT_NAMES, MODE_NAMES, UNIT_KIND_NAMES, period_name

from .output import emit_table, language, tr, warn

# A longer run of days that all say the same is shown by its first and last line.
_LONGEST_RUN = 5


def duty_json(rule: Rule) -> dict[str, Any]:
    """One entry of ``law duties --json`` (INTERFACE)."""
    return {
        "id": rule.key,
        "instrument": rule.instrument.key,
        "article": rule.article or None,
        "mode": rule.mode,
        "title_vi": rule.title_vi,
        "title_en": rule.title_en,
        "days": rule.deadline_days,
        "days_unit": rule.deadline_unit,
        "posting_days": rule.posting_days,
        "period": rule.period or None,
        "threshold": rule.threshold_basis or None,
        "applies_from": rule.applies_from,
        "text_basis": rule.basis,
        "can_fail": rule.can_fail,
    }


def rule_json(rule: Rule) -> dict[str, Any]:
    """``law show --json``: every field of a rule."""
    extend = None
    if rule.extend_max is not None:
        extend = {"max_days": rule.extend_max, "times": rule.extend_times}
    confirmation = None
    if rule.confirmation:
        done = rule.confirmation
        confirmation = {
            "date": done.on,
            "officer": done.officer,
            "text": done.text_compared,
            "file": done.file_id,
        }
    return {
        **duty_json(rule),
        "unit_kind": rule.unit_kind,
        "number": rule.instrument.number or None,
        "instrument_title_vi": rule.instrument.title_vi,
        "days_if": dict(rule.days_if),
        "variant_of": rule.variant_of or None,
        "extend": extend,
        "threshold_fraction": str(rule.threshold) if rule.threshold else None,
        "applies_to": rule.applies_to,
        "supersedes": list(rule.supersedes),
        "superseded_by": list(rule.superseded_by),
        "group": rule.group or None,
        "confidence": rule.confidence,
        "date_confidence": rule.date_confidence or None,
        "text_basis_words": _said(rule.basis_words()),
        "confirmation": confirmation,
        "version": rule.version,
        "notes": rule.notes or None,
    }


def print_duties(rules: Sequence[Rule]) -> None:
    """The table of ``law duties``."""
    emit_table(
        [
            tr("Mã", "Id"),
            tr("Hình thức", "Mode"),
            tr("Nội dung", "What"),
            tr("Hạn", "Term"),
            tr("Niêm yết", "Posting"),
            tr("Áp dụng từ", "Applies from"),
            tr("Căn cứ", "Basis"),
            tr("Lời văn", "Text"),
        ],
        [
            [
                rule.key,
                _said(MODE_NAMES[rule.mode]),
                rule.title(language()),
                _term(rule),
                rule.posting_days,
                _begins(rule),
                _said(cited(rule)),
                _said(rule.basis_words()),
            ]
            for rule in rules
        ],
    )


def remarks_on_duties(
    rules: Sequence[Rule], kind: UnitKind, on: dt.date, first: dt.date | None
) -> None:
    """What the list of ``law duties`` cannot be sure of, on standard error.

    ``first``: the first day for which the catalogue knows rules of that kind.
    """
    if first is not None and on < first:
        warn(
            tr(
                f"Với {_said(UNIT_KIND_NAMES[kind])}, danh mục ghi quy định có từ "
                f"{printed(first)}; quy định trước ngày đó chưa được đưa vào.",
                f"For this kind of unit ({kind}) the catalogue knows rules from {printed(first)} "
                "on; what was asked before is not in it.",
            )
        )
    open_ones = sum(rule.applies_from is None for rule in rules)
    if open_ones:
        warn(
            tr(
                f"{open_ones} dòng ghi “chưa rõ” ở cột “Áp dụng từ”: chưa xác lập được ngày bắt "
                "đầu, có thể chưa áp dụng vào ngày này.",
                f"{open_ones} of these say “not known” under “Applies from”: when they began is "
                "not established, and they may not have applied on this day.",
            )
        )


def _begins(rule: Rule) -> str:
    return printed(rule.applies_from) if rule.applies_from else tr("chưa rõ", "not known")


def print_rule(rule: Rule) -> None:
    """One rule in full, a line for each field that says something."""
    facts = [
        (tr("Mã", "Id"), rule.key),
        (tr("Nội dung", "Title"), rule.title(language())),
        (tr("Văn bản", "Instrument"), rule.instrument.name),
        (tr("Điều", "Article"), rule.article),
        (tr("Loại hình", "Kind"), _said(UNIT_KIND_NAMES[rule.unit_kind])),
        (tr("Hình thức", "Mode"), _said(MODE_NAMES[rule.mode])),
        (tr("Hạn", "Term"), _term(rule)),
        (tr("Nếu có điều kiện", "Under conditions"), _conditions(rule)),
        (tr("Gia hạn", "Extension"), _extension(rule)),
        (tr("Niêm yết (ngày)", "Posting (days)"), rule.posting_days),
        (tr("Định kỳ", "Rhythm"), _said(period_name(rule.period))),
        (tr("Ngưỡng", "Threshold"), rule.threshold_basis),
        (tr("Áp dụng từ", "Applies from"), _begins(rule)),
        (tr("Áp dụng đến hết", "Applies to"), rule.applies_to and printed(rule.applies_to)),
        (tr("Thay cho", "Supersedes"), ", ".join(rule.supersedes)),
        (tr("Được thay bằng", "Superseded by"), ", ".join(rule.superseded_by)),
        (tr("Lời văn", "Text"), _said(rule.basis_words())),
        (tr("Mốc áp dụng", "Dates"), _dates(rule)),
        (tr("Dùng để", "Use"), _use(rule)),
        (tr("Ghi chú", "Notes"), rule.notes),
    ]
    width = max(len(name) for name, _ in facts)
    for name, value in facts:
        if value not in (None, ""):
            print(f"{name.ljust(width)}  {value}")


def print_workdays(result: WorkdayResult) -> None:
    """The day and how it was counted; remarks on standard error."""
    print(printed(result.date))
    _print_rows(result.rows)
    for warning in result.warnings:
        warn(_said(warning))


def print_derivation(derivation: Derivation) -> None:
    """The due day with its article, its text basis and every day; remarks on standard error."""
    rule = derivation.rule
    print(f"{rule.key}: {rule.title(language())}")
    print(f"{tr('Căn cứ', 'Basis')}: {_said(cited(rule))}")
    print(f"{tr('Lời văn', 'Text')}: {_said(rule.basis_words())}")
    start = printed(derivation.from_)
    match derivation.sense:
        case "before":
            first = tr(f"Ngày diễn ra: {start} (không tính)", f"Event on {start} (not counted)")
            last = tr("Ngày cuối còn kịp", "Last lawful day")
        case "minimum":
            first = tr(f"Từ ngày: {start} (không tính)", f"From {start} (not counted)")
            last = tr("Đủ thời gian khi hết ngày", "Complete at the end of")
        case _:
            first = tr(f"Từ ngày: {start} (không tính)", f"From {start} (not counted)")
            last = tr("Hạn cuối", "Due")
    print(first)
    for event in derivation.events[1:]:
        more = f" +{event.days}" if event.kind == "extend" else ""
        name = _said(EVENT_NAMES[event.kind])
        print(f"{name[:1].upper()}{name[1:]}: {printed(event.date)}{more}")
    due = printed(derivation.due) if derivation.due else tr("chưa có", "none")
    unit = _said(DEADLINE_UNIT_NAMES[derivation.unit])
    print(f"{last}: {due} ({derivation.days} {unit})")
    _print_rows(derivation.rows)
    calendar = tr(
        f"Lịch làm việc phiên bản {derivation.calendar_version}",
        f"Calendar version {derivation.calendar_version}",
    )
    kind = {
        "public": tr("khu vực công", "public sector"),
        "enterprise": tr("doanh nghiệp", "enterprise"),
    }[derivation.calendar_class]
    print(f"{calendar}, {kind}.")
    for warning in derivation.warnings:
        warn(_said(warning))


def _print_rows(rows: Sequence[DayRow]) -> None:
    headers = [tr("Thứ tự", "Day"), tr("Ngày", "Date"), tr("Vì sao", "Why")]
    emit_table(headers, list(_abbreviated(rows)))


def _abbreviated(rows: Sequence[DayRow]) -> Iterator[list[Any]]:
    for _, run in groupby(rows, _sameness):
        days = list(run)
        left_out = len(days) - 2 if len(days) > _LONGEST_RUN else 0
        for number, row in enumerate(days):
            if left_out and number == 1:
                yield ["…", "…", tr(f"{left_out} ngày như trên", f"{left_out} days likewise")]
            elif not left_out or number == len(days) - 1 or number == 0:
                yield [row.day, printed(row.date), _said(row.why)]


def _sameness(row: DayRow) -> str:
    """Ordinary counted days are alike whatever their weekday; others when their reason is."""
    ordinary = row.day is not None and not set("(;:") & set(row.why.vi)
    return "" if ordinary else row.why.vi


def _said(phrase: Phrase) -> str:
    return phrase.said(language())


def _term(rule: Rule) -> str:
    if rule.deadline_days is None or rule.deadline_unit is None:
        return _said(period_name(rule.period))
    return f"{rule.deadline_days} {_said(DEADLINE_UNIT_NAMES[rule.deadline_unit])}"


def _conditions(rule: Rule) -> str:
    names = {
        "complex": tr("phức tạp", "complex"),
        "remote": tr("vùng sâu, vùng xa", "remote area"),
        "complex_remote": tr("phức tạp, vùng sâu, vùng xa", "complex, remote area"),
    }
    return "; ".join(f"{names[key]}: {days}" for key, days in rule.days_if.items())


def _extension(rule: Rule) -> str:
    if rule.extend_max is None:
        return ""
    return tr(
        f"mỗi lần tối đa {rule.extend_max} ngày, {rule.extend_times} lần",
        f"at most {rule.extend_max} days at a time, {rule.extend_times} times",
    )


def _dates(rule: Rule) -> str:
    if rule.date_confidence != "recalled":
        return ""
    return tr("nhớ lại hoặc suy ra, cần đối chiếu", "recalled or inferred, to be checked")


def _use(rule: Rule) -> str:
    if rule.can_fail:
        return tr("được dùng để đánh giá", "may be used to judge a unit")
    return tr(
        "chỉ để khuyến nghị cho đến khi được đối chiếu",
        "advises only, until it is confirmed",
    )
