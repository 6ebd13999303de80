"""The addresses of the product and, beside them, the pages it is compared with."""

from __future__ import annotations

from django.urls import path

from danchu import urls as product

from . import standards

handler400 = product.handler400
handler403 = product.handler403
handler404 = product.handler404
handler500 = product.handler500

urlpatterns = [
    path("bench/empty/", standards.empty),
    path("bench/rows/", standards.rows),
    *product.urlpatterns,
]
