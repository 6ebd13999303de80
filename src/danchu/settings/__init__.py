"""Settings, read once from the environment; every one has a working default.

``DANCHU_DATA`` holds all state (DESIGN decision 20), ``DATABASE_URL`` selects PostgreSQL.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from .apps import INSTALLED_APPS as INSTALLED_APPS
from .database import database_from_environment
from .mail import *  # noqa: F403 - as below
from .outbox import AFTER_FOLD as AFTER_FOLD
from .outbox import FIGURE_SOURCES as FIGURE_SOURCES
from .outbox import OUTBOX_CONSUMERS as OUTBOX_CONSUMERS
from .outbox import WORK_KINDS as WORK_KINDS
from .signin import *  # noqa: F403 - as below
from .voice import DANCHU_VOICE as DANCHU_VOICE
from .web import *  # noqa: F403 - the settings of the faces are one list of names

PACKAGE_DIR = Path(__file__).resolve().parent.parent
DANCHU_DATA = Path(os.environ.get("DANCHU_DATA") or "var").resolve()

DEBUG = False


def _secret_key() -> str:
    """The installation's key, made on first use and kept where only the owner may read it."""
    given = os.environ.get("DANCHU_SECRET_KEY")
    if given:
        return given
    path = DANCHU_DATA / "keys" / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        # O_EXCL: of two processes that start together one writes and both read its key.
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as handle:
                handle.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
    return path.read_text()


SECRET_KEY = _secret_key()

DATABASES = {"default": database_from_environment(DANCHU_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"

# A legal day is a date in Viet Nam (DESIGN decision 16); instants are UTC in the database.
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
LANGUAGE_CODE = "vi"  # addresses without a prefix; commands follow DANCHU_LANG by themselves
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]

# Uploads: refused above this size before they are read into memory (bytes).
DANCHU_MAX_UPLOAD = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 200  # as many as a batch of reports holds

# Codes already used and attempts of signing in: known to every process, and after a new start.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "danchu_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"tokens": {"()": "danchu.settings.logs.WithoutTokens"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    # A foreign Host header is answered with a 400; it is no fault of ours to be logged in full.
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("DANCHU_LOG", "WARNING")},
}
