"""``danchu ledger``: is the chain whole, the root of a day, an export for outsiders."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .output import add_json, date_argument, day_word, emit_json, language, number_argument, tr
from .surroundings import setup_django


def add(commands: Any) -> None:
    """Add the command and its sub-commands."""
    ledger = commands.add_parser(
        "ledger", help=tr("kiểm tra sổ nhật ký, lấy gốc của ngày", "check the ledger, daily roots")
    )
    parts = ledger.add_subparsers(dest="part", metavar=tr("VIỆC", "WHAT"), required=True)

    verify = parts.add_parser(
        "verify", help=tr("kiểm tra chuỗi, đối chiếu báo cáo", "check the chain and reports")
    )
    verify.set_defaults(run=_verify)

    root = parts.add_parser("root", help=tr("gốc của một ngày đã hết", "the root of a past day"))
    root.add_argument(
        "date",
        type=date_argument,
        metavar=day_word(),
        help=tr("một ngày đã hết", "a day that is over"),
    )
    add_json(verify, root)
    root.set_defaults(run=_root)

    proof = parts.add_parser(
        "proof", help=tr("chứng minh một mục nằm trong gốc của ngày", "prove one entry")
    )
    proof.add_argument(
        "number",
        type=number_argument(1),
        metavar=tr("SỐ", "NUMBER"),
        help=tr("số thứ tự của mục trong sổ", "the number of the entry"),
    )
    proof.set_defaults(run=_proof)

    export = parts.add_parser(
        "export",
        help=tr(
            "xuất chuỗi ra tệp cho scripts/verify_ledger.py",
            "write the chain for scripts/verify_ledger.py",
        ),
    )
    export.add_argument(
        "file",
        type=Path,
        metavar=tr("TỆP", "FILE"),
        help=tr("tệp sẽ ghi, mỗi mục một dòng", "the file to write, one entry a line"),
    )
    export.set_defaults(run=_export)


def _verify(options: argparse.Namespace) -> int:
    setup_django()
    from danchu.core.ledger.comparing import compare_attested
    from danchu.core.ledger.selectors import verify

    from .database import require_migrated

    require_migrated()
    found = verify()
    kept = compare_attested()
    if options.json:
        emit_json(
            {
                **asdict(found),
                "ok": found.ok and kept.ok,
                "message": " ".join([found.sentence(language()), *kept.sentences(language())]),
                "attested": {**asdict(kept), "messages": kept.sentences(language())},
            }
        )
    else:
        print(found.sentence(language()), *kept.sentences(language()), sep="\n")
    return 0 if found.ok and kept.ok else 1


def _root(options: argparse.Namespace) -> int:
    setup_django()
    from danchu.core.ledger.services import root_of

    from .database import require_migrated

    require_migrated()

    root = root_of(options.date)
    entries = root.last_number - root.first_number + 1 if root.last_number else 0
    if options.json:
        emit_json(
            {
                "date": root.day,
                "root": root.root,
                "entries": entries,
                "first": root.first_number or None,
                "last": root.last_number or None,
            }
        )
    else:
        print(f"{root.day:%Y-%m-%d}  {root.root}  {entries} {tr('mục', 'entries')}")
    return 0


def _proof(options: argparse.Namespace) -> int:
    setup_django()
    from danchu.core.ledger.selectors import inclusion_proof, proof_document

    from .database import require_migrated

    require_migrated()

    emit_json(proof_document(inclusion_proof(options.number)))
    return 0


def _export(options: argparse.Namespace) -> int:
    setup_django()
    from danchu.core.ledger.selectors import export

    from .database import require_migrated

    require_migrated()

    count = export(options.file)
    print(tr(f"Đã xuất {count} mục vào {options.file}.", f"{count} entries in {options.file}."))
    return 0
