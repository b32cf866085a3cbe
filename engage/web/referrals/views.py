"""Pages of a worker's referrals, and of the links they make for partners."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engage.casework.referrals import actions, queries
from engage.casework.referrals.rules import INVITE, USED, LinkRefused
from engage.governance import queries as governance
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.paging import address_of, page_number, pages
from engage.web.referrals import presenters
from engage.web.referrals.forms import LinkForm
from engage.web.templatetags.engage import said


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the worker referred, and what became of it."""
    viewing = viewing_of(request)
    page = page_number(request)
    found = queries.mine(viewing=viewing, build=build_of(request), area=web().area, page=page)
    context = {
        "cards": [presenters.card(one) for one in found.fates],
        "pages": pages(min(page, found.page_count), found.page_count, address_of(request)),
        "may_invite": governance.can(viewer=viewing.viewer, what=INVITE),
    }
    return render(request, "referrals/mine.html", context)


def links(request: HttpRequest) -> HttpResponse:
    """The links that the worker's agency made, and a form to make one; the link is shown once. Raises MayNotDo."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what=INVITE)
    form, link = LinkForm(request.POST or None, agencies=web().agency_titles()), ""
    if request.method == "POST" and form.is_valid():
        token = actions.make_link(viewing=viewing, area=web().area, partner=form.partner())
        link = request.build_absolute_uri(reverse("partner_refer", args=[token]))
    found = queries.links(viewing=viewing)
    context = {
        "form": form,
        "link": link,
        "table": presenters.links_table(found),
        "standing": [one for one in found if one.state in ("open", USED)],
    }
    return render(request, "referrals/links.html", context)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a link, or end the page on which is read what became of what it brought. Raises MayNotDo."""
    try:
        actions.withdraw_link(viewing=viewing_of(request), number=number)
    except LinkRefused as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}")
    else:
        messages.success(
            request,
            _("Withdrawn. Whoever has the link, or the page that followed it, cannot use it any more."),
        )
    return redirect("referrals_links")
