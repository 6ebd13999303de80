"""Settings of the faces: middleware, templates, static files, sign-in, headers."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .address import address_from, host_of, with_own

_WEB = Path(__file__).resolve().parent.parent / "web"
_DATA = Path(os.environ.get("DANCHU_DATA") or "var").resolve()

ROOT_URLCONF = "danchu.urls"
WSGI_APPLICATION = "danchu.web.wsgi.application"
_HOSTS = os.environ.get("DANCHU_HOSTS", "localhost 127.0.0.1 [::1]").split()
_ORIGINS = os.environ.get("DANCHU_ORIGINS", "").split()
# What stands in every link that leaves the installation; see core.addresses.
DANCHU_ADDRESS = address_from(os.environ.get("DANCHU_ADDRESS", ""), _ORIGINS)
ALLOWED_HOSTS = with_own(_HOSTS, host_of(DANCHU_ADDRESS))
CSRF_TRUSTED_ORIGINS = with_own(_ORIGINS, DANCHU_ADDRESS)
# Addresses of proxies whose X-Forwarded-For is believed; none unless set.
DANCHU_PROXIES = os.environ.get("DANCHU_PROXIES", "").split()

MIDDLEWARE = [
    "danchu.web.design.headers.SecurityHeaders",
    "danchu.web.portal.shared_links.SharedLinks",
    "danchu.web.portal.caching.KeptPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "danchu.web.design.reading_only.ReadOnlyPages",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "danchu.web.design.context.page",
            ],
            "libraries": {"static": "danchu.web.design.templatetags.kept_static"},
            "builtins": [
                "django.templatetags.i18n",
                "danchu.web.design.templatetags.kept",
                "danchu.web.design.templatetags.danchu",
            ],
        },
    },
]
FORM_RENDERER = "danchu.web.design.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = _DATA / "cache" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
_SECURE = os.environ.get("DANCHU_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
SECURE_HSTS_SECONDS = 31536000 if _SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The licence under which the open data may be used: CC-BY-4.0, CC0-1.0 or ODC-By-1.0.
DANCHU_OPEN_LICENCE = os.environ.get("DANCHU_OPEN_LICENCE") or "CC-BY-4.0"
if DANCHU_OPEN_LICENCE not in ("CC-BY-4.0", "CC0-1.0", "ODC-By-1.0"):
    raise ImproperlyConfigured("DANCHU_OPEN_LICENCE: CC-BY-4.0, CC0-1.0, ODC-By-1.0")
# What one sending may hold, in bytes: as much as the proxy in front lets through.
DANCHU_MAX_REQUEST = int(os.environ.get("DANCHU_MAX_REQUEST_MB") or 25) * 1024 * 1024
# Requests of one address to the API and the downloads in a minute, counted in each process.
DANCHU_API_RATE = int(os.environ.get("DANCHU_API_RATE") or 240)

# "static" is ours on purpose: it keeps the addresses that Django's puts together anew each time.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
