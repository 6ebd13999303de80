"""Looking at pages with a real browser: an accessibility engine, both widths, no surprises.

Fixtures are in ``tests/browser/conftest.py``; use them from any test below ``tests`` by naming
``browser_page`` or ``look_at`` and marking the test ``browser``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
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


def eventually(check: Callable[[], Any], *, seconds: float = 15) -> None:
    """Wait until the check holds: what a script or a navigation brings about takes its time."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def assert_focused(page: Any, name: str, *, by: str = "name") -> None:
    """The keyboard comes to stand at the element whose name (id, class, …) this is."""
    try:
        page.wait_for_function(
            "([by, name]) => document.activeElement?.[by] === name", arg=[by, name], timeout=15_000
        )
    except Exception:
        assert page.evaluate("by => document.activeElement?.[by]", by) == name
        raise


def _there(page: Any) -> None:
    """The page that was asked for is there: after a click the old one is gone before it comes."""
    page.wait_for_load_state("load")


def assert_accessible(page: Any) -> None:
    """No violation of WCAG 2.0 to 2.2, A and AA; nothing undecided counts as one."""
    _there(page)
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
    _there(page)
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
