"""Who reads the pages on missing children, and what may they do there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from engage.governance import queries as governance
from engage.picture.missing.screen import Listed, Returned
from engage.vocabulary.access import Viewing
from engage.web.apps import web


@dataclass(frozen=True)
class Reader:
    """The agencies' names by code, the day that the address asks for ("" for none), which links keep, the worker's own agency, and
    whether the worker may record and refer."""

    titles: Mapping[str, str]
    asked: str = ""
    own_agency: str = ""
    may_record: bool = False
    may_refer: bool = False

    def agency(self, code: str) -> str:
        """An agency's name."""
        return self.titles.get(code, code)

    def refer(self, one: Listed | Returned) -> str:
        """The address where a child who is missing or back is referred to the team, with the report; "" for who refers nobody, or on a past day."""
        came_from = "returned" if isinstance(one, Returned) else "missing"
        report = one.episode.since.record_id
        asked = urlencode(
            {"about": one.person_id, "from": came_from, "report": report, "child": one.person_id}
        )
        return (
            f"{reverse('cases_refer', args=['child'])}?{asked}" if self.may_refer and not self.asked else ""
        )

    def link(self, name: str, *arguments: str, query: str = "") -> str:
        """The address of a page, at the same as-of day."""
        parts = [part for part in (query, f"as_of={self.asked}" if self.asked else "") if part]
        return reverse(name, args=arguments) + ("?" + "&".join(parts) if parts else "")


def reader_of(request: HttpRequest, viewing: Viewing) -> Reader:
    """Whoever looks."""
    return Reader(
        titles=web().agency_titles(),
        asked=request.GET.get("as_of", "").strip(),
        own_agency=viewing.viewer.agency,
        may_record=governance.can(viewer=viewing.viewer, what="record"),
        may_refer=governance.can(viewer=viewing.viewer, what="refer"),
    )
