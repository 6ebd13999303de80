"""A folder of annotated texts: ``articles/*.txt``, ``gold/*.json`` of the same names.

``VOCAB.md`` beside them says which keys are core; without it the dictionary of the release does.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from danchu.core.errors import Refusal
from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.reading.extraction import extract_text

_ROW = re.compile(r"^\| `(?P<key>\w+)` \| (?P<tier>core|ext) \|", re.M)
_FIELDS = {
    "doc_kind": str,
    "unit": dict,
    "indicators": list,
    "findings": dict,
    "persons": list,
    "legal_refs": list,
}
# May be null, but must be there.
_NULLABLE = ("period", "event_date")
_FIGURE = {"key": str, "value": (int, float), "char_start": int, "char_end": int}
LABELS = ("achievements", "limitations", "tasks")


class CorpusError(Exception):
    """The folder is no corpus; the message says what is missing and where."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with what people marked in it."""

    name: str
    path: Path
    text: str
    gold: dict[str, Any]


def load(folder: Path) -> list[Annotated]:
    """Every annotated text of ``folder``, by name. Raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder.")
    for part, ending in (("articles", "txt"), ("gold", "json")):
        if not (folder / part).is_dir():
            raise CorpusError(f"{folder}: holds no folder {part} (with its *.{ending}).")
    texts = {path.stem: path for path in (folder / "articles").glob("*.txt")}
    marks = {path.stem: path for path in (folder / "gold").glob("*.json")}
    if not marks:
        raise CorpusError(f"{folder / 'gold'}: holds no *.json.")
    alone = sorted(texts.keys() ^ marks.keys())
    if alone:
        missing = ", ".join(
            f"gold/{name}.json" if name in texts else f"articles/{name}.txt" for name in alone[:5]
        )
        more = f" and {len(alone) - 5} more" if len(alone) > 5 else ""
        raise CorpusError(f"{folder}: {missing}{more} is missing beside its counterpart.")
    return [_annotated(name, texts[name], marks[name]) for name in sorted(marks)]


def _annotated(name: str, path: Path, marks: Path) -> Annotated:
    try:
        gold = json.loads(marks.read_text("utf-8"))
    except ValueError as error:
        raise CorpusError(f"{marks}: is not JSON in UTF-8 ({error}).") from None
    try:
        text = extract_text(path).text
    except Refusal as refusal:
        raise CorpusError(f"{path}: {refusal.in_language('en')}") from None
    _check_shape(marks, gold)
    for figure in gold["indicators"]:
        surface = figure.get("surface")
        found = text[figure["char_start"] : figure["char_end"]]
        if surface is not None and found != surface:
            raise CorpusError(
                f"{marks}: offsets {figure['char_start']}-{figure['char_end']} do not hold the "
                "words of the figure; text and marks are not of one version."
            )
    return Annotated(name, path, text, gold)


def _check_shape(marks: Path, gold: Any) -> None:
    if not isinstance(gold, dict):
        raise CorpusError(f"{marks}: must hold one JSON object.")
    for field, kind in _FIELDS.items():
        if not isinstance(gold.get(field), kind):
            raise CorpusError(f"{marks}: field {field} is missing or not a {kind.__name__}.")
    for field in _NULLABLE:
        if field not in gold:
            raise CorpusError(f"{marks}: field {field} is missing (null where there is none).")
    for label in LABELS:
        if not isinstance(gold["findings"].get(label), list):
            raise CorpusError(f"{marks}: findings has no list {label}.")
    for number, figure in enumerate(gold["indicators"]):
        for field, kinds in _FIGURE.items():
            if not isinstance(figure, dict) or not isinstance(figure.get(field), kinds):
                raise CorpusError(f"{marks}: indicator {number} lacks a proper {field}.")


def core_keys(folder: Path) -> frozenset[str]:
    """The usual content of a report on grassroots democracy."""
    vocabulary = folder / "VOCAB.md"
    if vocabulary.is_file():
        rows = {m["key"]: m["tier"] for m in _ROW.finditer(vocabulary.read_text("utf-8"))}
        if not rows:
            raise CorpusError(f"{vocabulary}: no row names a key and its tier.")
        return frozenset(key for key, tier in rows.items() if tier == "core")
    return frozenset(key for key, row in shipped().items() if row.tier == "core")
