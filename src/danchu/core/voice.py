"""A Vietnamese text as a recording, by a voice that is installed on this machine.

Nothing is sent anywhere and nothing is needed: without a voice nothing is offered. The command is
that of ``DANCHU_VOICE``, else espeak-ng where it stands on PATH with its Vietnamese voice. It runs
without a shell, one at a time, bounded in time and size; what it made is kept by its content, so
that the same text is never read twice.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import resource
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from danchu.core.errors import NotFound, NotYet

MOST_SECONDS = 90  # a voice may think about one text
MOST_BYTES = 96 * 1024 * 1024  # of one recording
MOST_KEPT = 256 * 1024 * 1024  # of all that are kept, bytes
KEPT_FOR = 7 * 24 * 3600  # seconds since somebody last asked
# So that espeak-ng takes about as long as the reading time that is told with a script.
_WORDS_A_MINUTE = 88
_PATIENCE = 2.0  # seconds to wait for another text that is being read
_HEADER = 44  # bytes of the shortest WAV


class NoVoice(NotFound):
    """There is no voice, or it made nothing that can be heard."""

    default_code = "no_voice"


class VoiceBusy(NotYet):
    """Another text is being read; the same question in a minute is answered."""

    default_code = "voice_busy"


def voice() -> tuple[str, ...]:
    """The command of the voice of this machine; () where there is none."""
    given: tuple[str, ...] | None = settings.DANCHU_VOICE
    if given is None:
        program = shutil.which("espeak-ng")
        return _espeak(program) if program else ()
    if not given:
        return ()
    program = shutil.which(given[0])
    return (program, *given[1:]) if program else ()


@lru_cache(maxsize=8)
def _espeak(program: str) -> tuple[str, ...]:
    """espeak-ng with its Vietnamese voice; () where that one is missing. Asked once a process."""
    status, listed = _run((program, "--voices=vi"), "", seconds=10)
    if status or b" vi " not in listed:
        return ()
    return (program, "-v", "vi", "-s", str(_WORDS_A_MINUTE), "-b", "1", "--stdin", "--stdout")


def kept_recording(text: str) -> BinaryIO | None:
    """The recording of a text (WAV), open to be read, where it was made before."""
    path = _path(voice(), text)
    try:
        handle = path.open("rb")
        os.utime(path)
    except OSError:
        return None
    return handle


def recording(text: str) -> BinaryIO:
    """The recording of a text (WAV), open to be read; made now where it is not kept.

    ``text``: words to be said (``core.text.aloud.spoken``). Raises ``NoVoice`` where there is no
    voice or it failed, ``VoiceBusy`` while it reads another text.
    """
    command = voice()
    if not command:
        raise _none()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(folder):
        kept = kept_recording(text)
        if kept is not None:
            return kept
        status, output = _run(command, text, seconds=MOST_SECONDS)
        data = None if status else whole_wav(output)
        if data is None:
            raise NoVoice(
                "Giọng đọc trên máy chủ không đọc được bài này. Tải bài đọc bằng chữ.",
                "The voice of the server could not read this text. The script itself is there.",
                code="voice_failed",
            )
        _make_room(folder, len(data))
        return _keep(_path(command, text), data)


def _none() -> NoVoice:
    return NoVoice(
        "Máy chủ này không có giọng đọc nên không có tệp âm thanh. Tải bài đọc bằng chữ.",
        "This server has no voice, so there is no recording. The script itself is there.",
    )


def whole_wav(data: bytes) -> bytes | None:
    """A WAV with the lengths it has; None for what is none or holds no sound.

    A program that writes to a pipe cannot go back to the head of the file and leaves there that it
    is endless; players then show a length of hours.
    """
    if len(data) <= _HEADER or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"data":
            sound = data[at + 8 : at + 8 + min(size, len(data) - at - 8)]
            sound = sound[: len(sound) // 2 * 2]
            head = data[12 : at + 4] + struct.pack("<I", len(sound))
            whole = b"WAVE" + head + sound
            return b"RIFF" + struct.pack("<I", len(whole)) + whole if sound else None
        at += 8 + size + size % 2
    return None


def _run(command: tuple[str, ...], text: str, *, seconds: int) -> tuple[int, bytes]:
    """The status and standard output of a command that reads ``text``. It and all it started end
    after ``seconds``; a status other than 0 then, and for more than ``MOST_BYTES``."""
    # A file without a name: it is gone with its last handle, whatever happens.
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(  # noqa: S603  # an argument list of the operator, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
                preexec_fn=_limits,  # only sets limits, takes no lock
            )
        except OSError:
            return 127, b""
        try:
            process.communicate(text.encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return 124, b""
        output.seek(0)
        return process.returncode, output.read()


def _environment() -> dict[str, str]:
    """What a voice needs to be found and to find its parts; no secret of this installation."""
    passed = ("PATH", "HOME", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in passed if name in os.environ} | {"LANG": "C.UTF-8"}


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    os.nice(10)  # pages come first


_reading = threading.Lock()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """One voice on this machine at once, whoever asks; who would wait long is sent away."""
    until = time.monotonic() + _PATIENCE
    if not _reading.acquire(timeout=_PATIENCE):
        raise _busy()
    try:
        with (folder / "lock").open("w") as handle:
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise _busy() from None
                    time.sleep(0.05)
            yield
    finally:
        _reading.release()


def _busy() -> VoiceBusy:
    return VoiceBusy(
        "Máy chủ đang đọc một bài khác. Mở lại sau một phút.",
        "The server is reading another text. Open this again in a minute.",
    )


def _folder() -> Path:
    return Path(settings.DANCHU_DATA) / "cache" / "voice"


def _path(command: tuple[str, ...], text: str) -> Path:
    named = hashlib.sha256("\0".join((*command, text)).encode()).hexdigest()
    return _folder() / f"{named}.wav"


def _make_room(folder: Path, size: int) -> None:
    """Delete what nobody asked for lately, and the longest unasked where all is too much."""
    found = [(path.stat(), path) for path in folder.glob("*.wav")]
    total, now = sum(told.st_size for told, _path in found), time.time()
    for told, path in sorted(found, key=lambda one: one[0].st_mtime):
        if now - told.st_mtime < KEPT_FOR and total + size <= MOST_KEPT:
            break
        path.unlink(missing_ok=True)
        total -= told.st_size


def _keep(path: Path, data: bytes) -> BinaryIO:
    """Written beside and moved: nobody reads half a recording."""
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path.open("rb")
