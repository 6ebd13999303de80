"""Adding and retiring rules, the set that ships, and trying a rule before it is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import IntegrityError, transaction

from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.reporting.checks.content import RuleContent
from danchu.reporting.checks.models import CheckRule, RuleSet
from danchu.reporting.checks.reference import REFERENCES
from danchu.reporting.checks.selectors import rules, try_rule
from danchu.reporting.checks.services import add_rule, retire_rule
from danchu.reporting.checks.shipped import FILE, FOLDER, shipped
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import Cast
from tests.making import cut_off, entries, hold, refused
from tests.reporting.folding import open_periods

(REFERENCE,) = REFERENCES


def content(**changes: Any) -> RuleContent:
    return RuleContent(
        **{
            "key": "few_dialogues",
            "layer": "form",
            "severity": "justify",
            "rule": "conferences_held - dialogues_held <= 3",
            "sentence_vi": "Chỉ {dialogues_held} cuộc đối thoại trong {conferences_held}.",
            "sentence_en": "Only {dialogues_held} dialogues of {conferences_held}.",
            "basis": "Kế hoạch năm",
            **changes,
        }
    )


def strangers(cast: Cast) -> list[Any]:
    return [
        cast.admin_benmau,
        cast.reporter_benmau,
        cast.committee_minhhoa,
        cast.legal_officer,
        cast.outsider,
        NOBODY,
    ]


def test_an_administrator_adds_a_rule_and_nobody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stranger in strangers(cast):
        refused(NotAllowed, add_rule, actor=stranger, content=content())
        with pytest.raises(NotAllowed):
            rules(stranger)
        with pytest.raises(NotAllowed):
            try_rule(stranger, content())
    cut_off(monkeypatch, add_rule, actor=cast.admin, content=content())
    made = add_rule(actor=cast.admin, content=content())
    assert (made.version, made.shipped, made.added_by_id) == (1, False, cast.admin.pk)
    assert made in rules(cast.admin)
    assert len(entries("check_rule.added")) == 1
    refused(Conflict, add_rule, actor=cast.admin, content=content())
    # Of a shipped rule that is in use there is no second one either.
    refused(Conflict, add_rule, actor=OPERATOR, content=content(key="not_negative"))


def test_a_false_rule_is_refused_and_nothing_is_written(cast: Cast) -> None:
    false = content(
        rule="citizens_received <= citizens_received_persons",
        sentence_vi="Sai.",
        sentence_en="Wrong.",
    )
    refusal = refused(BadInput, add_rule, actor=cast.admin, content=false)
    assert refusal.field == "rule" and "866 lượt với 964 người" in refusal.vi
    with pytest.raises(BadInput):
        try_rule(cast.admin, false)
    for wrong, field in (
        ({"rule": "conferences_held <="}, "rule"),
        ({"rule": "x" * 600}, "rule"),
        ({"rule": None}, "rule"),
        ({"sentence_en": ""}, "sentence_en"),
        ({"sentence_vi": "x" * 501}, "sentence_vi"),
        ({"key": ""}, "key"),
        ({"basis": "x" * 301}, "basis"),
        ({"valid_from": dt.date(2026, 2, 1), "valid_to": dt.date(2026, 1, 1)}, "valid_to"),
    ):
        refusal = refused(BadInput, add_rule, actor=cast.admin, content=content(**wrong))
        assert refusal.field == field, wrong


def test_a_rule_is_retired_once_with_a_reason_and_its_key_may_be_used_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = add_rule(actor=cast.admin, content=content())
    given = {"rule_id": made.pk, "reason": "Không phù hợp"}
    for stranger in strangers(cast):
        refused(NotAllowed, retire_rule, actor=stranger, **given)
    refused(BadInput, retire_rule, actor=cast.admin, rule_id=made.pk, reason=" ")
    refused(NotFound, retire_rule, actor=cast.admin, rule_id=10**9, reason="x")
    cut_off(monkeypatch, retire_rule, actor=cast.admin, **given)
    retired = retire_rule(actor=cast.admin, **given)
    assert retired.retired_at and retired.retired_because == "Không phù hợp"
    refused(Conflict, retire_rule, actor=cast.admin, **given)
    assert len(entries("check_rule.retired")) == 1
    again = add_rule(actor=cast.admin, content=content(rule="conferences_held >= dialogues_held"))
    assert again.version == 2
    assert rules(cast.admin)[-1] == retired


def test_the_database_itself_keeps_statistics_from_blocking(cast: Cast) -> None:
    row = CheckRule.objects.get(key="unlike_peers")
    row.severity = "block"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def written(folder: Path, rows: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(yaml.safe_dump({"rules": list(rows.values())}), "utf-8")
    shipped.cache_clear()
    return folder


def test_the_shipped_set_comes_in_once_and_a_new_one_as_new_versions(
    cast: Cast, tmp_path: Path
) -> None:
    assert {row.key for row in CheckRule.objects.all()} == set(shipped())
    assert REFERENCE.installed() == REFERENCE.version(FOLDER)
    assert REFERENCE.plan(FOLDER) == REFERENCE.apply(FOLDER) == []
    rows = {r["key"]: r for r in yaml.safe_load((FOLDER / FILE).read_text("utf-8"))["rules"]}
    gone = CheckRule.objects.get(key="score_bound")
    retire_rule(actor=cast.admin, rule_id=gone.pk, reason="Thang điểm khác")
    retire_rule(
        actor=OPERATOR, rule_id=CheckRule.objects.get(key="count_bound").pk, reason="Quá lớn"
    )
    add_rule(actor=cast.admin, content=content())
    rows["money_bound"]["severity"] = "warn"
    del rows["rate_bound"]
    rows["few_dialogues"] = {**rows["not_negative"], "key": "few_dialogues"}
    rows["new_one"] = {**rows["not_negative"], "key": "new_one"}
    newer = written(tmp_path / "newer", rows)
    planned = {(c.what, c.key) for c in REFERENCE.plan(newer)}
    assert planned == {
        ("change", "money_bound"),
        ("end", "rate_bound"),
        ("add", "new_one"),
        ("conflict", "few_dialogues"),
        ("conflict", "score_bound"),
        ("conflict", "count_bound"),
    }
    assert {(c.what, c.key) for c in REFERENCE.apply(newer)} == planned
    assert REFERENCE.apply(newer) == []
    assert RuleSet.objects.count() == 2
    in_use = {r.key: r for r in CheckRule.objects.filter(retired_at=None)}
    assert (in_use["money_bound"].version, in_use["money_bound"].severity) == (2, "warn")
    assert in_use["few_dialogues"].rule == content().rule
    assert not {"rate_bound", "score_bound", "count_bound"} & set(in_use)
    # Back to the older file: what the release itself had ended comes again.
    shipped.cache_clear()
    REFERENCE.apply(FOLDER)
    assert CheckRule.objects.get(key="rate_bound", retired_at=None).version == 2
    assert not CheckRule.objects.filter(key="score_bound", retired_at=None).exists()


def test_an_unfit_shipped_rule_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    rows = {r["key"]: r for r in yaml.safe_load((FOLDER / FILE).read_text("utf-8"))["rules"]}
    rows["opinions_flow"]["rule"] = "citizens_received <= reception_cases"
    bad = written(tmp_path / "bad", rows)
    with pytest.raises(BadInput):
        REFERENCE.apply(bad)
    assert REFERENCE.installed() == REFERENCE.version(FOLDER)
    shipped.cache_clear()


def test_a_rule_is_tried_on_the_forms_handed_in_last(cast: Cast, settle: Any) -> None:
    assert try_rule(cast.admin, content()).tried == 0
    (period,) = open_periods("nd09:2026H1").values()
    opened = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=dt.date(2026, 6, 14),
        due_on=dt.date(2026, 6, 16),
    )
    for _ in range(4):
        hold(cast.recorder_benmau, cast.benmau, kind="briefing")
    hold(cast.recorder_benmau, cast.benmau)
    hold(cast.recorder_caumau, cast.caumau)
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    submit(actor=cast.reporter_caumau, round_id=opened.pk, unit_id=cast.caumau)
    settle()
    rows = CheckRule.objects.count()
    trial = try_rule(cast.admin, content())
    assert trial.tried == 2 and CheckRule.objects.count() == rows
    (form,) = trial.fired
    assert (form.unit_id, form.period_code) == (cast.benmau, period.code)
    assert form.fired[0].sentence_vi == "Chỉ 1 cuộc đối thoại trong 5."
    assert trial.silent + trial.not_checkable == 1
    assert (
        len(try_rule(cast.admin, content(rule="conferences_held - dialogues_held <= 4")).fired) == 0
    )
    same = content(
        layer="records",
        rule="value < recorded",
        applies_to="conferences_held",
        sentence_vi="{value} {recorded}",
        sentence_en="{value} {recorded}",
    )
    assert len(try_rule(cast.admin, same).fired) == 2
