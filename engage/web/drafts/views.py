"""What a page with a draft asks for besides itself: keep what stands in it now (a script does, while somebody writes), and throw it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engage.casework.cases import drafts
from engage.casework.cases.drafts import DraftRefused
from engage.web.access.viewing import viewing_of
from engage.web.drafts.keeping import PLACE, content_of
from engage.web.templatetags.engage import said


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a page now; answer with a sentence for its status line."""
    viewing = viewing_of(request)
    try:
        drafts.save_draft(
            viewing=viewing, place=request.POST.get(PLACE, ""), content=content_of(request.POST)
        )
    except DraftRefused as error:
        return JsonResponse({"said": f"{said(error.sentence)} {said(error.remedy)}".strip()}, status=400)
    at = date_format(localtime(viewing.at), "H:i")
    return JsonResponse({"said": _("Kept as your draft at %(at)s. Only you see it.") % {"at": at}})


@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """Throw a draft away, and go back to its page."""
    place = request.POST.get(PLACE, "")
    drafts.throw_away(viewing=viewing_of(request), place=place)
    messages.success(request, _("Thrown away."))
    is_ours = url_has_allowed_host_and_scheme(place, allowed_hosts=None) and place.startswith("/")
    return redirect(place if is_ours else "home")
