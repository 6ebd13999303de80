"""The settings of the product, with two pages more to compare with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from danchu.settings import *  # noqa: F403
from danchu.settings import TEMPLATES as _TEMPLATES

ROOT_URLCONF = "bench.urls"
_PLAIN: dict[str, Any] = _TEMPLATES[0]
TEMPLATES = [{**_PLAIN, "DIRS": [Path(__file__).parent / "templates"]}]
