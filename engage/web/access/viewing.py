"""Who is looking, why, when, and at the records of which day? Every view that calls a door makes its `Viewing` here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from engage.store.warehouse import Build, NoBuild
from engage.vocabulary.access import Viewer, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.web.apps import web


DEFAULT_PURPOSE = "safeguarding_child"
AUDIT = "audit"
_IN_SESSION = "purpose"


class DayWrong(EngageError):
    """The day asked for is not a day, or is later than anything received."""


def viewer_of(request: HttpRequest) -> Viewer:
    """The signed-in worker."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionError("A page that shows something about people was reached without signing in.")
    return Viewer(
        user_id=user.username, name=user.get_full_name() or user.username, agency=user.agency, role=user.role
    )


def purpose_of(request: HttpRequest) -> str:
    """The code of the purpose given in this session; safeguarding a child until another one is."""
    return str(request.session.get(_IN_SESSION, DEFAULT_PURPOSE))


def for_audit(request: HttpRequest, name: str) -> str:
    """The address of a list of what others did, which is shown for the purpose of audit alone: whoever has given another purpose gives that one first."""
    there = reverse(name)
    return there if purpose_of(request) == AUDIT else f"{reverse('purpose')}?{urlencode({'next': there})}"


def give_purpose(request: HttpRequest, purpose: str) -> None:
    """Remember, until signing out, why this worker is looking."""
    request.session[_IN_SESSION] = purpose


def viewing_of(request: HttpRequest) -> Viewing:
    """One act of looking, for this request. Raises DayWrong when the address asks for an impossible day.

    What somebody sends is decided by what is known today, whatever day the address asks for: a time limit that a later record began would else be lost for everybody, and who was 18
    then be told by fewer records."""
    area = web().area
    at = area.clock()
    asked = as_of(request) if request.method in ("GET", "HEAD") else None
    return Viewing(
        viewer=viewer_of(request),
        purpose=purpose_of(request),
        at=at,
        as_of=asked or latest_day() or london_day(at),
        request_id=str(getattr(request, "request_id", "")),
    )


@dataclass(frozen=True)
class Visit:
    """When a visit began, and the number of the newest delivery then; None when that was not written down."""

    at: datetime
    newest_delivery: int | None = None


def last_visit(request: HttpRequest) -> Visit | None:
    """The visit of the signed-in worker before this one; None when there was none."""
    user = request.user
    if not user.is_authenticated or user.last_visit_at is None:
        return None
    return Visit(user.last_visit_at, user.last_visit_delivery)


def build_of(_request: HttpRequest) -> Build:
    """The build being served. Raises NoBuild when the area was never built."""
    return web().warehouse.current()


def known_then(request: HttpRequest, at: datetime) -> bool:
    """What happened at that moment was known on the day that the address asks for; everything is when it asks for none."""
    asked = as_of(request)
    return asked is None or london_day(at) <= asked


def latest_day() -> date | None:
    """The last received day in the build being served; None when there is no build."""
    try:
        return web().warehouse.current().info.as_of
    except NoBuild:
        return None


def as_of(request: HttpRequest) -> date | None:
    """The day that the address asks for (`?as_of=2026-03-01`); None when it asks for none."""
    asked = request.GET.get("as_of", "").strip()
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise DayWrong(
            Sentence(N_("“%(day)s” is not a day."), {"day": asked}),
            remedy=N_("Write it as year-month-day, 2026-03-01 for instance."),
        ) from None
    latest = latest_day()
    if latest and day > latest:
        raise DayWrong(
            Sentence(N_("Nothing has been received as late as %(day)s."), {"day": asked}),
            remedy=Sentence(N_("Choose %(latest)s or a day before it."), {"latest": latest.isoformat()}),
        )
    return day
