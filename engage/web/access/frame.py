"""What the frame around every page says: whose area, who is signed in, why they look, as of which day, in what language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from engage.casework.week import queries as week
from engage.governance import queries
from engage.records import queries as records
from engage.store.area import Area, AreaNotFound, AreaSettingsWrong
from engage.store.warehouse import BuildInfo, NoBuild
from engage.web.access.viewing import DayWrong, as_of, purpose_of, viewer_of
from engage.web.access.words import purpose_title, role_title
from engage.web.apps import web


AUDITOR = "information_governance"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` for base.html and the blocks that say whose data this is and why it is looked at."""
    area, info = _area(), _build_info()
    words: dict[str, Any] = {
        "area": area.name if area else "",
        "stands_at": area.stands_at if area else None,
        "is_demo": settings.ENGAGE_DEMO,
        "build": info,
        "as_of": _day(request) or (info.as_of if info else None),
        "known_on": _known_on(request, info),
        "now": area.clock() if area else None,
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": settings.LANGUAGES,
        "page": request.resolver_match.url_name if request.resolver_match else "",
    }
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        words["who"] = _who(request, area)
        words["waiting"] = records.waiting(info) if info else 0
    return {"frame": words}


def _who(request: HttpRequest, area: Area | None) -> dict[str, Any]:
    user: Any = request.user
    agency = area.agencies.get(user.agency) if area else None
    return {
        "name": user.get_full_name() or user.username,
        "agency": agency.title if agency else user.agency,
        "role": role_title(user.role),
        "purpose": purpose_title(purpose_of(request)),
        "has_a_day": area is not None and week.has_a_day(viewer=viewer_of(request), area=area),
        "may_audit": user.role == AUDITOR,
        "may_watch": queries.can(viewer=viewer_of(request), what="watch"),
        "may_screen": any(
            queries.can(viewer=viewer_of(request), what=what) for what in ("screen", "authorise_screening")
        ),
        "may_convene": queries.can(viewer=viewer_of(request), what="convene"),
        "may_judge": queries.can(viewer=viewer_of(request), what="judge"),
        "may_oversee": queries.can(viewer=viewer_of(request), what="oversee"),
        "may_invite": queries.can(viewer=viewer_of(request), what="invite"),
    }


def _area() -> Area | None:
    try:
        return web().area
    except (AreaNotFound, AreaSettingsWrong):
        return None


def _build_info() -> BuildInfo | None:
    try:
        return web().warehouse.current().info
    except (NoBuild, AreaNotFound, AreaSettingsWrong):
        return None


def _day(request: HttpRequest) -> Any:
    try:
        return as_of(request)
    except (DayWrong, AreaNotFound, AreaSettingsWrong):
        return None


def _known_on(request: HttpRequest, info: BuildInfo | None) -> Any:
    day = _day(request)
    return day if day and info and day != info.as_of else None
