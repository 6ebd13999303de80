from __future__ import annotations

import pytest

from tests.browser.fixtures import *  # noqa: F403 - fixtures, for tests that look at pages


@pytest.fixture(autouse=True)
def _the_dictionary_is_asked_for_once(monkeypatch):
    """Otherwise a slow machine counts one query more on pages that take two seconds there."""
    from danchu.reporting.figures import selectors

    selectors.forget_dictionary()
    monkeypatch.setattr(selectors, "FRESH", 60.0)


@pytest.fixture(autouse=True)
def _no_page_is_kept_from_another_test():
    from danchu.web.design.context import forget_mode
    from danchu.web.office.today_duties import forget_duties
    from danchu.web.portal.caching import forget_all

    forget_all()
    forget_duties()
    forget_mode()
