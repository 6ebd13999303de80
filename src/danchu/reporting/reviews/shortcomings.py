"""What a report lacks before it is frozen: told to the person, who freezes it knowing so."""

from __future__ import annotations

from dataclasses import dataclass

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.text import english_date, format_date

from .compose import Report
from .in_force import reports_in_force
from .readiness import readiness


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """One thing that is not as it should be; ``key`` is stable, the sentences are not."""

    key: str
    vi: str
    en: str


def shortcomings(viewer: Actor, report: Report) -> list[Shortcoming]:
    """Everything a signatory would ask about, in the order they would."""
    found: list[Shortcoming] = []
    if report.period.end >= today():
        end = report.period.end
        found.append(
            Shortcoming(
                "period_runs",
                f"Kỳ báo cáo chưa kết thúc (đến ngày {format_date(end)}).",
                f"The period has not ended yet (it runs to {english_date(end)}).",
            )
        )
    if report.round is not None and report.round.missing:
        names = ", ".join(line.name for line in report.round.missing)
        found.append(
            Shortcoming(
                "units_missing",
                f"{len(report.round.missing):02d} đơn vị chưa nộp số liệu: {names}.",
                _counted(len(report.round.missing), "unit has", "units have")
                + f" not handed in: {names}.",
            )
        )
    lacking = readiness(viewer, report).waiting
    if lacking:
        found.append(
            Shortcoming(
                "figures_missing",
                f"{lacking:02d} chỉ tiêu chưa có số liệu.",
                _counted(lacking, "indicator has", "indicators have") + " no value.",
            )
        )
    if not _assessed(report):
        found.append(
            Shortcoming(
                "not_assessed",
                "Chưa có đánh giá ưu điểm, hạn chế và nhiệm vụ thời gian tới.",
                "There is no assessment and there are no tasks yet.",
            )
        )
    elif _written(report) and _amends(report):
        found.append(
            Shortcoming(
                "findings_issued_before",
                "Đánh giá, nhiệm vụ viết cho báo cáo đã ban hành: xem lại từng ý còn đúng không.",
                "The findings were written for the issued report: look whether each still holds.",
            )
        )
    return found


def _amends(report: Report) -> bool:
    return reports_in_force().filter(unit_id=report.unit.id, period=report.period).exists()


def _written(report: Report) -> bool:
    return any(item.origin == "written" for section in report.sections for item in section.items)


def _assessed(report: Report) -> bool:
    """Whether anybody wrote a finding or one was read from a confirmed text."""
    return any(
        item.origin in ("written", "read") for section in report.sections for item in section.items
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
