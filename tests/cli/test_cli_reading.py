"""``danchu read`` and ``danchu check`` as a person and as a script meet them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from danchu.cli import main

GOOD = "Xã Bến Mẫu ghi nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt 96%.\n"
WRONG = "Xã Bến Mẫu ghi nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt 99%.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dung.txt").write_text("# source: một nơi\n" + GOOD, "utf-8")
    (tmp_path / "sai.txt").write_text(WRONG, "utf-8")
    (tmp_path / "hong.docx").write_bytes(b"\xff\xd8\xff\xe0 anh")
    return tmp_path


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    status = main([*arguments, "--json"])
    out, err = capsys.readouterr()
    return status, json.loads(out), err


def test_read_answers_one_document_for_each_input(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = str(folder / "dung.txt")
    status, (document,), _ = _run(capsys, "read", good)
    assert status == 0
    assert document["file"] == good
    assert [(i["key"], i["value"]) for i in document["indicators"]] == [
        ("opinions_received", 191),
        ("opinions_resolved", 183),
        ("opinions_resolved_pct", 96),
    ]
    resolved = document["indicators"][1]
    assert resolved["denominator"] == 191
    assert GOOD[resolved["char_start"] : resolved["char_end"]] == resolved["surface"]
    assert "error" not in document


def test_an_input_that_cannot_be_read_has_its_own_entry_and_the_others_are_answered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(folder / "khong-co.txt")
    status, documents, _ = _run(
        capsys, "read", str(folder / "hong.docx"), missing, str(folder / "dung.txt")
    )
    assert status == 1
    broken, absent, good = documents
    assert "không phải là tệp DOCX như tên gọi" in broken["error"]
    assert (broken["indicators"], broken["persons"], broken["legal_refs"]) == ([], [], [])
    assert broken["findings"] == {"achievements": [], "limitations": [], "tasks": []}
    assert absent["file"] == missing
    assert absent["error_code"] == "unreadable"
    assert len(good["indicators"]) == 3


def test_a_folder_is_read_with_everything_below_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, documents, _ = _run(capsys, "read", str(folder))
    assert status == 1
    assert [Path(d["file"]).name for d in documents] == ["dung.txt", "hong.docx", "sai.txt"]
    empty = folder / "trong"
    empty.mkdir()
    status, (document,), _ = _run(capsys, "read", str(empty))
    assert (status, document["error_code"]) == (1, "empty")


def test_check_ends_with_1_when_a_figure_disagrees(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, (document,), _ = _run(capsys, "check", str(folder / "dung.txt"))
    assert status == 0
    assert [(c["rule"], c["verdict"]) for c in document["checks"]] == [("share", "ok")]
    assert len(document["figures"]) == 3
    status, (document,), _ = _run(capsys, "check", str(folder / "sai.txt"))
    assert status == 1
    (check,) = document["checks"]
    assert (check["verdict"], check["stated"], check["computed"]) == ("fail", 99, 95.81)
    assert all(len(span) == 2 for span in check["spans"])


def test_people_get_tables_in_the_language_they_ask_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["read", str(folder / "dung.txt")]) == 0
    out = capsys.readouterr().out
    assert "Chỉ tiêu" in out
    assert "giải quyết 183 ý kiến" in out
    assert main(["check", str(folder / "sai.txt")]) == 1
    assert "KHÔNG KHỚP" in capsys.readouterr().out
    monkeypatch.setenv("DANCHU_LANG", "en")
    folder.joinpath("to.txt").write_text("Đã tiếp 4.984 lượt công dân.", "utf-8")
    assert main(["read", str(folder / "to.txt")]) == 0
    assert "4,984 " in capsys.readouterr().out
    assert main(["check", str(folder / "sai.txt"), str(folder / "hong.docx")]) == 1
    out = capsys.readouterr().out
    assert "FAIL" in out
    assert "Not read" in out


def test_an_unexpected_error_in_one_file_spares_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import danchu.cli.reading as command

    real = command.read_text

    def fails(text: str, name: str = "") -> Any:
        if name.endswith("sai.txt"):
            raise RuntimeError("hỏng")
        return real(text, name)

    monkeypatch.setattr(command, "read_text", fails)
    status, documents, err = _run(capsys, "read", str(folder / "sai.txt"), str(folder / "dung.txt"))
    assert (status, documents[0]["error_code"]) == (1, "unexpected")
    assert len(documents[1]["indicators"]) == 3
    assert "Traceback" not in err


def test_wrong_use_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["read"])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_check_with_a_unit_needs_its_period_and_a_database(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = str(folder / "dung.txt")
    assert main(["check", good, "--unit", "00001"]) == 2
    assert "--period" in capsys.readouterr().err


@pytest.mark.django_db
def test_check_holds_a_text_against_what_the_database_has_of_the_unit(
    cast: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], settle: Any
) -> None:
    from tests.making import hold
    from tests.reporting.folding import open_periods

    open_periods("2026H1")
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    from danchu.core.clock import today
    from danchu.core.units.selectors import units_by_ids

    code = units_by_ids([cast.benmau], today())[cast.benmau].code
    for number, status, verdict in (("01", 0, "ok"), ("02", 1, "fail")):
        path = tmp_path / "bao-cao.txt"
        path.write_text(f"Xã tổ chức {number} hội nghị đối thoại.\n", "utf-8")
        arguments = ("check", str(path), "--unit", code, "--period", "2026H1")
        answered, (document,), _ = _run(capsys, *arguments)
        assert answered == status
        assert [(c["rule"], c["verdict"]) for c in document["checks"]] == [("database", verdict)]
    answered = main(["check", str(path), "--unit", code, "--period", "2026X9"])
    assert answered == 2 and "2026X9" in capsys.readouterr().err


def test_each_finding_says_where_it_stands_and_what_was_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "thu.txt"
    path.write_text(
        "UBND XÃ BẾN MẪU\nBáo cáo\n\nNhân dân góp 300 ghế, 40 bàn. Có 18/24 tủ sách được mở, "
        "đạt tỷ lệ 72% tổng số tủ sách.\n",
        "utf-8",
    )
    for tongue, tried in (("vi", "số trong câu: tỷ lệ"), ("en", "numbers of the sentence: share")):
        monkeypatch.setenv("DANCHU_LANG", tongue)
        assert main(["check", str(path)]) == 1
        head, row = capsys.readouterr().out.splitlines()[1:3]
        columns = [head.index(word) for word in head.split("  ") if word]
        assert len(columns) == 4
        assert tried in row
        assert "18/24 tủ sách được mở, đạt tỷ lệ 72% tổng số" in row
