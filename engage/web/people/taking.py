"""One person's chronology taken away as a document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from engage.picture import queries
from engage.picture.rules import Filters
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.people import document
from engage.web.people.presenters import Reader
from engage.web.people.views import filters_of


@require_safe
def word_chronology(request: HttpRequest, person_id: str) -> HttpResponse:
    """The whole chronology as a Word document. An export, and audited as one."""
    asked, file = as_word(
        viewing=viewing_of(request),
        build=build_of(request),
        area=web().area,
        person_id=person_id,
        filters=filters_of(request),
    )
    response = HttpResponse(file, content_type=document.TYPE)
    response["Content-Disposition"] = f'attachment; filename="chronology-{asked}.docx"'
    return response


def as_word(
    *, viewing: Viewing, build: Build, area: Area, person_id: str, filters: Filters
) -> tuple[str, bytes]:
    """The id of the person as of today, and the file: what the viewer may see and no more. Raises PersonNotShown. Audited."""
    page, entries = queries.chronology(
        viewing=viewing, build=build, area=area, person_id=person_id, filters=filters
    )
    reader = Reader(
        titles={agency.code: agency.title for agency in area.agencies.values()},
        as_of=viewing.as_of,
        kinds={agency.code: agency.kind for agency in area.agencies.values()},
    )
    made = document.Made(viewing, area.name, build.info.build_id)
    return page.person_id, document.chronology_as_word(page, entries, reader, made)
