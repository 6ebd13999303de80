"""Text of people and papers: at the door, for search, and numbers in it. Loads without Django."""

from danchu.core.text.numbers import (
    Exact,
    Found,
    Kind,
    Number,
    PartialDate,
    bare_unit,
    exact,
    find_numbers,
    in_base,
    parse_number,
)

__all__ = [
    "Exact",
    "Found",
    "Kind",
    "Number",
    "PartialDate",
    "bare_unit",
    "exact",
    "find_numbers",
    "in_base",
    "parse_number",
]
