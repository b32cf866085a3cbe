"""Who may sign in to the demo? Those whom the area's settings list, all with one password that is printed."""

from __future__ import annotations

from engage.store.area import Area
from engage.vocabulary.access import Viewing


def make_demo_users(area: Area, viewing: Viewing) -> list[dict[str, str]]:
    """Make the demo sign-ins that are not there yet; return all of them in the order of the settings.

    Each has `username`, `name`, `agency` and `role`.
    """
    from django.conf import settings
    from django.contrib.auth import get_user_model

    from engage.governance import actions

    users = [
        {key: str(entry[key]) for key in ("username", "name", "agency", "role")}
        for entry in area.settings.get("demo_users") or []
    ]
    for user in users:
        if not get_user_model().objects.filter(username=user["username"]).exists():
            actions.make_user(viewing=viewing, **user, password=settings.ENGAGE_DEMO_PASSWORD)
    return users
