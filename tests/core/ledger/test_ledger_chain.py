"""The byte layout: fixed values, and the tree against its recursive definition."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core.ledger import chain


def test_the_layout_of_an_entry_never_changes() -> None:
    """Written out by hand: whoever changes this breaks every chain in the field."""
    at = dt.datetime(2026, 11, 20, 3, 4, 5, 678901, dt.UTC)
    text = (
        "danchu-ledger-1\n7\n1795143845678901\nrecord.cancelled\n12\n-\n"
        + "a" * 64
        + "\n"
        + "b" * 64
        + "\n"
    )
    assert chain.microseconds(at) == 1795143845678901
    assert (
        chain.entry_hash(7, at, "record.cancelled", 12, None, "a" * 64, "b" * 64)
        == hashlib.sha256(text.encode()).hexdigest()
    )


def test_no_two_fields_can_run_into_each_other() -> None:
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    one = chain.entry_hash(1, at, "a.b", 12, 3, "a" * 64, "b" * 64)
    other = chain.entry_hash(1, at, "a.b", 1, 23, "a" * 64, "b" * 64)
    nobody = chain.entry_hash(1, at, "a.b", None, 23, "a" * 64, "b" * 64)
    assert len({one, other, nobody}) == 3


def test_canonical_data_is_the_same_whatever_the_order() -> None:
    day, key = dt.date(2026, 3, 1), uuid.UUID(int=5)
    assert (
        chain.canonical({"b": 1, "a": [day, None, True], "c": {"z": "đ", "y": key}})
        == (
            '{"a":["2026-03-01",null,true],"b":1,"c":{"y":"00000000-0000-0000-0000-000000000005",'
            '"z":"đ"}}'
        ).encode()
    )
    for wrong in (1.5, object(), b"x", {1, 2}):
        with pytest.raises(TypeError):
            chain.canonical({"a": wrong})


def test_the_salt_hides_equal_data() -> None:
    data = {"name": "Nguyễn Văn Mẫu"}
    assert chain.digest_of("1" * 64, data) != chain.digest_of("2" * 64, data)
    assert chain.digest_of("1" * 64, data) == chain.digest_of("1" * 64, dict(data))


def hashes(count: int) -> list[str]:
    return [hashlib.sha256(str(n).encode()).hexdigest() for n in range(count)]


def by_definition(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(
        b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])
    ).digest()


def tree_of(values: list[str]) -> str:
    tree = chain.Tree()
    for value in values:
        tree.add(value)
    return tree.root()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 100])
def test_the_growing_tree_is_the_tree_of_the_definition(count: int) -> None:
    values = hashes(count)
    assert tree_of(values) == by_definition([chain.leaf(value) for value in values]).hex()


@given(st.integers(1, 70).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_a_proof_leads_to_the_root_from_its_place_only(case: tuple[int, int]) -> None:
    size, index = case
    values = hashes(size)
    path = chain.path_to(index, [chain.leaf(value) for value in values])
    root = tree_of(values)
    assert chain.root_by_path(values[index], index, size, path) == root
    assert chain.root_by_path("f" * 64, index, size, path) != root
    for elsewhere in {0, index - 1, index + 1, size} - {index}:
        assert chain.root_by_path(values[index], elsewhere, size, path) != root
    assert chain.root_by_path(values[index], index, size, [*path, "0" * 64]) is None
    if path:
        assert chain.root_by_path(values[index], index, size, path[:-1]) is None
