"""``make bench-reading``: a small corpus of the project's own sentences is measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.reading_quality.__main__ import main
from bench.reading_quality.calibration import Said, bands, expected_error
from bench.reading_quality.corpus import CorpusError, load
from bench.reading_quality.scoring import Score
from bench.reading_quality.speed import rate_of

TEXT = (
    "BÁO CÁO\nKết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024 của xã Bến Mẫu\n\n"
    "Trong kỳ, xã tổ chức 12 hội nghị đối thoại, tiếp nhận 48 ý kiến, đã giải quyết 45 ý kiến.\n"
    "Nhân dân hiến 1.200 m2 đất làm đường.\n"
)


def figure(key: str, value: float, surface: str) -> dict[str, Any]:
    start = TEXT.index(surface)
    return {
        "key": key,
        "value": value,
        "unit": {"dialogues_held": "meeting", "land_donated_m2": "m2"}.get(key, "opinion"),
        "surface": surface,
        "char_start": start,
        "char_end": start + len(surface),
        "approx": False,
    }


GOLD: dict[str, Any] = {
    "id": "a",
    "doc_kind": "report",
    "unit": {"name": "xã Bến Mẫu", "level": "commune", "province": None},
    "period": {"kind": "half_year", "start": "2024-01-01", "end": "2024-06-30"},
    "event_date": None,
    "persons": [],
    "legal_refs": [],
    "indicators": [
        figure("dialogues_held", 12, "12 hội nghị đối thoại"),
        figure("opinions_received", 48, "48 ý kiến"),
        figure("opinions_resolved", 45, "đã giải quyết 45 ý kiến"),
        figure("land_donated_m2", 1200, "hiến 1.200 m2 đất"),
    ],
    "findings": {"achievements": [], "limitations": [], "tasks": []},
}
VOCAB = "| `dialogues_held` | core | meeting | x | x | x | 1 |\n| `land_donated_m2` | ext | m2 |\n"


def corpus(folder: Path, gold: Any = GOLD, *, vocabulary: str | None = None) -> Path:
    (folder / "articles").mkdir(parents=True)
    (folder / "gold").mkdir()
    (folder / "articles" / "a.txt").write_text(f"# source: the project\n{TEXT}", "utf-8")
    (folder / "gold" / "a.json").write_text(
        gold if isinstance(gold, str) else json.dumps(gold), "utf-8"
    )
    if vocabulary is not None:
        (folder / "VOCAB.md").write_text(vocabulary, "utf-8")
    return folder


def measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any], str]:
    out = folder / "out.json"
    status = main([str(folder), "--out", str(out), "--no-speed"])
    return status, json.loads(out.read_text("utf-8")), capsys.readouterr().out


def test_what_is_marked_and_read_keeps_every_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, document, printed = measured(corpus(tmp_path), capsys)
    assert status == 0, printed
    assert {line["name"]: line["value"] for line in document["lines"]} == dict.fromkeys(
        [
            "core keys, F1",
            "all keys, F1",
            "values, F1",
            "period",
            "date",
            "legal references, F1",
        ],
        1,
    )
    assert document["texts"]["a"]["all keys"]["right"] == 4
    assert sum(row["number"] for row in document["reliability"]) == 4
    assert "budgets kept" in printed and "confidence" in printed


def test_a_missed_and_an_added_figure_and_a_wrong_period_are_counted_and_end_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {**GOLD, "period": {**GOLD["period"], "end": "2024-12-31"}}
    wrong["indicators"] = [
        {**GOLD["indicators"][0], "key": "conferences_held"},
        *GOLD["indicators"][1:],
    ]
    status, document, _ = measured(corpus(tmp_path, wrong), capsys)
    pooled = document["pooled"]
    assert status == 1
    assert [pooled["all keys"][x] for x in ("right", "extra", "missed")] == [3, 1, 1]
    assert [pooled["values"][x] for x in ("right", "extra", "missed")] == [4, 0, 0]
    assert pooled["period"]["accuracy"] == 0 and pooled["date"]["accuracy"] == 1
    missed = {line["name"] for line in document["lines"] if not line["ok"]}
    assert "period" in missed and "values, F1" not in missed


def test_the_vocabulary_beside_the_texts_says_what_is_core_and_the_dictionary_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, vocabulary, core in (("with", VOCAB, 1), ("without", None, 4)):
        folder = corpus(tmp_path / name, vocabulary=vocabulary)
        _, document, _ = measured(folder, capsys)
        assert document["pooled"]["core keys"]["right"] == core


def test_a_figure_told_again_in_other_words_is_no_error_but_a_second_marked_one_is_missed() -> None:
    score = Score(right=1, missed=1)
    assert (score.precision, score.recall) == (1, 0.5)
    assert Score().f1 == 1 and Score(extra=1).f1 == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: None, "no such folder"),
        (lambda f: f.mkdir(), "holds no folder articles"),
        (lambda f: (corpus(f) / "articles" / "b.txt").write_text("x"), "gold/b.json is missing"),
        (lambda f: (corpus(f) / "gold" / "b.json").write_text("{}"), "articles/b.txt is missing"),
        (lambda f: corpus(f, "{"), "is not JSON"),
        (lambda f: corpus(f, "[]"), "must hold one JSON object"),
        (lambda f: corpus(f, {**GOLD, "findings": {}}), "findings has no list achievements"),
        (
            lambda f: corpus(f, {k: v for k, v in GOLD.items() if k != "period"}),
            "field period is missing",
        ),
        (lambda f: corpus(f, {**GOLD, "indicators": [{"key": "x"}]}), "lacks a proper value"),
        (
            lambda f: corpus(f, {**GOLD, "indicators": [{**GOLD["indicators"][0], "char_end": 9}]}),
            "not of one version",
        ),
        (lambda f: corpus(f, vocabulary="# nothing\n"), "no row names a key"),
    ],
)
def test_a_folder_that_is_no_corpus_is_named_plainly_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Any, said: str
) -> None:
    folder = tmp_path / "corpus"
    change(folder)
    assert main([str(folder), "--no-speed"]) == 2
    answer = capsys.readouterr()
    assert said in answer.err and not answer.out


def test_a_sound_corpus_is_loaded_without_its_source_line(tmp_path: Path) -> None:
    (text,) = load(corpus(tmp_path))
    assert text.text == TEXT
    with pytest.raises(CorpusError):
        load(tmp_path / "gold")


def test_confidence_is_held_against_what_was_right() -> None:
    said = [Said(0.9, True)] * 9 + [Said(0.9, False)] + [Said(0.4, False)] * 10
    low, high = bands(said)
    assert (low.number, low.right) == (10, 0) and high.right == pytest.approx(0.9)
    assert expected_error(said) == pytest.approx(0.2)
    assert expected_error([]) == 0


def test_the_speed_is_that_of_texts_of_three_thousand_characters() -> None:
    assert rate_of([TEXT, TEXT * 30, " "], seconds=0.05) > 1
    assert rate_of([""]) == 0
