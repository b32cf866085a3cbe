"""Pages on missing children. Each calls one door once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.picture.missing import queries
from engage.picture.missing.gathering import now_of
from engage.picture.missing.screen import DEFAULT_ORDER, Screen
from engage.web.access.viewing import build_of, viewing_of
from engage.web.missing import pairing, presenters, returning, sheets, unplaced
from engage.web.missing.reading import Reader, reader_of


@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """Who is missing now, who is back, of whom the end was not received."""
    viewing = viewing_of(request)
    reader = reader_of(request, viewing)
    shown = queries.screen(
        viewing=viewing, build=build_of(request), order=request.GET.get("order", DEFAULT_ORDER)
    )
    concerned = queries.with_anyone(shown.together, [one.person_id for one in shown.missing])
    context = {
        "shown": shown,
        "figures": presenters.figures(shown, reader),
        "overview": presenters.overview(shown.missing, shown, reader, _("Missing now")),
        "unended": presenters.overview(
            shown.unended, shown, reader, _("Reported, and the end was not received")
        ),
        "back": returning.back_table(shown, reader),
        "pairs": pairing.pair_table(
            concerned,
            shown.together,
            reader,
            caption=_("With whom those who are missing now were missing together"),
        ),
        "cards": presenters.cards(shown.missing, shown, reader),
        **_besides(shown, reader),
        "orders": presenters.orders(),
        "whose_data": sorted(reader.agency(code) for code in shown.received),
        "not_known": presenters.silences(shown, reader),
    }
    return render(request, "missing/missing.html", context)


def _besides(shown: Screen, reader: Reader) -> dict[str, Any]:
    """Who was reported long ago, and what is recorded of going missing that makes no line of the other lists."""
    return {
        "long": presenters.overview(
            shown.long, shown, reader, _("Reported long ago, and no record says that they are back")
        ),
        "long_cards": presenters.cards(shown.long, shown, reader),
        "earlier_unended": unplaced.earlier_unended(shown),
        "untimed": unplaced.untimed_table(shown, reader),
        "unnamed": unplaced.unnamed_table(shown, reader),
        "earlier_unnamed": unplaced.earlier_unnamed(shown),
    }


@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """Who was missing together, as table, timeline and map."""
    viewing, build = viewing_of(request), build_of(request)
    reader = reader_of(request, viewing)
    asked = request.GET.get("days", "")
    made = queries.together(
        viewing=viewing, build=build, days=int(asked) if asked.isdecimal() and len(asked) < 5 else 0
    )
    context = {
        "made": made,
        "pairs": pairing.pair_table(made.pairs, made, reader, caption=_("Missing together")),
        "chance": pairing.pair_table(
            made.chance, made, reader, caption=_("Away at one same time, and nothing else")
        ),
        "pictures": pairing.shown(made, reader, now_of(viewing, build)),
        "periods": pairing.PERIODS,
    }
    return render(request, "missing/together.html", context)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The screen on one side of paper. An export, and audited as one."""
    viewing = viewing_of(request)
    shown = queries.screen(viewing=viewing, build=build_of(request), action="missing.print")
    return render(request, "missing/print.html", {"sheet": sheets.sheet(shown, reader_of(request, viewing))})
