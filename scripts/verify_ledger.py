#!/usr/bin/env python3
"""Checks an exported ledger of danchu. Needs Python 3.8 or later and nothing else.

    verify_ledger.py EXPORT                        the chain and the roots in the file
    verify_ledger.py EXPORT --root 2026-11-20=HEX  also against a root published elsewhere
    verify_ledger.py --proof PROOF --root DAY=HEX  that one entry is in a published root

Exit status 0 when everything holds, 1 with one line when something does not, 2 on wrong use.

The chain alone proves that nothing in the file was changed, left out or moved without
rewriting everything after it. That nothing was rewritten is proved by roots that were
published before: on paper, on a notice board, in another office.

Layout. The hash of an entry is SHA-256 over eight lines, each ended by a line feed: the word
"danchu-ledger-1", number, microseconds since 1970 UTC, code, account id or "-", record id or
"-", digest, hash of the entry before (64 zeros for the first). The root of a day in Viet Nam
is the tree of RFC 6962: leaf SHA-256(00 + hash), node SHA-256(01 + left + right).
"""

import argparse
import datetime
import hashlib
import json
import sys

VIET_NAM = datetime.timezone(datetime.timedelta(hours=7))


class Broken(Exception):
    pass


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def entry_hash(entry):
    fields = [
        "danchu-ledger-1",
        entry["number"],
        entry["at"],
        entry["code"],
        "-" if entry["account"] is None else entry["account"],
        "-" if entry["record"] is None else entry["record"],
        entry["digest"],
        entry["previous"],
    ]
    return sha("".join(f"{field}\n" for field in fields).encode()).hex()


def tree(leaves):
    """The root by the recursive definition of RFC 6962, section 2.1."""
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha(b"\x01", tree(leaves[:split]), tree(leaves[split:]))


def day_of(microseconds):
    seconds = microseconds // 1_000_000
    return datetime.datetime.fromtimestamp(seconds, VIET_NAM).date().isoformat()


def check_export(path, published):
    number, previous, at = 0, "0" * 64, 0
    days, stated = {}, {}
    with open(path, encoding="utf-8") as lines:
        head = json.loads(next(lines, "null"))
        if not isinstance(head, dict) or head.get("format") != "danchu-ledger-1":
            raise Broken("this is not an exported ledger")
        for text in lines:
            line = json.loads(text)
            if "day" in line:
                stated[line["day"]] = line
                continue
            number += 1
            if line["number"] != number:
                raise Broken(f"entry {number} is missing")
            if line["previous"] != previous:
                raise Broken(f"entry {number} does not follow the one before")
            if line["hash"] != entry_hash(line):
                raise Broken(f"entry {number} was changed")
            if line["at"] < at:
                raise Broken(f"entry {number} is earlier than the one before")
            previous, at = line["hash"], line["at"]
            first, leaves = days.setdefault(day_of(at), (number, []))
            leaves.append(sha(b"\x00", bytes.fromhex(previous)))
    if (number, previous) != (head["entries"], head["head"]):
        raise Broken(f"the chain ends at entry {number}, its head says {head['entries']}")
    for day, line in sorted(stated.items()):
        first, leaves = days.get(day, (0, []))
        last = first + len(leaves) - 1
        if (tree(leaves).hex(), first, last) != (line["root"], line["first"], line["last"]):
            raise Broken(f"the root of {day} does not match its entries")
    for day, root in sorted(published.items()):
        if tree(days.get(day, (0, []))[1]).hex() != root:
            raise Broken(f"the entries of {day} do not give the published root")
    return (
        f"{number} entries, {len(stated)} roots in the file, "
        f"{len(published)} published roots: everything holds"
    )


def climb(proof):
    """The root that the path of a proof leads to (RFC 9162, section 2.1.3.2)."""
    node = sha(b"\x00", bytes.fromhex(proof["hash"]))
    index, last = proof["index"], proof["size"] - 1
    if not 0 <= index <= last:
        raise Broken("the position in the proof is outside the day")
    for sibling in map(bytes.fromhex, proof["path"]):
        if last == 0:
            raise Broken("the path in the proof is too long")
        if index & 1 or index == last:
            node = sha(b"\x01", sibling, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = sha(b"\x01", node, sibling)
        index, last = index >> 1, last >> 1
    if last:
        raise Broken("the path in the proof is too short")
    return node.hex()


def check_proof(path, published):
    with open(path, encoding="utf-8") as document:
        proof = json.load(document)
    if published.get(proof["day"], proof["root"]) != proof["root"] or climb(proof) != proof["root"]:
        raise Broken(f"entry {proof['number']} is not in the root of {proof['day']}")
    if proof["day"] not in published:
        raise Broken(f"give the published root: --root {proof['day']}=HEX")
    return f"entry {proof['number']} is in the root of {proof['day']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("export", nargs="?", metavar="EXPORT")
    parser.add_argument("--proof", metavar="PROOF")
    parser.add_argument("--root", metavar="DAY=HEX", action="append", default=[])
    options = parser.parse_args()
    if (options.export is None) == (options.proof is None):
        parser.error("give either an export or --proof")
    if any("=" not in root for root in options.root):
        parser.error("--root takes DAY=HEX")
    published = {day: value.lower() for day, value in (r.split("=", 1) for r in options.root)}
    try:
        if options.proof is not None:
            print(check_proof(options.proof, published))
        else:
            print(check_export(options.export, published))
    except Broken as broken:
        print(f"BROKEN: {broken}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"BROKEN: the file cannot be read as a ledger ({error})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
