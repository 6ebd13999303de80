"""Stopping messages: the one address here that takes a form without a token of the session.

Mail programs send to it by themselves when somebody presses their button (RFC 8058), so there can
be no such token. The address says what is stopped and is signed; who knows it may stop exactly
that, and nothing else can be done with it. Opened with a browser it shows one button, for programs
that look through messages open every link.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from danchu.core.subscriptions.services import known_stop, stop
from danchu.web.design.access import public_form
from danchu.web.design.parameters import parameters


@csrf_exempt
@public_form
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop what the link names, one board or all that goes to a mailbox."""
    parameters(request, {})
    known_stop(token)
    stopped = request.method == "POST"
    if stopped:
        stop(token)
    return render(request, "portal/board_mail_stop.html", {"stopped": stopped})
