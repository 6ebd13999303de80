"""Every address: citizens at the root, the office below /office/, English below /en/.

The language is in the address alone (no cookie, no session chooses it); Vietnamese has no
prefix. Addresses for machines stand outside both languages.
"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from danchu.web.design import health, robots
from danchu.web.portal import open_data

handler400 = "danchu.web.design.refusals.bad_request"
handler403 = "danchu.web.design.refusals.permission_denied"
handler404 = "danchu.web.design.refusals.not_found"
handler500 = "danchu.web.design.refusals.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path("api/v1/", include("danchu.web.api.urls")),
    re_path(
        r"^open-data/(?P<name>[a-z-]+\.[a-z]+)$", open_data.newest_file, name="open_data_newest"
    ),
    re_path(
        r"^open-data/(?P<edition>[0-9a-f-]+)/(?P<name>[a-z-]+\.[a-z]+)$",
        open_data.edition_file,
        name="open_data_file",
    ),
    *i18n_patterns(
        path("office/", include("danchu.web.office.urls")),
        path("office/", include("danchu.web.office.signin.engine_urls")),
        path("", include("danchu.web.portal.urls")),
        prefix_default_language=False,
    ),
]
