"""How a posting is drawn and told on the citizens' pages: the bar, its ends, one sentence.

Lengths are hundredths of the whole time, for a drawing of 100 by 10. The time an interruption
made void stays visible (LOOK, posting bar).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danchu.civic.disclosure.rules import PLACE_NAMES
from danchu.civic.disclosure.standing import Standing
from danchu.civic.disclosure.views import NoticeLine, PlaceLine, PostingView
from danchu.web.design.templatetags.danchu import vdate

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days of the bar: where they begin and how long they are, of 100."""

    at: int
    length: int


@dataclass(frozen=True, slots=True)
class PostingBar:
    """A posting in words and as a bar. ``strong`` stands first, in bold.

    ``done`` counted days, ``void`` days that no longer count, ``gaps`` days on which it was not to
    be read; ``now`` where today stands, None once it is over. ``always``: no end.
    """

    state: str
    strong: str
    rest: str
    begins: str
    ends: str
    done: Stretch | None
    void: tuple[Stretch, ...]
    gaps: tuple[Stretch, ...]
    now: int | None
    always: bool

    @property
    def drawn(self) -> SafeString | str:
        """The bar as a drawing, of pieces: a board shows twenty; "" where nothing is to be drawn.

        What is void lies under what is done, gaps and today above both.
        """
        if not (self.always or self.done or self.void or self.gaps or self.now is not None):
            return ""
        done = [("done", self.done.at, self.done.length)] if self.done else []
        parts = [
            *(("void", part.at, part.length) for part in self.void),
            *done,
            *(("gap", part.at, part.length) for part in self.gaps),
            *([("now", self.now, "1.2")] if self.now is not None else ()),
        ]
        return format_html(
            '<svg class="pbar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" '
            'focusable="false"><rect class="bed" width="100" height="10"/>{}{}</svg>',
            format_html('<rect class="{}" width="100" height="10"/>', "done")
            if self.always
            else "",
            format_html_join("", '<rect class="{}" x="{}" width="{}" height="10"/>', parts),
        )


def bar_of(posting: PlaceLine | PostingView, *, permanent: bool, on: dt.date) -> PostingBar:
    """The bar of one posting as it stands on ``on``."""
    standing = posting.standing
    strong, rest = _told(standing, posting.ends_on, permanent)
    last = _last(standing, posting.ends_on, on)
    if permanent or last is None:
        always = standing.state in ("hanging", "complete", "not_yet")
        return PostingBar(
            standing.state, strong, rest,
            begins=_("từ %(day)s") % {"day": vdate(posting.starts_on)},
            ends=vdate(posting.ends_on) if posting.ends_on else _("không thời hạn")
            if permanent and standing.state != "interrupted"
            else "",
            done=None, void=(), gaps=(), now=None, always=always,
        )  # fmt: skip
    whole = max(1, (last - posting.starts_on).days)

    def place(day: dt.date) -> int:
        return min(100, max(0, round(100 * (day - posting.starts_on).days / whole)))

    until = min(on, posting.ends_on or on, last)
    begun = counted_from(posting)
    gaps = tuple(
        Stretch(
            place(gap.from_on), max(2, place((gap.to_on or until) + _ONE_DAY) - place(gap.from_on))
        )
        for gap in standing.gaps
    )
    # While it is interrupted nothing counts: the days before are void already.
    if standing.state == "interrupted" and gaps:
        begun = standing.gaps[-1].from_on
    void = (Stretch(0, place(begun)),) if begun > posting.starts_on else ()
    over = standing.state in ("complete", "taken_early", "taken_down")
    return PostingBar(
        standing.state,
        strong,
        rest,
        begins=vdate(posting.starts_on, "short")
        if posting.starts_on.year == last.year
        else vdate(posting.starts_on),
        ends=_end_told(standing, posting.ends_on, last),
        done=Stretch(place(begun), max(1, place(until) - place(begun)))
        if standing.state not in ("not_yet", "interrupted") and begun <= until
        else None,
        void=void,
        gaps=gaps,
        now=None if over else place(on),
        always=False,
    )


def _end_told(standing: Standing, ends_on: dt.date | None, last: dt.date) -> str:
    """What stands at the right end of the bar: no day that was not, or will not be, kept."""
    if standing.state == "interrupted":
        return ""
    if standing.state == "taken_early" and ends_on is not None:
        return _("gỡ %(day)s") % {"day": vdate(ends_on)}
    return vdate(last)


def counted_from(posting: PlaceLine | PostingView) -> dt.date:
    """The first day that counts: the day after the last interruption, else the first one."""
    return max([posting.starts_on, *_ended_gaps(posting.standing)])


def _ended_gaps(standing: Standing) -> list[dt.date]:
    """The days from which the count began anew, of interruptions that came before its end."""
    return [
        gap.to_on + _ONE_DAY
        for gap in standing.gaps
        if gap.to_on is not None and (standing.until is None or gap.from_on <= standing.until)
    ]


def _last(standing: Standing, ends_on: dt.date | None, on: dt.date) -> dt.date | None:
    """The right end of the bar: the day that completes it, or the day it came down."""
    known = [day for day in (standing.until, ends_on) if day is not None]
    if standing.state == "interrupted" and standing.until is None and standing.of is not None:
        known.append(on + dt.timedelta(days=standing.of))
    return max(known, default=None)


def _told(standing: Standing, ends_on: dt.date | None, permanent: bool) -> tuple[str, str]:
    """The state in words: what stands in bold, and what follows it."""
    of, day, left = standing.of, standing.day, standing.left
    match standing.state:
        case "not_yet":
            return _("Chưa đến ngày niêm yết"), ""
        case "interrupted":
            since = next((g.from_on for g in reversed(standing.gaps)), None)
            said = _("từ %(day)s; niêm yết lại thì tính lại từ đầu")
            if of is not None:
                said = _("từ %(day)s; được tính 0/%(of)s ngày, niêm yết lại thì tính lại từ đầu")
            return _("Đang gián đoạn"), said % {"day": vdate(since, "short"), "of": of}
        case "taken_down":
            return _("Đã gỡ"), _("ngày %(day)s") % {"day": vdate(ends_on)}
        case "taken_early":
            return _("Gỡ sớm"), _("%(n)s/%(of)s ngày, ngày %(day)s") % {
                "day": vdate(ends_on),
                "n": day,
                "of": of,
            }
        case "complete":
            counted = _counted_again(standing)
            return _("Đã đủ %(of)s ngày") % {"of": of}, counted
    if permanent:
        return _("Công khai thường xuyên"), ""
    if of is None:
        return _("Đang niêm yết"), ""
    if standing.gaps:
        return _("Ngày %(n)s/%(of)s") % {"n": day, "of": of}, _counted_again(standing)
    if day == 0:
        return _("Ngày đầu"), _days_left(left)
    if left == 0:
        return _("Ngày %(n)s/%(of)s") % {"n": day, "of": of}, _("ngày cuối")
    return _("Ngày %(n)s/%(of)s") % {"n": day, "of": of}, _days_left(left)


def _days_left(left: int | None) -> str:
    left = left or 0
    return ngettext("còn %(n)s ngày", "còn %(n)s ngày", left) % {"n": left}


def _counted_again(standing: Standing) -> str:
    """From which day the days count after an interruption; "" where none came before."""
    counted = max(_ended_gaps(standing), default=None)
    return _("tính lại từ %(day)s") % {"day": vdate(counted, "short")} if counted else ""


@dataclass(frozen=True, slots=True)
class LineShown:
    """A notice in a list of citizens: its address, where it hangs, one bar."""

    line: NoticeLine
    address: str
    places: str
    bar: PostingBar | None
    n_gaps: int
    is_new: bool


def line_shown(line: NoticeLine, address: str, *, on: dt.date, english: bool) -> LineShown:
    """A line with the bar of the posting that most needs to be seen: of several the slowest."""
    alike = [place for place in line.places if place.standing.state == line.state]
    chosen = min(alike, key=_days_done, default=None)
    bar = bar_of(chosen, permanent=line.permanent, on=on) if chosen else None
    if bar is not None and chosen is not None and _is_behind(chosen, line):
        strong = _("Nơi chậm nhất: ngày %(n)s/%(of)s") % {
            "n": chosen.standing.day,
            "of": chosen.standing.of,
        }
        rest = _("đủ vào %(day)s") % {"day": vdate(chosen.standing.until)}
        bar = replace(bar, strong=strong, rest=rest)
    kinds = list(dict.fromkeys(p.kind for p in line.places))
    names = [PLACE_NAMES[kind].en if english else PLACE_NAMES[kind].vi for kind in kinds]
    return LineShown(
        line=line,
        address=address,
        places=", ".join(names),
        bar=bar,
        n_gaps=sum(len(p.standing.gaps) for p in line.places),
        is_new=line.occurred_on == on,
    )


def _days_done(place: PlaceLine) -> tuple[int, int]:
    """How far a posting has come; one that hangs later is behind one that hangs longer."""
    return place.standing.day, -place.starts_on.toordinal()


def _is_behind(slowest: PlaceLine, line: NoticeLine) -> bool:
    """Whether the slowest posting still has days to hang that another one has behind it."""
    stands = slowest.standing
    if line.permanent or stands.state != "hanging" or stands.of is None or stands.until is None:
        return False
    return any(
        place.standing.day > stands.day
        for place in line.places
        if place.standing.state in ("hanging", "complete")
    )
