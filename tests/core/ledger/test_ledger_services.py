"""Appending, verifying against every kind of tampering, roots, proofs, and the open verifier."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from danchu.core import clock, ledger
from danchu.core.contracts import OPERATOR
from danchu.core.errors import BadInput, NotFound, Refusal
from danchu.core.ledger import chain, selectors, services
from danchu.core.ledger.models import DailyRoot, Entry, EntrySalt, Head

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "verify_ledger.py"
START = dt.datetime(2026, 11, 18, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    def set_clock(instant: dt.datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    set_clock(START)
    return set_clock


@pytest.fixture
def written(db: None, at: Callable[[dt.datetime], None]) -> None:
    """Twelve entries over three legal days, the last day not over."""
    for number in range(12):
        at(START + dt.timedelta(hours=5 * number))
        with transaction.atomic():
            services.log_action("test.done", actor=OPERATOR, record_id=number, data={"n": number})


def test_the_chain_runs_without_gaps_and_holds_no_data(written: None) -> None:
    entries = list(Entry.objects.order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, 13))
    assert entries[0].previous == chain.GENESIS
    for before, after in itertools.pairwise(entries):
        assert after.previous == before.hash
    head = Head.objects.get()
    assert (head.number, head.hash) == (12, entries[-1].hash)
    salt = EntrySalt.objects.get(number=3).salt
    assert entries[2].digest == chain.digest_of(salt, {"n": 2})
    assert selectors.verify() == selectors.Verification(True, 12, None, "")
    # Erasing a person takes the salt away; the chain still proves.
    EntrySalt.objects.all().delete()
    assert selectors.verify().ok


def test_many_entries_at_once_go_on_with_the_same_chain(written: None) -> None:
    deeds = [services.Deed("test.done", None, n, {"n": n}) for n in range(5)]
    with transaction.atomic():
        assert services.log_actions(deeds) == 5
        assert services.log_actions([]) == 0
        services.log_action("test.done", actor=OPERATOR, data={"n": 5})
    assert selectors.verify() == selectors.Verification(True, 18, None, "")
    entry = Entry.objects.get(number=14)
    salt = EntrySalt.objects.get(number=14).salt
    assert (entry.code, entry.account_id, entry.record_id) == ("test.done", None, 1)
    assert entry.digest == chain.digest_of(salt, {"n": 1})
    Entry.objects.filter(number=15).update(record_id=9)
    assert selectors.verify().first_broken == 15


def test_many_entries_are_refused_outside_a_transaction_and_with_a_wrong_code(
    transactional_db: None,
) -> None:
    with pytest.raises(RuntimeError):
        services.log_actions([services.Deed("test.done", None, None, {})])
    with pytest.raises(ValueError, match="not a ledger code"), transaction.atomic():
        services.log_actions([services.Deed("Wrong", None, None, {})])
    assert not Entry.objects.exists()


def test_the_package_itself_offers_the_same_door(db: None) -> None:
    with transaction.atomic():
        ledger.log_action("test.done", actor=OPERATOR, data={})
    assert Entry.objects.get().code == "test.done"


@pytest.mark.django_db(transaction=True)
def test_an_entry_stands_or_falls_with_its_transaction() -> None:
    with pytest.raises(RuntimeError):
        services.log_action("test.done", actor=OPERATOR, data={})
    with transaction.atomic():
        services.log_action("test.done", actor=OPERATOR, data={})
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.log_action("test.undone", actor=OPERATOR, data={})
        raise ZeroDivisionError
    assert [entry.code for entry in Entry.objects.all()] == ["test.done"]
    assert selectors.verify().ok


@pytest.mark.parametrize("code", ["", "done", "Test.done", "test.", "test.do ne", "a.b\nc.d"])
def test_a_code_is_a_word_and_never_a_text(db: None, code: str) -> None:
    with pytest.raises(ValueError, match="ledger code"):
        services.log_action(code, actor=OPERATOR, data={})
    assert not Entry.objects.exists()


def test_time_in_the_chain_never_runs_back(db: None, at: Callable[[dt.datetime], None]) -> None:
    services.log_action("test.done", actor=OPERATOR, data={})
    at(START - dt.timedelta(hours=3))
    services.log_action("test.done", actor=OPERATOR, data={})
    assert [entry.at for entry in Entry.objects.order_by("number")] == [START, START]
    assert selectors.verify().ok


def rechain(first: int) -> None:
    """Rewrite the chain from an entry on, as somebody with the whole database would."""
    previous = Entry.objects.get(number=first - 1).hash if first > 1 else chain.GENESIS
    for entry in Entry.objects.filter(number__gte=first).order_by("number"):
        entry.previous = previous
        entry.hash = previous = chain.entry_hash(
            entry.number,
            entry.at,
            entry.code,
            entry.account_id,
            entry.record_id,
            entry.digest,
            previous,
        )
        entry.save()
    last = Entry.objects.order_by("-number").first()
    assert last is not None
    Head.objects.update(number=last.number, hash=last.hash)


def change(**fields: object) -> Callable[[], None]:
    return lambda: Entry.objects.filter(number=5).update(**fields) and None


def swap() -> None:
    """Two entries change places, their numbers staying in order."""
    one, other = Entry.objects.get(number=5), Entry.objects.get(number=6)
    Entry.objects.filter(number__in=[5, 6]).delete()
    one.number, other.number = 6, 5
    one.save(force_insert=True)
    other.save(force_insert=True)


def insert() -> None:
    last = Entry.objects.get(number=12)
    value = chain.entry_hash(13, last.at, "test.done", None, None, "0" * 64, last.hash)
    Entry.objects.create(
        number=13, at=last.at, code="test.done", digest="0" * 64, previous=last.hash, hash=value
    )


def rewrite() -> None:
    services.keep_roots()
    Entry.objects.filter(number=5).update(code="test.other")
    rechain(5)


def renumber() -> None:
    Entry.objects.filter(number=5).delete()
    for number in range(6, 13):
        Entry.objects.filter(number=number).update(number=number - 1)


def cut_with_head() -> None:
    services.keep_roots()
    Entry.objects.filter(number__gte=3).delete()
    rechain(1)


def back_in_time() -> None:
    Entry.objects.filter(number=5).update(at=START - dt.timedelta(days=3))
    rechain(5)


TAMPERING: list[tuple[str, Callable[[], object], int, str]] = [
    ("a code changed", change(code="test.other"), 5, "changed"),
    ("an account changed", change(account_id=99), 5, "changed"),
    ("a record changed", change(record_id=99), 5, "changed"),
    ("a record taken away", change(record_id=None), 5, "changed"),
    ("a time changed", change(at=START + dt.timedelta(hours=21)), 5, "changed"),
    ("a digest changed", change(digest="f" * 64), 5, "changed"),
    ("a hash changed", change(hash="f" * 64), 5, "changed"),
    ("a link changed", change(previous="f" * 64), 5, "link"),
    ("deleted in the middle", lambda: Entry.objects.filter(number=5).delete(), 5, "gap"),
    ("the first deleted", lambda: Entry.objects.filter(number=1).delete(), 1, "gap"),
    ("the last deleted", lambda: Entry.objects.filter(number=12).delete(), 12, "head"),
    ("everything deleted", lambda: Entry.objects.all().delete(), 1, "head"),
    ("deleted and renumbered", renumber, 5, "link"),
    ("two swapped", swap, 5, "link"),
    ("one added behind the head", insert, 13, "head"),
    ("the head set back", lambda: Head.objects.update(number=11), 12, "head"),
    ("the head changed", lambda: Head.objects.update(hash="f" * 64), 13, "head"),
    ("the head deleted", lambda: Head.objects.all().delete(), 1, "head"),
    ("rewritten, but a root was kept", rewrite, 5, "root"),
    ("cut off, but a root was kept", cut_with_head, 1, "root"),
    ("set back in time and rewritten", back_in_time, 5, "time"),
    (
        "a root changed",
        lambda: services.keep_roots() and DailyRoot.objects.update(root="f" * 64),
        1,
        "root",
    ),
    (
        "a root for a day without entries",
        lambda: DailyRoot.objects.create(
            day=dt.date(2026, 1, 1), root="f" * 64, first_number=0, last_number=0
        ),
        0,
        "root",
    ),
]


@pytest.mark.parametrize(
    ("tamper", "first_broken", "reason"),
    [row[1:] for row in TAMPERING],
    ids=[row[0] for row in TAMPERING],
)
def test_any_tampering_is_found_and_located(
    written: None, tamper: Callable[[], object], first_broken: int, reason: str
) -> None:
    assert selectors.verify().ok
    tamper()
    found = selectors.verify()
    assert not found.ok
    assert (found.first_broken, found.reason) == (first_broken, reason)
    assert str(first_broken) in found.sentence("vi")
    assert str(first_broken) in found.sentence("en")


def test_verifying_reads_in_pieces(
    written: None, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    monkeypatch.setattr(selectors, "CHUNK", 5)
    assert selectors.verify() == selectors.Verification(True, 12, None, "")
    Entry.objects.filter(number=11).update(record_id=7)
    assert selectors.verify().first_broken == 11


def test_roots_are_of_legal_days_and_kept_once(
    written: None, at: Callable[[dt.datetime], None]
) -> None:
    # 18 November 08:00 in Viet Nam and every five hours; the 18th ends at 17:00 UTC.
    kept = services.keep_roots()
    assert [(r.day.day, r.first_number, r.last_number) for r in kept] == [(18, 1, 4), (19, 5, 8)]
    assert services.keep_roots() == []
    assert services.root_of(dt.date(2026, 11, 18)).root == kept[0].root
    with pytest.raises(BadInput):
        services.root_of(dt.date(2026, 11, 20))
    assert services.root_of(dt.date(2026, 11, 1)).root == chain.Tree().root()
    assert DailyRoot.objects.count() == 2
    at(START + dt.timedelta(days=4))
    assert [r.day.day for r in services.keep_roots()] == [20]
    assert selectors.verify().ok


def test_an_entry_is_proved_with_the_root_alone(
    written: None, at: Callable[[dt.datetime], None], tmp_path: Path
) -> None:
    for number in range(1, 9):
        proof = selectors.inclusion_proof(number)
        assert proof.holds()
        file = tmp_path / "proof.json"
        file.write_text(json.dumps(selectors.proof_document(proof)))
        assert outsider("--proof", file, "--root", f"{proof.day}={proof.root}") == 0
        assert outsider("--proof", file, "--root", f"{proof.day}={'0' * 64}") == 1
        assert outsider("--proof", file) == 1
        forged = {**selectors.proof_document(proof), "hash": "f" * 64}
        file.write_text(json.dumps(forged))
        assert outsider("--proof", file, "--root", f"{proof.day}={proof.root}") == 1
        if number > 2:
            break
    with pytest.raises(NotFound):
        selectors.inclusion_proof(99)
    with pytest.raises(BadInput):
        selectors.inclusion_proof(12)


def outsider(*arguments: object) -> int:
    """The stand-alone verifier, run without anything of this project."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode


def test_an_outsider_can_check_the_export(written: None, tmp_path: Path) -> None:
    services.keep_roots()
    file = tmp_path / "ledger.jsonl"
    assert selectors.export(file) == 12
    root = services.root_of(dt.date(2026, 11, 18)).root
    assert outsider(file) == 0
    assert outsider(file, "--root", f"2026-11-18={root}") == 0
    assert outsider(file, "--root", f"2026-11-18={'0' * 64}") == 1
    assert outsider() == 2
    lines = file.read_text().splitlines()
    assert len(lines) == 1 + 12 + 2
    changed = [line.replace('"record":4', '"record":44') for line in lines]
    for forged in (
        [*lines[:3], *lines[4:]],  # one left out
        [*lines[:3], lines[4], lines[3], *lines[5:]],  # two in another order
        [*lines[:12], *lines[13:]],  # the last left out
        changed,
        [*lines[:-1], lines[-1].replace('"root":"', '"root":"0')],
        ["{}", *lines[1:]],
        [],
    ):
        assert forged != lines
        file.write_text("\n".join(forged) + "\n")
        assert outsider(file) == 1


def test_an_export_that_cannot_be_written_leaves_no_half(written: None, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="nowhere"):
        selectors.export(tmp_path / "nowhere" / "ledger.jsonl")
    assert list(tmp_path.iterdir()) == []
