"""The file that make bench writes, and what counts as kept."""

from __future__ import annotations

import json
from pathlib import Path

from bench.measuring import percentile
from bench.results import at_least, at_most, read, table, write
from bench.setup import distributions

KEYS = {"name", "value", "budget", "unit", "ok", "how"}


def test_the_file_is_a_list_of_the_six_keys_of_the_interface(tmp_path: Path) -> None:
    results = [
        at_most("trang danh sách", 11, 12, "statements", "đếm"),
        at_least("reading", 49.99999, 50, "reports/s", "clock"),
    ]
    path = tmp_path / "results" / "one.json"
    write(results, path)
    rows = json.loads(path.read_text("utf-8"))
    assert [set(row) for row in rows] == [KEYS, KEYS]
    assert [row["ok"] for row in rows] == [True, False]
    assert rows[0]["value"] == 11 and isinstance(rows[0]["value"], int)
    assert "trang danh sách" in path.read_text("utf-8")
    assert read(path) == results


def test_a_budget_is_judged_before_the_value_is_shortened() -> None:
    just_over = at_most("page", 2.0004, 2, "times", "")
    assert (just_over.value, just_over.ok) == (2, False)
    assert at_most("page", 2, 2, "times", "").ok
    assert at_least("page", 0.5, 0.5, "share", "").ok


def test_the_table_marks_what_is_over_and_counts_it() -> None:
    text = table([at_most("page", 3, 2, "times", ""), at_most("other", 1, 2, "times", "")])
    assert [line[:4].strip() for line in text.splitlines()[1:3]] == ["OVER", "ok"]
    assert text.endswith("2 budgets, 1 over")
    assert table([at_most("other", 1, 2, "times", "")]).endswith("1 budgets kept")


def test_the_nearest_rank_and_the_pinned_names() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([7], 0.95) == 7
    lock = "# made by a tool\nalpha==1.0 \\\n    --hash=sha256:00\nbeta==2 ; sys_platform == 'x'\n"
    assert distributions(lock) == 2
