"""Every app of the installation, floor by floor."""

from __future__ import annotations

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    # core
    "danchu.core.calendar",
    "danchu.core.units",
    "danchu.core.law",
    "danchu.core.accounts",
    "danchu.core.ledger",
    "danchu.core.outbox",
    "danchu.core.records",
    "danchu.core.search",
    "danchu.core.access_codes",
    "danchu.core.subscriptions",
    "danchu.core.work",
    "danchu.core.files",
    "danchu.core.changes",
    # civic
    "danchu.civic.dialogue",
    "danchu.civic.reception",
    "danchu.civic.disclosure",
    "danchu.civic.claims",
    "danchu.civic.otherwork",
    # reporting
    "danchu.reporting.figures",
    "danchu.reporting.reading",
    "danchu.reporting.checks",
    "danchu.reporting.rounds",
    "danchu.reporting.requests",
    "danchu.reporting.reviews",
    "danchu.reporting.differences",
    # web
    "danchu.web.design",
    "danchu.web.office",
    "danchu.web.portal",
]
