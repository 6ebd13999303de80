"""A unit's form of a round as a spreadsheet: sent out, filled anywhere, taken in again."""
