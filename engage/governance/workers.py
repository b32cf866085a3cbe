"""Which workers of an agency may do something besides reading? To name one whose leave is asked for."""

from __future__ import annotations

from engage.governance.models import User
from engage.governance.table import codes
from engage.vocabulary.access import Viewer


def workers_who_may(*, what: str, agency: str) -> list[Viewer]:
    """The workers of that agency who may sign in and whose role may do this (a word of `may` in roles.yaml), by name."""
    roles = {code for code, row in codes("roles").items() if what in row.get("may", [])}
    return [one for one in workers_of(agency=agency) if one.role in roles]


def workers_of(*, agency: str) -> list[Viewer]:
    """The workers of that agency who may sign in, by name."""
    found = User.objects.filter(agency=agency, is_active=True)
    named = [Viewer(one.username, one.get_full_name() or one.username, one.agency, one.role) for one in found]
    return sorted(named, key=lambda one: (one.name.lower(), one.user_id))
