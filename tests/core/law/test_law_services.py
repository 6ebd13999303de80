"""The catalogue in a database: taken over as versions, confirmed here, never overwritten."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound, Refusal
from danchu.core.files.models import StoredFile
from danchu.core.law import selectors, services, shipped
from danchu.core.law.events import ClockEvent
from danchu.core.law.models import CatalogVersion, LocalConfirmation, Obligation
from danchu.core.law.reference import REFERENCES
from danchu.core.ledger.models import Entry
from danchu.core.units.models import Unit

pytestmark = pytest.mark.django_db
D = dt.date
REFERENCE = REFERENCES[0]


@pytest.fixture
def loaded():
    REFERENCE.apply(REFERENCE.folder)


@pytest.fixture
def next_release(tmp_path):
    """A folder with the release's file in which texts are replaced."""

    def edit(*pairs: tuple[str, str]):
        text = (REFERENCE.folder / "catalog.yaml").read_text(encoding="utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / "catalog.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return edit


def confirm(key: str = "xa_ck_01", **changed):
    given = {
        "actor": OPERATOR,
        "key": key,
        "on": D(2026, 11, 1),
        "officer": "Nguyễn Văn Mẫu, cán bộ pháp chế",
        "text_compared": "12/VBHN-VPQH",
        **changed,
    }
    with on_day(D(2026, 11, 21)):
        return services.confirm_rule(**given)


def a_file() -> StoredFile:
    unit = Unit.objects.create(level="province", is_demo=True)
    return StoredFile.objects.create(
        unit=unit, name="vbhn.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
        sha256_given="0" * 64, stored_as="x",
    )  # fmt: skip


def test_an_empty_database_answers_with_the_catalogue_of_the_release():
    assert selectors.current_catalogue() is shipped.shipped_catalogue()
    assert selectors.obligation("kn_l1").deadline_days == 30


def test_the_catalogue_in_the_database_says_what_the_release_says(loaded):
    ours, theirs = selectors.current_catalogue(), shipped.shipped_catalogue()
    assert ours is not theirs
    assert list(ours.rules) == list(theirs.rules), "in the order of the catalogue"
    assert dict(ours.rules) == dict(theirs.rules)
    assert dict(ours.instruments) == dict(theirs.instruments)
    assert ours.as_of == theirs.as_of


def test_reading_the_catalogue_is_two_queries(loaded, django_assert_num_queries):
    selectors.current_catalogue()
    with django_assert_num_queries(2):
        selectors.duties("commune", D(2026, 11, 21), viewer=NOBODY)


def test_a_release_is_taken_over_once(loaded):
    assert REFERENCE.installed() == REFERENCE.version(REFERENCE.folder)
    assert REFERENCE.plan(REFERENCE.folder) == [] == REFERENCE.apply(REFERENCE.folder)
    assert CatalogVersion.objects.count() == 1
    assert Entry.objects.filter(code="law.reference_applied").count() == 1


CHANGED = "title_vi: Thụ lý khiếu nại lần đầu, lần hai hoặc nêu lý do không thụ lý"
NEW_RULE = """
- id: mau_moi
  instrument: l10_2022
  article: '99'
  unit_kind: commune
  mode: inform
  title_vi: Việc mẫu mới
  title_en: A new sample duty
  deadline_days: 3
  deadline_unit: working
  posting_days: null
  period: null
  threshold_pct: null
  threshold_basis: null
  confidence: verified
  source: recalled
  text_basis: none
  applies_from: '2027-01-01'
  applies_to: null
"""


def test_a_changed_rule_becomes_a_new_version_and_the_old_one_stays(loaded, next_release):
    folder = next_release((CHANGED, "title_vi: Thụ lý khiếu nại"))
    path = folder / "catalog.yaml"
    path.write_text(path.read_text(encoding="utf-8") + NEW_RULE, encoding="utf-8")
    changes = {(c.what, c.key) for c in REFERENCE.plan(folder)}
    assert changes == {("change", "kn_thuly"), ("add", "mau_moi")}
    REFERENCE.apply(folder)
    assert selectors.obligation("kn_thuly").version == 2
    assert selectors.obligation("kn_thuly").title_vi == "Thụ lý khiếu nại"
    assert selectors.obligation("mau_moi").deadline_days == 3
    before = selectors.catalogue_at(1)
    assert before.rule("kn_thuly").version == 1
    assert "mau_moi" not in before.rules
    assert REFERENCE.plan(folder) == []
    with pytest.raises(NotFound):
        selectors.catalogue_at(3)
    # The release before, applied again, ends the new rule and keeps every version.
    REFERENCE.apply(REFERENCE.folder)
    assert "mau_moi" not in selectors.current_catalogue().rules
    assert selectors.obligation("kn_thuly").version == 3
    assert Obligation.objects.filter(key="kn_thuly").count() == 3


def test_a_release_with_a_text_too_long_for_its_column_is_refused_whole(loaded, next_release):
    folder = next_release((CHANGED, f"title_vi: {'x' * 401}"))
    with pytest.raises(BadInput, match="kn_thuly"):
        REFERENCE.apply(folder)
    assert CatalogVersion.objects.count() == 1


def test_a_confirmed_rule_counts_as_confirmed_here(loaded):
    assert not selectors.obligation("xa_ck_01").can_fail
    file = a_file()
    confirm(file_id=file.pk)
    rule = selectors.obligation("xa_ck_01")
    assert rule.can_fail and rule.basis == "confirmed"
    assert "Nguyễn Văn Mẫu" in rule.basis_words().vi and "01/11/2026" in rule.basis_words().vi
    assert rule.confirmation.file_id == file.pk
    assert not selectors.obligation("xa_ck_02").can_fail
    derivation = selectors.deadline("xa_ck_01", [ClockEvent("start", D(2026, 8, 3))])
    assert derivation.as_json("vi")["basis"]["text_basis"] == "confirmed"
    with pytest.raises(Conflict):
        confirm()
    assert Entry.objects.filter(code="law.rule_confirmed").count() == 1


def test_a_confirmation_may_be_withdrawn_and_its_row_stays(loaded):
    confirm()
    with pytest.raises(NotAllowed):
        services.withdraw_confirmation(actor=NOBODY, key="xa_ck_01", reason="Nhầm bản")
    with pytest.raises(BadInput):
        services.withdraw_confirmation(actor=OPERATOR, key="xa_ck_01", reason=" ")
    services.withdraw_confirmation(actor=OPERATOR, key="xa_ck_01", reason="Nhầm bản")
    assert not selectors.obligation("xa_ck_01").can_fail
    row = LocalConfirmation.objects.get()
    assert row.withdrawn_reason == "Nhầm bản" and row.withdrawn_at is not None
    with pytest.raises(NotFound):
        services.withdraw_confirmation(actor=OPERATOR, key="xa_ck_01", reason="Lần nữa")
    confirm(text_compared="13/VBHN-VPQH")
    assert LocalConfirmation.objects.count() == 2


def test_only_a_legal_officer_confirms_and_only_what_makes_sense(loaded):
    with pytest.raises(NotAllowed):
        confirm(actor=NOBODY)
    with pytest.raises(NotFound):
        confirm("no_such_rule")
    for changed in (
        {"on": D(2026, 11, 22)},
        {"officer": "  "},
        {"officer": "x" * 201},
        {"text_compared": ""},
        {"text_compared": "x" * 301},
    ):
        with pytest.raises(BadInput):
            confirm(**changed)
    assert not LocalConfirmation.objects.exists()


def test_what_the_release_changes_of_a_confirmed_rule_is_a_conflict(loaded, next_release):
    confirm("kn_thuly")
    folder = next_release((CHANGED, "title_vi: Thụ lý khiếu nại"))
    for _ in range(2):
        assert [(c.what, c.key) for c in REFERENCE.apply(folder)] == [("conflict", "kn_thuly")]
    assert selectors.obligation("kn_thuly").basis == "confirmed"
    assert selectors.obligation("kn_thuly").version == 1
    assert CatalogVersion.objects.count() == 2, "the release was noted once"


def test_a_confirmation_stands_only_for_the_version_it_was_made_for(loaded):
    confirm("kn_thuly")
    newer = CatalogVersion.objects.create(number=2)
    row = Obligation.objects.get(key="kn_thuly")
    Obligation.objects.filter(pk=row.pk).update(replaced_in=newer)
    row.pk, row.version, row.catalog, row.deadline_days = None, 2, newer, 8
    row.save()
    rule = selectors.obligation("kn_thuly")
    assert (rule.deadline_days, rule.basis) == (8, "full_text")


def test_a_rule_added_here_stays(loaded, next_release):
    here = CatalogVersion.objects.create(number=2, note="Quy định của tỉnh Minh Họa")
    row = Obligation.objects.get(key="pa_xuly")
    Obligation.objects.create(
        key="tinh_mau_pa", catalog=here, position=999, instrument_key="nd28_mau",
        unit_kind="commune", mode="resolve", title_vi="Giải quyết phản ánh (tỉnh Minh Họa)",
        title_en="Settle feedback (sample province)", deadline_days=15, deadline_unit="calendar",
        text_basis="local_practice", confidence="verified",
    )  # fmt: skip
    Obligation.objects.filter(key="tinh_mau_pa").update(instrument_key=row.instrument_key)
    assert selectors.obligation("tinh_mau_pa").deadline_days == 15
    assert REFERENCE.plan(REFERENCE.folder) == []
    REFERENCE.apply(next_release((CHANGED, "title_vi: Thụ lý khiếu nại")))
    assert selectors.obligation("tinh_mau_pa").deadline_days == 15


def test_a_clock_started_then_uses_the_rule_in_force_then(loaded):
    start = ClockEvent("start", D(2026, 6, 30))
    assert selectors.deadline("kn_thuly_cu", [start]).days == 10
    with pytest.raises(Refusal) as refusal:
        selectors.deadline("kn_thuly", [start])
    assert refusal.value.code == "not_in_force" and "kn_thuly_cu" in refusal.value.vi
    assert selectors.rule_on("kn_thuly", D(2026, 7, 1)).deadline_days == 7
    with pytest.raises(BadInput):
        selectors.deadline("kn_thuly", [])
