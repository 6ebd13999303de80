"""Settings of the test run: fast hashing, plain static files, state in a throw-away folder."""

from __future__ import annotations

import os
import tempfile

os.environ["DANCHU_DATA"] = tempfile.mkdtemp(prefix="danchu-test-")
os.environ["DANCHU_SECRET_KEY"] = "a key for tests only"

# The settings read the environment when they are imported, so they come after it.
from danchu.settings import *  # noqa: F403
from danchu.settings import DANCHU_DATA, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DANCHU_VOICE = ()  # what a machine happens to have installed changes no page
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in the product: several connections share it, each waiting for its turn.
    DATABASES["default"]["TEST"] = {"NAME": str(DANCHU_DATA / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
