"""How is a worker called on people's pages?"""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist

from engage.governance import queries as governance
from engage.web.apps import web


def called(username: str) -> str:
    """A worker's name and agency; the sign-in name alone of one who no longer has an account."""
    try:
        worker = governance.viewer_named(username)
    except ObjectDoesNotExist:
        return username
    return f"{worker.name}, {web().agency_titles().get(worker.agency, worker.agency)}"
