"""What this site is, where its figures come from, what it keeps about a visitor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danchu.web.design.access import public
from danchu.web.design.parameters import parameters

from .caching import whole_page


@public
@whole_page
def about(request: HttpRequest) -> HttpResponse:
    """The page about the site."""
    parameters(request, {})
    return render(request, "portal/about.html")
