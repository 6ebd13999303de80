"""Open rounds follow a change of the map: nobody asked is forgotten, and no due day moves.

A unit that ended stays expected for the days it had, and whoever took over hands in for it:
what happened there stays there. A unit that began is expected besides when the round asks for
days it has. A unit that moved is asked by one round of a period (:mod:`.carrying`). A round that
is closed stays as it was closed.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from danchu.core.clock import today
from danchu.core.contracts import (
    Actor,
    ChangeKind,
    Effect,
    Following,
    Heir,
    Touched,
    UnitChange,
    Withdrawal,
)
from danchu.core.text import english_date
from danchu.core.units.selectors import address_code, ancestors, unit_by_id
from danchu.core.work.services import assign, complete
from danchu.reporting.figures.models import ConfirmedState

from .carrying import AskedElsewhere, ask, carry, carry_back, forget, lines_of, told
from .models import Closing, ExpectedReporter, FormValue, Round, Submission

AREA = "rounds"


def touched(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Each open round that asks one of the units, and each that a unit which ends has opened."""
    carried = list(_carried(change))
    gone = {(one.line.round_id, one.line.unit_id) for _to, one in carried if one.can_go}
    for asked in _asked(change):
        stays = asked.unit_id in change.ends or change.kind == ChangeKind.MOVE
        if stays and (asked.round_id, asked.unit_id) not in gone:
            yield _stays(asked, change)
    for to, one in carried:
        yield _told(to, one, change)
    for asked, heir in _asked_anew(change):
        yield _added(asked, heir, change)
    yield from _typed(change)
    for opened in Round.objects.filter(closed_at=None, unit_id__in=change.ends).order_by("pk"):
        name, heir = change.units[opened.unit_id], change.heir(opened.unit_id)
        yield Touched(
            AREA,
            f"round {opened.pk}",
            Effect.STAYS,
            opened.unit_id,
            f"Đợt “{opened.title}” do {name} mở giữ nguyên; {heir.name} theo dõi và khóa đợt",
            f"The round “{opened.title}” that {name} opened stays; {heir.name} follows and "
            "closes it",
            due_on=opened.due_on,
        )
    yield from _closed(change)


def _closed(change: UnitChange) -> Iterator[Touched]:
    """Closed rounds over days of the new map, of the units and of those above them."""
    above = {u.id for unit_id in change.units for u in ancestors(unit_id, change.last_day)}
    closed = Round.objects.filter(
        unit_id__in=above | change.units.keys(),
        closed_at__isnull=False,
        period__end__gte=change.on,
    )
    for found in closed.select_related("period").order_by("pk"):
        yield Touched(
            AREA,
            f"closed {found.pk}",
            Effect.STAYS,
            found.unit_id,
            f"Đợt “{found.title}” đã đóng theo bản đồ cũ; giữ nguyên cả đơn vị lẫn số liệu",
            f"The round “{found.title}” was closed on the former map and stays as it was closed, "
            "with its units and figures",
        )


def transfer(actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Have the units that began expected, with a task of their own, due as the former unit was;
    and of those that moved each by one round."""
    kept = list(touched(actor, change))
    for to, one in list(_carried(change)):
        unit_id = one.line.unit_id
        path = f"/office/bao-cao/{unit_by_id(unit_id, change.on).code}/{to.period.code}/"
        if one.can_go:
            carry(actor, one.line, to, path)
        elif one.stands:
            ExpectedReporter.objects.update_or_create(
                round=to,
                unit_id=unit_id,
                defaults={"due_on": one.line.due_on, "excused": told([one])[unit_id]},
            )
        else:
            ask(to, unit_id, max(to.due_on, today()), path)
    for asked, heir in _asked_anew(change):
        assert heir.unit_id is not None
        ExpectedReporter.objects.create(
            round=asked.round, unit_id=heir.unit_id, due_on=asked.due_on
        )
        unit = unit_by_id(heir.unit_id, change.on)
        assign(
            key=f"round.submit:{asked.round_id}:{heir.unit_id}",
            unit_id=heir.unit_id,
            kind="round.submit",
            title=f"Nộp số liệu: {asked.round.title}",
            starts_on=today(),
            due_on=asked.due_on,
            path=f"/office/bao-cao/{unit.code}/{asked.round.period.code}/",
        )
    return iter(kept)


def _asked(change: UnitChange) -> list[ExpectedReporter]:
    rows = ExpectedReporter.objects.filter(
        round__closed_at=None, excused="", unit_id__in=change.units
    )
    return list(rows.select_related("round__period").order_by("round_id", "unit_id"))


def _asked_anew(change: UnitChange) -> list[tuple[ExpectedReporter, Heir]]:
    """For each unit that begins, one line of a round that asks what it was made of."""
    found: dict[tuple[int, str], tuple[ExpectedReporter, Heir]] = {}
    for asked in _asked(change):
        if asked.round.cut_off < change.on:
            continue  # the round asks for no day that the new unit has
        for heir in change.became[asked.unit_id]:
            if heir.is_new and heir.parent_id == asked.round.unit_id:
                found.setdefault((asked.round_id, heir.name), (asked, heir))
    return list(found.values())


def _carried(change: UnitChange) -> Iterator[tuple[Round, AskedElsewhere]]:
    """Lines of units that move to one whose own round of the period is open."""
    if change.kind != ChangeKind.MOVE:
        return
    for unit_id in sorted(change.units):
        above = change.heir(unit_id).parent_id
        if above is not None:
            yield from lines_of([unit_id], above)


def _told(to: Round, one: AskedElsewhere, change: UnitChange) -> Touched:
    line = one.line
    name, was, now = change.units[line.unit_id], line.round.title[:100], to.title[:100]
    ref = f"carried {line.round_id} {to.pk} unit {line.unit_id}"
    heir = change.heir(line.unit_id)
    if one.can_go:
        vi = (
            f"{name} chưa nộp số liệu đợt “{was}”; chuyển sang nộp trong đợt “{now}”, hạn không đổi"
        )
        en = f"{name} has not handed in for “{was}” and does so for “{now}”, due as before"
        effect = Effect.MOVES
    elif one.stands:
        vi = (
            f"Số liệu {name} đã nộp vẫn tính trong đợt “{was}”; đợt “{now}” ghi rõ và không hỏi lại"
        )
        en = (
            f"What {name} handed in still counts in “{was}”; “{now}” says so and does not ask again"
        )
        ref, effect = f"told {to.pk} unit {line.unit_id}", Effect.ADDED
    else:
        vi = f"{name} chưa nộp khi đợt “{was}” đóng; đợt “{now}” hỏi số liệu kỳ này"
        en = f"{name} was missing when “{was}” was closed; “{now}” asks it for the period"
        ref, effect = f"asked {to.pk} unit {line.unit_id}", Effect.ADDED
    return Touched(AREA, ref, effect, line.unit_id, vi, en, to=heir, due_on=line.due_on)


def _typed(change: UnitChange) -> Iterator[Touched]:
    """What was typed into forms and not handed in yet, of the units that end, counted."""
    typed = FormValue.objects.filter(round__closed_at=None, unit_id__in=change.ends)
    counts = typed.exclude(state="").values_list("round_id", "round__title", "unit_id")
    for round_id, title, unit_id, number in counts.annotate(n=Count("pk")).order_by(
        "round_id", "unit_id"
    ):
        name, heir = change.units[unit_id], change.heir(unit_id).name
        yield Touched(
            AREA,
            f"typed {round_id} unit {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{number} ô đã nhập trong biểu của {name}, đợt “{title}”, giữ nguyên; {heir} nhập "
            "tiếp",
            f"{number} cells typed into the form of {name} for “{title}” stay; {heir} goes on",
            number=number,
        )


def _stays(asked: ExpectedReporter, change: UnitChange) -> Touched:
    name, title = change.units[asked.unit_id], asked.round.title
    versions = Submission.objects.filter(round_id=asked.round_id, unit_id=asked.unit_id)
    sent = versions.exclude(state=Submission.State.RETURNED).exists()
    due = asked.due_on
    if asked.unit_id not in change.ends:
        vi = f"{name} vẫn nộp số liệu đợt “{title}” đã mở, hạn {due:%d/%m/%Y} không đổi"
        en = f"{name} still hands in for “{title}”, due {english_date(due)} as before"
    elif sent:
        vi = f"Số liệu {name} đã nộp cho đợt “{title}” giữ nguyên ở {name}"
        en = f"What {name} handed in for “{title}” stays with {name}"
    else:
        heir = change.heir(asked.unit_id).name
        vi = (
            f"{name} vẫn thuộc đợt “{title}” với những ngày trước sắp xếp; {heir} nộp thay, "
            f"hạn {due:%d/%m/%Y} không đổi"
        )
        en = (
            f"{name} stays expected in “{title}” for the days it had; {heir} hands in for it, "
            f"due {english_date(due)} as before"
        )
    ref = f"round {asked.round_id} unit {asked.unit_id}"
    return Touched(AREA, ref, Effect.STAYS, asked.unit_id, vi, en, due_on=due)


def _added(asked: ExpectedReporter, heir: Heir, change: UnitChange) -> Touched:
    title, due = asked.round.title, asked.due_on
    return Touched(
        AREA,
        f"round {asked.round_id} new {heir.name}",
        Effect.ADDED,
        asked.unit_id,
        f"{heir.name} thuộc đợt “{title}” từ ngày {change.on:%d/%m/%Y}, hạn {due:%d/%m/%Y}",
        f"{heir.name} is expected in “{title}” from {english_date(change.on)}, "
        f"due {english_date(due)}",
        to=heir,
        due_on=due,
    )


def depending(withdrawal: Withdrawal) -> Iterator[Touched]:
    """Rounds opened or closed since on the new map, and what was typed for units that began.

    Of a new name alone nothing in a round depends.
    """
    if withdrawal.kind == ChangeKind.RENAME:
        return
    begun = withdrawal.begun.keys()
    opened = Q(unit_id__in=withdrawal.above, structure_on__gte=withdrawal.on)
    opened = Q(opened_at__gt=withdrawal.since) & (opened | Q(unit_id__in=withdrawal.heirs))
    for found in Round.objects.filter(opened | Q(unit_id__in=begun)).order_by("pk"):
        yield _in_the_way(
            found,
            f"Đợt “{found.title}” đã mở theo bản đồ mới",
            f"The round “{found.title}” was opened on the new map",
        )
    closed = Closing.objects.filter(
        round__unit_id__in=withdrawal.above,
        round__period__end__gte=withdrawal.on,
        closed_at__gt=withdrawal.since,
    )
    for closing in closed.select_related("round").order_by("pk"):
        title = closing.round.title
        yield _in_the_way(
            closing.round,
            f"Đợt “{title}” đã đóng theo bản đồ mới",
            f"The round “{title}” was closed on the new map",
        )
    for _was, to, unit_id in _carried_rounds(withdrawal):
        sent = Submission.objects.filter(round_id=to, unit_id=unit_id)
        for version in sent.select_related("round").order_by("pk"):
            yield _in_the_way(
                version.round,
                f"{withdrawal.name(unit_id)} đã nộp số liệu trong đợt “{version.round.title}”",
                f"{withdrawal.name(unit_id)} has handed in for “{version.round.title}”",
            )
    typed = FormValue.objects.filter(unit_id__in=begun).exclude(state="")
    counts = typed.values_list("unit_id").annotate(n=Count("pk")).order_by("unit_id")
    for unit_id, number in counts:
        name = withdrawal.name(unit_id)
        yield Touched(
            AREA,
            f"typed of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{name} đã nhập {number} ô trong biểu số liệu",
            f"{name} has typed {number} cells into its form",
            number=number,
        )
    said = ConfirmedState.objects.filter(unit_id__in=begun)
    for unit_id, number in said.values_list("unit_id").annotate(n=Count("pk")).order_by("unit_id"):
        name = withdrawal.name(unit_id)
        yield Touched(
            AREA,
            f"confirmed of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{name} đã xác nhận {number} chỉ tiêu không phát sinh hoặc không áp dụng",
            f"{name} has confirmed noughts or states of {number} indicators",
            number=number,
        )


def take_back(actor: Actor, withdrawal: Withdrawal) -> Iterator[Touched]:
    """Units that began are expected no more; their tasks in the rounds are closed. Those that
    moved are asked by the round that asked them before."""
    for was, to, unit_id in _carried_rounds(withdrawal):
        found = Round.objects.select_related("period").get(pk=to)
        if was is None:
            forget(actor, unit_id, to)
        else:
            code = address_code(unit_id, withdrawal.on)
            carry_back(actor, unit_id, was, to, f"/office/bao-cao/{code}/{found.period.code}/")
        yield Touched(
            AREA,
            f"back {to} unit {unit_id}",
            Effect.BACK,
            unit_id,
            f"{withdrawal.name(unit_id)} không còn thuộc đợt “{found.title}”",
            f"{withdrawal.name(unit_id)} belongs to the round “{found.title}” no more",
        )
    rows = ExpectedReporter.objects.filter(unit_id__in=withdrawal.begun.keys())
    for asked in rows.select_related("round").order_by("pk"):
        name, title = withdrawal.name(asked.unit_id), asked.round.title
        complete(actor=actor, key=f"round.submit:{asked.round_id}:{asked.unit_id}")
        yield Touched(
            AREA,
            f"round {asked.round_id} unit {asked.unit_id}",
            Effect.ENDS,
            asked.unit_id,
            f"{name} không còn thuộc đợt “{title}”",
            f"{name} is expected in “{title}” no more",
            due_on=asked.due_on,
        )
        asked.delete()


def _carried_rounds(withdrawal: Withdrawal) -> list[tuple[int | None, int, int]]:
    """The round that asked a moved unit before, the one that names it now, and the unit."""
    found: list[tuple[int | None, int, int]] = []
    for one in withdrawal.of(AREA, Effect.MOVES, Effect.ADDED):
        match one.ref.split():
            case ["carried", was, to, "unit", unit]:
                found.append((int(was), int(to), int(unit)))
            case ["told" | "asked", to, "unit", unit]:
                found.append((None, int(to), int(unit)))
    return found


def _in_the_way(found: Round, vi: str, en: str) -> Touched:
    return Touched(AREA, f"round {found.pk}", Effect.STAYS, found.unit_id, vi, en)


FOLLOWING = [Following(AREA, "Đợt báo cáo", "Rounds", touched, transfer, depending, take_back)]
