"""What every request and answer gets: an id, no copy kept by the browser, a second factor, errors in sentences."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from engage.casework.agreed.queries import ActionNotShown
from engage.casework.cases.rules import CaseNotShown
from engage.casework.files.queries import FileNotShown
from engage.casework.meetings.kinds.rules import KindUnknown
from engage.casework.meetings.rules import MeetingNotShown
from engage.casework.referrals.rules import LinkRefused
from engage.casework.week.queries import DrawNotShown
from engage.governance.audit import AuditNotWritten
from engage.governance.queries import MayNotDo, MayNotSee
from engage.networks.maps.queries import HotspotNotShown
from engage.networks.queries import NothingToShow
from engage.picture.missing.queries import EpisodeNotShown
from engage.picture.queries import PersonNotShown
from engage.store.warehouse import NoBuild
from engage.vocabulary.words import EngageError


STATUSES: dict[type[Exception], int] = {
    NoBuild: 503,
    AuditNotWritten: 503,
    MayNotSee: 403,
    MayNotDo: 403,
    ActionNotShown: 404,
    DrawNotShown: 404,
    FileNotShown: 404,
    PersonNotShown: 404,
    EpisodeNotShown: 404,
    NothingToShow: 404,
    CaseNotShown: 404,
    LinkRefused: 404,
    MeetingNotShown: 404,
    KindUnknown: 404,
    HotspotNotShown: 404,
}
Answer = Callable[[HttpRequest], HttpResponseBase]


def request_id(get_response: Answer) -> Answer:
    """Give each request an id, which its audit rows carry, and say it in the answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.request_id = uuid4().hex  # type: ignore[attr-defined]
        response = get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response

    return middleware


def keep_no_copy(get_response: Answer) -> Answer:
    """No page may stay in a browser's or a proxy's store. (Static files are answered before this.)"""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def second_factor(get_response: Answer) -> Answer:
    """Where ENGAGE_REQUIRE_MFA is on, nobody gets further than setting up a second factor without having one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if (
            not settings.ENGAGE_REQUIRE_MFA
            or not request.user.is_authenticated
            or is_mfa_enabled(request.user)
        ):
            return get_response(request)
        path = request.path_info
        allowed = [
            p.removeprefix(settings.URL_PREFIX)
            for p in (
                reverse("mfa_index"),
                reverse("account_logout"),
                reverse("account_reauthenticate"),
                reverse("set_language"),
            )
        ]
        if any(path.startswith(prefix) for prefix in allowed):
            return get_response(request)
        messages.warning(
            request, _("Set up a second factor before you go on: an authenticator app or a passkey.")
        )
        return redirect("mfa_index")

    return middleware


class Sentences:
    """An error made by a request is a page with its sentence and remedy; a missing build says how to make one."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error whose sentence is meant for people; None for a bug."""
        if not isinstance(error, EngageError):
            return None
        status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 400)
        return render(
            request, "error.html", {"sentence": error.sentence, "remedy": error.remedy}, status=status
        )
