"""The ledger of duties as its templates take it: lines and instances in words, with their tags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from danchu.core.contracts import Shape
from danchu.core.law.catalog import Rule
from danchu.reporting.duties.instances import Instance
from danchu.reporting.duties.ledger import Ledger, Line
from danchu.web.design.templatetags.danchu import head, vdate

from .law_words import (
    basis_in_short,
    basis_words,
    mode_name,
    rhythm_words,
    rule_cited,
    rule_title,
    said,
    state_name,
)

SOON = dt.timedelta(days=14)
# Rules whose periods are told by what was chosen for a content, or by its title.
NAMED_BY_TITLE = frozenset({"xa_ck_02"})
# Rules whose days are those of sessions that somebody writes down: without one nothing is known.
BY_SESSION = frozenset({"xa_ck_bc"})
# A schedule stands on the citizens' page by itself; that it hangs on the wall nobody wrote down.
ON_THE_PAGE_ALONE = frozenset({"tcd_lich"})
Tag = tuple[str, str, str]  # tone, words, icon


@dataclass(frozen=True, slots=True)
class LineShown:
    """A rule of the ledger in words. ``can_fail`` False: it only advises, told in ochre."""

    line: Line
    key: str
    title: str
    cited: str
    basis: str
    rhythm: str
    can_fail: bool
    is_advised: bool
    until: dt.date | None  # the last day of a rule that has ended
    needs_records: bool
    tags: tuple[Tag, ...]
    sentence: str
    next_words: str
    records: int


def line_shown(line: Line, ledger: Ledger) -> LineShown:
    """One line of the ledger."""
    rule = line.rule
    return LineShown(
        line=line,
        key=rule.key,
        title=rule_title(rule),
        cited=rule_cited(rule),
        basis=basis_in_short(rule),
        rhythm=rhythm_words(rule),
        can_fail=rule.can_fail,
        is_advised=bool(line.counts.advised),
        until=rule.applies_to if rule.applies_to and rule.applies_to < ledger.on else None,
        needs_records=not any(one.shape is Shape.STANDING for one in line.instances),
        tags=tuple(_tags(line, ledger)),
        sentence="" if ledger.on < ledger.first and not line.instances else _sentence(line),
        next_words=_next(line),
        records=line.records,
    )


def _tags(line: Line, ledger: Ledger) -> list[Tag]:
    counts, on = line.counts, ledger.on
    tags: list[Tag] = []
    if counts.late:
        tags.append(("late", head(_missing(line)), ""))
    if counts.advised:
        words = gettext("Nhắc: %(words)s") % {"words": _missing(line)}
        tags.append(("soon", words, "info-circle"))
    for words in _lasting(line):
        if line.rule.can_fail:
            tags.append(("late", head(words), ""))
        else:
            tags.append(("soon", gettext("Nhắc: %(words)s") % {"words": words}, "info-circle"))
    if counts.done_late:
        words = ngettext("Làm muộn: %(n)s việc", "Làm muộn: %(n)s việc", counts.done_late)
        tags.append(("idle", words % {"n": counts.done_late}, ""))
    if counts.open:
        due = min(
            (one.due_on for one in line.instances if one.state == "open" and one.due_on),
            default=None,
        )
        near = due is not None and due <= on + SOON
        tags.append(("soon" if near else "idle", gettext("Còn trong hạn"), "clock" if near else ""))
    if not tags and any(_on_the_page_alone(one) for one in line.instances):
        tags.append(("idle", gettext("Đã có lịch"), ""))
    if not tags and counts.done:
        tags.append(("done", gettext("Đã làm"), ""))
    if not tags and counts.unknown:
        tags.append(("idle", gettext("Chưa theo dõi"), ""))
    if not tags and (on < ledger.first or line.instances):  # all of them are still to come
        tags.append(("idle", gettext("Kỳ chưa bắt đầu"), ""))
    if not tags and line.rule.key in BY_SESSION:
        tags.append(("idle", gettext("Chưa biết hạn"), ""))
    if not tags:
        # Whether nothing arose nobody here can know; what was written down is all that is told.
        tags.append(("idle", gettext("Chưa ghi nhận phát sinh"), ""))
    return tags


def _on_the_page_alone(one: Instance) -> bool:
    return one.state == "done" and not one.record_ids and one.rule.key in ON_THE_PAGE_ALONE


def _lasting(line: Line) -> list[str]:
    """What was done, and hangs nowhere or did not hang long enough."""
    short = [one for one in line.instances if one.state == "short"]
    nowhere = sum(one.unposted for one in short)
    found = []
    if nowhere:
        words = ngettext("chưa niêm yết: %(n)s việc", "chưa niêm yết: %(n)s việc", nowhere)
        found.append(words % {"n": nowhere})
    if len(short) > nowhere:
        n = len(short) - nowhere
        words = ngettext("chưa đủ ngày: %(n)s việc", "chưa đủ ngày: %(n)s việc", n)
        found.append(words % {"n": n})
    return found


def _missing(line: Line) -> str:
    """What is missing, in words. A period that is over cannot be made good; a term still can."""
    found = []
    for shape in _shapes(line):
        n = sum(one.shape is shape and one.state == "late" for one in line.instances)
        if not n:
            continue
        if shape is Shape.STANDING:
            found.append(gettext("hôm nay chưa có"))
        elif shape is Shape.PERIODIC:
            found.append(ngettext("thiếu hồ sơ %(n)s kỳ", "thiếu hồ sơ %(n)s kỳ", n) % {"n": n})
        else:
            found.append(ngettext("quá hạn %(n)s việc", "quá hạn %(n)s việc", n) % {"n": n})
    return ", ".join(found)


def _shapes(line: Line) -> list[Shape]:
    """The shapes in which the duty comes: papers with a term, and one looked for each quarter."""
    return list(dict.fromkeys(one.shape for one in line.instances))


def _sentence(line: Line) -> str:
    if line.rule.key in BY_SESSION and not line.instances:
        return gettext(
            "Chưa ghi ngày kỳ họp thường lệ nào của Hội đồng nhân dân trong khoảng này nên chưa "
            "biết hạn báo cáo."
        )
    told = [one for one in line.instances if one.state not in ("ahead", "unknown")]
    parts = [(s, _told([one for one in told if one.shape is s])) for s in _shapes(line)]
    said_so = [(shape, words) for shape, words in parts if words]
    if len(said_so) < 2:
        return "".join(words for _shape, words in said_so)
    heads = {Shape.TERM: gettext("Từng văn bản"), Shape.PERIODIC: gettext("Từng kỳ")}
    return " ".join(f"{heads[shape]}: {words}" for shape, words in said_so)


def _told(told: Sequence[Instance]) -> str:
    """What is done of instances of one shape."""
    if not told:
        return ""
    if len(told) == 1:
        return instance_words(told[0])
    given = {"n": sum(one.state == "done" for one in told), "of": len(told)}
    if told[0].shape is Shape.PERIODIC:
        words = [gettext("Đã làm %(n)s/%(of)s kỳ.") % given]
    else:
        words = [gettext("Đã làm %(n)s/%(of)s việc.") % given]
    late = sum(one.state == "done_late" for one in told)
    if late:
        one_of = ngettext("%(n)s việc làm muộn.", "%(n)s việc làm muộn.", late)
        words.append(one_of % {"n": late})
    nowhere = sum(one.state == "short" and one.unposted for one in told)
    if nowhere:
        one_of = ngettext(
            "%(n)s việc chưa niêm yết nơi nào.", "%(n)s việc chưa niêm yết nơi nào.", nowhere
        )
        words.append(one_of % {"n": nowhere})
    short = sum(one.state == "short" for one in told) - nowhere
    if short:
        one_of = ngettext("%(n)s việc chưa đủ ngày.", "%(n)s việc chưa đủ ngày.", short)
        words.append(one_of % {"n": short})
    return " ".join(words)


def instance_words(one: Instance) -> str:
    """How one instance stands: what was done and when, what is missing and by when."""
    if one.shape is Shape.STANDING:
        if _on_the_page_alone(one):
            return gettext("Đã có lịch trên trang này; chưa có hồ sơ niêm yết.")
        if one.state == "done":
            return gettext("Đang có, từ ngày %(day)s.") % {"day": vdate(one.done_on)}
        return gettext("Hôm nay chưa có.") if one.state == "late" else ""
    if one.broken_off:
        return gettext("Công khai ngày %(day)s; niêm yết bị gỡ khi chưa đủ ngày.") % {
            "day": vdate(one.done_on)
        }
    if one.unposted and one.state == "short":
        return gettext("Đã đăng trên trang này ngày %(day)s, chưa niêm yết nơi nào.") % {
            "day": vdate(one.done_on)
        }
    if one.state == "done":
        return gettext("Đã làm ngày %(day)s.") % {"day": vdate(one.done_on or one.start)}
    if one.state == "done_late":
        words = gettext("Làm ngày %(day)s, sau hạn %(due)s.") % {
            "day": vdate(one.done_on),
            "due": vdate(one.due_on),
        }
        return " ".join([words, gettext("Chưa niêm yết nơi nào.")]) if one.unposted else words
    if one.state == "short":
        return gettext("Dừng ngày %(day)s, trước khi đủ thời gian (%(due)s).") % {
            "day": vdate(one.done_on),
            "due": vdate(one.due_on),
        }
    if one.state == "unknown":
        return gettext("Trước ngày đơn vị bắt đầu ghi việc ở đây.")
    if one.shape is Shape.PERIODIC and one.needed > 1:
        return gettext("Mới có %(n)s/%(of)s ngày.") % {"n": one.done, "of": one.needed}
    if one.shape is Shape.PERIODIC and one.rule.key in NAMED_BY_TITLE and one.state != "ahead":
        return gettext("Chưa thấy nội dung nào ghi là kết quả thực hiện %(period)s.") % {
            "period": said(one.label)
        }
    if one.state == "late" and one.shape is Shape.PERIODIC:
        return ""  # the tag says it
    return gettext("Chưa thấy hồ sơ.") if one.state != "ahead" else gettext("Chưa đến kỳ.")


def _next(line: Line) -> str:
    one = line.next
    if one is None or one.due_on is None:
        return ""
    return vdate(one.due_on)


def untracked_by_mode(rules: Sequence[Rule]) -> list[tuple[str, list[tuple[str, str, str, bool]]]]:
    """mode -> (title, article, text basis, whether it can fail) of rules no record shows."""
    found: dict[str, list[tuple[str, str, str, bool]]] = {}
    for rule in rules:
        found.setdefault(rule.mode, []).append(
            (rule_title(rule), rule_cited(rule), basis_words(rule), rule.can_fail)
        )
    return [(head(mode_name(mode)), lines) for mode, lines in found.items()]


# --- one duty --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InstanceShown:
    """An instance in the table of one duty."""

    instance: Instance
    label: str
    words: str
    tag: Tag
    days_late: int
    rows: tuple[tuple[int | None, dt.date, str], ...]  # day, date, why: how a term was counted
    warnings: tuple[str, ...]


def instance_shown(one: Instance, on: dt.date) -> InstanceShown:
    """One instance with how its last day was counted."""
    derivation = one.derivation
    return InstanceShown(
        instance=one,
        label=head(said(one.label)),
        words=instance_words(one),
        tag=instance_tag(one),
        days_late=one.days_late(on),
        rows=tuple((row.day, row.date, said(row.why)) for row in derivation.rows)
        if derivation
        else (),
        warnings=tuple(said(warning) for warning in derivation.warnings) if derivation else (),
    )


def instance_tag(one: Instance) -> Tag:
    """How one instance stands, in a word or two."""
    said_so = state_name(one.state)
    if one.state == "late" and one.shape is Shape.PERIODIC:
        said_so = gettext("thiếu hồ sơ")
    if one.state == "short" and one.unposted:
        said_so = gettext("chưa niêm yết")
    words = head(said_so)
    if one.fails:
        return "late", words, ""
    if one.advises:
        return "soon", gettext("Nhắc: %(words)s") % {"words": said_so}, "info-circle"
    if _on_the_page_alone(one):
        return "idle", gettext("Đã có lịch"), ""
    if one.state == "done":
        return "done", words, ""
    return "idle", words, ""
