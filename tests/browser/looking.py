"""Looking at pages with a real browser: an accessibility engine, both widths, no surprises.

Fixtures are in ``tests/browser/conftest.py``; use them from any test below ``tests`` by naming
``browser_page`` or ``look_at`` and marking the test ``browser``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESK = 320, 1440
HEIGHTS = {PHONE: 640, DESK: 900}


@cache
def _engine() -> str:
    return AXE.read_text()


def assert_accessible(page: Any) -> None:
    """No violation of WCAG 2.0 to 2.2, A and AA; nothing undecided counts as one."""
    page.evaluate(_engine())
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    found = [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(found)
    assert result["passes"], f"{page.url}: the engine looked at nothing"


def assert_fits(page: Any) -> None:
    """The page does not scroll sideways: what is too wide scrolls inside its own box."""
    wide = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    culprits = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                      && !e.closest('.tbl-x, .vh, .skip'))
            .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert wide[0] <= wide[1], f"{page.url} at {page.viewport_size} is {wide[0]} wide: {culprits}"
