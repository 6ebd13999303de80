"""A calendar file (RFC 5545) of days by which something is to be done. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 75  # octets of a line, RFC 5545 section 3.1


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An entry for a whole day. ``uid`` stays the same when the file is taken again."""

    uid: str
    day: dt.date
    title: str
    words: str = ""
    address: str = ""


def calendar_file(name: str, entries: Iterable[CalendarDay], made_at: dt.datetime) -> bytes:
    """The file: entries of whole days, each without claiming the day as busy.

    ``made_at`` is an instant with its time zone.
    """
    stamp = made_at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//danchu//duties//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for one in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(one.uid)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.title)}",
            "TRANSP:TRANSPARENT",
        ]
        if one.words:
            lines.append(f"DESCRIPTION:{_text(one.words)}")
        if one.address:
            lines.append(f"URL:{one.address}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _text(value: str) -> str:
    """A value of type TEXT: what would end it or begin another is escaped."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    """The line in UTF-8, folded between characters, never inside one."""
    pieces, piece, room = [], b"", _LONGEST
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", _LONGEST - 1  # the blank that begins a continued line counts
        piece += octets
    pieces.append(piece)
    return b"\r\n ".join(pieces) + b"\r\n"
