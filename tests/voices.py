"""Voices that say nothing, put on PATH by a test: the product never needs a real one."""

from __future__ import annotations

import io
import struct
import sys
import wave
from pathlib import Path

_RATE = 16_000
# As a program writes it that cannot go back: the lengths say that it never ends.
ENDLESS_HEAD = (
    b"RIFF"
    + struct.pack("<I", 0x7FFFF024)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, _RATE, 2 * _RATE, 2, 16)
    + b"data"
    + struct.pack("<I", 0x7FFFF000)
)
_SCRIPT = """#!{python}
import os, sys, time
if sys.argv[1:] == ["--voices=vi"]:
    print({languages!r})
    sys.exit(0)
said = sys.stdin.buffer.read().decode()
out = sys.stdout.buffer
with open({log!r}, "a", encoding="utf-8") as log:
    print(" ".join(sys.argv[1:]), "<" + said + ">", file=log)
    if {environment}:
        print(*(name + "=" + value for name, value in os.environ.items()), file=log)
how, head = {how!r}, {head!r}
if how == "fails":
    sys.exit(3)
if how == "nothing":
    sys.exit(0)
if how == "noise":
    out.write(b"no sound at all" * 20)
    sys.exit(0)
if how == "sleeps":
    time.sleep(60)
out.write(head)
if how == "silent":
    sys.exit(0)
while how == "endless":
    out.write(bytes(65536))
out.write(bytes(1600))
"""


def samples_of(data: bytes) -> int:
    """How many samples a WAV says it holds."""
    with wave.open(io.BytesIO(data)) as sound:
        return sound.getnframes()


def put_voice(
    folder: Path,
    name: str = "espeak-ng",
    *,
    how: str = "speaks",
    languages: str = " 5  vi  --/M  Vietnamese_(Northern)",
    environment: bool = False,
) -> None:
    """A voice of a twentieth of a second, which notes in ``folder/calls`` what it was given.

    ``how``: "speaks", or what goes wrong: "fails", "nothing", "noise", "silent", "sleeps",
    "endless".
    """
    path = folder / name
    path.write_text(
        _SCRIPT.format(
            python=sys.executable,
            languages=languages,
            log=str(folder / "calls"),
            environment=environment,
            how=how,
            head=ENDLESS_HEAD,
        ),
        "utf-8",
    )
    path.chmod(0o755)
