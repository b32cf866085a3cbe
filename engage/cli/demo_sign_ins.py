"""Who may sign in to the demo? Those whom the area's settings list, all with one password that is printed."""

from __future__ import annotations

from engage.store.area import Area


def make_demo_users(area: Area) -> list[dict[str, str]]:
    """Make the demo sign-ins that are not there yet; return all of them in the order of the settings.

    Each has `username`, `name`, `agency` and `role`.
    """
    from django.conf import settings
    from django.contrib.auth import get_user_model

    users = [
        {key: str(entry[key]) for key in ("username", "name", "agency", "role")}
        for entry in area.settings.get("demo_users") or []
    ]
    model = get_user_model()
    for user in users:
        if not model.objects.filter(username=user["username"]).exists():
            first, _, last = user["name"].partition(" ")
            model.objects.create_user(
                user["username"],
                password=settings.ENGAGE_DEMO_PASSWORD,
                first_name=first,
                last_name=last,
                agency=user["agency"],
                role=user["role"],
            )
    return users
