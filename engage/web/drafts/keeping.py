"""How does a view keep a draft, offer it again, and show both versions where somebody else was first?

A view that writes does three things more than others:

    begun = keeping.begun(request)                         # what the page says of a draft
    if keeping.is_to_be_kept(request): return keeping.keep(request)       # the button “Save and come back”
    keeping.restore(form, begun)                           # on a page that was opened to go on

and, once it was sent, `keeping.sent(request)`. The page includes `_components/draft.html` above its form and `_components/save_draft.html` among its buttons. Where a door
raises MovedOn, `two_versions` gives the component `_components/two_versions.html` what it shows; what was written stays in the form and is kept as a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from engage.casework.cases import drafts
from engage.casework.cases.drafts import Content, DraftRefused
from engage.vocabulary.words import EngageError
from engage.web.access.viewing import viewing_of
from engage.web.components import Cell, SummaryRow
from engage.web.templatetags.engage import said


PLACE, KEEP, GO_ON = "draft_place", "save_draft", "draft"
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", PLACE, KEEP, "keep_words", "version"})


@dataclass(frozen=True)
class Begun:
    """What a page says of its draft: where it belongs, since when there is one (None: there is none), and what stands in it once somebody goes on (else None)."""

    place: str
    saved_at: datetime | None
    content: Content | None = None

    @property
    def is_offered(self) -> bool:
        """There is one, and the page does not show it yet."""
        return self.saved_at is not None and self.content is None


def begun(request: HttpRequest) -> Begun:
    """The viewer's draft of the page that is asked for."""
    place, viewing = request.path, viewing_of(request)
    if request.method == "GET" and request.GET.get(GO_ON):
        found = drafts.draft(viewing=viewing, place=place)
        return Begun(place, found.saved_at if found else None, found.content if found else None)
    if request.method != "GET":
        return Begun(place, None)
    return Begun(place, drafts.has_draft(viewing=viewing, place=place))


def restore(form: forms.BaseForm, kept: Begun) -> None:
    """Put what was begun into the fields of a form that was not sent."""
    if kept.content is None or form.is_bound:
        return
    data = QueryDict(mutable=True)
    for name, values in kept.content.items():
        data.setlist(name, values)
    for name, field in form.fields.items():
        if not field.widget.value_omitted_from_data(data, {}, form.add_prefix(name)):  # type: ignore[arg-type]
            form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))  # type: ignore[arg-type]


def is_to_be_kept(request: HttpRequest) -> bool:
    """The worker pressed “Save and come back”."""
    return request.method == "POST" and bool(request.POST.get(KEEP))


def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was written, and go to the day's page, which lists it."""
    try:
        drafts.save_draft(viewing=viewing_of(request), place=request.path, content=content_of(request.POST))
    except DraftRefused as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}")
        return redirect(request.path)
    messages.success(request, _("Kept as your draft. Only you see it; your day's page leads back to it."))
    return redirect("today")


def sent(request: HttpRequest) -> None:
    """What was begun is sent: the draft is not needed any more."""
    drafts.throw_away(viewing=viewing_of(request), place=request.path)


def content_of(posted: QueryDict) -> Content:
    """What stands in the fields of a page, without what belongs to the page and not to the writer."""
    return {name: [str(one) for one in values] for name, values in posted.lists() if name not in _NOT_KEPT}


@dataclass(frozen=True)
class TwoVersions:
    """Somebody else was first: the sentence that says who and when, what to do, theirs as kept and yours as you wrote it."""

    sentence: str
    remedy: str
    theirs: Sequence[SummaryRow]
    yours: Sequence[SummaryRow]


def two_versions(
    request: HttpRequest, error: EngageError, form: forms.BaseForm, *, theirs: Sequence[SummaryRow], version: int
) -> TwoVersions:  # fmt: skip
    """Both versions, for a page that shows the form again; the form is made to follow on theirs, so that sending it again is a choice. What was written is kept as a draft."""
    drafts.save_draft(viewing=viewing_of(request), place=request.path, content=content_of(request.POST))
    data = form.data.copy()
    data["version"] = str(version)
    form.data = data
    return TwoVersions(said(error.sentence), said(error.remedy), theirs, _yours(form))


def _yours(form: forms.BaseForm) -> list[SummaryRow]:
    rows = []
    for bound in form.visible_fields():
        written = bound.value()
        values = [str(one) for one in (written if isinstance(written, list | tuple) else [written]) if one]
        if values:
            words = dict(getattr(bound.field, "choices", ()))
            cells = tuple(Cell(str(words.get(one, one))) for one in values)
            rows.append(SummaryRow(str(bound.label), cells))
    return rows
