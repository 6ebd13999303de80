"""A cell of somebody else's form, as it is shown to be mapped and filled."""

from __future__ import annotations

from dataclasses import dataclass

from .blanks import blank_in


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell as it is shown for mapping. ``rows`` × ``columns`` is its merged range."""

    address: str
    row: int
    column: int
    text: str
    is_text: bool  # words, not a number
    rows: int = 1
    columns: int = 1
    covered_by: str = ""  # the first cell of the merged range that covers this one
    hidden: bool = False
    has_formula: bool = False
    locked: bool = False  # by the protection of its sheet
    in_percent: bool = False  # it holds 0.95 and shows 95%
    shown_scaled: bool = False  # it holds 1234567 and shows 1.235

    @property
    def may_be_filled(self) -> bool:
        """Whether :func:`fill` takes this cell."""
        return not (self.covered_by or self.has_formula or self.locked or self.holds_words)

    @property
    def holds_words(self) -> bool:
        """Whether words of the sender stand in it and leave no place free, as dots do."""
        return self.has_letters and blank_in(self.text) is None

    @property
    def has_letters(self) -> bool:
        """Whether words stand in it; what is filled in then goes into their blank."""
        return self.is_text and any(map(str.isalpha, self.text))
