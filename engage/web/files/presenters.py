"""Files in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.files.queries import FileShown
from engage.casework.files.rules import types
from engage.web.components import Cell, Table
from engage.web.people.presenters import Reader


def table(found: Sequence[FileShown], reader: Reader) -> Table:
    """Each file with what it is, from whom and since when."""
    head = (_("File"), _("What it is"), _("Kind"), _("Size"), _("From"), _("Kept"), _("If it is a mistake"))
    rows = [
        (
            Cell(one.name, href=reader.link("file", str(one.number))),
            _what(one),
            _(types().types[one.kind].title),
            filesizeformat(one.size),
            _("%(who)s, %(agency)s") % {"who": one.by_name, "agency": reader.agency(one.agency)},
            date_format(localtime(one.at), "j F Y, H:i"),
            Cell(_("Take back"), href=reader.link("file_take_back", str(one.number))),
        )
        for one in found
    ]
    return Table(_("Files, newest first"), head, rows, empty=_("None that you may have."), is_wide=True)


def _what(one: FileShown) -> str:
    kind = types().standing.get(one.standing)
    guarded = _("only this agency") if one.sensitivity == "restricted" else ""
    parts = (_(kind.title) if kind else "", one.about, guarded, one.handling)
    return ". ".join(part for part in parts if part)
