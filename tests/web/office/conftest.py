"""The invented cast, and a browser signed in as one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from danchu.demo.cast import Cast, load_cast

from tests.browser.fixtures import *  # noqa: F403 - fixtures for looking at pages


@pytest.fixture
def cast(db) -> Cast:
    """The invented units and people."""
    return load_cast()


@pytest.fixture
def as_person(cast: Cast) -> Callable[[str], Client]:
    """``as_person("quantri.benmau")``: a client signed in as that person."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(
            cast.people[f"{name}@minhhoa.example"],
            backend="danchu.core.accounts.backends.StaffBackend",
        )
        return client

    return sign_in
