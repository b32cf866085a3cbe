"""Pages of access: why one looks, one's own access log, accepting an invitation, the server's pulse."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from engage.web.access.forms import PurposeForm
from engage.web.access.viewing import give_purpose, purpose_of
from engage.web.access.words import PURPOSES


@login_not_required
@require_safe
def pulse(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def purpose(request: HttpRequest) -> HttpResponse:
    """Why are you looking? Kept for the session, shown on every page, written with every view."""
    choices = [(code, gettext(title)) for code, title in PURPOSES.items()]
    if request.method == "POST":
        form = PurposeForm(request.POST, purposes=choices)
        if form.is_valid():
            give_purpose(request, form.cleaned_data["purpose"])
            return redirect(_safe_next(request, form.cleaned_data["next"]))
    else:
        form = PurposeForm(
            initial={"purpose": purpose_of(request), "next": request.GET.get("next", "")}, purposes=choices
        )
    return render(request, "access/purpose.html", {"form": form})


@require_safe
def access_log(request: HttpRequest) -> HttpResponse:
    """What the viewer has looked at and decided."""
    return render(request, "access/log.html", {"heading": gettext("My access log")})


def _safe_next(request: HttpRequest, address: str) -> str:
    own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if address and own else reverse("home")
