"""The two pages of a partner without an account: the form, and what became of it. Nothing of ours stands on them."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from engage.casework.cases.rules import AnswersWrong, Written
from engage.casework.forms.reading import form_of
from engage.casework.referrals import partners
from engage.casework.referrals.actions import stated
from engage.web.access.viewing import build_of
from engage.web.apps import web
from engage.web.filling.forms import form_for
from engage.web.referrals import presenters
from engage.web.templatetags.engage import said


_PAGES = "partner_pages"
View = Callable[[HttpRequest, str], HttpResponse]


def slowly(view: View) -> View:
    """So many answers an hour to one address: whoever tries links out gets no further."""

    def answered(request: HttpRequest, token: str) -> HttpResponse:
        if _is_too_often(request):
            context = {"sentence": _("Too many pages were asked for from here."), "remedy": _("Wait an hour. If a child is in danger now, call 999.")}  # fmt: skip
            return render(request, "error.html", context, status=429)
        return view(request, token)

    return answered


def _is_too_often(request: HttpRequest) -> bool:
    """This page is one more than so many within an hour, by whichever process of the server each was answered: counted as tries at signing in are, one after the other, so that of pages
    asked for in the same instant each counts. Of the address only a digest is kept."""
    address = salted_hmac("partner-pages", ratelimit.get_ip(request)).hexdigest()
    most = {_PAGES: f"{stated()['opens_an_hour']}/h/key"}
    return not ratelimit.consume(request, app="engage", action=_PAGES, config=most, key=address, limit_get=True)  # fmt: skip


@login_not_required
@sensitive_post_parameters()
@slowly
def refer(request: HttpRequest, token: str) -> HttpResponse:
    """The short form, once. Raises LinkRefused."""
    area = web().area
    at = area.clock()
    asked = form_of(area, partners.FORM)
    form = form_for(asked, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            status = partners.refer(
                token=token, build=build_of(request), area=area, at=at, written=Written(partners.FORM, form.answers), request_id=str(getattr(request, "request_id", "")),
            )  # fmt: skip
        except AnswersWrong as error:
            for question, fault in error.faults.items():
                form.add_error(question if question in form.fields else None, said(fault))
        else:
            return redirect("partner_fate", token=status)
    partners.check_open(token=token, at=at)
    return render(request, "referrals/partner_form.html", {"form": form, "asked": asked})


@login_not_required
@require_safe
@slowly
def fate(request: HttpRequest, token: str) -> HttpResponse:
    """What became of it. Raises LinkRefused."""
    area = web().area
    found = partners.fate(token=token, area=area, at=area.clock(), request_id=str(getattr(request, "request_id", "")))  # fmt: skip
    context = {"card": presenters.card(found), "address": request.build_absolute_uri()}
    return render(request, "referrals/partner_fate.html", context)
