"""Declared relationships as tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.governance.declared.rules import Declared
from engage.web.components import Cell, Table
from engage.web.relationships import words


def table(
    found: Iterable[Declared], caption: str, *, agencies: Mapping[str, str] | None = None, may_end: Collection[int] = ()
) -> Table:  # fmt: skip
    """One row each, newest first. `agencies`: titles, where it is said whose they are; `may_end`: those that the reader may end."""
    whose = (_("Who"), _("Agency")) if agencies is not None else ()
    head = (*whose, _("To whom or what"), _("What it is"), _("Since"), _("Declared"), _("State"))
    rows = [_row(one, agencies, may_end) for one in found]
    return Table(caption, head, rows, empty=_("None."))


def _row(
    one: Declared, agencies: Mapping[str, str] | None, may_end: Collection[int]
) -> tuple[Cell | str, ...]:
    what = f"{words.KINDS.get(one.kind, one.kind)}: {one.called or one.key}"
    whose = () if agencies is None else (one.user, agencies.get(one.agency, one.agency))
    return (*whose, what, one.nature, one.since, _day(one.declared_at), _state(one, may_end))


def _state(one: Declared, may_end: Collection[int]) -> Cell:
    if one.ended_at is None:
        href = reverse("relationships_end", args=[one.number]) if one.number in may_end else ""
        return Cell(
            _("It stands. End number %(number)s") % {"number": one.number} if href else _("It stands"),
            href=href,
        )
    return Cell(
        _("Ended %(day)s by %(who)s: %(why)s")
        % {"day": _day(one.ended_at), "who": one.ended_by, "why": one.ended_reason}
    )


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
