"""The dated copy: the sheet as one file that opens without any network, kept in the area's folder for a stated number of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from engage.governance.queries import MayNotSee
from engage.picture.exporting import written_beside
from engage.picture.missing import queries
from engage.picture.missing.stated import stated
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_
from engage.web.access.words import purpose_title, role_title
from engage.web.missing import sheets, words
from engage.web.missing.reading import Reader


FOLDER = "copies"
# The moment with seconds and the offset, since an hour comes twice in October; then for whom and why, since several may be kept at once.
_MADE = "%Y%m%dT%H%M%S%z"
_NAME = re.compile(r"missing-(\d{8}T\d{6}[+-]\d{4})-.+\.html")
STYLE = "engage/missing_sheet.css"


@dataclass(frozen=True)
class Kept:
    """A copy that was written: its file, how many children are missing on it, and how many older copies were cleared away."""

    file: Path
    missing_count: int
    cleared_count: int


def keep(*, area: Area, viewing: Viewing, build: Build) -> Kept:
    """Write the sheet as this viewer may see it, whole or not at all, and clear away copies that were kept long enough.

    Raises MayNotSee where the viewer's role sees no report at all: a sheet on which nobody is missing would not be true. Raises
    CannotWrite. Audited as a copy.
    """
    shown = queries.screen(viewing=viewing, build=build, action="missing.copy")
    if not shown.sees_reports:
        raise MayNotSee(
            N_(
                "This role may see no report of a missing child for that purpose, so no copy is written: it would show nobody."
            ),
            remedy=N_(
                "Name with --as a worker for whom the copy is kept, a missing coordinator for instance."
            ),
        )
    titles = {code: agency.title for code, agency in area.agencies.items()}
    days, at = kept_days(area), localtime(viewing.at)
    context = {
        "sheet": sheets.sheet(shown, Reader(titles, own_agency=viewing.viewer.agency)),
        "area": area.name,
        "style": _style(),
        "who": viewing.viewer.name,
        "role": role_title(viewing.viewer.role),
        "purpose": purpose_title(viewing.purpose),
        "until": words.day((at + timedelta(days=days)).date()),
    }
    file = area.folder / FOLDER / _name(at, viewing)
    with written_beside(file, make_folder=True) as aside:
        aside.chmod(0o600)
        aside.write_text(render_to_string("missing/copy.html", context), encoding="utf-8")
    return Kept(file, len(shown.missing), _clear(area, at - timedelta(days=days)))


def kept_days(area: Area) -> int:
    """For how many days a copy is kept here."""
    own = (area.settings.get("missing") or {}).get("copies_kept_days")
    return int(own) if own is not None else stated().days["copies"]


def _clear(area: Area, before: datetime) -> int:
    """Delete the copies that were made before a moment, by the moment in their names."""
    count = 0
    for file in sorted((area.folder / FOLDER).iterdir()):
        named = _NAME.fullmatch(file.name)
        if named and datetime.fromisoformat(named[1]) < before:
            file.unlink(missing_ok=True)
            count += 1
    return count


def _name(at: datetime, viewing: Viewing) -> str:
    who, why = (re.sub(r"[^\w.@+]", "_", word) for word in (viewing.viewer.user_id, viewing.purpose))
    return f"missing-{at.strftime(_MADE)}-{who}-{why}.html"


def _style() -> str:
    """The sheet's own style, which goes into the file."""
    return Path(str(finders.find(STYLE))).read_text(encoding="utf-8")
