"""How does a view keep a draft, offer it again, and show both versions where somebody else was first?

A view on which something is written does this besides:

    begun = keeping.begun(request)                                   # given to the page as `begun`
    if keeping.is_to_be_kept(request): return keeping.keep(request)  # the button “Save and come back”
    keeping.restore(form, begun)                                     # where the page was opened to go on
    ...
    keeping.sent(request)                                            # once it was sent

The page includes `_components/draft.html` above its form and `_components/save_draft.html` among its buttons; nothing of it needs JavaScript, which only saves sooner. Where a
door raises MovedOn, `two_versions` gives the component `_components/two_versions.html` what it shows, and keeps what was written as a draft.
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
from engage.casework.cases.drafts import PLACE_LENGTH, Content, DraftRefused
from engage.web.access.viewing import viewing_of
from engage.web.components import Cell, SummaryRow
from engage.web.templatetags.engage import said


PLACE, KEEP, GO_ON = "draft_place", "save_draft", "draft"
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", PLACE, KEEP, "keep_words", "version"})


@dataclass(frozen=True)
class Begun:
    """What a page says of its draft: where it belongs, since when there is one (None: there is none), and what stands in it once somebody goes on (else None)."""

    place: str
    saved_at: datetime | None = None
    content: Content | None = None

    @property
    def is_offered(self) -> bool:
        """There is one, and the page does not show it yet."""
        return self.saved_at is not None and self.content is None

    @property
    def go_on(self) -> str:
        """Where the page is shown with it."""
        return go_on(self.place)


def go_on(place: str) -> str:
    """Where a page is shown with what was begun on it."""
    return f"{place}{'&' if '?' in place else '?'}{GO_ON}=yes"


def place_of(request: HttpRequest) -> str:
    """The page that a draft belongs to: its address, with what it asks for (which entry is corrected, say)."""
    asked = request.GET.copy()
    asked.pop(GO_ON, None)
    place = f"{request.path}?{asked.urlencode()}" if asked else request.path
    return place if len(place) <= PLACE_LENGTH else request.path


def begun(request: HttpRequest) -> Begun:
    """The viewer's draft of the page that is asked for. Once something is sent from it the page shows that, and no draft."""
    place, viewing = place_of(request), viewing_of(request)
    if request.method == "POST":
        return Begun(place)
    if request.GET.get(GO_ON):
        found = drafts.draft(viewing=viewing, place=place)
        return Begun(place, found.saved_at, found.content) if found else Begun(place)
    return Begun(place, drafts.has_draft(viewing=viewing, place=place))


def restore(form: forms.BaseForm | None, kept: Begun) -> None:
    """Put what was begun into the fields of a form that was not sent."""
    if form is None or kept.content is None or form.is_bound:
        return
    data = QueryDict(mutable=True)
    for name, values in kept.content.items():
        data.setlist(name, values)
    for name, field in form.fields.items():
        prefixed = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(data, {}, prefixed):
            form.initial[name] = field.widget.value_from_datadict(data, {}, prefixed)


def is_to_be_kept(request: HttpRequest) -> bool:
    """The worker pressed “Save and come back”."""
    return request.method == "POST" and bool(request.POST.get(KEEP))


def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was written, and go to the day's page, which lists it."""
    place = place_of(request)
    try:
        drafts.save_draft(viewing=viewing_of(request), place=place, content=content_of(request.POST))
    except DraftRefused as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}".strip())
        return redirect(place)
    messages.success(request, _("Kept as your draft. Only you see it, and “Today” leads back to it."))
    return redirect("today")


def sent(request: HttpRequest) -> None:
    """What was begun is sent: the draft is not needed any more."""
    drafts.throw_away(viewing=viewing_of(request), place=place_of(request))


def content_of(posted: QueryDict) -> Content:
    """What stands in the fields of a page, without what belongs to the page and not to the writer."""
    return {name: [str(one) for one in values] for name, values in posted.lists() if name not in _NOT_KEPT}


@dataclass(frozen=True)
class TwoVersions:
    """Somebody else (`who`, where the viewer may know it) was first: theirs as it is kept, and yours as you wrote it."""

    who: str
    theirs: Sequence[SummaryRow]
    yours: Sequence[SummaryRow]


def two_versions(
    request: HttpRequest, form: forms.BaseForm, *, who: str, theirs: Sequence[SummaryRow], yours: Sequence[SummaryRow] = ()
) -> TwoVersions:  # fmt: skip
    """Both versions, for a page that shows the form again. What was written is kept as a draft, in case the page is lost too."""
    drafts.save_draft(viewing=viewing_of(request), place=place_of(request), content=content_of(request.POST))
    return TwoVersions(who, theirs, yours or written_rows(form))


def written_rows(form: forms.BaseForm) -> list[SummaryRow]:
    """What stands in a form that was sent, in the words in which it was asked."""
    rows = []
    for bound in form.visible_fields():
        written = bound.value()
        values = [str(one) for one in (written if isinstance(written, list | tuple) else [written]) if one]
        words = dict(getattr(bound.field, "choices", ()))
        if values:
            rows.append(SummaryRow(str(bound.label), tuple(Cell(str(words.get(one, one))) for one in values)))
    return rows
