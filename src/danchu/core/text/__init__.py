"""Text of people and papers: at the door, for search and sorting, and the numbers in it.

Pure functions; loads without Django.
"""

from danchu.core.text.decoding import Decoded, Warned, decode_bytes
from danchu.core.text.door import at_the_door
from danchu.core.text.folding import fold, sort_key
from danchu.core.text.legacy import Legacy, detect_legacy, from_tcvn3, from_vni
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
from danchu.core.text.spoken import (
    english_date,
    format_date,
    format_number,
    format_percent,
    money_words,
    number_words,
)
from danchu.core.text.syllables import is_syllable
from danchu.core.text.tones import place_tones

__all__ = [
    "Decoded",
    "Exact",
    "Found",
    "Kind",
    "Legacy",
    "Number",
    "PartialDate",
    "Warned",
    "at_the_door",
    "bare_unit",
    "decode_bytes",
    "detect_legacy",
    "english_date",
    "exact",
    "find_numbers",
    "fold",
    "format_date",
    "format_number",
    "format_percent",
    "from_tcvn3",
    "from_vni",
    "in_base",
    "is_syllable",
    "money_words",
    "number_words",
    "parse_number",
    "place_tones",
    "sort_key",
]
