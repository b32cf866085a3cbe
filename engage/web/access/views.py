"""Pages of access: why one looks, one's own access log, accepting an invitation, the server's pulse."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from engage.governance import actions, queries
from engage.web.access import words
from engage.web.access.forms import InvitationForm, LogForm, PassPhraseForm, PurposeForm
from engage.web.access.presenters import LINES, log_pages, log_table
from engage.web.access.viewing import for_audit, give_purpose, purpose_of, viewing_of
from engage.web.apps import web
from engage.web.paging import page_number


@login_not_required
@require_safe
def pulse(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def purpose(request: HttpRequest) -> HttpResponse:
    """Why are you looking? Kept for the session, shown on every page, written with every view."""
    if request.method == "POST":
        form = PurposeForm(request.POST, purposes=words.purposes())
        if form.is_valid():
            give_purpose(request, form.cleaned_data["purpose"])
            return redirect(_safe_next(request, form.cleaned_data["next"]))
    else:
        initial = {"purpose": purpose_of(request), "next": request.GET.get("next", "")}
        form = PurposeForm(initial=initial, purposes=words.purposes())
    return render(request, "access/purpose.html", {"form": form})


@require_safe
def access_log(request: HttpRequest) -> HttpResponse:
    """What the viewer has looked at and decided."""
    number = page_number(request)
    rows = queries.own_access_log(viewing=viewing_of(request), limit=LINES + 1, skip=(number - 1) * LINES)
    context = {
        "heading": _("My access log"),
        "table": log_table(rows[:LINES]),
        "pages": log_pages(request, number, has_more=len(rows) > LINES),
        "everybodys": [
            (_("Everybody's access log"), for_audit(request, "access_log_of_all")),
            (_("Everybody's watches"), for_audit(request, "watches_of_all")),
            (_("Everybody's screenings"), for_audit(request, "screenings_of_all")),
        ],
    }
    return render(request, "access/log.html", context)


@require_safe
def access_log_of_all(request: HttpRequest) -> HttpResponse:
    """What everybody looked at and decided, for those whose role and purpose is to audit."""
    form = LogForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    number = page_number(request)
    rows = queries.audit_events(
        viewing=viewing_of(request),
        actor=asked.get("actor", ""),
        subject=asked.get("subject", ""),
        limit=LINES + 1,
        skip=(number - 1) * LINES,
    )
    context = {
        "heading": _("Everybody's access log"),
        "table": log_table(rows[:LINES], agencies=web().agency_titles()),
        "pages": log_pages(request, number, has_more=len(rows) > LINES),
        "form": form,
    }
    return render(request, "access/log.html", context)


def invite(request: HttpRequest) -> HttpResponse:
    """Invite a worker; the link is shown once, to be handed over by whoever invites. Raises MayNotDo, UserExists."""
    viewing = viewing_of(request)
    queries.check_can(viewer=viewing.viewer, what="invite")
    is_anybody = queries.can(viewer=viewing.viewer, what="invite_any")
    agencies = [a for a in web().agency_titles().items() if is_anybody or a[0] == viewing.viewer.agency]
    roles = words.roles_to_give(is_anybody=is_anybody)
    form = InvitationForm(request.POST or None, agencies=agencies, roles=roles)
    link = ""
    if request.method == "POST" and form.is_valid():
        token = actions.invite(viewing=viewing, **form.cleaned_data)
        link = request.build_absolute_uri(reverse("accept_invitation", args=[token]))
    return render(request, "access/invite.html", {"form": form, "link": link})


@login_not_required
@sensitive_post_parameters()
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invited worker sets a pass phrase; the invitation is then used up. Raises InvitationNotUsable."""
    at = web().area.clock()
    invitation = actions.open_invitation(token=token, at=at)
    form = PassPhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(token=token, password=form.cleaned_data["pass_phrase"], at=at)
        messages.success(request, _("Your account is ready. Sign in with your username and pass phrase."))
        return redirect("account_login")
    return render(request, "access/invitation.html", {"form": form, "invited": invitation.username})


def _safe_next(request: HttpRequest, address: str) -> str:
    own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if address and own else reverse("home")
