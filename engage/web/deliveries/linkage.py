"""Pages of linkage models: what each was learnt from, what it would change, and its adoption by a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.identities import actions
from engage.identities import queries as identities
from engage.identities.trained.rules import AdoptionRefused, ModelUnknown, Version
from engage.vocabulary.access import Viewing
from engage.web.access.viewing import build_of, viewing_of
from engage.web.deliveries import model_tables as presenters
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


class AdoptForm(forms.Form):
    """Why a model is to be used."""

    why = forms.CharField(
        label=gettext_lazy("Why is this model to be used?"),
        help_text=gettext_lazy("In a few words. The one before stays, and can be adopted again."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write in a few words why this model is to be used.")},
    )


@require_safe
def models(request: HttpRequest) -> HttpResponse:
    """All linkage models that are kept."""
    found = identities.models(viewing=viewing_of(request), build=build_of(request))
    in_use = next((one for one in found if one.is_in_use), None)
    context = {
        "table": presenters.models_table(found),
        "state": presenters.state(found),
        "outgrown": presenters.outgrown(in_use) if in_use and in_use.is_outgrown else "",
    }
    return render(request, "deliveries/models.html", context)


def model(request: HttpRequest, version: int) -> HttpResponse:
    """One linkage model: what it would change, what its levels weigh beside those in use, and a form to adopt it."""
    viewing = viewing_of(request)
    found, in_use = _found(request, viewing, version)
    form = AdoptForm(request.POST or None) if _may_adopt(viewing, found) else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.adopt_model(
                viewing=viewing, build=build_of(request), version=version, why=form.cleaned_data["why"]
            )
        except AdoptionRefused as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            messages.success(request, _("Model %(version)s is used from the next build on.") % {"version": version})  # fmt: skip
            return redirect("data_quality_model", version=version)
    reader = reader_of(request, viewing)
    context: dict[str, Any] = {
        "version": version,
        "rows": presenters.rows(found),
        "changes": presenters.changes_table(found),
        "told": presenters.told(found),
        "pairs": presenters.pairs_table(found, reader),
        "levels": presenters.levels_table(found, in_use),
        "form": form,
    }
    return render(request, "deliveries/model.html", context)


def _found(request: HttpRequest, viewing: Viewing, version: int) -> tuple[Version, Version | None]:
    """The model that is asked for, and the one in use when that is another."""
    build = build_of(request)
    try:
        found = identities.model(viewing=viewing, build=build, version=version)
    except ModelUnknown as error:
        raise Http404(str(error.sentence)) from error
    others = identities.models(viewing=viewing, build=build)
    return found, next((one for one in others if one.is_in_use and one.version != version), None)


def _may_adopt(viewing: Viewing, found: Version) -> bool:
    may = governance.can(viewer=viewing.viewer, what="adopt_model")
    return may and found.is_seen and not found.is_in_use and found.model is not None
