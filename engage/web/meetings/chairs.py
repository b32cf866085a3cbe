"""Who chaired before? A hint to whoever names the chair: reviews are chaired by the same person where that can be, and by nobody who answers for the work in the case. Nothing is refused."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.meetings import queries
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.queries import Asked
from engage.casework.meetings.rules import NOT_HELD, PLANNED, Head
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.people.views import reader_of


def hint(request: HttpRequest, cases: tuple[int, ...]) -> str:
    """The hint beside the choice of the chair, which pages show as it is: names in it are escaped."""
    return escape(_hint(request, cases))


def _hint(request: HttpRequest, cases: tuple[int, ...]) -> str:
    """The rule of practice, and who chaired the last meeting that was held about the one case that it is about, as far as the viewer may know; of several cases the rule alone."""
    rule = _("The chair answers for nobody's work in the case, and whoever chaired before chairs the review, where that can be.")  # fmt: skip
    last = _last(request, cases[0]) if len(cases) == 1 else None
    if last is None:
        return rule
    kind = of_area(web().area).get(last.kind)
    values = {
        "kind": _(kind.title) if kind else last.kind,
        "day": date_format(localtime(last.starts_at), "j F Y"),
        "who": last.chair_name,
        "agency": reader_of(request, viewing_of(request)).agency(last.chair_agency),
    }
    said = _("Held last about this case: %(kind)s, %(day)s, chaired by %(who)s, %(agency)s.") % values
    return f"{rule} {said}"


def named(request: HttpRequest) -> tuple[int, ...]:
    """The case that the address names."""
    case = request.GET.get("case", "")
    return (int(case),) if case.isdecimal() and len(case) < 10 else ()


def _last(request: HttpRequest, case: int) -> Head | None:
    viewing = viewing_of(request)
    asked = Asked(case=case, until_at=viewing.at)
    found = queries.meetings(viewing=viewing, build=build_of(request), area=web().area, asked=asked).heads
    held = [one for one in found if one.state not in (PLANNED, NOT_HELD)]
    return max(held, key=lambda one: (one.starts_at, one.number), default=None)
