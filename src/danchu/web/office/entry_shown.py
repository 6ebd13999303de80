"""The form of a round as its page takes it: cells in words, with what the checks say at each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import get_language, gettext

from danchu.core.contracts import Actor
from danchu.core.errors import Refusal
from danchu.reporting.checks.running import Finding
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.rounds.checked import findings_at_cells
from danchu.reporting.rounds.entering import CellTaken
from danchu.reporting.rounds.form import FormLine, FormView, exact_text
from danchu.reporting.rounds.models import FormValue
from danchu.web.design.templatetags.danchu import vdate, written

from .cells import clock_text, named, unit_of
from .entry_answers import Said
from .halves import halves_differ, halves_lack

NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of one cell: number, mark "does not apply", reason."""

    text: str
    not_applicable: bool
    reason: str

    @property
    def mark(self) -> str:
        """The three as one word, sent along so that a change can be told from what was shown."""
        return f"{self.text}|{'ka' if self.not_applicable else ''}|{self.reason}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a check says at a cell. ``touches``: the keys of all cells it is about."""

    says: str
    kind: str  # "block", "justify", "warn", or "justified"
    touches: tuple[str, ...]

    @property
    def what_to_do(self) -> str:
        """The word before the sentence."""
        return {
            "block": gettext("Phải sửa"),
            "justify": gettext("Sửa hoặc ghi lý do"),
            "justified": gettext("Đã có lý do"),
        }.get(self.kind, gettext("Xem lại"))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the form as it is drawn. ``refused``: what was wrong with what was typed."""

    line: FormLine
    name: str
    unit: str
    parts: tuple[tuple[FormLine, str], ...]
    halves_lack: str  # what keeps the accepted half-years from giving a figure
    shown: Typed
    standing: Typed
    version: str
    changed: str
    outside: str  # who outside the unit changed the cell last, and when; "" for its own officers
    said: tuple[Said, ...] = ()
    refused: str = ""
    theirs: str = ""  # what somebody else wrote meanwhile, in words
    complaints: tuple[Complaint, ...] = ()

    @property
    def is_opened(self) -> bool:
        """Whether the reason and "does not apply" stand open: used already, or asked for."""
        used = self.shown.not_applicable or bool(self.shown.reason)
        asks = any(complaint.kind == "justify" for complaint in self.complaints)
        return used or asks or bool(self.refused) or self.line.lacks_reason


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was typed into a cell and not taken, the version it was typed over, and why not."""

    typed: Typed
    version: str
    refusal: Refusal


def row_of(line: FormLine, lines: Mapping[str, FormLine], wrong: Wrong | None) -> Row:
    """A line as it is drawn; what was typed into it and not taken stands in its fields."""
    standing = _standing(line)
    meaning = line.meaning
    row = Row(
        line=line,
        name=named(meaning),
        unit=unit_of(meaning),
        parts=tuple((lines[key], named(lines[key].meaning)) for key in line.parts),
        halves_lack="" if line.typed else halves_lack(line),
        shown=standing,
        standing=standing,
        version=str(line.row_version),
        changed=clock_text(line.changed_at) if line.typed else "",
        outside=changed_outside(line),
    )
    if wrong is None:
        return row
    if isinstance(wrong.refusal, CellTaken):
        # Sent again, it is put over the value that is shown here beside it.
        return replace(
            row, shown=wrong.typed, theirs=theirs_in_words(wrong.refusal.theirs, meaning)
        )
    return replace(row, shown=wrong.typed, version=wrong.version, refused=str(wrong.refusal))


def _standing(line: FormLine) -> Typed:
    return Typed(line.text, line.state == NOT_APPLICABLE, line.reason)


def changed_outside(line: FormLine) -> str:
    """From which other unit the cell was changed last, and when; "" for the unit's own officers."""
    if not line.changed_from:
        return ""
    said = {"unit": line.changed_from, "at": vdate(line.changed_at, "time")}
    if line.typed:
        return gettext("Nhập từ đơn vị khác: %(unit)s, %(at)s.") % said
    return gettext("Bỏ số đã nhập, từ đơn vị khác: %(unit)s, %(at)s.") % said


def theirs_in_words(row: FormValue, meaning: Definition) -> str:
    """Who wrote what when, in words."""
    if row.state == NOT_APPLICABLE:
        value = gettext("không áp dụng")
    elif row.amount is None:
        value = gettext("để trống")
    else:
        value = written(exact_text(meaning, row.amount))
    return gettext("%(who)s đã ghi lúc %(at)s: %(value)s.") % {
        "who": row.changed_by.name if row.changed_by else gettext("Người khác"),
        "at": clock_text(row.changed_at),
        "value": value,
    }


def complaints_of(viewer: Actor, unit_id: int, form: FormView) -> dict[str, tuple[Complaint, ...]]:
    """key -> what is said at its cell; nothing for a form that is only read."""
    if not form.takes_values:
        return {}
    found: dict[str, list[Complaint]] = defaultdict(list)
    for line in form.lines:
        if line.taken_over and line.halves_differ:
            found[line.key].append(Complaint(halves_differ(line), "warn", (line.key,)))
    if viewer.may("figures.read", unit_id):
        for finding in findings_at_cells(viewer, unit_id, form):
            for key in finding.indicators:
                found[key].append(_complaint(finding))
    return {key: tuple(told) for key, told in found.items()}


def _complaint(finding: Finding) -> Complaint:
    justified = finding.severity == "justify" and finding.justified
    return Complaint(
        says=finding.sentence(get_language() or "vi"),
        kind="justified" if justified else finding.severity,
        touches=finding.indicators,
    )


def fields_of(line: FormLine) -> dict[str, object]:
    """What stands in the fields of one cell, for the script."""
    shown = _standing(line)
    return {
        "text": shown.text,
        "na": shown.not_applicable,
        "reason": shown.reason,
        "version": line.row_version,
        "mark": shown.mark,
        "typed": line.typed,
        "outside": changed_outside(line),
        "empty": line.state == "missing",
    }
