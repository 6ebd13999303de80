"""Reading aloud by a voice of the machine: a command without a shell, bounded, kept by content."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from danchu.core import voice as voices
from danchu.core.errors import NotFound, NotYet
from danchu.core.voice import NoVoice, VoiceBusy, kept_recording, recording, voice, whole_wav
from danchu.settings.voice import voice_from
from tests.voices import ENDLESS_HEAD, put_voice, samples_of


@pytest.fixture
def folder(tmp_path, settings, monkeypatch):
    """An installation of its own, whose PATH holds what a test puts into the folder."""
    settings.DANCHU_DATA = tmp_path / "data"
    settings.DANCHU_VOICE = None
    voices._espeak.cache_clear()
    found = tmp_path / "bin"
    found.mkdir()
    monkeypatch.setenv("PATH", str(found))
    yield found
    voices._espeak.cache_clear()


def calls(folder: Path) -> list[str]:
    log = folder / "calls"
    return log.read_text("utf-8").splitlines() if log.exists() else []


def test_a_machine_without_a_voice_says_so_and_keeps_nothing(folder, settings):
    assert voice() == () and kept_recording("xin chào") is None
    with pytest.raises(NoVoice) as refusal:
        recording("xin chào")
    assert isinstance(refusal.value, NotFound) and "không có giọng đọc" in refusal.value.vi
    put_voice(folder, languages=" 5  en  --/M  English")
    assert voice() == (), "espeak-ng without its Vietnamese voice is none"
    put_voice(folder)
    voices._espeak.cache_clear()
    assert voice()[0] == str(folder / "espeak-ng")
    settings.DANCHU_VOICE = ()
    assert voice() == ()
    assert not (Path(settings.DANCHU_DATA) / "cache").exists()


def test_the_words_go_in_as_text_and_the_same_words_are_read_once(folder, settings):
    put_voice(folder)
    said = "$(touch x) `id` 'xin' chào; Ủy ban"
    with recording(said) as handle:
        assert samples_of(handle.read()) == 800, "the length of the sound, not an endless one"
    assert calls(folder) == [f"-v vi -s 88 -b 1 --stdin --stdout <{said}>"]
    with recording(said), kept_recording(said):
        pass
    assert len(calls(folder)) == 1
    recording("câu khác").close()
    assert len(calls(folder)) == 2
    kept = {path.suffix for path in (Path(settings.DANCHU_DATA) / "cache" / "voice").iterdir()}
    assert kept == {".wav", ""}, "nothing but recordings and the lock"


def test_a_voice_of_ones_own_replaces_it_and_gets_no_secret(folder, settings, monkeypatch):
    monkeypatch.setenv("DANCHU_SECRET_KEY", "mật")
    monkeypatch.setenv("DATABASE_URL", "postgresql://mật")
    put_voice(folder, "giong", environment=True)
    settings.DANCHU_VOICE = voice_from("giong --model 'của tôi'")
    recording("xin chào").close()
    (call, environment) = calls(folder)
    assert call == "--model của tôi <xin chào>"
    assert "mật" not in environment and "LANG=C.UTF-8" in environment
    settings.DANCHU_VOICE = voice_from("khong-co")
    assert voice() == ()


@pytest.mark.parametrize("kind", ["fails", "silent", "noise", "nothing"])
def test_what_cannot_be_heard_is_refused_and_not_kept(folder, settings, kind):
    put_voice(folder, how=kind)
    with pytest.raises(NoVoice) as refusal:
        recording("xin chào")
    assert refusal.value.code == "voice_failed"
    assert not list(Path(settings.DANCHU_DATA).rglob("*.wav"))


def test_a_voice_that_does_not_end_or_says_too_much_is_stopped(folder, settings, monkeypatch):
    monkeypatch.setattr(voices, "MOST_SECONDS", 0.5)
    put_voice(folder, how="sleeps")
    begun = time.monotonic()
    with pytest.raises(NoVoice):
        recording("xin chào")
    assert time.monotonic() - begun < 10
    monkeypatch.setattr(voices, "MOST_SECONDS", 20)
    monkeypatch.setattr(voices, "MOST_BYTES", 200_000)
    put_voice(folder, how="endless")
    with pytest.raises(NoVoice):
        recording("xin chào")
    assert not list(Path(settings.DANCHU_DATA).rglob("*.wav"))


def test_one_text_is_read_at_a_time_on_a_machine(folder, settings, monkeypatch):
    monkeypatch.setattr(voices, "_PATIENCE", 0.1)
    put_voice(folder)
    recording("đã đọc").close()
    lock = Path(settings.DANCHU_DATA) / "cache" / "voice" / "lock"
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import fcntl, sys; f = open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX);"
            "print('held', flush=True); sys.stdin.read()",
            str(lock),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert held.stdout.readline()
        with pytest.raises(VoiceBusy) as refusal:
            recording("chưa đọc")
        assert isinstance(refusal.value, NotYet)
        kept_recording("đã đọc").close()
    finally:
        held.communicate(b"")
    recording("chưa đọc").close()


def test_what_nobody_asked_for_lately_makes_room(folder, settings, monkeypatch):
    put_voice(folder)
    for said in ("một", "hai", "ba"):
        recording(said).close()
    place = Path(settings.DANCHU_DATA) / "cache" / "voice"
    old = time.time() - voices.KEPT_FOR - 60
    os.utime(voices._path(voice(), "một"), (old, old))
    recording("bốn").close()
    assert kept_recording("một") is None and len(list(place.glob("*.wav"))) == 3
    monkeypatch.setattr(voices, "MOST_KEPT", 4_000)  # two of 1,644 bytes
    for minutes, said in ((9, "hai"), (5, "ba"), (7, "bốn")):
        at = time.time() - 60 * minutes
        os.utime(voices._path(voice(), said), (at, at))
    recording("năm").close()
    assert kept_recording("hai") is None and kept_recording("bốn") is None
    kept_recording("ba").close()


def test_the_head_of_a_wav_tells_the_length_it_has():
    sound = whole_wav(ENDLESS_HEAD + b"\x00\x01" * 500 + b"\x00")
    assert sound is not None and samples_of(sound) == 500
    assert len(sound) == 44 + 1000
    for none in (b"", b"RIFF" + b"\0" * 60, ENDLESS_HEAD, b"ID3" + b"\0" * 100):
        assert whole_wav(none) is None


@pytest.mark.parametrize(
    ("given", "command"),
    [
        ("", None),
        ("off", ()),
        ("/opt/giong/doc --model 'a b'", ("/opt/giong/doc", "--model", "a b")),
    ],
)
def test_the_setting_names_a_command_with_its_arguments(given, command):
    assert voice_from(given) == command
    with pytest.raises(ImproperlyConfigured):
        voice_from("giong 'dở")
