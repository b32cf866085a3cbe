"""Which workers of an agency may do something besides reading? To name one whose leave is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engage.governance.models import User
from engage.governance.table import codes
from engage.vocabulary.access import Viewer


def workers_who_may(*, what: str, agency: str) -> list[Viewer]:
    """The workers of that agency who may sign in and whose role may do this (a word of `may` in roles.yaml), by name."""
    return workers_of_any(what=what, agencies=[agency])


def workers_of_any(*, what: str, agencies: Iterable[str]) -> list[Viewer]:
    """The same of several agencies, agency by agency, asked for once."""
    roles = {code for code, row in codes("roles").items() if what in row.get("may", [])}
    found = User.objects.filter(agency__in=list(agencies), is_active=True)
    return [one for one in _named(found) if one.role in roles]


def workers_of(*, agency: str) -> list[Viewer]:
    """The workers of that agency who may sign in, by name."""
    return _named(User.objects.filter(agency=agency, is_active=True))


def last_here(*, users: Iterable[str]) -> dict[str, datetime]:
    """When the last visit of each of these workers began; who never signed in is left out."""
    rows = User.objects.filter(username__in=list(users), this_visit_at__isnull=False)
    return {user: at for user, at in rows.values_list("username", "this_visit_at") if at}


def _named(found: Iterable[User]) -> list[Viewer]:
    named = [Viewer(one.username, one.get_full_name() or one.username, one.agency, one.role) for one in found]
    return sorted(named, key=lambda one: (one.agency, one.name.lower(), one.user_id))
