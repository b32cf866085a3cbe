"""The demo's sign-ins: named in the area's settings, all with one password that the sign-in page prints."""

from __future__ import annotations

from dataclasses import dataclass

from engage.store.area import Area


DEMO_PASSWORD = "made-up-town-2026"  # noqa: S105  printed on the demo's sign-in page


@dataclass(frozen=True)
class DemoUser:
    """One demo sign-in, as `demo_users` in area.yaml lists it."""

    username: str
    name: str
    agency: str
    role: str


def demo_users(area: Area) -> list[DemoUser]:
    """The demo sign-ins of the area, in the order of its settings."""
    return [
        DemoUser(
            username=str(u["username"]), name=str(u["name"]), agency=str(u["agency"]), role=str(u["role"])
        )
        for u in area.settings.get("demo_users") or []
    ]
