"""The rules that come with the release: one YAML file beside the dictionary's."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .content import COLUMNS, RuleContent

FOLDER = Path(__file__).parent / "data"
FILE = "rules.yaml"


@cache
def shipped(folder: Path = FOLDER) -> dict[str, RuleContent]:
    """Every rule of the file, by key. Raises ``ValueError`` for a key given twice."""
    document: dict[str, Any] = yaml.load(
        (folder / FILE).read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    found: dict[str, RuleContent] = {}
    for row in document["rules"]:
        if row["key"] in found:
            raise ValueError(f"rule given twice: {row['key']}")
        found[row["key"]] = RuleContent(**{name: row[name] for name in COLUMNS if name in row})
    return found


def content_hash(folder: Path = FOLDER) -> str:
    """SHA-256 of the file: the version of the rules as shipped."""
    return hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
