"""Small invented releases, written into a folder the way a real one is."""

from __future__ import annotations

from pathlib import Path

HEAD = "key,level,code,name,kind,parent,valid_from,valid_to,known_from,basis"
LINES = "predecessor,successor,part,share,on,basis"

# Minh Họa with one district and two communes; the communes became one on 1 July 2025.
FIRST = """
VN@,nation,VN,Việt Nam,quốc gia,,,,,
9A@,province,9A,tỉnh Minh Họa,tỉnh,VN@,,,2025-03-01,old
9A0@,district,9A0,huyện Mẫu,huyện,9A@,,2025-06-30,2025-03-01,old
9A001@,commune,9A001,xã Bến Mẫu,xã,9A0@,,2025-06-30,2025-03-01,old
9A002@,commune,9A002,xã Đò Mẫu,xã,9A0@,,2025-06-30,2025-03-01,old
9A001@2025-07-01,commune,9A001,xã Bến Mẫu,xã,9A@,2025-07-01,,2025-07-01,nq1
9A009@,commune,9A009,xã Núi Mẫu,xã,9A0@,,2025-06-30,2025-03-01,old
9A009@,commune,9A009,xã Núi Mẫu,xã,9A@,2025-07-01,,2025-07-01,nq1
"""
FIRST_LINEAGE = """
9A0@,9A001@2025-07-01,part,,2025-07-01,nq1
9A0@,9A009@,part,,2025-07-01,nq1
9A001@,9A001@2025-07-01,whole,,2025-07-01,nq1
9A002@,9A001@2025-07-01,whole,,2025-07-01,nq1
9A009@,9A009@,whole,,2025-07-01,nq1
"""
BASES = "key,text\nold,Danh mục cũ\nnq1,Nghị quyết số 1\nnq2,Nghị quyết số 2\n"

# Later: Bến Mẫu became a ward, Núi Mẫu was split between it and a new commune.
LATER = FIRST.replace(
    "9A001@2025-07-01,commune,9A001,xã Bến Mẫu,xã,9A@,2025-07-01,,2025-07-01,nq1",
    "9A001@2025-07-01,commune,9A001,xã Bến Mẫu,xã,9A@,2025-07-01,2027-12-31,2025-07-01,nq1\n"
    "9A001@2025-07-01,commune,9A001,phường Bến Mẫu,phường,9A@,2028-01-01,,2028-01-01,nq2",
).replace(
    "9A009@,commune,9A009,xã Núi Mẫu,xã,9A@,2025-07-01,,2025-07-01,nq1",
    "9A009@,commune,9A009,xã Núi Mẫu,xã,9A@,2025-07-01,2027-12-31,2025-07-01,nq1\n"
    "9A011@2028-01-01,commune,9A011,xã Suối Mẫu,xã,9A@,2028-01-01,,2028-01-01,nq2",
)
LATER_LINEAGE = (
    FIRST_LINEAGE.strip()
    + """
9A009@,9A011@2028-01-01,part,3/4,2028-01-01,nq2
9A009@,9A001@2025-07-01,part,1/4,2028-01-01,nq2
"""
)


def release(folder: Path, units: str = FIRST, lineage: str = FIRST_LINEAGE) -> Path:
    """A release in ``folder``; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "units.csv").write_text(f"{HEAD}\n{units.strip()}\n", "utf-8")
    (folder / "lineage.csv").write_text(f"{LINES}\n{lineage.strip()}\n", "utf-8")
    (folder / "bases.csv").write_text(BASES, "utf-8")
    return folder
