"""What commands print: one JSON document, or a plain table; errors on one line."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from danchu.core.calendar.words import day_of_text
from danchu.core.errors import Refusal


def language() -> str:
    """ "vi" or "en", from ``DANCHU_LANG``."""
    return "en" if os.environ.get("DANCHU_LANG", "vi").startswith("en") else "vi"


def tr(vi: str, en: str) -> str:
    """The text in the language of ``DANCHU_LANG``."""
    return en if language() == "en" else vi


def emit_json(document: Any) -> None:
    """Print one JSON document, dates as YYYY-MM-DD, and nothing else."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def _plain(value: Any) -> str:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    raise TypeError(f"not JSON: {type(value).__name__}")


def emit_table(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print columns aligned with spaces; an empty list says so."""
    if not rows:
        print(tr("Không có dòng nào.", "Nothing found."))
        return
    cells = [[str(h) for h in headers], *[["" if c is None else str(c) for c in r] for r in rows]]
    widths = [max(len(r[i]) for r in cells) for i in range(len(headers))]
    for row in cells:
        print("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())


def warn(text: str) -> None:
    """A remark beside the answer, on standard error."""
    print(text, file=sys.stderr)


def complain(refusal: Refusal, status: int) -> int:
    """The refusal on one line of standard error; returns ``status``."""
    text = " ".join(refusal.in_language(language()).split())
    print(f"danchu: {text}", file=sys.stderr)
    return status


def write_file(path: Path, content: bytes) -> None:
    """Write a file as :func:`danchu.core.outfile.written_whole` does, after ``setup_django``."""
    from danchu.core.outfile import written_whole

    with written_whole(path) as out:
        out.write(content)


def date_argument(text: str) -> dt.date:
    """An argparse type: an existing day, 16/11/2026 or 2026-11-16."""
    try:
        return day_of_text(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr(
                f"{text!r} không phải là một ngày có thật, viết dạng 16/11/2026 hoặc 2026-11-16",
                f"{text!r} is not an existing day written 16/11/2026 or 2026-11-16",
            )
        ) from None


def number_argument(smallest: int | None = None) -> Callable[[str], int]:
    """An argparse type: a whole number, from ``smallest`` on where one is given."""

    def whole(text: str) -> int:
        digits = text.strip()
        if re.fullmatch(r"[+-]?[0-9]{1,18}", digits):
            number = int(digits)
            if smallest is None or number >= smallest:
                return number
        from_vi = "" if smallest is None else f" từ {smallest} trở lên"
        from_en = "" if smallest is None else f" from {smallest} on"
        raise argparse.ArgumentTypeError(
            tr(
                f"“{_short(text)}” không phải là số nguyên{from_vi}; ghi bằng chữ số, ví dụ 5",
                f"“{_short(text)}” is no whole number{from_en}; write it in digits, such as 5",
            )
        )

    return whole


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def day_word() -> str:
    """How the value of an option that takes a day is called in the help."""
    return tr("NGÀY", "DATE")


def add_json(*parsers: argparse.ArgumentParser) -> None:
    """The option ``--json`` of the commands that have it."""
    for parser in parsers:
        parser.add_argument(
            "--json",
            action="store_true",
            help=tr("in một văn bản JSON thay cho bảng", "print one JSON document, no table"),
        )


_ARGPARSE_VI = {
    "usage: ": "cách dùng: ",
    "positional arguments": "đối số",
    "options": "tùy chọn",
    "show this help message and exit": "in trang trợ giúp này",
    "the following arguments are required: %s": "thiếu đối số: %s",
    "unrecognized arguments: %s": "không rõ đối số: %s",
    "expected one argument": "cần đúng một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "tùy chọn chưa rõ: %(option)s có thể là %(matches)s"
    ),
    "not allowed with argument %s": "không dùng cùng với %s",
    "one of the arguments %s is required": "cần một trong các đối số %s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: dùng sai lệnh: %(message)s\n",
}


class Choices(tuple[str, ...]):
    """What may be chosen, in order, each with what it means in words for a person."""

    meanings: Mapping[str, str]

    @classmethod
    def of(cls, meanings: Mapping[Any, str]) -> Choices:
        """The keys of ``meanings`` as choices."""
        made = cls(str(key) for key in meanings)
        made.meanings = {str(key): said for key, said in meanings.items()}
        return made

    def __str__(self) -> str:
        return "; ".join(f"{key}: {said}" for key, said in self.meanings.items())


class Parser(argparse.ArgumentParser):
    """argparse that speaks Vietnamese when asked, and exits 2 on wrong use."""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Say what may be chosen, with its meaning where it has one."""
        if action.choices is None or value in action.choices:
            return
        known = action.choices
        listed = str(known) if isinstance(known, Choices) else ", ".join(map(str, known))
        raise argparse.ArgumentError(
            action,
            tr(
                f"không có lựa chọn “{_short(str(value))}”. Chọn một trong: {listed}",
                f"there is no choice “{_short(str(value))}”. Choose one of: {listed}",
            ),
        )

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, tr(f"{self.prog}: dùng sai lệnh: {message}\n", f"{self.prog}: {message}\n"))


def _speak(message: str) -> str:
    return _ARGPARSE_VI.get(message, message) if language() == "vi" else message


argparse._ = _speak  # type: ignore[attr-defined]  # argparse has no other door for a language
