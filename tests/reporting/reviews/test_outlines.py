"""Outlines of reports as versions: who may, drafts, faults with their place, what reports use."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import Any

import pytest

from danchu.core.accounts.roles import roles_with
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.export import as_json
from danchu.reporting.reviews.freezing import freeze_report
from danchu.reporting.reviews.frozen_files import kept_data
from danchu.reporting.reviews.models import OutlineDraft, OutlineVersion
from danchu.reporting.reviews.outlines import checking
from danchu.reporting.reviews.outlines.content import (
    FINDINGS,
    LAYOUTS,
    LEVELS,
    MOST_BYTES,
    as_file,
    digest_of,
    from_file,
    shipped_content,
    tidy,
    walk,
)
from danchu.reporting.reviews.outlines.editing import (
    AddSection,
    MoveSection,
    PlaceSection,
    RemoveSection,
    SaveAnnexes,
    SaveFrame,
    SaveSection,
    section_at,
)
from danchu.reporting.reviews.outlines.selectors import (
    draft_of,
    outline_for,
    outline_of_draft,
    outlines_at_a_glance,
    version_content,
    versions_of,
)
from danchu.reporting.reviews.outlines.services import (
    bring_in_force,
    discard_draft,
    edit_draft,
    restore_shipped,
    start_draft,
)
from tests.cast import Cast
from tests.making import entries, hold, refused
from tests.reporting.folding import open_periods

NOW = "nd09:2026H1"
FROM = dt.date(2026, 6, 14)
WHICH = {"layout": "state", "level": "commune"}
GIVEN = {"basis": "Công văn số 12-CV/BCĐ ngày 02/3/2026", "valid_from": FROM}


def strangers(cast: Cast) -> list[Any]:
    """One of every role but the administrator of the installation."""
    return [
        cast.admin_benmau,
        cast.recorder_benmau,
        cast.reporter_benmau,
        cast.leader_minhhoa,
        cast.committee_minhhoa,
        cast.viewer,
        cast.legal_officer,
        cast.outsider,
        NOBODY,
    ]


def path_to(content: dict[str, Any], name: str) -> tuple[int, ...]:
    """Where the section with this id stands."""

    def find(rows: list[dict[str, Any]], path: tuple[int, ...]) -> tuple[int, ...] | None:
        for place, row in enumerate(rows):
            if row["id"] == name:
                return (*path, place)
            below = find(row["children"], (*path, place))
            if below:
                return below
        return None

    found = find(content["sections"], ())
    assert found, name
    return found


def renamed(content: dict[str, Any], name: str, title: str) -> SaveSection:
    path = path_to(content, name)
    row = {k: v for k, v in section_at(content, path).items() if k not in ("id", "children")}
    return SaveSection(path, {**row, "title_vi": title})


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("level", LEVELS)
def test_what_ships_passes_the_checks_that_guard_what_people_write(layout: str, level: str) -> None:
    content = shipped_content(layout, level)
    assert checking.faults(content, shipped(), dt.date(2017, 1, 1)) == []
    assert checking.unprinted(content, shipped()) == []
    assert tidy(json.loads(as_file(content))) == content
    districts = [row for row in walk(content["sections"]) if row["id"] == "state_enterprises"]
    assert bool(districts) is (layout == "party" and level != "commune")


def test_only_an_administrator_of_the_installation_changes_outlines(cast: Cast) -> None:
    assert roles_with("outlines.edit") == {"admin"}
    start_draft(actor=cast.admin, **WHICH)
    edit = MoveSection((0,), 1)
    for person in strangers(cast):
        refused(NotAllowed, start_draft, actor=person, layout="party", level="commune")
        refused(NotAllowed, edit_draft, actor=person, **WHICH, row_version=0, edit=edit)
        refused(NotAllowed, discard_draft, actor=person, **WHICH, row_version=0)
        refused(NotAllowed, bring_in_force, actor=person, **WHICH, row_version=0, **GIVEN)
        refused(NotAllowed, restore_shipped, actor=person, **WHICH, **GIVEN)
        for read in (
            lambda p: outlines_at_a_glance(p, FROM),
            lambda p: versions_of(p, "state", "commune"),
            lambda p: version_content(p, "state", "commune", 0),
            lambda p: draft_of(p, "state", "commune", FROM),
            lambda p: outline_of_draft(p, "state", "commune"),
        ):
            with pytest.raises(NotAllowed):
                read(person)
    assert len(outlines_at_a_glance(cast.admin, FROM)) == 6
    assert OutlineVersion.objects.count() == 0


def test_a_version_holds_from_its_day_and_reports_name_it(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    before = compose(viewer=cast.reporter_benmau, code="9A001", period_code=NOW)
    draft = start_draft(actor=cast.admin, **WHICH)
    edit = renamed(draft.content, "dialogue", "Đối thoại theo đề cương tỉnh")
    draft = edit_draft(actor=cast.admin, **WHICH, row_version=0, edit=edit)
    # A draft is nobody's report, and looking at it makes a paper for reference.
    again = compose(viewer=cast.reporter_benmau, code="9A001", period_code=NOW)
    assert as_json(again) == as_json(before)
    seen = compose(
        viewer=cast.admin,
        code="9A001",
        period_code=NOW,
        draft=outline_of_draft(cast.admin, "state", "commune"),
    )
    assert seen.is_reference and not before.is_reference
    assert "Đối thoại theo đề cương tỉnh" in {s.title for s in seen.sections}
    made = bring_in_force(actor=cast.admin, **WHICH, row_version=1, **GIVEN)
    assert (made.number, made.sha256) == (1, digest_of(draft.content))
    assert not OutlineDraft.objects.exists()
    assert "outline.in_force" in {entry.code for entry in entries()}
    after = compose(viewer=cast.reporter_benmau, code="9A001", period_code=NOW)
    assert "Đối thoại theo đề cương tỉnh" in {s.title for s in after.sections}
    assert as_json(after)["outline"] == {
        "layout": "state",
        "level": "commune",
        "version": 1,
        "sha256": made.sha256,
    }
    assert as_json(before)["outline"]["version"] == 0
    # Another level, another layout and an earlier period keep theirs.
    assert outline_for("state", "province", FROM).number == 0
    assert outline_for("party", "commune", FROM).number == 0
    assert outline_for("state", "commune", FROM - dt.timedelta(days=1)).number == 0
    assert outline_for("state", "nation", FROM).number == 0


def test_a_frozen_report_keeps_the_outline_it_was_made_from(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    draft = start_draft(actor=cast.admin, **WHICH)
    edit = renamed(draft.content, "dialogue", "Tên mục của bản một")
    edit_draft(actor=cast.admin, **WHICH, row_version=0, edit=edit)
    first = bring_in_force(actor=cast.admin, **WHICH, row_version=1, **GIVEN)
    compose(viewer=cast.reporter_benmau, code="9A001", period_code=NOW)
    settle()
    frozen = freeze_report(
        actor=cast.reporter_benmau,
        code="9A001",
        period_code=NOW,
        known=["period_runs", "figures_missing", "not_assessed"],
    )
    restore_shipped(actor=cast.admin, **WHICH, basis="Thôi dùng", valid_from=FROM)
    data = kept_data(frozen)
    assert data["outline"] == first.sha256
    assert data["report"]["outline"]["version"] == 1
    assert "Tên mục của bản một" in json.dumps(data["report"], ensure_ascii=False)
    now = compose(viewer=cast.reporter_benmau, code="9A001", period_code=NOW)
    assert "Tên mục của bản một" not in {s.title for s in now.sections}
    assert now.outline.number == 2
    assert now.outline.sha256 == digest_of(shipped_content("state", "commune"))
    refused(Conflict, restore_shipped, actor=cast.admin, **WHICH, basis="x", valid_from=FROM)
    assert [v.is_shipped for v in versions_of(cast.admin, "state", "commune")] == [True, False]


def test_the_highest_number_that_holds_on_the_day_is_used(cast: Cast) -> None:
    def version(title: str, first: dt.date, last: dt.date | None = None) -> None:
        draft = start_draft(actor=cast.admin, **WHICH)
        edit = renamed(draft.content, "dialogue", title)
        edit_draft(actor=cast.admin, **WHICH, row_version=0, edit=edit)
        bring_in_force(
            actor=cast.admin, **WHICH, row_version=1, basis="CV", valid_from=first, valid_to=last
        )

    version("Một", dt.date(2026, 1, 1))
    version("Hai", dt.date(2026, 6, 1), dt.date(2026, 6, 30))

    def used(*day: int) -> int:
        return outline_for("state", "commune", dt.date(*day)).number

    assert [used(2025, 12, 31), used(2026, 1, 1), used(2026, 6, 1)] == [0, 1, 2]
    assert [used(2026, 6, 30), used(2026, 7, 1)] == [2, 1]
    refused(
        BadInput,
        restore_shipped,
        actor=cast.admin,
        **WHICH,
        basis="x",
        valid_from=dt.date(1990, 1, 1),
    )
    assert version_content(cast.admin, "state", "commune", 1) != shipped_content("state", "commune")
    refused(NotFound, start_draft, actor=cast.admin, **WHICH, number=9)


def test_two_people_at_one_draft_do_not_overwrite_each_other(cast: Cast) -> None:
    draft = start_draft(actor=cast.admin, **WHICH)
    refused(Conflict, start_draft, actor=cast.admin, **WHICH)
    edit = renamed(draft.content, "dialogue", "Của người thứ nhất")
    edit_draft(actor=cast.admin, **WHICH, row_version=0, edit=edit)
    late = renamed(draft.content, "dialogue", "Của người thứ hai")
    refused(Conflict, edit_draft, actor=cast.admin, **WHICH, row_version=0, edit=late)
    refused(Conflict, bring_in_force, actor=cast.admin, **WHICH, row_version=0, **GIVEN)
    refused(Conflict, discard_draft, actor=cast.admin, **WHICH, row_version=0)
    kept = OutlineDraft.objects.get().content
    assert section_at(kept, path_to(kept, "dialogue"))["title_vi"] == "Của người thứ nhất"
    discard_draft(actor=cast.admin, **WHICH, row_version=1)
    refused(NotFound, edit_draft, actor=cast.admin, **WHICH, row_version=1, edit=late)
    assert outline_for("state", "commune", FROM).number == 0


def test_sections_move_go_into_others_and_never_into_themselves() -> None:
    content = shipped_content("state", "commune")
    first, second = (row["id"] for row in content["sections"][:2])
    moved = MoveSection((0,), 1).apply(content)
    assert [row["id"] for row in moved["sections"][:2]] == [second, first]
    assert MoveSection((0,), -1).apply(content) == content
    placed = PlaceSection(path_to(content, "movement"), ()).apply(content)
    assert placed["sections"][-1]["id"] == "movement"
    for under in ((1,), (1, 0), (1, 3)):
        with pytest.raises(BadInput, match="chính nó"):
            PlaceSection((1,), under).apply(content)
    with pytest.raises(BadInput, match="3 cấp"):
        deep = PlaceSection((1, 0), (0, 0)).apply(content)
        PlaceSection((0,), (1, 0)).apply(deep)
    with pytest.raises(NotFound):
        MoveSection((99,), 1).apply(content)
    empty = {
        "title_vi": "Mục mới",
        "title_en": "",
        "valid_from": None,
        "valid_to": None,
        "findings": [],
        "empty_vi": "",
        "empty_en": "",
        "sentences": [],
    }
    added = AddSection((0,), empty).apply(content)
    assert added["sections"][0]["children"][-1]["id"] == "muc_1"
    gone = RemoveSection((0, 3)).apply(added)
    assert gone == content


def wrong(change: Any, level: str = "commune") -> str:
    """What is told of the shipped State outline with a change."""
    content = copy.deepcopy(shipped_content("state", level))
    change(content)
    return " ".join(fault.vi for fault in checking.faults(tidy(content), shipped(), FROM))


def sentence(**changes: Any) -> dict[str, Any]:
    return {"id": "moi", "vi": "Có {dialogues_held} cuộc.", "en": "", "needs": [], **changes}


def test_each_fault_is_told_with_its_place() -> None:
    def add(row: dict[str, Any]) -> Any:
        return lambda c: c["sections"][0]["children"][0]["sentences"].append(row)

    place = "Mục “Ban hành văn bản; quy chế thực hiện dân chủ”, câu 5: "
    assert place + "không có chỉ tiêu “so_la”" in wrong(add(sentence(vi="Có {so_la} việc.")))
    assert "không có chỉ tiêu “la”" in wrong(add(sentence(unless=["la"])))
    assert "in hai lần" in wrong(add(sentence()))
    assert place + "không có chỉ tiêu nào" in wrong(add(sentence(vi="Nhân dân phấn khởi.")))
    assert "câu tiếng Anh không in đúng" in wrong(add(sentence(en="{participants} came.")))
    assert "phần trong [[ ]]" in wrong(add(sentence(vi="Có {dialogues_held}[[ cuộc]].")))
    assert "một cặp ngoặc" in wrong(add(sentence(vi="Có {dialogues_held} {Cuoc}.")))
    assert "dưới 5" in wrong(add(sentence(vi="Có {denunciations_received} đơn tố cáo.")))

    def circle(c: Any) -> None:
        rows = c["sections"][0]["children"][1]["sentences"]
        rows[0]["unless"], rows[1]["unless"] = ["trainings_held"], ["outreach_sessions"]

    assert "vòng tròn" in wrong(circle)
    assert "chưa có mục nào" in wrong(lambda c: c.update(sections=[]))
    for kind, name in zip(
        FINDINGS, ("ưu điểm", "hạn chế", "nguyên nhân", "nhiệm vụ", "kiến nghị"), strict=True
    ):

        def drop(c: Any, kind: str = kind) -> None:
            for row in walk(c["sections"]):
                row["findings"] = [k for k in row["findings"] if k != kind]

        assert f"phần {name} phải có đúng một mục, nay có 0" in wrong(drop)
    bare = {"id": "x", "title_vi": "Trống"}
    assert "Mục “Trống”: mục trống" in wrong(lambda c: c["sections"].append(bare))
    twice = {**bare, "id": "direction", "empty_vi": "Chưa có."}
    assert "dùng hai lần" in wrong(lambda c: c["sections"].append(twice))
    assert "Lời kết: mỗi kỳ có đúng một dòng, nay có 0" in wrong(lambda c: c.update(closing=[]))
    line = {"vi": "Căn cứ một văn bản"}
    assert "nhiều nhất 3 căn cứ" in wrong(lambda c: c["basis"].append(line))
    code = {"vi": "Của {unit.__class__} và {0}"}
    assert "Lời kết, dòng 1: chỉ dùng được {unit}" in wrong(lambda c: c.update(closing=[code]))
    table = {"id": "b", "title_vi": "Biểu lạ", "columns": ["so_la", "so_la"]}
    told = wrong(lambda c: c["annexes"].append(table))
    assert "Biểu phụ lục “Biểu lạ”" in told and "hai lần" in told and "“so_la”" in told
    # What only begins to be wrong later is found too.
    later = {"id": "sau", "title_vi": "Sau này", "findings": ["task"], "valid_from": "2030-01-01"}
    assert "nhiệm vụ phải có đúng một mục, nay có 2" in wrong(lambda c: c["sections"].append(later))


def test_a_faulty_draft_does_not_take_effect_and_loses_nothing(cast: Cast) -> None:
    draft = start_draft(actor=cast.admin, **WHICH)
    gone = RemoveSection(path_to(draft.content, "tasks"))
    edit_draft(actor=cast.admin, **WHICH, row_version=0, edit=gone)
    found = draft_of(cast.admin, "state", "commune", FROM)
    assert found is not None and len(found.faults) == 1
    with pytest.raises(BadInput, match="phần nhiệm vụ phải có đúng một mục"):
        bring_in_force(actor=cast.admin, **WHICH, row_version=1, **GIVEN)
    refused(
        BadInput,
        bring_in_force,
        actor=cast.admin,
        **WHICH,
        row_version=1,
        basis="CV",
        valid_from=FROM,
        valid_to=FROM - dt.timedelta(days=1),
    )
    refused(
        BadInput,
        bring_in_force,
        actor=cast.admin,
        **WHICH,
        row_version=1,
        basis="",
        valid_from=FROM,
    )
    assert OutlineDraft.objects.get().row_version == 1
    refused(BadInput, start_draft, actor=cast.admin, layout="bao", level="commune")
    refused(BadInput, start_draft, actor=cast.admin, layout="state", level="nation")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "không phải là đề cương"),
        (b"a: &a [*a]", "không phải là đề cương"),
        (b"[" * 100_000, "không phải là đề cương"),
        (b"[]", "không đúng dạng"),
        (b'{"sections": 3}', "không đúng dạng"),
        (b'{"cua_so": []}', "không có thành phần"),
        (b'{"sections": [{"id": "a", "title_vi": 3}]}', "chữ ghi không đúng dạng"),
        (b'{"sections": [{"id": "A b", "title_vi": "M"}]}', "mã không đúng dạng"),
        (b'{"sections": [{"id": "a", "title_vi": "M", "valid_from": "mai"}]}', "ngày không đúng"),
        (b'{"sections": [{"id": "a", "title_vi": "M", "findings": ["x"]}]}', "không có loại"),
        (
            b'{"sections": [{"id": "a", "title_vi": "M", "sentences": [{"id": "s", "vi": "[["}]}]}',
            "Mục “M”, câu 1".encode().decode(),
        ),
        (b'{"sections": [' + b'{"id": "a", "title_vi": "M"},' * 130 + b"{}]}", "nhiều nhất 120"),
        (b"x" * (MOST_BYTES + 1), "lớn hơn"),
    ],
)
def test_a_file_that_is_no_outline_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told.replace("(", r"\(")) as refusal:
        from_file(data)
    assert refusal.value.field == "file"


def test_too_deep_too_long_and_too_many_are_refused_with_the_place() -> None:
    inner = {"id": "d", "title_vi": "D"}
    for name in ("c", "b", "a"):
        inner = {"id": name, "title_vi": name.upper(), "children": [inner]}
    with pytest.raises(BadInput, match="Mục “C”: chỉ chia đến 3 cấp"):
        tidy({"sections": [inner]})
    long = {"id": "a", "title_vi": "M", "sentences": [sentence(vi="x" * 1001)]}
    with pytest.raises(BadInput, match="Mục “M”, câu 1: dài hơn 1000"):
        tidy({"sections": [long]})
    many = {"id": "a", "title_vi": "M", "sentences": [sentence()] * 61}
    with pytest.raises(BadInput, match="Mục “M”: nhiều nhất 60"):
        tidy({"sections": [many]})


def test_what_people_write_never_runs(cast: Cast, settle: Any) -> None:
    """A name in braces is replaced or stays as it is; nothing is looked up in objects."""
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    start_draft(actor=cast.admin, **WHICH)
    line = {"vi": "Của {unit} {unit.__class__} {0}", "en": "", "valid_from": None, "valid_to": None}
    edit_draft(actor=cast.admin, **WHICH, row_version=0, edit=SaveFrame({"closing": [line]}))
    seen = compose(
        viewer=OPERATOR,
        code="9A001",
        period_code=NOW,
        draft=outline_of_draft(OPERATOR, "state", "commune"),
    )
    assert seen.closing[0].text == "Của xã Bến Mẫu {unit.__class__} {0}"
    told = draft_of(cast.admin, "state", "commune", FROM)
    assert told is not None and "Lời kết, dòng 1" in told.faults[0].vi


def test_words_without_english_stand_in_vietnamese(cast: Cast, settle: Any) -> None:
    open_periods(NOW)
    hold(cast.recorder_benmau, cast.benmau)
    settle()
    draft = start_draft(actor=cast.admin, **WHICH)
    path = path_to(draft.content, "dialogue")
    row = section_at(draft.content, path)
    bare = [{**s, "en": ""} for s in row["sentences"]]
    edit = SaveSection(
        path,
        {k: v for k, v in row.items() if k not in ("id", "children")}
        | {"title_en": "", "sentences": bare},
    )
    edit_draft(actor=cast.admin, **WHICH, row_version=0, edit=edit)
    seen = compose(
        viewer=OPERATOR,
        code="9A001",
        period_code=NOW,
        language="en",
        draft=outline_of_draft(OPERATOR, "state", "commune"),
    )
    (section,) = [s for s in seen.sections if s.id == "dialogue"]
    assert section.title == row["title_vi"]
    assert "cuộc đối thoại" in section.paragraphs[0].text


def test_annexes_keep_their_columns_in_order(cast: Cast) -> None:
    draft = start_draft(actor=cast.admin, **WHICH)
    tables = [{"id": "", "title_vi": "Biểu một", "title_en": "", "columns": ["participants"]}]
    draft = edit_draft(actor=cast.admin, **WHICH, row_version=0, edit=SaveAnnexes(tables))
    assert draft.content["annexes"][0]["id"] == "bieu_1"
    found = draft_of(cast.admin, "state", "commune", FROM)
    assert found is not None and not found.faults
