"""Sign-in as django-allauth does it, with this house's rules: by invitation only, and each visit remembered."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from engage.casework.week import queries as week
from engage.governance import actions
from engage.records import queries
from engage.web.access.viewing import latest_day, viewer_of
from engage.web.apps import web


class InvitationsOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account; an invitation is accepted on its own page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in: one's day, where the role has one and there is something to show it from; else the home page."""
        has_a_day = latest_day() is not None and week.has_a_day(viewer=viewer_of(request), area=web().area)
        return reverse("today" if has_a_day else "home")

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and note the visit, so that the home page can say what is new since the one before."""
        super().login(request, user)
        area = web().area
        newest = max((d.seq for d in queries.delivery_inputs(area)), default=0)
        actions.record_visit(user=user, at=area.clock(), newest_delivery=newest)
