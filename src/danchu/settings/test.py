"""Settings of the test run: fast hashing, plain static files, state in a throw-away folder."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("DANCHU_DATA", tempfile.mkdtemp(prefix="danchu-test-"))
os.environ.setdefault("DANCHU_SECRET_KEY", "a key for tests only")
os.environ.setdefault("DATABASE_URL", "sqlite:///" + os.environ["DANCHU_DATA"] + "/test.sqlite3")

from danchu.settings import *  # noqa: E402, F403 - the test settings are the real ones plus below

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
