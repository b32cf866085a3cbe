"""Sign-in as django-allauth does it, with this house's rules: by invitation only, and each visit remembered."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationsOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account; an invitation is accepted on its own page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Never."""
        return False
