"""What may stand in an address: codes of units and periods, keys of indicators, formats."""

from __future__ import annotations

from django.urls.converters import IntConverter


class _Text:
    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class UnitCodeConverter(_Text):
    """A unit's code: "201", "9A001", "9A001.TML"; with a day where the code is another's now."""

    regex = r"[0-9A-Za-z]{2,8}(?:\.[0-9A-Za-z-]{1,20})?(?:@\d{4}-\d{2}-\d{2})?"


class PeriodConverter(_Text):
    """A period's code: "2019H1", "nd09:2026H1"."""

    regex = r"[0-9A-Za-z._-]{1,30}(?::[0-9A-Za-z._-]{1,30})?"


class NumberConverter(IntConverter):
    """The number of a row or a version: none is longer than a database counts."""

    regex = r"[0-9]{1,18}"


class KeyConverter(_Text):
    """The key of an indicator."""

    regex = r"[a-z][a-z0-9_]{1,59}"


class FormatConverter(_Text):
    """A format a report is taken away in."""

    regex = r"docx|pdf|html|xlsx"
