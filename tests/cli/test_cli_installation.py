"""danchu init, account, reference: once and for good, hashes checked, nothing half done."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from danchu.cli import first_start, installation, main, reference_data, references
from danchu.core.accounts import links
from danchu.core.accounts.installation import DEMO, LIVE, set_up
from danchu.core.accounts.models import Account, Installation, OneTimeToken, RoleGrant
from danchu.core.contracts.reference import ReferenceChange
from danchu.core.errors import Conflict
from danchu.core.ledger.models import Entry
from danchu.core.units.models import Placement, Unit, UnitState


class Small:
    """A set of two files that remembers what it was brought up to."""

    files = ("a.txt", "b.txt")

    def __init__(self, name: str, folder: Path, log: list[str]) -> None:
        self.name, self.folder, self.log = name, folder, log
        self.held: str | None = None
        folder.mkdir()
        for file in self.files:
            (folder / file).write_text(f"{name} {file} 1")

    def version(self, source: Path) -> str:
        return hashlib.sha256(b"".join((source / f).read_bytes() for f in self.files)).hexdigest()

    def installed(self) -> str | None:
        return self.held

    def plan(self, source: Path) -> list[ReferenceChange]:
        if self.held == self.version(source):
            return []
        return [
            ReferenceChange("add", "k", f"thêm {self.name}", f"add {self.name}"),
            ReferenceChange("conflict", "c", "giữ nguyên", "left alone"),
        ]

    def apply(self, source: Path) -> list[ReferenceChange]:
        changes = self.plan(source)
        self.held = self.version(source)
        self.log.append(self.name)
        return changes


@pytest.fixture
def sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Small]:
    log: list[str] = []
    found = [Small(name, tmp_path / f"release-{name}", log) for name in ("units", "law")]
    monkeypatch.setattr(references, "reference_sets", lambda: found)
    return found


@pytest.fixture
def province(db: None) -> Unit:
    unit = Unit.objects.create(level="province", is_demo=True)
    UnitState.objects.create(
        unit=unit, code="M1", name="tỉnh Mẫu", kind="tỉnh", folded="tinh mau", sort_key="mau"
    )
    Placement.objects.create(unit=unit, path=f"/{unit.pk}/")
    return unit


def test_an_installation_is_live_or_a_demonstration_for_good(
    sets: list[Small], province: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["account", "create", "a@vi-du.example", "--role", "admin", "--unit", "M1"]) == 1
    assert "danchu init" in capsys.readouterr().err
    assert main(["init", "--serves", "NONE"]) == 1
    assert "NONE" in capsys.readouterr().err
    assert sets[0].log == [] and not Installation.objects.exists()
    assert main(["init", "--serves", "M1"]) == 0
    row = Installation.objects.get()
    assert (row.mode, row.serves, row.demo_state) == ("live", ["M1"], "")
    assert "chính thức" in capsys.readouterr().out
    for again in (["init"], ["init", "--serves", "M1"]):
        assert main(again) == 0
    for other in (["init", "--demo"], ["init", "--demo", "--serves", "M1"]):
        assert main(other) == 1
        assert "không đổi được" in capsys.readouterr().err
    assert sets[0].log == ["units", "law"] * 3
    assert Installation.objects.get() == row
    assert [entry.code for entry in Entry.objects.all()] == ["installation.set_up"]


def test_an_unknown_code_to_serve_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    answer = subprocess.run(
        [sys.executable, "-m", "danchu", "init", "--serves", "9ZZZZ", "01"],
        env={**os.environ, "DANCHU_DATA": str(folder), "DATABASE_URL": "", "DANCHU_LANG": "vi"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.returncode == 1 and answer.stdout == ""
    assert "9ZZZZ" in answer.stderr and "mã 01" not in answer.stderr
    assert not folder.exists() and list(tmp_path.iterdir()) == []


def test_an_interrupted_set_up_is_run_again(
    sets: list[Small], province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Small.apply

    def cut_off(self: Small, source: Path) -> list[ReferenceChange]:
        if self.name == "law":
            raise OSError("power cut")
        return real(self, source)

    monkeypatch.setattr(Small, "apply", cut_off)
    assert main(["init"]) == 1
    assert not Installation.objects.exists()
    monkeypatch.setattr(Small, "apply", real)
    assert main(["init", "--demo"]) == 0
    assert Installation.objects.get().mode == "demo"


def test_other_units_are_refused_later(province: Unit) -> None:
    second = Unit.objects.create(level="province", is_demo=True)
    UnitState.objects.create(
        unit=second, code="M2", name="tỉnh Hai", kind="tỉnh", folded="hai", sort_key="hai"
    )
    _row, now = set_up(mode=LIVE, serves=["M1"])
    assert now
    with pytest.raises(Conflict):
        set_up(mode=LIVE, serves=["M2"])
    with pytest.raises(Conflict):
        set_up(mode=DEMO)
    assert set_up(mode=LIVE)[1] is False


def test_the_first_administrator_gets_a_link(
    sets: list[Small],
    province: Unit,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PORT", raising=False)
    main(["init"])
    create = ["account", "create", "Lan@Vi-Du.Example", "--role", "admin", "--unit", "M1"]
    capsys.readouterr()
    assert main([*create, "--name", "Mẫu Lan"]) == 0
    told = capsys.readouterr().out
    assert "vai trò Quản trị hệ thống ở tỉnh Mẫu" in told
    account = Account.objects.get(email="lan@vi-du.example")
    assert account.name == "Mẫu Lan"
    assert account.may("people.manage", province.pk)
    assert "localhost" not in told and told.split()[-1].startswith("/office/")
    purpose, token = urlsplit(told.split()[-1]).path.strip("/").split("/")[-2:]
    assert links.owner_of_link(token, purpose) == account
    assert main(create) == 1  # the role is held already
    capsys.readouterr()
    for wrong, status in [
        (["account", "create", "khong", "--role", "admin", "--unit", "M1"], 2),
        (["account", "create", "a@vi-du.example", "--role", "king", "--unit", "M1"], 2),
        (["account", "create", "a@vi-du.example", "--role", "admin", "--unit", "M9"], 1),
        (["account", "reset", "a@vi-du.example"], 1),
    ]:
        assert main(wrong) == status
        told = capsys.readouterr().err
        assert len(told.splitlines()) == 1
        assert ("recorder (Cán bộ ghi việc)" in told) == ("king" in wrong)
    assert RoleGrant.objects.count() == 1
    assert main(["account", "reset", "LAN@vi-du.example", "--second-factor"]) == 0
    reset = urlsplit(capsys.readouterr().out.split()[-1]).path.strip("/").split("/")[-1]
    assert links.owner_of_link(reset, "reset") == account
    assert OneTimeToken.objects.filter(used_at=None).count() == 2
    # Who has a password needs no link for another role.
    account.set_password("bốn con trâu qua cầu")
    account.save()
    assert main(["account", "create", account.email, "--role", "viewer", "--unit", "M1"]) == 0
    assert "http" not in capsys.readouterr().out


def packed(sets: list[Small], file: Path, *, beside: bool = True, inside: bool = False) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for one in sets:
            for name in one.files:
                data = f"{one.name} {name} 2".encode()
                archive.writestr(f"{one.name}/{name}", data)
                if inside:
                    digest = hashlib.sha256(data).hexdigest()
                    archive.writestr(f"{one.name}/{name}.sha256", f"{digest}  {name}\n")
    if beside:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        file.with_name(file.name + ".sha256").write_text(f"{digest}  {file.name}\n")
    return file


def test_reference_status_and_update_from_the_release(
    sets: list[Small], db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reference", "status", "--json"]) == 0
    assert [row["current"] for row in json.loads(capsys.readouterr().out)] == [False, False]
    assert main(["reference", "update", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "thêm units" in told
    assert "giữ nguyên" in told
    assert sets[0].log == []
    assert main(["reference", "update", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in answer] == ["units", "law"]
    assert [change["what"] for change in answer[0]["changes"]] == ["add", "conflict"]
    assert main(["reference", "update"]) == 0
    assert "không thay đổi" in capsys.readouterr().out
    assert main(["reference", "status"]) == 0
    assert "mới nhất" in capsys.readouterr().out


def test_a_file_is_brought_in_with_its_hash_beside_or_inside(
    sets: list[Small], db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reference", "update", str(packed(sets[:1], tmp_path / "one.zip"))]) == 0
    assert sets[0].log == ["units"]
    inside = packed(sets, tmp_path / "two.zip", beside=False, inside=True)
    assert main(["reference", "update", str(inside)]) == 0
    assert sets[0].log == ["units", "units", "law"]
    assert sets[0].held != sets[0].version(sets[0].folder)


def test_a_file_without_the_right_hash_changes_nothing(
    sets: list[Small], db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = packed(sets, tmp_path / "bare.zip", beside=False)
    wrong = packed(sets, tmp_path / "wrong.zip")
    wrong.with_name("wrong.zip.sha256").write_text("0" * 64)
    empty_hash = packed(sets, tmp_path / "empty.zip")
    empty_hash.with_name("empty.zip.sha256").write_text("")
    part = tmp_path / "part.zip"
    with zipfile.ZipFile(part, "w") as archive:
        archive.writestr("units/a.txt", "x")
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "x")
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(forged, "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(f"law/{name}", "changed")
            archive.writestr(f"law/{name}.sha256", hashlib.sha256(b"as issued").hexdigest())
    no_zip = tmp_path / "no.zip"
    no_zip.write_text("x")
    capsys.readouterr()
    for file in (bare, wrong, empty_hash, part, other, forged, no_zip, tmp_path / "none.zip"):
        assert main(["reference", "update", str(file)]) == 2
        told = capsys.readouterr()
        assert len(told.err.splitlines()) == 1, told.err
        assert told.out == ""
    assert sets[0].log == []


def test_the_sets_of_the_release_come_in_their_order() -> None:
    names = [one.name for one in references.reference_sets()]
    assert names == ["units", "calendar", "law", "dictionary", "checks"]


def test_the_first_start_loads_a_demonstration_once(
    sets: list[Small], db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import danchu.demo.load as load

    calls: list[str] = []

    def load_demo() -> list[object]:
        calls.append("load")
        if len(calls) == 1:
            Account.objects.create(email="nua@vi-du.example", name="Nửa chừng")
            raise OSError("power cut")
        assert not Account.objects.exists()
        for email in load.SHOWN:
            account = Account(email=email, name="Mẫu", post="chức vụ")
            account.set_password(load.PASSWORD)
            account.save()
        return []

    def flush(name: str, **options: object) -> None:
        calls.append(name)
        if name == "flush":
            Account.objects.all().delete()
            Installation.objects.all().delete()

    monkeypatch.setattr(load, "load_demo", load_demo)
    with pytest.raises(OSError, match="power cut"):
        first_start.prepare()
    assert Installation.objects.get().demo_state == "loading"
    with monkeypatch.context() as patched:
        patched.setattr("django.core.management.call_command", flush)
        row = first_start.prepare()
    assert (row.mode, row.demo_state) == ("demo", "loaded")
    assert [call for call in calls if call not in ("migrate", "createcachetable")] == [
        "load",
        "flush",
        "load",
    ]
    assert first_start.prepare() == row
    assert calls.count("load") == 2
    shown = first_start.demonstration_accounts()
    assert [account.email for account in shown] == list(load.SHOWN)
    changed = Account.objects.get(email=load.SHOWN[0])
    changed.set_password("một mật khẩu khác")
    changed.save()
    assert [account.email for account in first_start.demonstration_accounts()] == list(
        load.SHOWN[1:]
    )


def test_a_live_installation_is_never_emptied(
    sets: list[Small], province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    import danchu.demo.load as load

    monkeypatch.setattr(load, "load_demo", lambda: pytest.fail("loaded over live data"))
    installation.set_up(demo=False, serves=[])
    assert first_start.prepare().mode == "live"
    assert Unit.objects.filter(pk=province.pk).exists()
    call_command("check", verbosity=0)


def test_what_was_brought_in_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(what, number: int) -> ReferenceChange:
        return ReferenceChange(what, str(number), f"thêm xã {number}", f"add commune {number}")

    few = [change("add", 1), change("add", 2), change("conflict", 3)]
    many = [change("add", number) for number in range(1246)] + [change("end", 1)]
    assert reference_data._told([]) == "không thay đổi"
    assert reference_data._told(few) == "thêm xã 1, thêm xã 2, giữ nguyên 1 chỗ mâu thuẫn"
    assert reference_data._told(many) == "thêm 1.246 mục, kết thúc 1 mục"
    monkeypatch.setenv("DANCHU_LANG", "en")
    assert reference_data._told(many) == "1246 added, 1 ended"


def test_the_first_administrator_is_told_with_the_served_code(
    sets: list[Small], province: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--serves", "M1"]) == 0
    assert "--role admin --unit M1" in capsys.readouterr().out
    assert main(["init"]) == 0  # known from before
    told = capsys.readouterr().out
    assert "--role admin --unit M1" in told
    assert "MÃ" not in told
