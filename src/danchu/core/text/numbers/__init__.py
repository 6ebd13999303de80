"""Numbers in Vietnamese texts: one parser for fields, cells and running text."""

from danchu.core.text.numbers.find import find_numbers
from danchu.core.text.numbers.model import (
    Exact,
    Found,
    Kind,
    Number,
    PartialDate,
    bare_unit,
    exact,
    in_base,
)
from danchu.core.text.numbers.parse import parse_number

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
