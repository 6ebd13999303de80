"""Static files are gathered when a release changed them, and not at every start."""

from __future__ import annotations

import hashlib
from pathlib import Path


def collect_when_stale() -> bool:
    """Gather the static files when they are not those of this release; whether it was done."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted and Path(settings.STATIC_ROOT).is_dir():
        return False
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)  # cut off from here on, it is done again
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)
    return True


def fingerprint() -> str:
    """A hash of the names, sizes and times of every static file, and of how they are stored."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            found.update(f"{name}\n{status.st_size}\n{status.st_mtime_ns}\n".encode())
    return found.hexdigest()
