"""The lists of the office take few queries; the numbers only ever go down."""

from __future__ import annotations

import pytest

MOST = {
    "/office/": ("reporter_benmau", 12),
    "/office/ghi-viec/": ("recorder_benmau", 9),
    "/office/ra-soat/": ("reporter_benmau", 12),
    "/office/bao-cao/": ("reporter_benmau", 8),
    "/office/so-lieu/9A001/nd09:2026H1/": ("reporter_benmau", 12),
    "/office/so-lieu/9A/nd09:2026H1/": ("committee_minhhoa", 12),
    "/office/toan-canh/9A/nd09:2026H1/": ("committee_minhhoa", 11),
    "/office/toan-canh/9A001/nd09:2026H1/": ("reporter_benmau", 12),
}


@pytest.mark.parametrize("address", MOST)
def test_a_list_takes_no_more_queries_than_it_did(
    cast,
    as_person,
    a_dialogue,
    a_reading,
    settle,
    monkeypatch,
    address,
    django_assert_max_num_queries,
):
    # A process that has run knows the kind of its installation.
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    person, most = MOST[address]
    client = as_person(getattr(cast, person))
    client.get(address)  # a period met for the first time is folded
    settle()
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200
