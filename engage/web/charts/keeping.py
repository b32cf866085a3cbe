"""Pages of saved charts: saved under a title, annotated, opened again by what the reader may see. Each calls one door, then opens the chart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engage.networks.charts import actions, addresses, queries
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.charts import presenters
from engage.web.charts.forms import NoteForm, SaveForm
from engage.web.charts.views import shown


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save a chart. Raises AddressWrong."""
    form = SaveForm(request.POST)
    if not form.is_valid():
        return render(request, "charts/save.html", {"form": form})
    question = addresses.address_of(addresses.question_in(form.cleaned_data["question"]))
    number = actions.save_chart(
        viewing=viewing_of(request), question=question, title=form.cleaned_data["title"], note=form.cleaned_data["note"]
    )  # fmt: skip
    messages.success(request, _("Saved. Colleagues of your agency find it among the saved charts, and see of it what they may."))  # fmt: skip
    return redirect("charts_opened", number)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The saved charts of the worker's agency."""
    found = queries.saved_charts(viewing=viewing_of(request), build=build_of(request))
    return render(request, "charts/saved.html", {"table": presenters.saved_table(found)})


def opened(request: HttpRequest, number: int) -> HttpResponse:
    """A saved chart, worked out anew; or keep what is written of it. Raises ChartUnknown, ChartNotShown."""
    viewing = viewing_of(request)
    one = queries.saved_chart(viewing=viewing, build=build_of(request), number=number)
    form = NoteForm(request.POST or None, initial={"title": one.title, "note": one.note})
    if request.method == "POST" and form.is_valid():
        actions.annotate_chart(viewing=viewing, number=number, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("charts_opened", number)
    question = addresses.question_in(one.question)
    made = queries.chart(viewing=viewing, build=build_of(request), question=question)
    context = {**shown(request, made, question), "saved": presenters.saved_rows(one, web().agency_titles()), "saved_title": one.title, "form": form}  # fmt: skip
    return render(request, "charts/opened.html", context)
