"""Pages of charts. Each calls one door once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.networks.charts import addresses, queries
from engage.networks.charts.exports.files import FORMS
from engage.networks.charts.rules import NIGHTS, Chart, Question
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.charts import drawing, listing, nights, presenters, printing
from engage.web.charts.forms import SaveForm, StartForm
from engage.web.charts.presenters import Reader
from engage.web.charts.words import FORM_TITLES


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The chart that the address asks for; the form to start one from when it asks for none. Raises ChartNotShown, QuestionIncomplete, AddressWrong."""
    if "kind" in request.GET:
        form = StartForm(request.GET)
        if form.is_valid():
            return redirect(f"{reverse('charts')}?{addresses.address_of(form.question())}")
        return render(request, "charts/start.html", {"form": form})
    if not {"about", "asks"} & set(request.GET):
        return render(request, "charts/start.html", {"form": StartForm()})
    question = addresses.question_of(dict(request.GET.lists()))
    made = queries.chart(viewing=viewing_of(request), build=build_of(request), question=question)
    return render(request, "charts/chart.html", shown(request, made, question))


def shown(
    request: HttpRequest, made: Chart, question: Question, *, is_printed: bool = False
) -> dict[str, Any]:
    """What a page of a chart shows."""
    reader = Reader(web().agency_titles(), question, request.GET.get("as_of", "").strip(), is_printed)
    viewer = viewing_of(request).viewer
    exports = [(_title(form), reader.take(form)) for form in FORMS] if governance.can(viewer=viewer, what=queries.EXPORT) else []  # fmt: skip
    by_day = nights.together(made) if question.asks == NIGHTS else []
    return {
        "made": made,
        "title": presenters.title(made, question),
        "told": presenters.told(made, question),
        "parts": dict.fromkeys(printing.PARTS, True),
        "picture": drawing.picture(made, reader),
        "is_nights": question.asks == NIGHTS,
        "timeline": nights.timeline(made, by_day),
        "nights": nights.fold(by_day, reader),
        "nodes_title": presenters.nodes_title(made),
        "nodes": listing.nodes(made, reader),
        "lines_title": presenters.lines_title(made),
        "lines": listing.lines(made, reader),
        "filters": presenters.filters(question, reader),
        "longer": reader.longer() if presenters.may_be_longer(made, question) else "",
        "print": reader.print(),
        "exports": exports,
        "save_form": SaveForm(initial={"question": addresses.address_of(question)}),
        "whose_data": sorted({reader.agency(code) for edge in made.edges for code in edge.agencies}),
    }


def _title(form: str) -> str:
    from engage.web.templatetags.engage import said

    return said(FORM_TITLES[form])


@require_safe
def print_chart(request: HttpRequest) -> HttpResponse:
    """The chart on paper. An export, and audited as one. Raises ChartNotShown, QuestionIncomplete, AddressWrong."""
    question = addresses.question_of(dict(request.GET.lists()))
    made = queries.chart_to_print(viewing=viewing_of(request), build=build_of(request), question=question)
    context = shown(request, made, question, is_printed=True)
    return render(
        request, "charts/print.html", {**context, **printing.asked(request.GET, made, question, context)}
    )


@require_safe
def take(request: HttpRequest, form: str) -> HttpResponse:
    """The chart as a file, or how to import one. Raises MayNotDo, ChartNotShown, QuestionIncomplete, AddressWrong."""
    if form not in FORMS:
        raise Http404
    question = addresses.question_of(dict(request.GET.lists()))
    made = queries.chart_to_take_away(viewing=viewing_of(request), build=build_of(request), question=question)
    kind = FORMS[form]
    name, file = f"chart{kind.suffix}", kind.make
    if request.GET.get("beside") and kind.beside:
        suffix, make = kind.beside
        return _file(make(), f"chart{suffix}", "application/json")
    return _file(file(made), name, kind.media_type)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
